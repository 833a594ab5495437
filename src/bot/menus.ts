// The command menus that Telegram shows, per scope and language; published only when they changed.

import type { Api } from 'grammy';
import type { BotCommand, BotCommandScope } from 'grammy/types';
import type { Language } from '../domain/order.ts';
import { LANGUAGES, sentences } from '../i18n/index.ts';

type Command = keyof ReturnType<typeof sentences>['commands'];

const PRIVATE: readonly Command[] = ['topup', 'balance', 'history', 'status', 'language', 'cancel', 'help'];
const GROUP: readonly Command[] = ['topup', 'history', 'status', 'cancel', 'help'];

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

/** Publishes the menus for private chats and groups: the shop's language for everybody, and each of ours by its name. */
export async function publishMenus(api: Api, shopLanguage: Language): Promise<void> {
  for (const [type, commands] of [
    ['all_private_chats', PRIVATE],
    ['all_group_chats', GROUP],
  ] as const) {
    await publish(api, { type }, menu(shopLanguage, commands));
    for (const language of LANGUAGES) await publish(api, { type }, menu(language, commands), language);
  }
}

/** Gives one private chat the menu in the language that its person chose here. */
export async function publishMenuFor(api: Api, person: number, language: Language): Promise<void> {
  await publish(api, { type: 'chat', chat_id: person }, menu(language, PRIVATE));
}
