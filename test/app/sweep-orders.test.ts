// Many orders, few questions: one page of the list answers for all it shows, and what it does not show is asked by itself.

import { describe, expect, it } from 'vitest';
import { createSweep } from '../../src/app/sweep-orders.ts';
import { dinars } from '../../src/domain/money.ts';
import type { Topup } from '../../src/app/ports.ts';
import type { Order } from '../../src/domain/order.ts';
import { found, inState, line, MINUTE, ref } from '../domain/an-order.ts';
import { plainVault } from './in-memory.ts';
import { openShop, type Shop } from './shop.ts';

const lineOf = (index: number) => line(`036${String(index).padStart(6, '0')}`);

/** So many accepted orders, all due. */
async function waiting(
  count: number,
  shop: Shop = openShop(),
): Promise<{ shop: Shop; orders: readonly Order[] }> {
  for (let index = 0; index < count; index += 1) {
    const order = await shop.buy({ line: lineOf(index) });
    await shop.advance(order);
  }
  shop.clock.pass(5 * MINUTE);
  return { shop, orders: shop.store.all() };
}

const sellElsewhere = (shop: Shop, other: number) =>
  shop.topups.send({
    ref: ref(`elsewhere-${other}`),
    service: 'ADSL',
    line: lineOf(other),
    value: dinars(500),
  });

const reads = (shop: Shop): string[] => shop.topups.calls.filter((call) => /^by|list/.test(call));

describe('a sweep', () => {
  it('writes into the story of each order which page showed it, the same again as one line', async () => {
    const { shop, orders } = await waiting(4);
    const list = shop.topups.list.bind(shop.topups);
    let pages = 0;
    shop.topups.list = async (...range) => ({ ...(await list(...range)), requestId: `req-${(pages += 1)}` });
    await shop.sweep(orders, orders);
    shop.clock.pass(MINUTE);
    await shop.sweep(shop.store.all(), shop.store.all());
    for (const { story } of shop.store.all())
      expect(story.at(-1)).toMatchObject({ call: 'list', times: 2, came: 'handling', requestId: 'req-2' });
  });

  it.each([1, 2])('asks about %i due orders one by one', async (count) => {
    const { shop, orders } = await waiting(count);
    await shop.sweep(orders, orders);
    expect(reads(shop)).toEqual(orders.map(() => 'byId'));
  });

  it.each([
    [3, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('asks about %i due orders with %i requests', async (count, requests) => {
    const { shop, orders } = await waiting(count);
    for (const { ref: name } of orders) shop.topups.set(name, { status: { kind: 'fulfilled' } });
    await shop.sweep(orders, orders);
    expect(reads(shop)).toHaveLength(requests);
    expect(new Set(shop.store.all().map(({ state }) => state.name))).toEqual(new Set(['fulfilled']));
    shop.store.audit();
  });

  it('refreshes orders that a page happens to show, due or not', async () => {
    const { shop, orders } = await waiting(5);
    const last = orders.at(-1)?.ref ?? ref('t9999999');
    shop.topups.set(last, { status: { kind: 'refunded' } });
    await shop.sweep(orders.slice(0, 3), orders);
    expect((await shop.order(last)).state.name).toBe('refunded');
  });

  it('knows orders behind a prefix, and by the id of the provider', async () => {
    const { shop, orders } = await waiting(3);
    const [first, second] = orders;
    shop.topups.set(first?.ref ?? '', { ref: `INT-${first?.ref}`, status: { kind: 'fulfilled' } });
    shop.topups.set(second?.ref ?? '', { ref: 'something-else', status: { kind: 'fulfilled' } });
    await shop.sweep(orders, orders);
    expect(shop.store.all().map(({ state }) => state.name)).toEqual(['fulfilled', 'fulfilled', 'handling']);
    expect(reads(shop)).toEqual(['list']);
  });

  it('asks by itself about what the list does not show', async () => {
    const { shop, orders } = await waiting(4);
    const stranger = await shop.buy({ line: lineOf(9) });
    shop.topups.sendings.push('lost-not-accepted');
    await shop.advance(stranger);
    const lost = await shop.order(stranger.ref);
    shop.clock.reach(lost.dueAt ?? 0);
    await shop.sweep([...orders, lost], [...orders, lost]);
    expect(reads(shop)).toEqual(['list', 'byRef']);
    expect((await shop.order(lost.ref)).state).toMatchObject({ notFound: 1 });
  });

  it('asks by itself about what the list calls fulfilled without its code: the list may leave it out', async () => {
    const { shop, orders } = await waiting(4);
    shop.topups.listIsBare = true;
    const delivered = orders.slice(1);
    for (const { ref: name } of delivered)
      shop.topups.set(name, { status: { kind: 'fulfilled' }, code: '1111222233334444' });
    await shop.sweep(orders, orders);
    expect(reads(shop)).toEqual(['list', 'byId', 'byId', 'byId']);
    for (const { ref: name } of delivered)
      expect((await shop.order(name)).state).toMatchObject({ code: 'sealed:1111222233334444' });
    shop.store.audit();
  });

  it('lets no page settle without its code an order that was not due', async () => {
    const { shop, orders } = await waiting(5);
    const last = orders.at(-1)?.ref ?? ref('t9999999');
    const before = await shop.order(last);
    shop.topups.set(last, { status: { kind: 'fulfilled' }, code: null });
    await shop.sweep(orders.slice(0, 3), orders);
    expect(await shop.order(last)).toEqual(before);
  });

  it('turns no page for what an earlier one has shown without its code', async () => {
    const { shop, orders } = await waiting(150);
    shop.topups.listIsBare = true;
    const shown = orders.slice(50);
    for (const { ref: name } of shown) shop.topups.set(name, { status: { kind: 'fulfilled' } });
    await shop.sweep(shown, orders);
    expect(reads(shop).filter((call) => call === 'list')).toHaveLength(1);
    expect(shop.store.all().filter(({ state }) => state.name === 'fulfilled')).toHaveLength(100);
  });

  it('does not turn the pages of a list that shows none of its orders', async () => {
    const { shop, orders } = await waiting(3);
    for (let other = 0; other < 400; other += 1) await sellElsewhere(shop, other);
    await shop.sweep(orders, orders);
    expect(reads(shop)).toEqual(['list', 'byId', 'byId', 'byId']);
  });

  it('asks one by one while the list is out of order, and keeps every order through an outage', async () => {
    const { shop, orders } = await waiting(3);
    shop.topups.down = new Set(['list']);
    await shop.sweep(orders, orders);
    expect(reads(shop)).toEqual(['list', 'byId', 'byId', 'byId']);
    shop.topups.down = new Set(['list', 'byId']);
    shop.clock.pass(MINUTE);
    const later = shop.store.all();
    await shop.sweep(later, later);
    expect(shop.store.all().map(({ state }) => state.name)).toEqual(['handling', 'handling', 'handling']);
  });

  it('leaves settled orders alone', async () => {
    const { shop, orders } = await waiting(4);
    const [first, ...others] = orders;
    const done = await shop.record(first?.ref ?? ref('t9999999'), found('refunded', { number: null }));
    if (done === undefined) throw new Error('the order did not settle');
    shop.topups.set(done.ref, { status: { kind: 'fulfilled' } });
    await shop.sweep(others, shop.store.all());
    expect(await shop.order(done.ref)).toEqual(done);
  });

  it('ends after the request in hand when the process stops', async () => {
    let stopping = false;
    const { shop, orders } = await waiting(
      2,
      openShop(() => stopping),
    );
    shop.topups.before = () => {
      stopping = true;
      return Promise.resolve();
    };
    await shop.sweep(orders, orders);
    expect(reads(shop)).toEqual(['byId']);
  });
});

describe('one bad order', () => {
  it('is told of and keeps no other on its page from being recorded', async () => {
    const shop = openShop();
    const orders = ['t0000001', 't0000002', 't0000003'].map((name) =>
      inState('handling', { ref: ref(name) }),
    );
    const recorded: string[] = [];
    const sweep = createSweep({
      topups: { ...shop.topups, list: () => Promise.resolve({ topups: orders.map(listed), hasMore: false }) },
      vault: plainVault,
      clock: shop.clock.now,
      record: (name) => {
        if (name === 't0000002') return Promise.reject(new Error('a bug'));
        recorded.push(name);
        return Promise.resolve(undefined);
      },
      stopping: () => false,
    });
    const { failures, left } = await sweep(orders, orders);
    expect(recorded).toEqual(['t0000001', 't0000003']);
    expect(failures.map(({ order }) => order.ref)).toEqual(['t0000002']);
    expect(left).toEqual([]);
  });
});

const listed = (order: Order): Topup => ({
  topupId: `id-${order.ref}`,
  ref: order.ref,
  status: { kind: 'handling' },
  ...{ service: null, number: null, value: null, code: null },
  ...{ transactionNo: null, processedAt: null, note: null },
});
