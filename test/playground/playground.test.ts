// `npm start` without a bot token: what a person at the terminal gets, and what is left when it ends.
import { expect, test } from 'vitest';
import { introduction } from '../../src/playground/playground.ts';
import { start } from './started.ts';
import type { Started } from './started.ts';

const SLOW = 40_000;

/** Types a line and waits for what the bot answers to it. */
async function say(playground: Started, line: string, answer: string | RegExp): Promise<void> {
  const since = playground.output().length;
  playground.type(line);
  await playground.shows(answer, since);
}

test(
  'a purchase is made by typing, and SIGTERM then leaves neither the bot nor its folder',
  { timeout: SLOW },
  async (context) => {
    const playground = await start(context, 'src/start.js');
    await playground.shows('[ Recharge a line ]');
    expect(playground.output()).toContain('BOT_TOKEN is not set');
    expect(playground.output()).toContain('You are Sam (en), customer: ');
    await say(playground, '/topup', '1 [ ADSL / Fibre ]');
    await say(playground, '1', 'Send the line number');
    await say(playground, '036362608', /2 \[ 1\u202F000\u00A0DA/);
    await say(playground, '#2', '1 [ ✅ Pay 1\u202F000\u00A0DA ]');
    await say(playground, '1', /✅ Order no\. \d+: recharged\./);
    await playground.shows(/Card code: ▒+\n/);
    await playground.shows(/\[ Copy the code ⧉ \d{12} \]/);
    await say(playground, ':reveal', /Card code: \d{12}\n/);
    await say(playground, ':orders', /1 accepted, 11470 DA left/);

    expect(await playground.bots()).toHaveLength(1);
    playground.signal('SIGTERM');
    expect(await playground.ended).toBe(0);
    expect(await playground.bots()).toEqual([]);
    expect(await playground.leftovers()).toEqual([]);
  },
);

test('one address is printed, and the page is there as soon as it is', { timeout: SLOW }, async (context) => {
  const playground = await start(context, 'src/start.js');
  await playground.shows(/http:\/\/127\.0\.0\.1:\d+\//);
  const [url = '', ...others] = playground.output().match(/https?:\/\/\S+/g) ?? [];
  expect(others).toEqual([]);
  const page = await fetch(url);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  playground.signal('SIGTERM');
  expect(await playground.ended).toBe(0);
  expect(await playground.leftovers()).toEqual([]);
});

test(
  'lines piped in all at once are typed one after another, in the language asked for',
  { timeout: SLOW },
  async (context) => {
    const playground = await start(context, 'src/start.js');
    playground.type([':as fr', ':provider refund', '/topup 036362608 500', '1'].join('\n'));
    await playground.shows(/↩️ Commande n° \d+ : la recharge n’a pas abouti/);
    expect(playground.output()).toContain('1 [ ✅ Payer 495\u00A0DA ]');
  },
);

test('the end of its input ends neither the playground nor the bot', { timeout: SLOW }, async (context) => {
  const playground = await start(context, 'src/start.js');
  playground.endInput();
  await playground.shows('no more input');
  expect(await playground.bots()).toHaveLength(1);
  expect(playground.isRunning()).toBe(true);
  playground.signal('SIGINT');
  expect(await playground.ended).toBe(0);
});

test('a killed bot comes back and goes on where the chat was', { timeout: SLOW }, async (context) => {
  const playground = await start(context, 'src/start.js');
  await playground.shows('[ Recharge a line ]');
  await say(playground, '/topup 036362608 1000', '1 [ ✅ Pay 1\u202F000\u00A0DA ]');
  const [before] = await playground.bots();
  await say(playground, ':kill', 'The bot is back.');
  const [after] = await playground.bots();
  expect(after).not.toBe(before);
  await say(playground, '1', /✅ Order no\. \d+: recharged\./);
  playground.type(':quit');
  expect(await playground.ended).toBe(0);
});

test(
  'a bot that dies by itself ends the playground with its last words and code 1',
  { timeout: SLOW },
  async (context) => {
    const playground = await start(context, 'src/start.js');
    await playground.shows('[ Recharge a line ]');
    const [bot = 0] = await playground.bots();
    process.kill(bot, 'SIGKILL');
    expect(await playground.ended).toBe(1);
    expect(playground.output()).toMatch(/The bot was ended by SIGKILL\. Its last lines:\n.*card\.key/);
    expect(await playground.leftovers()).toEqual([]);
  },
);

test('settings of the real bot are named when there is no bot token, without their values', () => {
  expect(introduction({})).not.toContain('Not used here');
  const told = introduction({ ONECLICK_API_KEY: 'very-secret', ADMIN_IDS: '1', CARD_KEY: '' });
  expect(told).toContain('Not used here: ONECLICK_API_KEY, ADMIN_IDS.');
  expect(told).not.toContain('very-secret');
});
