// A kill while a purchase waits for its money: it comes back in the next process, once.

import { beforeEach, describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { KEPT_MS } from '../../src/domain/shop.ts';
import { counterForEach, type Counter } from './open-counter.ts';
import { decideAndDie, fillAndDie, nextProcess } from './dying-process.ts';
import { AGENT, CUSTOMER, fill, openWallets, textsIn } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

async function restartAndGoOn(): Promise<void> {
  counter = await nextProcess(counter);
}

describe('a purchase that waited for money', () => {
  const begin = (person = CUSTOMER) => counter.say('/topup 036362608 1000', person);
  const payable = (chatId: number): number =>
    counter.messages(chatId).filter(({ keyboard }) => JSON.stringify(keyboard).includes(':p:')).length;

  it('comes back after a kill between the deposit and its comeback, once however often that happens', async () => {
    await begin();
    await counter.press('Ask the shop', CUSTOMER);
    await decideAndDie(counter, true);
    await restartAndGoOn();
    expect(counter.text(CUSTOMER)).toContain('You pay: 1 000 DA');
    expect(payable(CUSTOMER)).toBe(1);
    await restartAndGoOn();
    await restartAndGoOn();
    expect(payable(CUSTOMER)).toBe(1);
    await counter.press('Pay 1 000 DA', CUSTOMER);
    await counter.work();
    expect(await counter.shop.store.history(CUSTOMER, 5)).toHaveLength(1);
    expect(await counter.shop.store.records('kept')).toEqual([]);
  });

  it('comes back in place of the prompt that said what was missing', async () => {
    await begin();
    await fillAndDie(counter, CUSTOMER, 1000);
    await restartAndGoOn();
    expect(counter.labels(CUSTOMER)[0]).toBe('[✅ Pay 1 000 DA]');
    expect(textsIn(counter, CUSTOMER).join()).not.toContain('a purchase of yours still waits');
  });

  it('stays where it is while the money does not suffice', async () => {
    await begin();
    await fillAndDie(counter, CUSTOMER, 900);
    const before = counter.messages(CUSTOMER).length;
    await restartAndGoOn();
    expect(counter.messages(CUSTOMER)).toHaveLength(before + 1);
    expect(counter.text(CUSTOMER)).toContain('The shop put 900 DA on your wallet.');
    await fill(counter, CUSTOMER, 100);
    await counter.handle();
    expect(counter.labels(CUSTOMER)[0]).toBe('[✅ Pay 1 000 DA]');
  });

  it('counts the credit that an agent was granted', async () => {
    await begin(AGENT);
    const member = await counter.shop.store.record('member', AGENT);
    if (member === undefined) throw new Error('there is no agent');
    const granted = { ...member, ceiling: dinars(1000), rev: member.rev + 1 };
    await counter.shop.store.change({ puts: [granted], entries: [], audit: [] });
    await restartAndGoOn();
    expect(counter.labels(AGENT)[0]).toBe('[✅ Payer 1 000 DA]');
  });

  it('comes back when another order gives back the money that it lacked, and only then', async () => {
    await fill(counter, CUSTOMER, 1000);
    await counter.say('/topup 036362608 500', CUSTOMER);
    await counter.press('Pay 500 DA', CUSTOMER);
    await begin();
    expect(counter.text(CUSTOMER)).toContain('500 DA');
    const [bought] = await counter.shop.store.history(CUSTOMER, 1);
    if (bought === undefined) throw new Error('nothing was bought');
    await counter.work();
    await counter.handle();
    expect(payable(CUSTOMER)).toBe(0);
    counter.shop.topups.set(bought.ref, { status: { kind: 'refunded' }, note: null });
    await counter.work();
    await counter.handle();
    expect(counter.labels(CUSTOMER)[0]).toBe('[✅ Pay 1 000 DA]');
    expect(await counter.shop.store.records('kept')).toEqual([]);
  });

  it('does not come back half an hour later, and is gone from the disk', async () => {
    await begin();
    await fillAndDie(counter, CUSTOMER, 1000);
    counter.shop.clock.pass(KEPT_MS);
    const before = counter.messages(CUSTOMER).length;
    await restartAndGoOn();
    expect(counter.messages(CUSTOMER)).toHaveLength(before + 1);
    expect(counter.text(CUSTOMER)).toContain('The shop put 1 000 DA on your wallet.');
    expect(await counter.shop.store.records('kept')).toEqual([]);
  });

  it('that nobody came back for is cleared away without a restart too', async () => {
    await begin();
    await counter.tidy();
    expect(await counter.shop.store.records('kept')).toHaveLength(1);
    counter.shop.clock.pass(KEPT_MS);
    await counter.tidy();
    expect(await counter.shop.store.records('kept')).toEqual([]);
  });

  it('is offered once to whoever is busy with something else', async () => {
    await begin();
    await counter.press('Ask the shop', CUSTOMER);
    await counter.say('/topup', CUSTOMER);
    await fillAndDie(counter, CUSTOMER, 1000);
    const offers = () =>
      textsIn(counter, CUSTOMER).filter((text) => text.includes('a purchase of yours still waits'));
    await restartAndGoOn();
    await restartAndGoOn();
    await fill(counter, CUSTOMER, 100);
    await counter.handle();
    expect(offers()).toHaveLength(1);
    await counter.press('Go on with the purchase', CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('You pay: 1 000 DA');
  });

  it('was killed while it came back: the next process brings it back', async () => {
    await begin();
    await counter.press('Ask the shop', CUSTOMER);
    await fillAndDie(counter, CUSTOMER, 1000);
    const { store } = counter.shop;
    const change = store.change.bind(store);
    // The process ends before it can note that the purchase is back.
    const reached = new Promise<void>((resolve) => {
      store.change = (one) =>
        one.drops?.some((key) => key.startsWith('kept:')) === true
          ? new Promise(() => resolve())
          : change(one);
    });
    counter = await counter.restart();
    void counter.resume();
    await reached;
    store.change = change;
    await restartAndGoOn();
    expect(textsIn(counter, CUSTOMER).filter((text) => text.includes('You pay: 1 000 DA'))).toHaveLength(2);
    expect(await store.records('kept')).toEqual([]);
    await counter.press('Pay 1 000 DA', CUSTOMER);
    expect(await store.history(CUSTOMER, 5)).toHaveLength(1);
  });
});
