// Whom the bot may write to and whom it may hear: first contact, blocks, kicks, migration, privacy.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, BILAL, call, sentId, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople();
});

const send = (chatId: number) => call(telegram, 'sendMessage', { chat_id: chatId, text: 'x' });
const forbidden = (reason: string) => ({ ok: false, error_code: 403, description: `Forbidden: ${reason}` });
const lastUpdate = () => telegram.pendingUpdates().at(-1);

describe('in a private chat', () => {
  it('the person must come first', async () => {
    expect(await send(AMINA)).toEqual(forbidden("bot can't initiate conversation with a user"));
    telegram.start(AMINA);
    expect((await send(AMINA)).ok).toBe(true);
  });

  it('a block shuts the bot out and tells it, and Start lets it in again', async () => {
    telegram.start(AMINA);
    telegram.block(AMINA);
    expect(lastUpdate()).toMatchObject({
      my_chat_member: { chat: { id: AMINA }, from: { id: AMINA }, new_chat_member: { status: 'kicked' } },
    });
    expect(await send(AMINA)).toEqual(forbidden('bot was blocked by the user'));
    expect(() => telegram.say(AMINA, AMINA, 'hi')).toThrow('has blocked the bot');
    telegram.start(AMINA);
    expect(telegram.pendingUpdates().at(-2)).toMatchObject({
      my_chat_member: { new_chat_member: { status: 'member' } },
    });
    expect((await send(AMINA)).ok).toBe(true);
  });

  it('a deleted account is out of reach', async () => {
    telegram.start(AMINA);
    telegram.deactivate(AMINA);
    expect(await send(AMINA)).toEqual(forbidden('user is deactivated'));
  });
});

describe('in a group', () => {
  it('a kicked bot is told so, in the words for the kind of group', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA] });
    const supergroup = telegram.addGroup({ title: 'S', type: 'supergroup', memberIds: [AMINA] });
    telegram.kickBot(group);
    telegram.kickBot(supergroup);
    expect(lastUpdate()).toMatchObject({
      my_chat_member: { chat: { id: supergroup }, new_chat_member: { status: 'kicked' } },
    });
    expect(await send(group)).toEqual(forbidden('bot was kicked from the group chat'));
    expect(await send(supergroup)).toEqual(forbidden('bot was kicked from the supergroup chat'));
    telegram.addBot(group);
    expect((await send(group)).ok).toBe(true);
  });

  it('a bot that left is no member', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA] });
    expect((await call(telegram, 'leaveChat', { chat_id: group })).ok).toBe(true);
    expect(await send(group)).toEqual(forbidden('bot is not a member of the group chat'));
  });

  it('that became a supergroup names its new id, and the old messages are void', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA] });
    const messageId = await sentId(telegram, { chat_id: group, text: 'x' });
    const supergroup = telegram.migrate(group);
    expect(telegram.pendingUpdates().slice(-2)).toMatchObject([
      { message: { chat: { id: group, type: 'group' }, migrate_to_chat_id: supergroup } },
      { message: { chat: { id: supergroup, type: 'supergroup' }, migrate_from_chat_id: group } },
    ]);
    expect(await send(group)).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: supergroup },
    });
    const stale = { chat_id: supergroup, message_id: messageId + 50, text: 'y' };
    expect((await call(telegram, 'editMessageText', stale)).description).toBe(
      'Bad Request: message to edit not found',
    );
    expect((await send(supergroup)).ok).toBe(true);
  });
});

describe('privacy mode', () => {
  const seenTexts = () =>
    telegram.pendingUpdates().map((update) => {
      const message = update['message'];
      return typeof message === 'object' && message !== null && 'text' in message ? message.text : 'other';
    });

  it('lets through commands for the bot, replies to it and service messages only', async () => {
    const group = telegram.addGroup({ title: 'G', isForum: true, memberIds: [AMINA, BILAL] });
    const own = await sentId(telegram, { chat_id: group, text: 'prompt' });
    const chatter = telegram.say(AMINA, group, 'chatter');
    telegram.say(AMINA, group, 'reply to chatter', { replyTo: chatter.id });
    telegram.say(AMINA, group, '/buy');
    telegram.say(AMINA, group, '/buy@Recharge_Counter_Bot 5');
    telegram.say(AMINA, group, '/buy@other_bot');
    telegram.say(AMINA, group, 'not a /command');
    telegram.say(AMINA, group, '0555', { replyTo: own });
    telegram.anonymousAdminSays(group, 'anonymous chatter');
    telegram.addTopic(group, 'Orders');
    expect(seenTexts()).toEqual(['/buy', '/buy@Recharge_Counter_Bot 5', '0555', 'other']);
  });

  it('never holds back a button press', () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA] });
    void telegram.pressStale(AMINA, group, 5, 'x');
    expect(lastUpdate()).toMatchObject({ callback_query: { data: 'x' } });
  });

  it('does not bind an administrator, nor a bot with privacy off', async () => {
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA], botIsAdmin: true });
    telegram.say(AMINA, group, 'chatter');
    expect(seenTexts()).toEqual(['chatter']);
    const open = await telegramWithTwoPeople({ bot: { canReadAllGroupMessages: true } });
    open.say(AMINA, open.addGroup({ title: 'G', memberIds: [AMINA] }), 'chatter');
    expect(open.pendingUpdates()).toHaveLength(1);
  });

  it('does not hide who hides: an anonymous administrator writes as the group', () => {
    const group = telegram.addGroup({ title: 'G', type: 'supergroup', memberIds: [AMINA] });
    telegram.anonymousAdminSays(group, '/buy');
    expect(lastUpdate()).toMatchObject({
      message: { from: { id: 1087968824, is_bot: true }, sender_chat: { id: group } },
    });
  });
});
