// Each chat has a lane of its own: what goes through, what is never delayed, and what is forgotten.

import { describe, expect, it } from 'vitest';
import { pass, timeByHand } from './hand-timers.ts';
import { GROUP, later, ok, openOutgoing, PERSON } from './open-outgoing.ts';

timeByHand();

describe('outgoing calls', () => {
  it('passes the answer through', async () => {
    const { seen, replies, send } = openOutgoing();
    replies.push(() => ok({ message_id: 5 }));
    const response = await send(PERSON, 'hello');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true, result: { message_id: 5 } });
    expect(seen).toMatchObject([{ method: 'sendMessage', body: { chat_id: PERSON, text: 'hello' } }]);
  });

  it('keeps the calls of one chat in order, and lets other chats pass', async () => {
    const { replies, send, texts } = openOutgoing();
    const slow = later();
    replies.push(slow.reply);
    void send(PERSON, '1');
    void send(PERSON, '2');
    void send(99, 'other');
    await pass(0);
    expect(texts()).toEqual(['1', 'other']);
    slow.answer();
    await pass(0);
    expect(texts()).toEqual(['1', 'other', '2']);
  });

  it('never delays polls, answers to buttons, or "typing"', async () => {
    const { seen, replies, get, call, send } = openOutgoing();
    replies.push(later().reply);
    void send(PERSON, 'stuck');
    await call('answerCallbackQuery', { callback_query_id: '1' });
    await call('sendChatAction', { chat_id: PERSON, action: 'typing' });
    await call('getChatMember', { chat_id: PERSON, user_id: 1 });
    await call('setMyCommands', { commands: [] });
    await get('getMe');
    await call('getUpdates', { timeout: 30 });
    expect(seen.map(({ method }) => method)).toEqual([
      'sendMessage',
      'answerCallbackQuery',
      'sendChatAction',
      'getChatMember',
      'setMyCommands',
      'getMe',
      'getUpdates',
    ]);
  });

  it('keeps a chat in mind until its pace is full again', async () => {
    const { seen, send, texts } = openOutgoing();
    await pass(20_000);
    for (let n = 0; n < 20; n++) void send(GROUP, 'many');
    await pass(37_000);
    expect(seen).toHaveLength(20);
    await pass(3_000);
    await send(99, 'makes it look around');
    for (let n = 0; n < 20; n++) void send(GROUP, 'again');
    await pass(0);
    expect(seen).toHaveLength(21);
    await pass(21_000);
    expect(texts().slice(21)).toEqual(Array<string>(12).fill('again'));
  });
});
