// A real grammY bot against the stand-in: command, button, edit.
import { Bot, InlineKeyboard } from 'grammy';
import { expect, it } from 'vitest';
import { AMINA, telegramWithTwoPeople } from './raw-call.ts';

it('serves a real grammY bot from a command over a button to an edit', async () => {
  const telegram = await telegramWithTwoPeople();
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } });
  bot.command('start', (ctx) =>
    ctx.reply(`Hello ${ctx.match}`, { reply_markup: new InlineKeyboard().text('Buy', 'buy').success() }),
  );
  bot.callbackQuery('buy', async (ctx) => {
    await ctx.answerCallbackQuery({ text: 'One moment' });
    await ctx.editMessageText('Bought');
  });
  const running = bot.start({ allowed_updates: ['message', 'callback_query'] });

  telegram.start(AMINA, 'friend');
  const greeting = await telegram.until(() => telegram.lastBotMessage(AMINA), { what: 'the greeting' });
  expect(greeting.text).toBe('Hello friend');
  expect(greeting.keyboard).toEqual([[{ text: 'Buy', callback_data: 'buy', style: 'success' }]]);

  const answer = await telegram.press(AMINA, AMINA, greeting.id, 'Buy');
  expect(answer).toEqual({ answered: true, text: 'One moment', alert: false });
  const bought = await telegram.until(() => telegram.lastBotMessage(AMINA)?.edits[0], { what: 'the edit' });
  expect(bought).toMatchObject({ text: 'Bought', keyboard: [] });

  await bot.stop();
  await running;
  expect(telegram.pendingUpdates()).toEqual([]);
});
