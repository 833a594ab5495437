// `/order`: one order as owners read, hurry and settle it.

import { describe, expect, it } from 'vitest';
import { pack } from '../../src/bot/callback-data.ts';
import { dinars } from '../../src/domain/money.ts';
import { found, MINUTE } from '../domain/an-order.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { admitBoth, forgeData, inReview, NADIA } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

describe('/order', () => {
  it('tells the whole story: states, calls with their ids, money', async () => {
    const order = await counter.shop.buy();
    counter.shop.topups.sendings.push({ kind: 'not-executed', waitMs: 1_000, requestId: 'req-busy' });
    await counter.shop.advance(order);
    counter.shop.clock.pass(1_000);
    await counter.shop.advance(order);
    for (let times = 0; times < 3; times += 1) {
      counter.shop.clock.pass(MINUTE);
      await counter.shop.advance(order);
    }
    await counter.shop.record(order.ref, found('fulfilled'), { call: 'ask', requestId: 'req-done' });
    await counter.say('/order 1042');
    const text = counter.text();
    expect(text).toContain('✅ Order no. 1042: recharged');
    expect(text).toContain('Price 980 DA · cost 980 DA · margin 0 DA');
    expect(text).toContain('Our reference: t0000001');
    expect(text).toContain('19:42:00 confirmed, by Nadia');
    expect(text).toContain('19:42:00 money held: 980 DA');
    expect(text).toContain('19:42:00 sent: not taken, too busy · req-busy');
    expect(text).toContain('asked 3 times, until 19:45:01: in progress');
    expect(text).toContain('asked: recharged · req-done');
    expect(text).toContain('money taken: 980 DA');
    expect(text).not.toContain('1111');
    expect(counter.labels()).toEqual(['[All orders]']);
  });

  it('a profit is one that was made: none while the order is open, none where the money went back', async () => {
    await admitBoth(counter);
    const sold = { buyer: NADIA, role: 'customer', chatId: NADIA, price: dinars(1000) } as const;
    const order = await counter.shop.buy(sold);
    await counter.shop.advance(order);
    await counter.say('/order 1042');
    expect(counter.text()).toContain('Price 1 000 DA · cost 980 DA\n');
    await counter.shop.record(order.ref, found('refunded'));
    await counter.say('/order 1042');
    expect(counter.text()).toContain('↩️ Order no. 1042: given up, money back');
    expect(counter.text()).toContain('Price 1 000 DA · cost 980 DA\n');
  });

  it('asks the provider now when it would wait long', async () => {
    const order = await counter.shop.buy();
    await counter.shop.advance(order);
    await counter.shop.record(order.ref, found('queued'));
    counter.shop.clock.pass(MINUTE);
    await counter.say('/order 1042');
    const answer = await counter.press('Ask the provider now');
    expect(answer.text).toBe('The provider is being asked. Press again in a moment to see its answer.');
    expect((await counter.shop.order(order.ref)).dueAt).toBe(counter.shop.clock.now());
  });

  it.each([
    ['/order', 'Add the order number'],
    ['/order abc', 'Add the order number'],
    ['/order 9999', 'There is no order with this number.'],
  ])('%s', async (text, said) => {
    await counter.say(text);
    expect(counter.text()).toContain(said);
  });

  it('a long story fits into one message, with its middle left out', async () => {
    const order = await counter.shop.buy();
    await counter.shop.advance(order);
    for (let round = 0; round < 60; round += 1) {
      counter.shop.clock.pass(MINUTE);
      const heard = { call: 'ask', requestId: `req-${'x'.repeat(60)}-${round}` } as const;
      await counter.shop.record(order.ref, found(round % 2 === 0 ? 'handling' : 'odd'), heard);
    }
    await counter.say('/order 1042');
    expect(counter.text()).toMatch(/\(\d+ lines are left out here\)/);
    expect(counter.text()).toContain('-59');
  });
});

describe('settling by hand', () => {
  const sure = (owner: number): string =>
    pack({ kind: 'settle', owner, no: 1042, outcome: 'refunded', sure: true });

  it('from the story: outcome, why, sure; the reason stays in the audit and in the story', async () => {
    const order = await inReview(counter);
    await counter.say('/order 1042');
    await counter.press('It was recharged');
    expect(counter.text()).toContain('the money is taken. Sure?');
    await counter.say('Seen in the dashboard');
    await counter.press('Yes, I am sure');
    expect((await counter.shop.order(order.ref)).state.name).toBe('fulfilled');
    await counter.press('1042');
    expect(counter.text()).toContain('recharged, by Nadia: Seen in the dashboard');
    await counter.say('/order 1042', COLLEAGUE);
    expect(counter.text(COLLEAGUE)).toContain('rechargée, par Nadia : Seen in the dashboard');
    await counter.say('/audit');
    expect(counter.text()).toContain(
      'Settled by hand · Owner · 1042 · it was recharged · Seen in the dashboard',
    );
  });

  it('an owner is called by name in the story, by whoever it was settled', async () => {
    await inReview(counter);
    await counter.say('/order 1042', COLLEAGUE);
    await counter.press('Rendre le montant', COLLEAGUE);
    await counter.say('Vu', COLLEAGUE);
    await counter.press('Oui, j’en suis sûr', COLLEAGUE);
    await counter.say('/order 1042');
    expect(counter.text()).toContain('given up, money back, by Collègue: Vu');
  });

  it('goes on to be possible while the provider calls it recharged without a code, and says so', async () => {
    const order = await inReview(counter);
    await counter.say('/order 1042');
    await counter.press('Give the money back');
    await counter.shop.record(order.ref, found('fulfilled', { code: null, transactionNo: null }));
    await counter.say('The customer sent a picture');
    expect(counter.text()).toContain('The provider calls it recharged, but has shown no code yet.');
    await counter.press('Yes, I am sure');
    expect((await counter.shop.order(order.ref)).state.name).toBe('refunded');
    counter.shop.store.audit();
  });

  it('while that code is awaited the story says so, with the two verdicts', async () => {
    const order = await inReview(counter);
    await counter.shop.record(order.ref, found('fulfilled', { code: null, transactionNo: null }));
    await counter.say('/order 1042');
    expect(counter.text()).toContain('The provider calls it recharged, but has shown no code yet.');
    expect(counter.labels()).toContain('[It was recharged]');
    await counter.say('/status 1042');
    expect(counter.labels()).toContain('[It was recharged]');
  });

  it('of an order that nobody was asked about is refused, and one that settled itself says so', async () => {
    const order = await counter.shop.buy();
    await counter.shop.advance(order);
    await forgeData(counter, OWNER, sure(OWNER));
    expect(counter.text()).toBe('Order no. 1042 goes on by itself: it needs no verdict.');
    await counter.shop.record(order.ref, found('fulfilled'));
    await forgeData(counter, OWNER, sure(OWNER));
    expect(counter.text()).toBe('Order no. 1042 has settled itself in the meantime.');
  });

  it('cancelling the question settles nothing, whatever is typed afterwards', async () => {
    const order = await inReview(counter);
    await counter.say('/order 1042');
    await counter.press('Give the money back');
    await counter.press('Cancel');
    await counter.say('hello');
    expect((await counter.shop.order(order.ref)).state.name).toBe('review');
  });

  it('pressing sure twice moves money once', async () => {
    const order = await inReview(counter);
    await counter.say('/order 1042', COLLEAGUE);
    await counter.press('Rendre le montant', COLLEAGUE);
    await counter.say('Vu', COLLEAGUE);
    await counter.press('Oui, j’en suis sûr', COLLEAGUE);
    await forgeData(counter, COLLEAGUE, sure(COLLEAGUE));
    expect((await counter.shop.order(order.ref)).state.name).toBe('refunded');
    expect((await counter.shop.store.auditTrail(null, 10)).rows).toHaveLength(1);
    counter.shop.store.audit();
  });

  it('sure without a reason, as after a restart, asks for the reason again', async () => {
    const order = await inReview(counter);
    await forgeData(counter, OWNER, sure(OWNER));
    expect(counter.text()).toContain('Write how you know it');
    expect((await counter.shop.order(order.ref)).state.name).toBe('review');
  });
});
