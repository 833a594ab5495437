// A context as handlers see it, with no bot behind it: Telegram takes none of its calls, which are kept.

import { Api, Context } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { BotContext } from '../../src/bot/context.ts';
import type { Language } from '../../src/domain/order.ts';

const ME: UserFromGetMe = {
  id: 1,
  is_bot: true,
  first_name: 'Shop',
  username: 'shop_bot',
  ...{ can_join_groups: true, can_read_all_group_messages: false, can_connect_to_business: false },
  ...{ can_manage_bots: false, supports_inline_queries: false, supports_join_request_queries: false },
  ...{ has_main_web_app: false, has_topics_enabled: false, allows_users_to_create_topics: false },
};

const isOurs = (ctx: object): ctx is BotContext => 'standing' in ctx && 'language' in ctx;

export interface BareContext {
  readonly ctx: BotContext;
  readonly calls: readonly { readonly method: string; readonly payload: object }[];
  /** What was entered after everything else was left. */
  readonly entered: readonly unknown[];
}

export function bareContext(
  update: Partial<Update>,
  more: { role?: 'owner'; language?: Language } = {},
): BareContext {
  const calls: { method: string; payload: object }[] = [];
  const entered: unknown[] = [];
  const api = new Api('1:token');
  api.config.use((_next, method, payload) => {
    calls.push({ method, payload });
    return Promise.resolve({ ok: false, error_code: 400, description: 'Bad Request: query is too old' });
  });
  const ctx = Object.assign(new Context({ update_id: 1, ...update }, api, ME), {
    language: more.language ?? 'en',
    standing:
      more.role === undefined ? { role: null, member: undefined, ask: undefined } : { role: more.role },
    conversation: {
      exitAll: () => {
        entered.length = 0;
        return Promise.resolve();
      },
      enter: (...what: readonly unknown[]) => {
        entered.push(...what);
        return Promise.resolve();
      },
    },
  });
  if (!isOurs(ctx)) throw new TypeError('no context');
  return { ctx, calls, entered };
}

export const PERSON = 20;
export const GROUP = -100_5;
const from = { id: PERSON, is_bot: false, first_name: 'Nadia' };
const chatOf = (id: number) =>
  id > 0
    ? ({ id, type: 'private', first_name: 'Nadia' } as const)
    : ({ id, type: 'supergroup', title: 'Counter' } as const);

/** Somebody writes. */
export const writing = (chatId: number): Partial<Update> => ({
  message: { message_id: 5, date: 0, chat: chatOf(chatId), from, text: 'hello' },
});

/** Somebody presses a button under message 42. */
export const pressing = (chatId: number): Partial<Update> => ({
  callback_query: {
    ...{ id: 'q1', from, chat_instance: '1', data: 'x' },
    message: { message_id: 42, date: 0, chat: chatOf(chatId) },
  },
});
