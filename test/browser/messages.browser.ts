// Everything a bot can put on the screen and a person can do there, spoken by the test in the bot's place.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { english, french } from '../../src/playground/people.ts';
import { inPage, keyColours, keyInks, lineSides } from './in-page.ts';
import { openPlayground, type OpenPlayground } from './open-playground.ts';
import { openBrowser, openWindow, type Window } from './window.ts';

let play: OpenPlayground;
let browser: Browser;
let window: Window;
const chat = english.id;
beforeAll(async () => {
  [play, browser] = await Promise.all([openPlayground({ withoutBot: true }), openBrowser()]);
});
beforeEach(async () => {
  play.telegram.startOver();
  window = await openWindow(browser, play.url, { as: english });
  await window.start();
  await window.messages.first().waitFor();
});
afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  await play.close();
});

const send = (payload: Readonly<Record<string, unknown>>) =>
  play.call('sendMessage', { chat_id: chat, ...payload });
const lastId = () => play.telegram.lastBotMessage(chat)?.id ?? 0;

it('never reads a text as HTML', async () => {
  const text = '<img src=x onerror=alert(1)> <b>no</b> & so on';
  await send({ text });
  await window.sees(text);
  expect(await window.last.locator('img, b').count()).toBe(0);
});

it('draws entities, nested ones too, and keeps a relative date current', async () => {
  const seconds = Math.floor(Date.now() / 1000) - 5;
  await send({
    text: '😀 bold code both then',
    entities: [
      { type: 'bold', offset: 3, length: 4 },
      { type: 'code', offset: 8, length: 4 },
      { type: 'bold', offset: 13, length: 4 },
      { type: 'italic', offset: 13, length: 4 },
      { type: 'date_time', offset: 18, length: 4, unix_time: seconds, date_time_format: 'r' },
    ],
  });
  await window.sees('bold');
  expect(await window.last.locator('b').allInnerTexts()).toEqual(['bold', 'both']);
  expect(await window.last.locator('b i').innerText()).toBe('both');
  expect(await window.last.locator('code').innerText()).toBe('code');
  const time = window.last.locator('.text > time[data-relative]');
  const first = await time.innerText();
  expect(first).toMatch(/^\d seconds ago$/u);
  await expect.poll(() => time.innerText(), { timeout: 5000 }).not.toBe(first);
});

it('changes a message in its place and marks it as edited', async () => {
  await send({ text: 'before' });
  await send({ text: 'after it' });
  const [changed] = play.telegram.messages(chat).filter(({ text }) => text === 'before');
  await play.call('editMessageText', { chat_id: chat, message_id: changed?.id, text: 'changed' });
  await window.sees('changed');
  expect(await window.messages.locator('.text').allInnerTexts()).toEqual([
    expect.stringContaining('/start'),
    expect.stringMatching(/^changed\s*edited/u),
    expect.stringContaining('after it'),
  ]);
});

it('spins until a press is answered, then shows the toast or the alert', async () => {
  const keys = [
    { text: 'Blue', callback_data: 'a', style: 'primary' },
    { text: 'Green', callback_data: 'b', style: 'success' },
    { text: 'Red', callback_data: 'c', style: 'danger' },
    { text: 'Off', disabled: {} },
  ];
  await send({ text: 'Choose', reply_markup: { inline_keyboard: [keys] } });
  const key = (name: string) => window.page.getByRole('button', { name, exact: true });
  await key('Blue').click();
  await window.page.locator('.key[aria-busy=true]').waitFor();
  expect(new Set(await window.page.evaluate<string[]>(keyColours)).size).toBe(4);
  expect(new Set(await window.page.evaluate<string[]>(keyInks))).toEqual(new Set(['rgb(255, 255, 255)']));
  expect(await key('Off').isDisabled()).toBe(true);
  await answer({ text: 'A word' });
  await window.toasts.filter({ hasText: 'A word' }).waitFor();
  expect(await window.page.locator('.key[aria-busy=true]').count()).toBe(0);
  await key('Red').click();
  await answer({ text: 'Stop!', show_alert: true });
  const alert = window.page.getByRole('dialog');
  expect(await alert.innerText()).toContain('Stop!');
  await alert.getByRole('button').click();
  await alert.waitFor({ state: 'detached' });
});

/** Answers the press that waits. */
async function answer(words: Readonly<Record<string, unknown>>): Promise<void> {
  const id = await play.telegram.until(() => {
    const query = play.telegram.pendingUpdates().at(-1)?.['callback_query'];
    return typeof query === 'object' && query !== null && 'id' in query ? query.id : undefined;
  });
  await play.call('answerCallbackQuery', { callback_query_id: id, ...words });
}

it('opens a reply with its placeholder when the bot asks for one', async () => {
  await send({
    text: 'Which line?',
    reply_markup: { force_reply: true, input_field_placeholder: 'nine digits' },
  });
  await window.page.getByPlaceholder('nine digits').fill('036000001');
  await window.page.keyboard.press('Enter');
  await window.messages.nth(2).waitFor();
  expect(play.telegram.messages(chat).at(-1)).toMatchObject({ text: '036000001', replyTo: lastId() });
  expect(await window.messages.last().locator('.quote').innerText()).toContain('Which line?');
  expect(await window.page.locator('.reply-bar').isVisible()).toBe(false);
});

it('keeps a spoiler hidden in quotes and in the list of chats too', async () => {
  await send({ text: 'Code: 900012345678', entities: [{ type: 'spoiler', offset: 6, length: 12 }] });
  await send({ text: 'There it is', reply_parameters: { message_id: lastId() } });
  await window.sees('There it is');
  expect(await window.last.locator('.quote').innerText()).toContain('Code: ▒▒▒');
  await play.call('deleteMessage', { chat_id: chat, message_id: lastId() });
  await window.messages.nth(2).waitFor({ state: 'detached' });
  expect(await window.page.locator('.chat-row').first().innerText()).toContain('Code: ▒▒▒');
});

it('shows a reply keyboard and takes it away', async () => {
  await send({ text: 'Keys', reply_markup: { keyboard: [['One', 'Two']] } });
  await window.page.locator('.reply-keyboard').getByRole('button', { name: 'Two' }).click();
  await window.messages.nth(2).waitFor();
  expect(play.telegram.messages(chat).at(-1)?.text).toBe('Two');
  await send({ text: 'Gone', reply_markup: { remove_keyboard: true } });
  await window.sees('Gone');
  expect(await window.page.locator('.reply-keyboard').count()).toBe(0);
});

it('offers the commands in the language of the person, from the first slash on', async () => {
  const commands = (description: string) => [{ command: 'topup', description }];
  await play.call('setMyCommands', { commands: commands('Recharge a line') });
  await play.call('setMyCommands', { commands: commands('Recharger une ligne'), language_code: 'fr' });
  const menu = window.page.locator('.commands');
  await window.field.fill('/to');
  expect(await menu.innerText()).toContain('Recharge a line');
  await window.field.fill('/x');
  expect(await menu.isVisible()).toBe(false);
  await window.become(french);
  await window.start();
  await window.field.fill('/');
  expect(await menu.innerText()).toContain('Recharger une ligne');
  await menu.getByRole('option').click();
  await expect.poll(() => play.telegram.messages(french.id).at(-1)?.text).toBe('/topup');
});

it('shows typing, photos and documents', async () => {
  await play.call('sendChatAction', { chat_id: chat, action: 'typing' });
  await window.page.locator('.status.busy').waitFor();
  await play.call('sendPhoto', { chat_id: chat, photo: 'https://shop.example/a.png', caption: 'a picture' });
  await play.call('sendDocument', { chat_id: chat, document: 'https://shop.example/a.pdf' });
  await window.messages.nth(2).waitFor();
  expect(await window.page.locator('.media').allInnerTexts()).toEqual(['Photo', 'a.pdf']);
  await expect.poll(() => window.page.locator('.status.busy').count()).toBe(0);
});

it('follows a link to the bot into the private chat, with its payload', async () => {
  const [group] = play.telegram.chats().filter(({ kind }) => kind !== 'private');
  await window.openChat(group?.id ?? 0);
  const url = `https://t.me/${play.telegram.bot.username}?start=order-7`;
  await play.call('sendMessage', {
    chat_id: group?.id,
    text: 'There',
    reply_markup: { inline_keyboard: [[{ text: 'Open', url }]] },
  });
  await window.press('Open');
  await expect.poll(() => play.telegram.messages(chat).at(-1)?.text).toBe('/start order-7');
  await window.page.getByText('/start order-7').first().waitFor();
});

it('makes an address in a text a link, whoever wrote it', async () => {
  const url = `https://t.me/${play.telegram.bot.username}?start=order-8`;
  await window.write(`From the shop: ${url}.`);
  await window.messages.nth(1).getByRole('link', { name: url, exact: true }).click();
  await expect.poll(() => play.telegram.messages(chat).at(-1)?.text).toBe('/start order-8');
});

it('lets a person delete, edit and reply from the menu of a message', async () => {
  await send({ text: 'Delete me' });
  const act = async (text: string, name: string) => {
    const message = window.messages.filter({ hasText: text });
    await message.locator('.bubble').hover();
    await message.getByRole('button', { name: 'Message actions' }).click();
    await window.page.getByRole('menuitem', { name }).click();
  };
  await act('Delete me', 'Delete');
  await expect.poll(() => window.page.getByText('Delete me').count()).toBe(0);
  await window.write('One');
  await window.messages.nth(1).waitFor();
  await act('One', 'Edit');
  await window.write('Two');
  await window.messages.filter({ hasText: 'Two' }).waitFor();
  await act('Two', 'Reply');
  await window.write('Three');
  await window.messages.nth(2).waitFor();
  expect(play.telegram.messages(chat).at(-1)?.replyTo).toBe(play.telegram.messages(chat).at(-2)?.id);
});

it('lets a person block the bot, and the bot then meets a closed door', async () => {
  await window.page.getByRole('button', { name: 'What you can do here' }).click();
  await window.page.getByRole('menuitem', { name: 'Block the bot' }).click();
  await window.page.getByRole('button', { name: 'Unblock the bot' }).waitFor();
  await expect(send({ text: 'Hello?' })).rejects.toThrow('bot was blocked by the user');
  await window.page.getByRole('button', { name: 'Unblock the bot' }).click();
  await window.field.waitFor();
  await send({ text: 'Hello again' });
  await window.sees('Hello again');
});

it('lays every line of a mixed text out in its own direction', async () => {
  await send({ text: 'الطلب رقم 1042: تم الشحن.\nADSL · 036 36 26 08' });
  await window.sees('ADSL');
  const sides = await window.page.evaluate<string[]>(inPage(lineSides));
  expect(sides).toEqual(['right', 'left']);
});
