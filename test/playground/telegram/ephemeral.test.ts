// Ephemeral messages: seen by one person, edited and deleted by their own ids.
import { beforeEach, expect, it } from 'vitest';
import { AMINA, BILAL, call, movableClock, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

const clock = movableClock();
let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople({ now: clock.now });
});

const whisper = (chatId: number, parameters: object = {}) =>
  call(telegram, 'sendMessage', {
    chat_id: chatId,
    text: 'Your balance',
    reply_markup: { inline_keyboard: [[{ text: 'Hide', callback_data: 'h' }]] },
    ephemeral_message_parameters: { receiver_user_id: AMINA, ...parameters },
  });

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
  expect(
    (await call(telegram, 'editMessageText', { chat_id: group, message_id: 0, text: 'x' })).description,
  ).toBe('Bad Request: message to edit not found');
  expect((await call(telegram, 'deleteEphemeralMessage', target)).ok).toBe(true);
  expect((await call(telegram, 'deleteEphemeralMessage', target)).ok).toBe(false);
});

it('of a plain member bot must answer a press within 15 seconds', async () => {
  const group = telegram.addGroup({ title: 'G', memberIds: [AMINA, BILAL] });
  expect((await whisper(group)).ok).toBe(false);
  void telegram.pressStale(AMINA, group, 5, 'x');
  const query = telegram.pendingUpdates().at(-1)?.['callback_query'];
  const id = typeof query === 'object' && query !== null && 'id' in query ? query.id : '';
  expect((await whisper(group, { callback_query_id: id })).ok).toBe(true);
  expect((await whisper(group, { callback_query_id: id, receiver_user_id: BILAL })).ok).toBe(false);
  clock.advance(15_001);
  expect((await whisper(group, { callback_query_id: id })).ok).toBe(false);
});

it('do not exist in private chats', async () => {
  telegram.start(AMINA);
  expect((await whisper(AMINA)).ok).toBe(false);
});
