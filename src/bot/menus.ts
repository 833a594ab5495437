// The command menus that Telegram shows, per scope and language; published only when they changed.

import type { Api } from 'grammy';
import type { BotCommand, BotCommandScope } from 'grammy/types';
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
const GROUP: readonly Command[] = ['topup', 'history', 'status', 'cancel', 'help'];

const MENU_OF: Readonly<Record<Role, readonly Command[]>> = {
  owner: OWNER,
  agent: AGENT,
  customer: CUSTOMER,
};

const menu = (language: Language, commands: readonly Command[]): BotCommand[] =>
  commands.map((command) => ({ command, description: sentences(language).commands[command] }));

const same = (a: readonly BotCommand[], b: readonly BotCommand[]): boolean =>
  a.length === b.length &&
  a.every((one, i) => one.command === b[i]?.command && one.description === b[i].description);

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

/**
 * Publishes the menus: for private chats and groups the shop's language for everybody, and each of ours by its name; for
 * each owner the owners' own. An owner who has not opened the chat yet gets it with the first `/start`.
 */
export async function publishMenus(
  api: Api,
  shopLanguage: Language,
  owners: readonly MenuOwner[] = [],
): Promise<void> {
  for (const [type, commands] of [
    ['all_private_chats', CUSTOMER],
    ['all_group_chats', GROUP],
  ] as const) {
    await publish(api, { type }, menu(shopLanguage, commands));
    for (const language of LANGUAGES) await publish(api, { type }, menu(language, commands), language);
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
