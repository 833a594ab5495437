// What Telegram's objects look like: answers, people, chats, buttons, as far as the program reads them.

import { GROUP } from './cast.ts';
import type { Asked, Reply } from './network-calls.ts';

export interface Button {
  readonly text: string;
  readonly data: string;
}

/** A message of the bot's, as it stands now. */
export interface Said {
  readonly chat: number;
  readonly id: number;
  text: string;
  buttons: readonly Button[];
  /** Everything else that it carries, for the search for codes. */
  markup: string;
  deleted: boolean;
  touchedAt: number;
}

const LANGUAGE: Readonly<Record<number, string>> = {
  11: 'en',
  12: 'fr',
  21: 'fr',
  22: 'en',
  31: 'ar',
  32: 'en',
};

export const BOT = {
  ...{ id: 900, is_bot: true, first_name: 'Counter', username: 'counter_bot' },
  ...{ can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false },
};

export const ok = (result: unknown): Reply => ({ status: 200, body: { ok: true, result } });
export const no = (code: number, description: string, parameters?: object): Reply => ({
  status: code,
  body: { ok: false, error_code: code, description, ...(parameters && { parameters }) },
});

/** The first of these that is a text. */
export const textIn = (body: Asked['body'], ...names: readonly string[]): string =>
  names.map((name) => body[name]).find((text) => typeof text === 'string') ?? '';
export const numberIn = (body: Asked['body'], key: string): number => Number(body[key]);

export const userOf = (person: number): object => ({
  ...{ id: person, is_bot: false, first_name: `Person ${person}`, username: `person${person}` },
  language_code: LANGUAGE[person] ?? 'en',
});

export const chatOf = (chat: number): object =>
  chat > 0
    ? { id: chat, type: 'private', first_name: `Person ${chat}` }
    : { id: chat, type: chat === GROUP ? 'group' : 'supergroup', title: 'Counter' };

export const shapeOf = ({ chat, id, text }: Pick<Said, 'chat' | 'id' | 'text'>, date = 1): object => ({
  ...{ message_id: id, date, chat: chatOf(chat), from: BOT, text },
});

/** The buttons of a keyboard that can be pressed. */
export function buttonsOf(markup: unknown): readonly Button[] {
  if (typeof markup !== 'object' || markup === null || !('inline_keyboard' in markup)) return [];
  const rows: unknown = markup.inline_keyboard;
  const flat: unknown[] = Array.isArray(rows) ? rows.flat() : [];
  return flat.flatMap((button) => {
    const isButton =
      typeof button === 'object' && button !== null && 'text' in button && 'callback_data' in button;
    return isButton ? [{ text: String(button.text), data: String(button.callback_data) }] : [];
  });
}
