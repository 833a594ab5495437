// A button that confirms a movement of money carries it: what was bent on the way moves nothing.

import { beforeEach, expect, it } from 'vitest';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { forge } from './shop-desk.ts';
import { balanceOf, CUSTOMER, openWallets } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const LOST = '⚠️ This confirmation is no longer in use. Look at the statement before you send it again.';
const moment = (ago = 0): string => (counter.shop.clock.now() - ago).toString(36);
const put = (...words: string[]): Promise<void> => forge(counter, OWNER, 'wput', ...words);

it.each([
  ['nothing', '22', '0'],
  ['less than nothing', '22', '-100'],
  ['another notation', '22', '1e5'],
  ['half a centime', '22', '100.5'],
  ['more than there is money', '22', '99999999999999'],
  ['nobody', 'x', '100'],
  ['a group', '-', '100'],
])('a deposit of %s is not in use', async (_what, person, amount) => {
  await put(person, amount, 'm77', moment());
  expect(counter.text()).toBe(LOST);
  expect(await balanceOf(counter, CUSTOMER)).toBe(0);
});

it.each(['NOW', '-5', 'zzzzzzzzzzzz'])('one that was drawn at %j is not in use', async (at) => {
  await put('22', '100000', 'm77', at);
  expect(counter.text()).toBe(LOST);
  expect(await balanceOf(counter, CUSTOMER)).toBe(0);
});

it('one on an owner, or on somebody whom nobody knows, moves nothing', async () => {
  for (const person of [OWNER, COLLEAGUE, 4_711]) await put(String(person), '100000', 'm77', moment());
  expect((await counter.shop.store.auditTrail(null, 5)).rows).toEqual([]);
});

it('one id moves money once, whatever else was changed about it', async () => {
  await put('22', '100000', 'm77', moment());
  await put('22', '500000', 'm77', moment(1_000));
  expect(counter.text()).toContain('This was done already; it was not moved twice.');
  expect(await balanceOf(counter, CUSTOMER)).toBe(1_000);
});

it('a correction is what was written down, not what its button says, and of that person alone', async () => {
  await put('22', '100000', 'm77', moment());
  await counter.say('/correct @nadia -300 counted twice');
  const [draft] = await counter.shop.store.records('draft');
  const id = draft?.id ?? '';
  await forge(counter, OWNER, 'wfix', '21', id, moment());
  expect(counter.text()).toBe(LOST);
  await forge(counter, OWNER, 'wfix', '22', id, 'NOW');
  expect(counter.text()).toBe(LOST);
  expect(await balanceOf(counter, CUSTOMER)).toBe(1_000);
  await forge(counter, OWNER, 'wfix', '22', id, moment());
  expect(await balanceOf(counter, CUSTOMER)).toBe(700);
});
