// The command menus that Telegram shows, per scope and language; published only when they changed.

import type { Api } from 'grammy';
import type { BotCommand, BotCommandScope } from 'grammy/types';
import type { People } from '../app/chat-memory.ts';
import type { Language } from '../domain/order.ts';
import type { Role } from '../domain/shop.ts';
import { LANGUAGES, sentences } from '../i18n/index.ts';
import { sortFailure } from './failures.ts';

type Command = keyof ReturnType<typeof sentences>['commands'];

const CUSTOMER: readonly Command[] = [
  ...(['topup', 'balance', 'deposit', 'statement'] as const),
  ...(['history', 'status', 'language', 'cancel', 'help'] as const),
];
const AGENT: readonly Command[] = [
  ...(['topup', 'balance', 'deposit', 'statement', 'transfer'] as const),
  ...(['history', 'status', 'language', 'cancel', 'help'] as const),
];
const OWNER: readonly Command[] = [
  ...(['topup', 'balance', 'history', 'status', 'orders', 'order', 'today', 'people', 'invite'] as const),
  ...(['prices', 'deposit', 'correct', 'statement', 'groups', 'pause', 'resume', 'threshold'] as const),
  ...(['audit', 'language', 'help', 'cancel'] as const),
];
const GROUP: readonly Command[] = ['topup', 'balance', 'history', 'status', 'cancel', 'help'];
/** Whoever runs a group is likely to be the owner who says there that the shop serves it. */
const GROUP_ADMIN: readonly Command[] = [...GROUP, 'allow'];
/** In a group these, and their answers, are seen by their sender alone where Telegram knows such commands. */
const FOR_ONE_ALONE: readonly Command[] = ['balance'];

const MENU_OF: Readonly<Record<Role, readonly Command[]>> = {
  owner: OWNER,
  agent: AGENT,
  customer: CUSTOMER,
};

const menu = (language: Language, commands: readonly Command[]): BotCommand[] =>
  commands.map((command) => ({ command, description: sentences(language).commands[command] }));

const groupMenu =
  (commands: readonly Command[]) =>
  (language: Language): BotCommand[] =>
    commands.flatMap((name) =>
      menu(language, [name]).map((command) =>
        FOR_ONE_ALONE.includes(name) ? { ...command, is_ephemeral: true } : command,
      ),
    );

const same = (a: readonly BotCommand[], b: readonly BotCommand[]): boolean =>
  a.length === b.length &&
  a.every(
    (one, i) =>
      one.command === b[i]?.command &&
      one.description === b[i].description &&
      one.is_ephemeral === b[i].is_ephemeral,
  );

async function publish(
  api: Api,
  scope: BotCommandScope,
  wanted: BotCommand[],
  code?: Language,
): Promise<void> {
  const where = { scope, ...(code === undefined ? {} : { language_code: code }) };
  if (!same(await api.getMyCommands(where), wanted)) await api.setMyCommands(wanted, where);
}

/** An owner as the menus know them. */
export interface MenuOwner {
  /** Telegram user id. */
  readonly id: number;
  readonly language: Language;
}

/** Owners whose language is known; the others get the menu with the first /start. */
export const menuOwners = (
  ids: readonly number[],
  people: Pick<People, 'language' | 'heard'>,
): readonly MenuOwner[] =>
  ids.flatMap((id) => {
    const language = people.language(id) ?? people.heard(id);
    return language === undefined ? [] : [{ id, language }];
  });

/**
 * Publishes the menus: for private chats and groups the shop's language for everybody, and each of ours by its name; for
 * each owner the owners' own. An owner who has not opened the chat yet gets it with the first `/start`.
 */
export async function publishMenus(
  api: Api,
  shopLanguage: Language,
  owners: readonly MenuOwner[] = [],
): Promise<void> {
  for (const [type, menuIn] of [
    ['all_private_chats', (language: Language) => menu(language, CUSTOMER)],
    ['all_group_chats', groupMenu(GROUP)],
    ['all_chat_administrators', groupMenu(GROUP_ADMIN)],
  ] as const) {
    await publish(api, { type }, menuIn(shopLanguage));
    for (const language of LANGUAGES) await publish(api, { type }, menuIn(language), language);
  }
  for (const { id, language } of owners) {
    try {
      await publishMenuFor(api, id, language, 'owner');
    } catch (error) {
      const { kind } = sortFailure(error);
      if (kind === 'passing' || kind === 'slow-down') throw error;
    }
  }
}

/** Gives one private chat the menu of its person's role and language; whoever has no role (any more) gets everybody's. */
export async function publishMenuFor(
  api: Api,
  person: number,
  language: Language,
  role: Role | null = 'customer',
): Promise<void> {
  const scope: BotCommandScope = { type: 'chat', chat_id: person };
  if (role !== null) return publish(api, scope, menu(language, MENU_OF[role]));
  if ((await api.getMyCommands({ scope })).length > 0) await api.deleteMyCommands({ scope });
}
