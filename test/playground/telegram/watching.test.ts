// What a watcher sees: events, waiting, the record of calls, and starting over.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, BILAL, call, movableClock, sentId, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

const clock = movableClock();
let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople({ now: clock.now });
  telegram.start(AMINA);
});

const send = (payload: object = {}) => sentId(telegram, { chat_id: AMINA, text: 'hello', ...payload });

describe('until', () => {
  it('resolves with the value as soon as an event makes it true', async () => {
    const waiting = telegram.until(() => telegram.lastBotMessage(AMINA)?.text);
    await send();
    expect(await waiting).toBe('hello');
  });

  it('gives up with what it waited for and what the chats show', async () => {
    await send();
    const waiting = telegram.until(() => false, { timeoutMs: 1, what: 'the impossible' });
    await expect(waiting).rejects.toThrow(/Waited 1 ms for the impossible\.[^]*Amina: \/start[^]*hello/);
  });

  it('passes on a predicate that throws', async () => {
    const waiting = telegram.until(() => {
      throw new Error('wrong question');
    });
    await expect(waiting).rejects.toThrow('wrong question');
  });
});

it('tells listeners of every happening, until they leave', async () => {
  const seen: string[] = [];
  const leave = telegram.on((event) => seen.push(event.type));
  const id = await send({ reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'x' }]] } });
  await call(telegram, 'sendChatAction', { chat_id: AMINA, action: 'typing' });
  await call(telegram, 'editMessageText', { chat_id: AMINA, message_id: id, text: 'edited' });
  await call(telegram, 'deleteMessage', { chat_id: AMINA, message_id: id });
  leave();
  await send();
  expect(seen.filter((type) => type !== 'call')).toEqual(['message', 'typing', 'edit', 'delete']);
  expect(seen.filter((type) => type === 'call')).toHaveLength(4);
});

it('shows a document under its name, as Telegram names one it fetches', async () => {
  await call(telegram, 'sendDocument', { chat_id: AMINA, document: 'https://shop.example/may/bill%201.pdf' });
  expect(telegram.messages(AMINA).at(-1)).toMatchObject({ media: 'document', fileName: 'bill 1.pdf' });
  await call(telegram, 'sendPhoto', { chat_id: AMINA, photo: 'https://shop.example/bill.png' });
  expect(telegram.messages(AMINA).at(-1)).not.toHaveProperty('fileName');
});

it('tells once of a private chat that opens when its person first writes', () => {
  const seen: [string, string | undefined][] = [];
  const standing = () => telegram.chats().find(({ id }) => id === BILAL)?.bot;
  telegram.on((event) => seen.push([event.type, standing()]));
  telegram.say(BILAL, BILAL, 'hello');
  telegram.say(BILAL, BILAL, 'again');
  expect(seen.filter(([type]) => type === 'chat')).toEqual([['chat', 'member']]);
});

it('records every call in order', async () => {
  await send();
  await call(telegram, 'editMessageText', { chat_id: AMINA, message_id: 900, text: 'x' });
  expect(telegram.calls).toMatchObject([
    { seq: 1, at: clock.now(), method: 'sendMessage', payload: { text: 'hello' }, chatId: AMINA, ok: true },
    { seq: 2, method: 'editMessageText', ok: false, errorCode: 400 },
  ]);
});

it('shows typing for five seconds or until the bot writes', async () => {
  const type = () => call(telegram, 'sendChatAction', { chat_id: AMINA, action: 'typing' });
  await type();
  expect(telegram.typing(AMINA)).toBe(true);
  clock.advance(5000);
  expect(telegram.typing(AMINA)).toBe(false);
  await type();
  await send();
  expect(telegram.typing(AMINA)).toBe(false);
  expect((await call(telegram, 'sendChatAction', { chat_id: AMINA, action: 'dance' })).ok).toBe(false);
});

it('lists people and chats', () => {
  const forum = telegram.addGroup({ title: 'Shop', isForum: true, memberIds: [AMINA, BILAL] });
  const topic = telegram.addTopic(forum, 'Orders');
  telegram.block(AMINA);
  expect(telegram.people().map(({ first_name }) => first_name)).toEqual(['Amina', 'Bilal']);
  expect(telegram.chats()).toMatchObject([
    { id: AMINA, title: 'Amina', bot: 'blocked' },
    { id: BILAL, title: 'Bilal K.', bot: 'not-started' },
    { id: forum, kind: 'supergroup', bot: 'member', topics: [{ threadId: topic, name: 'Orders' }] },
  ]);
});

it('starts over with the same people and groups and nothing else', async () => {
  const group = telegram.addGroup({ title: 'G', memberIds: [AMINA] });
  const before = await send();
  const supergroup = telegram.migrate(group);
  telegram.block(AMINA);
  telegram.faultNext({ fault: { kind: 'drop-before' } });
  await call(telegram, 'setMyCommands', { commands: [] }).catch(() => undefined);
  telegram.startOver();
  expect(telegram.messages(AMINA)).toEqual([]);
  expect(telegram.calls).toEqual([]);
  expect(telegram.chats().map(({ id, bot }) => [id, bot])).toEqual([
    [AMINA, 'not-started'],
    [BILAL, 'not-started'],
    [group, 'member'],
  ]);
  expect(() => telegram.messages(supergroup)).toThrow(`no chat ${supergroup}`);
  telegram.start(AMINA);
  expect(await send()).toBeGreaterThan(before);
});

it('shows reactions, pins and files', async () => {
  const { id } = telegram.say(AMINA, AMINA, '0555');
  const target = { chat_id: AMINA, message_id: id };
  const react = (emoji: string) =>
    call(telegram, 'setMessageReaction', { ...target, reaction: [{ type: 'emoji', emoji }] });
  expect((await react('👌')).ok).toBe(true);
  expect((await react('✅')).description).toBe('Bad Request: REACTION_INVALID');
  expect((await call(telegram, 'pinChatMessage', target)).ok).toBe(true);
  expect(telegram.messages(AMINA).at(-1)).toMatchObject({ reactions: ['👌'], pinned: true });
  expect(await call(telegram, 'getChat', { chat_id: AMINA })).toMatchObject({
    result: { id: AMINA, type: 'private', first_name: 'Amina', pinned_message: { message_id: id } },
  });
  expect((await call(telegram, 'unpinChatMessage', { chat_id: AMINA })).ok).toBe(true);
  expect((await call(telegram, 'getFile', { file_id: 'none' })).description).toBe(
    'Bad Request: invalid file_id',
  );
});
