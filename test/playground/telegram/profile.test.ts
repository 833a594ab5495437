// The bot's command menus and profile texts, and what it can ask about chats.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, BILAL, call, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

let telegram: TelegramStandIn;
let group: number;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople();
  telegram.start(AMINA);
  group = telegram.addGroup({ title: 'G', memberIds: [AMINA, BILAL] });
});

const set = (command: string, extra: object = {}) =>
  call(telegram, 'setMyCommands', { commands: [{ command, description: command }], ...extra });
const menu = (personId: number, chatId: number) =>
  telegram.commandsFor(personId, chatId).map(({ command }) => command);

describe('command menus', () => {
  it('follow the most specific scope and, inside it, the language', async () => {
    await set('everywhere');
    expect([menu(AMINA, AMINA), menu(BILAL, group)]).toEqual([['everywhere'], ['everywhere']]);
    await set('private', { scope: { type: 'all_private_chats' } });
    await set('private_ar', { scope: { type: 'all_private_chats' }, language_code: 'ar' });
    await set('everywhere_ar', { language_code: 'ar' });
    expect([menu(AMINA, AMINA), menu(BILAL, BILAL)]).toEqual([['private_ar'], ['private']]);
    await set('groups', { scope: { type: 'all_group_chats' } });
    await set('admins', { scope: { type: 'all_chat_administrators' } });
    expect([menu(AMINA, group), menu(BILAL, group)]).toEqual([['admins'], ['groups']]);
    await set('this_chat', { scope: { type: 'chat', chat_id: group } });
    await set('bilal', { scope: { type: 'chat_member', chat_id: group, user_id: BILAL } });
    expect([menu(AMINA, group), menu(BILAL, group)]).toEqual([['this_chat'], ['bilal']]);
    await call(telegram, 'deleteMyCommands', { scope: { type: 'all_private_chats' }, language_code: 'ar' });
    expect(menu(AMINA, AMINA)).toEqual(['private']);
  });

  it('are given back for exactly the asked scope and language', async () => {
    await set('buy', { language_code: 'fr' });
    expect(await call(telegram, 'getMyCommands', { language_code: 'fr' })).toMatchObject({
      result: [{ command: 'buy' }],
    });
    expect(await call(telegram, 'getMyCommands')).toEqual({ ok: true, result: [] });
  });

  it.each([
    [{ command: 'Buy', description: 'x' }, 'BOT_COMMAND_INVALID'],
    [{ command: '/buy', description: 'x' }, 'BOT_COMMAND_INVALID'],
    [{ command: 'x'.repeat(33), description: 'x' }, 'BOT_COMMAND_INVALID'],
    [{ command: 'buy', description: '' }, 'BOT_COMMAND_DESCRIPTION_INVALID'],
    [{ command: 'buy', description: 'x'.repeat(257) }, 'BOT_COMMAND_DESCRIPTION_INVALID'],
  ])('are refused when wrong: %j', async (command, reason) => {
    expect(await call(telegram, 'setMyCommands', { commands: [command] })).toEqual({
      ok: false,
      error_code: 400,
      description: `Bad Request: ${reason}`,
    });
  });

  it('hold at most 100 commands', async () => {
    const commands = Array.from({ length: 101 }, (_, at) => ({ command: `c${at}`, description: 'x' }));
    expect((await call(telegram, 'setMyCommands', { commands })).ok).toBe(false);
    expect((await call(telegram, 'setMyCommands', { commands: commands.slice(1) })).ok).toBe(true);
  });
});

describe('profile texts', () => {
  it('fall back from a language to the default', async () => {
    await call(telegram, 'setMyDescription', { description: 'Recharges' });
    await call(telegram, 'setMyDescription', { description: 'شحن', language_code: 'ar' });
    const description = async (language: string) =>
      (await call(telegram, 'getMyDescription', { language_code: language })).result;
    expect([await description('ar'), await description('fr')]).toEqual([
      { description: 'شحن' },
      { description: 'Recharges' },
    ]);
    expect((await call(telegram, 'getMyName')).result).toEqual({ name: 'Recharge counter' });
  });

  it('have their limits', async () => {
    expect((await call(telegram, 'setMyShortDescription', { short_description: 'x'.repeat(121) })).ok).toBe(
      false,
    );
    expect((await call(telegram, 'setMyShortDescription', { short_description: 'x'.repeat(120) })).ok).toBe(
      true,
    );
  });
});

describe('questions about a chat', () => {
  it('tell members, administrators and the bot apart', async () => {
    const status = async (userId: number) =>
      (await call(telegram, 'getChatMember', { chat_id: group, user_id: userId })).result;
    expect(await status(AMINA)).toMatchObject({ status: 'creator' });
    expect(await status(BILAL)).toMatchObject({ status: 'member' });
    expect(await status(telegram.bot.id)).toMatchObject({ status: 'member' });
    telegram.addBot(group, 'administrator');
    expect(await call(telegram, 'getChatAdministrators', { chat_id: group })).toMatchObject({
      result: [{ user: { id: AMINA } }, { user: { id: telegram.bot.id }, status: 'administrator' }],
    });
    expect((await call(telegram, 'getChatMemberCount', { chat_id: group })).result).toBe(3);
    expect((await call(telegram, 'getChatMember', { chat_id: group, user_id: 5 })).description).toBe(
      'Bad Request: user not found',
    );
  });
});
