// What a request is about, read from its address and body: against which chat it counts, and what of it Telegram sees.

import { describe, expect, it } from 'vitest';
import { isGroup, readCall, WEIGHT, withoutWeight } from '../../src/bot/outgoing-call.ts';

const ROOT = 'https://telegram.example/bot1:secret';
const read = (method: string, body: object) => readCall(`${ROOT}/${method}`, JSON.stringify(body));

describe('a call', () => {
  it.each([
    ['sendMessage', 'send'],
    ['copyMessage', 'send'],
    ['forwardMessages', 'send'],
    ['sendChatAction', 'free'],
    ['sendMessageDraft', 'free'],
    ['editMessageText', 'edit'],
    ['editEphemeralMessageText', 'edit'],
    ['deleteMessage', 'delete'],
    ['deleteMessages', 'delete'],
    ['answerCallbackQuery', 'free'],
    ['getChatMember', 'free'],
  ])('%s is of the kind %s', (method, kind) => {
    expect(read(method, { chat_id: 5 })).toMatchObject({ method, kind, chat: '5' });
  });

  it('without a chat is never delayed', () => {
    expect(read('sendMessage', { text: 'x' })).toMatchObject({ kind: 'free', chat: undefined });
  });

  it.each([undefined, '', 'no JSON', '[1]', 'null', '{"chat_id":{}}'])(
    'with the body %j counts against nobody',
    (body) => {
      expect(readCall(`${ROOT}/sendMessage`, body)).toMatchObject({ kind: 'free', chat: undefined });
    },
  );

  it('keeps and shows nothing of the address', () => {
    expect(JSON.stringify(read('sendMessage', { chat_id: 5 }))).not.toContain('secret');
  });

  it('says what it is worth to us alone, and only in words of ours', () => {
    const body = { chat_id: -5, [WEIGHT]: 'end' };
    expect(read('sendMessage', body).weight).toBe('end');
    expect(withoutWeight(JSON.stringify(body))).toBe('{"chat_id":-5}');
    expect(read('sendMessage', { chat_id: -5, [WEIGHT]: 'first' }).weight).toBeUndefined();
  });
});

it.each([
  ['20', false],
  ['-20', true],
  ['-1001234567890', true],
  ['@channel', true],
])('the chat %s keeps to the limits of a group: %s', (chat, group) => {
  expect(isGroup(chat)).toBe(group);
});
