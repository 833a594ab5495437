// A person's price and balance in a group, behind a button that shows them to that person alone.

import { beforeEach, expect, it } from 'vitest';
import { LONGEST_ALERT } from '../../src/bot/group-code.ts';
import { figuresButton } from '../../src/bot/group-figures.ts';
import { dinars } from '../../src/domain/money.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import type { PressAnswer } from '../../src/playground/telegram/server.ts';
import { letIn } from './group-people.ts';
import { counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';

const KARIM = 501;

let counter: Counter;
counterForEach((opened) => (counter = opened));
let group: number;
beforeEach(async () => {
  await letIn(counter, { id: KARIM, name: 'Karim', role: 'agent', money: 5_000 });
  group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, KARIM, STRANGER] });
  await counter.say('/topup 036362608 1000', KARIM, group);
});

const plain = (text = ''): string => text.replace(/[\u00A0\u202F]/g, ' ');
const see = async (): Promise<string> =>
  plain((await counter.press('My price and balance', KARIM, group)).text);

async function pressed(person: number, data: string): Promise<PressAnswer> {
  const answer = counter.telegram.pressStale(person, group, counter.last(group).id, data);
  await counter.handle();
  return answer;
}

it('are what they are now, not what they were when the button was drawn', async () => {
  expect(await see()).toBe('You pay: 1 000 DA\nBalance: 5 000 DA, then 4 000 DA');
  await counter.press('Recharge', KARIM, group);
  await counter.say('/topup 036362609 1000', KARIM, group);
  expect(await see()).toBe('You pay: 1 000 DA\nBalance: 4 000 DA, then 3 000 DA');
});

it('of an owner are the shop’s', async () => {
  await counter.say('/topup 036362608 2000', OWNER, group);
  const answer = await counter.press('My price and balance', OWNER, group);
  expect(plain(answer.text)).toBe('You pay: 1 960 DA\nBalance: 100 000 DA, then 98 040 DA');
});

it('leave the purchase where it stands', async () => {
  const before = counter.last(group);
  await see();
  expect(counter.last(group)).toEqual(before);
  await counter.press('Recharge', KARIM, group);
  expect(counter.shop.store.all()).toHaveLength(1);
});

it('that can’t be told now are answered with the reason', async () => {
  counter.shop.topups.down = new Set(['offers', 'balance']);
  expect(await see()).toMatch(/^⚠️ Recharging is not available right now/u);
});

it('of somebody whose access was closed meanwhile are not told', async () => {
  await counter.cases.members.setFrozen(OWNER, KARIM, true);
  expect(await see()).toMatch(/^⛔ Your access/u);
});

it('are shown to nobody else', async () => {
  const { callback_data: data = '' } =
    counter
      .last(group)
      .keyboard.flat()
      .find(({ text }) => text.includes('My')) ?? {};
  for (const person of [OWNER, STRANGER]) expect((await pressed(person, data)).text).toMatch(/^⛔/u);
});

it.each(['ADSL', 'ADSL:0', 'ADSL:-1', 'ADSL:x', 'fax:100000', 'ADSL:9999999999999', ''])(
  'a forged button (%s) ends its spinner and nothing more',
  async (words) => {
    const answer = await pressed(KARIM, `d:${KARIM.toString(36)}:gsee${words === '' ? '' : `:${words}`}`);
    expect(answer.answered).toBe(true);
    expect(answer.alert).not.toBe(true);
  },
);

it.each(LANGUAGES)('in %s their button fits into what Telegram takes', (language) => {
  const button = figuresButton({ language, owner: 2 ** 52 }, 'ADSL', dinars(9_999_999_999));
  const data = 'callback_data' in button ? button.callback_data : '';
  expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
  expect(button.text.length).toBeLessThan(64);
});

it('a balance with credit and held money fits into an alert', async () => {
  await counter.cases.members.setCeiling(OWNER, KARIM, dinars(123_456));
  await counter.press('Recharge', KARIM, group);
  await counter.say('/balance', KARIM, group);
  const { text = '' } = await counter.press('Show my balance', KARIM, group);
  expect(plain(text)).toBe(
    'Balance: 4 000 DA\nYou can spend: 127 456 DA (credit: 123 456 DA)\nHeld for orders under way: 1 000 DA',
  );
  expect(text.length).toBeLessThanOrEqual(LONGEST_ALERT);
});
