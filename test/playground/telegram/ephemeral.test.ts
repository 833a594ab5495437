// Ephemeral messages: seen by one person, edited and deleted by their own ids, and only in answer to what that person
// just did unless the bot is an administrator.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, BILAL, call, movableClock, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

const clock = movableClock();
let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople({ now: clock.now });
});

const whisper = (chatId: number, parameters: object = {}, more: object = {}) =>
  call(telegram, 'sendMessage', {
    chat_id: chatId,
    text: 'Your balance',
    reply_markup: { inline_keyboard: [[{ text: 'Hide', callback_data: 'h' }]] },
    ephemeral_message_parameters: { receiver_user_id: AMINA, ...parameters },
    ...more,
  });

/** The id of the press that the bot heard of last. */
function lastPress(): string {
  const query = telegram.pendingUpdates().at(-1)?.['callback_query'];
  return typeof query === 'object' && query !== null && 'id' in query ? String(query.id) : '';
}

const NOT_ADMIN = 'Bad Request: BOT_NOT_ADMIN';

describe('ephemeral messages', () => {
  it('are shown to their receiver only and have no ordinary id', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA, BILAL], botIsAdmin: true });
    expect(await whisper(group)).toMatchObject({
      result: { message_id: 0, ephemeral_message_id: 1, receiver_user: { id: AMINA } },
    });
    expect(telegram.messages(group, { viewer: AMINA })).toHaveLength(1);
    expect(telegram.messages(group, { viewer: BILAL })).toEqual([]);
    await expect(telegram.press(BILAL, group, { ephemeral: 1 }, 'Hide')).rejects.toThrow('shows no message');
    void telegram.press(AMINA, group, { ephemeral: 1 }, 'Hide');
    expect(telegram.pendingUpdates().at(-1)).toMatchObject({
      callback_query: { message: { ephemeral_message_id: 1 } },
    });
  });

  it('are edited and deleted by their own methods', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA], botIsAdmin: true });
    await whisper(group);
    const target = { chat_id: group, receiver_user_id: AMINA, ephemeral_message_id: 1 };
    expect(await call(telegram, 'editEphemeralMessageText', { ...target, text: 'Hidden' })).toEqual({
      ok: true,
      result: true,
    });
    expect(telegram.lastBotMessage(group)).toMatchObject({ text: 'Hidden', keyboard: [] });
    for (const method of ['editMessageText', 'deleteMessage'])
      expect(
        (await call(telegram, method, { chat_id: group, message_id: 0, text: 'x' })).description,
      ).toMatch(/message to (edit|delete) not found/u);
    const others = { ...target, receiver_user_id: BILAL };
    expect((await call(telegram, 'deleteEphemeralMessage', others)).ok).toBe(false);
    expect((await call(telegram, 'deleteEphemeralMessage', target)).ok).toBe(true);
    expect((await call(telegram, 'deleteEphemeralMessage', target)).ok).toBe(false);
  });

  it('stay in their topic', async () => {
    const group = telegram.addGroup({ title: 'G', isForum: true, memberIds: [AMINA], botIsAdmin: true });
    const topic = telegram.addTopic(group, 'Oran');
    expect(await whisper(group, {}, { message_thread_id: topic })).toMatchObject({
      result: { message_id: 0, message_thread_id: topic },
    });
  });

  it('do not exist in private chats, and not for whoever is no member', async () => {
    telegram.start(AMINA);
    expect((await whisper(AMINA)).description).toBe(NOT_ADMIN);
    const group = telegram.addGroup({ title: 'G', memberIds: [BILAL], botIsAdmin: true });
    expect((await whisper(group)).description).toBe('Bad Request: user not found');
  });

  it('of a form that nobody understands are refused', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA], botIsAdmin: true });
    for (const wrong of [{ receiver_user_id: 'nobody' }, { replace_callback_query_message: true }])
      expect((await whisper(group, wrong)).ok).toBe(false);
    expect(telegram.messages(group)).toEqual([]);
  });
});

describe('a bot that is no administrator', () => {
  it('answers a press within 15 seconds, and nobody but the presser', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA, BILAL] });
    expect((await whisper(group)).description).toBe(NOT_ADMIN);
    void telegram.pressStale(AMINA, group, 5, 'x');
    const id = lastPress();
    expect((await whisper(group, { callback_query_id: id })).ok).toBe(true);
    expect((await whisper(group, { callback_query_id: id, receiver_user_id: BILAL })).ok).toBe(false);
    const elsewhere = telegram.addGroup({ title: 'H', memberIds: [AMINA] });
    expect((await whisper(elsewhere, { callback_query_id: id })).ok).toBe(false);
    clock.advance(15_000);
    expect((await whisper(group, { callback_query_id: id })).ok).toBe(true);
    clock.advance(1);
    expect((await whisper(group, { callback_query_id: id })).description).toBe(NOT_ADMIN);
  });

  it('edits and deletes later, too', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA] });
    void telegram.pressStale(AMINA, group, 5, 'x');
    await whisper(group, { callback_query_id: lastPress() });
    clock.advance(60_000);
    const target = { chat_id: group, receiver_user_id: AMINA, ephemeral_message_id: 1 };
    expect((await call(telegram, 'editEphemeralMessageText', { ...target, text: 'x' })).ok).toBe(true);
    expect((await call(telegram, 'deleteEphemeralMessage', target)).ok).toBe(true);
  });
});

describe('a command that the bot declared ephemeral', () => {
  let group: number;
  const COMMANDS = [
    { command: 'balance', description: 'Balance', is_ephemeral: true },
    { command: 'topup', description: 'Order' },
  ];
  beforeEach(async () => {
    group = telegram.addGroup({ title: 'G', memberIds: [AMINA, BILAL] });
    await call(telegram, 'setMyCommands', { commands: COMMANDS, scope: { type: 'all_group_chats' } });
  });

  it('is seen by its sender and the bot alone', () => {
    expect(telegram.say(AMINA, group, '/balance')).toMatchObject({ id: 0, ephemeral: { id: 1 } });
    expect(telegram.messages(group, { viewer: BILAL })).toEqual([]);
    expect(telegram.messages(group, { viewer: AMINA })).toHaveLength(1);
    expect(telegram.pendingUpdates()).toMatchObject([
      { message: { message_id: 0, ephemeral_message_id: 1, from: { id: AMINA }, text: '/balance' } },
    ]);
    expect(telegram.pendingUpdates()).toMatchObject([{ message: { receiver_user: telegram.bot } }]);
  });

  it.each(['/topup', '/balance@another_bot', 'a /balance'])('is no other text, like %s', (text) => {
    expect(telegram.say(AMINA, group, text).ephemeral).toBeUndefined();
  });

  it('is an ordinary message in private', () => {
    expect(telegram.say(AMINA, AMINA, '/balance').ephemeral).toBeUndefined();
  });

  it('is answered within 15 seconds, and with an ephemeral message to its sender only', async () => {
    const { ephemeral } = telegram.say(AMINA, group, '/balance');
    const reply = { reply_parameters: { ephemeral_message_id: ephemeral?.id } };
    expect((await call(telegram, 'sendMessage', { chat_id: group, text: 'x', ...reply })).ok).toBe(false);
    expect((await whisper(group, { receiver_user_id: BILAL }, reply)).ok).toBe(false);
    expect(await whisper(group, {}, reply)).toMatchObject({ ok: true, result: { message_id: 0 } });
    clock.advance(15_001);
    expect((await whisper(group, {}, reply)).ok).toBe(false);
    telegram.addBot(group, 'administrator');
    expect((await whisper(group, {}, reply)).ok).toBe(false);
  });

  it('only an incoming message can be answered so', async () => {
    telegram.addBot(group, 'administrator');
    await whisper(group);
    const reply = { reply_parameters: { ephemeral_message_id: 1 } };
    expect((await whisper(group, {}, reply)).ok).toBe(false);
  });
});

describe('a server from before ephemeral messages', () => {
  beforeEach(() => telegram.knowEphemeral(false));

  it('ignores the parameter, and shows the message to everybody', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA, BILAL] });
    const answer = await whisper(group);
    expect(answer).toMatchObject({ ok: true, result: { message_id: 1 } });
    expect(answer.result).not.toHaveProperty('ephemeral_message_id');
    expect(telegram.messages(group, { viewer: BILAL })).toMatchObject([{ id: 1, text: 'Your balance' }]);
  });

  it('has none of the methods', async () => {
    const target = { chat_id: AMINA, receiver_user_id: AMINA, ephemeral_message_id: 1, text: 'x' };
    for (const method of [
      'editEphemeralMessageText',
      'editEphemeralMessageReplyMarkup',
      'deleteEphemeralMessage',
    ])
      expect(await call(telegram, method, target)).toMatchObject({ ok: false, error_code: 404 });
  });

  it('takes a reply to an ephemeral message for a reply to nothing', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA], botIsAdmin: true });
    const reply = { reply_parameters: { ephemeral_message_id: 1 } };
    expect((await whisper(group, {}, reply)).description).toContain('message to be replied not specified');
  });

  it('knows no ephemeral commands', async () => {
    const commands = [{ command: 'balance', description: 'Balance', is_ephemeral: true }];
    await call(telegram, 'setMyCommands', { commands });
    expect((await call(telegram, 'getMyCommands')).result).toEqual([
      { command: 'balance', description: 'Balance' },
    ]);
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA] });
    expect(telegram.say(AMINA, group, '/balance').ephemeral).toBeUndefined();
  });
});
