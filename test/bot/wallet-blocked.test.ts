// Somebody blocks the bot while money of theirs is held: the order ends all the same, the money is right, owners see it.

import { beforeEach, describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { counterForEach, type Counter } from './open-counter.ts';
import { CUSTOMER, fill, openWallets } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const wallet = () => counter.shop.store.wallet(CUSTOMER);
const open = () => counter.shop.store.active();

beforeEach(async () => {
  await openWallets(counter);
  await fill(counter, CUSTOMER, 2000);
  await counter.say('/topup 036362608 1000', CUSTOMER);
  await counter.press('Pay 1 000 DA', CUSTOMER);
  expect(await wallet()).toEqual({ put: dinars(2000), held: dinars(1000), taken: dinars(0) });
  counter.telegram.block(CUSTOMER);
  await counter.handle();
});

async function end(how: 'fulfilled' | 'refused'): Promise<void> {
  const [order] = await open();
  if (order === undefined) throw new Error('nothing is open');
  if (how === 'refused')
    counter.shop.topups.sendings.push({ kind: 'refused', refusal: { reason: 'wrong-number' } });
  await counter.work();
  if (how === 'fulfilled') {
    counter.shop.topups.set(order.ref, { status: { kind: 'fulfilled' }, code: '1234567890123456' });
    await counter.shop.follow(order.ref);
  }
  await counter.show();
}

it('owners see what is held while the order is open', async () => {
  await counter.say(`/people ${CUSTOMER}`);
  expect(counter.text()).toMatch(/held[^\n]*1 000 DA/i);
  await counter.say(`/statement ${CUSTOMER}`);
  expect(counter.text()).toContain('Balance: 1 000 DA\nHeld for orders under way: 1 000 DA');
});

describe.each([
  ['fulfilled', 1000, /recharged[^]*money taken: 1 000 DA/, '1 000 DA'],
  ['refused', 0, /refused, money back[^]*money given back: 1 000 DA/, '2 000 DA'],
] as const)('an order that is %s', (how, taken, story, left) => {
  it('settles, with the money where it belongs, and is seen by owners', async () => {
    await end(how);
    expect(await wallet()).toEqual({ put: dinars(2000), held: dinars(0), taken: dinars(taken) });
    counter.shop.store.audit();
    await counter.say('/order 1042');
    expect(counter.text()).toMatch(story);
    expect(counter.text()).toContain('By Nadia (22)');
    await counter.say(`/people ${CUSTOMER}`);
    expect(counter.text()).toContain(`Balance: ${left}`);
    expect(counter.text()).not.toMatch(/held/i);
    await counter.say(`/statement ${CUSTOMER}`);
    expect(counter.text()).toContain(`Balance: ${left}`);
  });

  it('is there for the person who opens the chat again', async () => {
    await end(how);
    counter.telegram.unblock(CUSTOMER);
    await counter.say('/start', CUSTOMER);
    await counter.show();
    const cards = counter.messages(CUSTOMER).filter(({ text }) => text.includes('1042'));
    expect(cards.some(({ text }) => /: (?:not )?recharged/.test(text))).toBe(true);
    expect(await open()).toEqual([]);
  });
});
