// The guided purchase step by step, with every way back and out of it.

import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../src/playground/telegram/stand-in.ts';
import { booksAddUp } from './closing.ts';
import { CARD, quote } from './purchase.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened));

const MENU = 'What would you like to recharge?';
const ADSL = 'ADSL / Fibre. Send the line number: 9 digits starting with 0, like 036 36 26 08.';
const LTE = '4G LTE. Send the line number: 10 digits starting with 04, or 12 starting with 213';
const FOUND =
  'Line found: 036 36 26 08\nOffer: IDOOM FTTC 10M\nChoose the amount. In brackets: what you pay.';
const CANCELLED = 'Cancelled. Nothing was taken.';

const now = (message: ChatMessage): ChatMessage | undefined =>
  day.telegram.messages(message.chatId).find(({ id }) => id === message.id);

/** Walks to a step and gives its prompt. */
const STEPS = {
  service: async () => {
    day.owner.say('/topup');
    return day.owner.sees(MENU);
  },
  number: async () => {
    await day.owner.press('ADSL / Fibre', await STEPS.service());
    return day.owner.sees(ADSL);
  },
  value: async () => {
    await STEPS.number();
    day.owner.say('036362608');
    return day.owner.sees(FOUND);
  },
  confirmation: async () => {
    await day.owner.press('1 000 DA', await STEPS.value());
    return day.owner.sees(CARD);
  },
};

it('asks service, number, value and confirmation in place, and the confirmation becomes the order', async () => {
  const menu = await STEPS.service();
  expect(day.owner.buttons(menu)).toEqual([['ADSL / Fibre', '4G LTE'], ['Cancel']]);
  await day.owner.press('ADSL / Fibre');
  const number = await day.owner.sees(ADSL);
  expect(number.id).toBe(menu.id);
  expect(day.owner.buttons(number)).toEqual([['Back', 'Cancel']]);
  const typed = day.owner.say('036362608');
  const values = await day.owner.sees(FOUND);
  expect(values.id).toBeGreaterThan(typed.id);
  await day.telegram.until(() => now(number)?.keyboard.length === 0, {
    what: 'the old prompt to lose its buttons',
  });
  expect(day.owner.buttons(values)).toEqual([
    ['500 DA (490 DA)', '1 000 DA (980 DA)'],
    ['2 000 DA (1 960 DA)', '5 000 DA (4 900 DA)'],
    ['Other number', 'Cancel'],
  ]);
  await day.owner.press('1 000 DA');
  const card = await day.owner.sees(
    'Check, then pay.\nADSL · 036 36 26 08\nRecharge: 1 000 DA\nYou pay: 980 DA\nBalance: 1 000 000 DA, then 999 020 DA',
  );
  expect(card.id).toBe(values.id);
  expect(day.owner.buttons(card)).toEqual([['✅ Pay 980 DA'], ['Other amount', 'Other number'], ['Cancel']]);
  expect(card.keyboard[0]?.[0]?.style).toBe('success');
  expect(day.sends('036362608')).toBe(0);
  await day.owner.press('Pay');
  const done = await day.owner.sees(': recharged.');
  expect(done.id).toBe(card.id);
  expect(day.accepted('036362608')).toMatchObject([{ type: 'ADSL', value: 1000, debited: 980 }]);
});

it('sells to a 4G line the same way', async () => {
  await STEPS.service();
  await day.owner.press('4G LTE');
  await day.owner.sees(LTE);
  day.owner.say('213472731602');
  const values = await day.owner.sees('Line found: 213 472 73 16 02\nChoose the amount.');
  expect(day.owner.buttons(values).flat()).not.toContain('5 000 DA (4 900 DA)');
  await day.owner.press('500 DA');
  await day.owner.sees('4G · 213 472 73 16 02');
  await day.owner.press('Pay');
  await day.owner.sees(': recharged.');
  expect(day.accepted('213472731602')).toMatchObject([{ type: '4G', value: 500 }]);
});

it('offers the lines of earlier orders as one tap, the newest first', async () => {
  const menu = await STEPS.service();
  expect(day.owner.buttons(menu)).toEqual([
    ['ADSL / Fibre', '4G LTE'],
    ['213 472 73 16 02 · 4G'],
    ['036 36 26 08 · ADSL'],
    ['Cancel'],
  ]);
  await day.owner.press('036 36 26 08 · ADSL');
  expect((await day.owner.sees(FOUND)).id).toBe(menu.id);
  await day.owner.press('Cancel');
  await day.owner.sees(CANCELLED);
});

describe('goes back', () => {
  it('from the number to the service', async () => {
    const prompt = await STEPS.number();
    await day.owner.press('Back', prompt);
    expect((await day.owner.sees(MENU)).id).toBe(prompt.id);
  });

  it('from the values to the number', async () => {
    await day.owner.press('Other number', await STEPS.value());
    await day.owner.sees(ADSL);
  });

  it('from the confirmation to the values, and to the number', async () => {
    await day.owner.press('Other amount', await STEPS.confirmation());
    await day.owner.sees(FOUND);
    await day.owner.press('2 000 DA');
    await day.owner.sees('You pay: 1 960 DA');
    await day.owner.press('Other number');
    await day.owner.sees(ADSL);
    day.owner.say('031417237');
    await day.owner.sees('Line found: 031 41 72 37');
  });

  it('a number typed at the confirmation starts over with that line', async () => {
    await STEPS.confirmation();
    day.owner.say('0472731602');
    await day.owner.sees('Line found: 213 472 73 16 02');
  });
});

describe.each(['service', 'number', 'value', 'confirmation'] as const)('at the step "%s"', (step) => {
  it('the cancel button ends it with a sentence and a way to start again', async () => {
    const before = day.provider.orders().length;
    const prompt = await STEPS[step]();
    await day.owner.press('Cancel', prompt);
    const said = await day.owner.sees(CANCELLED);
    expect(said.id).toBe(prompt.id);
    await day.owner.press('Recharge a line', said);
    expect((await day.owner.sees(MENU)).id).toBe(prompt.id);
    expect(day.provider.orders()).toHaveLength(before);
  });

  it('/cancel ends it, and the prompt loses its buttons', async () => {
    const prompt = await STEPS[step]();
    day.owner.say('/cancel');
    await day.owner.sees(CANCELLED);
    await day.telegram.until(() => now(prompt)?.keyboard.length === 0);
    const stale = prompt.keyboard[0]?.[0]?.callback_data ?? '';
    const answer = await day.telegram.pressStale(day.owner.id, day.owner.chatId, prompt.id, stale);
    expect(answer.text).toBe('This button is no longer in use. /topup starts again.');
    day.owner.say('/cancel');
    await day.owner.sees('There is nothing to cancel.');
  });

  it('goes on after the bot was killed and started again', async () => {
    const prompt = await STEPS[step]();
    await day.caughtUp();
    await day.bot().kill();
    await day.start();
    await day.owner.press('Cancel', prompt);
    await day.owner.sees(CANCELLED);
  });

  it('half an hour without an answer closes it with a sentence, before anybody writes', async () => {
    const prompt = await STEPS[step]();
    await day.leap(28 * MINUTE);
    expect(now(prompt)?.keyboard).toEqual(prompt.keyboard);
    day.owner.looksAway();
    await day.leap(3 * MINUTE);
    const closed = await day.owner.sees('Closed after 30 minutes without an answer. Nothing was taken.');
    expect(closed.id).toBe(prompt.id);
    expect(day.owner.buttons(closed)).toEqual([['Recharge a line']]);
  });
});

it('a second /topup takes the place of the first flow', async () => {
  const first = await quote(day.owner, '031562900', 500);
  const second = await quote(day.owner, '031562900', 1000);
  await day.telegram.until(() => now(first)?.keyboard.length === 0);
  const stale = first.keyboard[0]?.[0]?.callback_data ?? '';
  const answer = await day.telegram.pressStale(day.owner.id, day.owner.chatId, first.id, stale);
  expect(answer.text).toBe('This button is no longer in use. /topup starts again.');
  await day.owner.press('Pay', second);
  await day.owner.sees(': recharged.');
  expect(day.accepted('031562900')).toMatchObject([{ value: 1000 }]);
});

booksAddUp(() => day);
