// Telegram's refusals, sorted by what is to be done about them.

import { GrammyError, HttpError } from 'grammy';
import type { ResponseParameters } from 'grammy/types';
import { expect, it } from 'vitest';
import { sortFailure } from '../../src/bot/failures.ts';

const refusal = (code: number, description: string, parameters: ResponseParameters = {}): GrammyError =>
  new GrammyError('refused', { ok: false, error_code: code, description, parameters }, 'sendMessage', {});

it.each([
  [400, 'Bad Request: message is not modified: specified new message content is the same', 'unchanged'],
  [400, 'Bad Request: message to edit not found', 'gone'],
  [400, "Bad Request: message can't be edited", 'gone'],
  [400, 'Bad Request: MESSAGE_ID_INVALID', 'gone'],
  [400, 'Bad Request: message thread not found', 'topic-gone'],
  [400, 'Bad Request: TOPIC_CLOSED', 'topic-gone'],
  [400, 'Bad Request: TOPIC_DELETED', 'topic-gone'],
  [400, 'Bad Request: chat not found', 'unreachable'],
  [400, 'Bad Request: not enough rights to send text messages to the chat', 'unreachable'],
  [400, 'Bad Request: have no write access to the chat', 'unreachable'],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'unreachable'],
  [400, 'Bad Request: USER_IS_BLOCKED', 'unreachable'],
  [403, 'Forbidden: bot was blocked by the user', 'unreachable'],
  [403, 'Forbidden: user is deactivated', 'unreachable'],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'unreachable'],
  [400, 'Bad Request: message text is empty', 'malformed'],
  [400, 'Bad Request: BUTTON_DATA_INVALID', 'malformed'],
  [400, "Bad Request: can't parse entities", 'malformed'],
  [401, 'Unauthorized', 'passing'],
  [409, 'Conflict', 'passing'],
  [500, 'Internal Server Error', 'passing'],
  [502, 'Bad Gateway', 'passing'],
] as const)('%i %s is %s', (code, description, kind) => {
  expect(sortFailure(refusal(code, description)).kind).toBe(kind);
});

it('a penalty says how long it lasts', () => {
  const tooMany = 'Too Many Requests: retry after 7';
  expect(sortFailure(refusal(429, tooMany, { retry_after: 7 }))).toEqual({
    kind: 'slow-down',
    waitMs: 7_000,
  });
  expect(sortFailure(refusal(429, 'Too Many Requests'))).toEqual({ kind: 'slow-down', waitMs: 5_000 });
});

it('a group that became a supergroup says where it is now', () => {
  const upgraded = 'Bad Request: group chat was upgraded to a supergroup chat';
  const failure = sortFailure(refusal(400, upgraded, { migrate_to_chat_id: -1001 }));
  expect(failure).toEqual({ kind: 'migrated', chatId: -1001 });
});

it.each([new HttpError('no connection', new Error('ECONNRESET')), new TypeError('a bug'), 'text', undefined])(
  'anything else passes: %s',
  (error) => {
    expect(sortFailure(error)).toEqual({ kind: 'passing' });
  },
);
