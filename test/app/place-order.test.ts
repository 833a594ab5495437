// A confirmation becomes one order with its money held, or a reason why not; nothing here is ever sent.

import { describe, expect, it, vi } from 'vitest';
import { OutcomeUnknown, StoreFault } from '../../src/app/ports.ts';
import type { Buyer } from '../../src/app/standing.ts';
import { walletOf, type Entry } from '../../src/domain/ledger.ts';
import { centimes, dinars } from '../../src/domain/money.ts';
import type { Purchase } from '../../src/domain/purchase.ts';
import { newMember } from '../../src/domain/shop.ts';
import { line, MINUTE, purchase, ref } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

const place = (shop: Shop, more: Partial<Purchase> = {}, twinAccepted = false) =>
  shop.counter.place({ purchase: purchase(more), twinAccepted });

const owner: Buyer = { id: 7, name: 'Owner', role: 'owner' };

/** The same shop with a balance of so many dinars. */
function shopWith(balance: number): Shop {
  const shop = openShop();
  shop.topups.balanceNow = dinars(balance);
  return shop;
}

describe('a quote', () => {
  it('reads stock, cost and balance at that moment', async () => {
    const shop = shopWith(5000);
    await expect(shop.counter.quote(owner, 'ADSL', dinars(1000))).resolves.toEqual({
      kind: 'quote',
      quote: { value: dinars(1000), cost: dinars(980), price: dinars(980), balance: dinars(5000) },
    });
  });

  it('is not given for a value that is not in stock', async () => {
    const result = await openShop().counter.quote(owner, 'ADSL', dinars(5000));
    expect(result).toEqual({ kind: 'out-of-stock' });
  });

  it('says how much is missing', async () => {
    const result = await shopWith(600).counter.quote(owner, 'ADSL', dinars(1000));
    expect(result).toMatchObject({
      kind: 'short-balance',
      missing: dinars(380),
      balance: dinars(600),
      price: dinars(980),
    });
  });

  it('covers a price that is the whole balance', async () => {
    expect(await shopWith(980).counter.quote(owner, 'ADSL', dinars(1000))).toMatchObject({ kind: 'quote' });
  });

  it.each(['offers', 'balance'] as const)('is not given without %s', async (call) => {
    const shop = openShop();
    shop.topups.down = new Set([call]);
    expect(await shop.counter.quote(owner, 'ADSL', dinars(1000))).toEqual({ kind: 'provider-away' });
  });
});

describe('a confirmation', () => {
  it('becomes an order with its price held, tells the worker, and sends nothing', async () => {
    const shop = openShop();
    const placed = await place(shop);
    expect(placed).toMatchObject({
      kind: 'placed',
      order: { no: 1042, rev: 1, state: { name: 'confirmed' } },
    });
    expect(await shop.store.books()).toEqual({ held: dinars(980), taken: 0 });
    expect(shop.changed).toHaveLength(1);
    expect(shop.topups.calls).not.toContain('send');
  });

  it('made twice with one reference is one order, together or one after the other', async () => {
    const shop = openShop();
    const both = await Promise.all([place(shop), place(shop)]);
    const later = await place(shop);
    for (const placed of [...both, later])
      expect(placed).toMatchObject({ kind: 'placed', order: { no: 1042 } });
    expect(shop.store.all()).toHaveLength(1);
    expect(await shop.store.books()).toEqual({ held: dinars(980), taken: 0 });
  });

  it('made twice together is one order, also on the last of the credit', async () => {
    const shop = shopWith(980);
    const both = await Promise.all([place(shop), place(shop)]);
    for (const placed of both) expect(placed).toMatchObject({ kind: 'placed', order: { no: 1042 } });
  });

  it('made again after its end is still that order, whatever stock and balance are', async () => {
    const shop = openShop();
    await place(shop);
    await shop.record(ref('t0000001'), { type: 'given-up' });
    shop.topups.down = new Set(['offers', 'balance']);
    expect(await place(shop)).toMatchObject({ kind: 'placed', order: { state: { name: 'rejected' } } });
  });

  it('at a price that has changed since is asked for again', async () => {
    const shop = openShop();
    shop.topups.offersInStock = [{ value: dinars(1000), cost: centimes(98_001), available: true }];
    expect(await place(shop)).toEqual({
      kind: 'refused',
      refusal: { reason: 'price-changed', price: 98_001 },
    });
  });

  it.each([
    ['out-of-stock', (shop: Shop) => void (shop.topups.offersInStock = [])],
    ['short-balance', (shop: Shop) => void (shop.topups.balanceNow = dinars(979))],
    ['provider-away', (shop: Shop) => void (shop.topups.down = new Set(['offers']))],
    ['provider-away', (shop: Shop) => void (shop.topups.down = new Set(['balance']))],
    ['cannot-record', (shop: Shop) => shop.store.fail(1)],
  ])('is refused: %s, and nothing is held', async (reason, spoil) => {
    const shop = openShop();
    spoil(shop);
    expect(await place(shop)).toMatchObject({ kind: 'refused', refusal: { reason } });
    expect(shop.store.all()).toEqual([]);
    expect(await shop.store.books()).toEqual({ held: 0, taken: 0 });
    expect(shop.changed).toEqual([]);
  });

  it('that could not be written down is told on, with what the disk said', async () => {
    const shop = openShop();
    shop.store.fail(1);
    await place(shop);
    expect(shop.unwritten()).toEqual([expect.any(StoreFault)]);
    await place(shop);
    expect(shop.unwritten()).toHaveLength(1);
  });

  it('that may have been written down is not told as one that was not', async () => {
    const shop = openShop();
    vi.spyOn(shop.store, 'commit').mockRejectedValue(new OutcomeUnknown(new Error('gone')));
    await expect(place(shop)).rejects.toThrow(OutcomeUnknown);
    expect(shop.unwritten()).toEqual([]);
  });

  it('that could not be written down can be made again', async () => {
    const shop = openShop();
    shop.store.fail(1);
    await place(shop);
    expect(await place(shop)).toMatchObject({ kind: 'placed' });
    expect(await shop.counter.credit()).toBe(dinars(100_000 - 980));
  });
});

describe('the same line and value again', () => {
  const again = { ref: ref('t0000002'), buyer: 8 };

  it('within ten minutes needs a second yes, whoever asks', async () => {
    const shop = openShop();
    await place(shop);
    shop.clock.pass(10 * MINUTE);
    expect(await place(shop, again)).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'same-order-recently', no: 1042 },
    });
    expect(await place(shop, again, true)).toMatchObject({ kind: 'placed', order: { no: 1043 } });
  });

  it('is named to whoever gave it and to owners, and to nobody else', async () => {
    const shop = openShop();
    const role = 'customer';
    for (const id of [20, 21]) {
      const newcomer = newMember({ id, name: `Person ${id}`, username: null }, shop.clock.now());
      const deposit: Entry = {
        ...{ id: `first-${id}`, account: walletOf(id), kind: 'deposit', amount: dinars(5000), ref: `d${id}` },
        ...{ at: shop.clock.now(), by: '7', reason: 'cash' },
      };
      await shop.store.change({ puts: [{ ...newcomer, role, rev: 1 }], entries: [deposit], audit: [] });
    }
    const price = dinars(1000);
    await place(shop, { buyer: 20, role, price });
    expect(await place(shop, { ref: ref('t0000002'), buyer: 20, role, price })).toMatchObject({
      refusal: { reason: 'same-order-recently', no: 1042 },
    });
    expect(await place(shop, { ref: ref('t0000003'), buyer: 21, role, price })).toEqual({
      kind: 'refused',
      refusal: { reason: 'same-order-of-another' },
    });
    expect(await place(shop, again)).toMatchObject({ refusal: { reason: 'same-order-recently', no: 1042 } });
  });

  it('is an ordinary purchase after that', async () => {
    const shop = openShop();
    await place(shop);
    shop.clock.pass(10 * MINUTE + 1);
    expect(await place(shop, again)).toMatchObject({ kind: 'placed' });
  });

  it.each([
    ['another line', { line: line('036362609') }],
    ['another value', { value: dinars(500), cost: dinars(490), price: dinars(490) }],
  ])('is not %s', async (_what, other) => {
    const shop = openShop();
    await place(shop);
    expect(await place(shop, { ...again, ...other })).toMatchObject({ kind: 'placed' });
  });

  it('is not an order whose money came back', async () => {
    const shop = openShop();
    await place(shop);
    await shop.record(ref('t0000001'), { type: 'given-up' });
    expect(await place(shop, again)).toMatchObject({ kind: 'placed' });
  });

  it('confirmed by two colleagues together is asked about once', async () => {
    const shop = openShop();
    const both = await Promise.all([place(shop), place(shop, again)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['placed', 'refused']);
  });

  it('confirmed by two colleagues together on two copies of the bot is asked about once', async () => {
    const shop = openShop();
    const other = { ...shop, ...shop.restart() };
    expect(await Promise.all([place(shop), place(other, again)])).toMatchObject([
      { kind: 'placed', order: { no: 1042 } },
      { kind: 'refused', refusal: { reason: 'same-order-recently', no: 1042 } },
    ]);
    expect(shop.store.all()).toHaveLength(1);
  });

  it('that is asked about holds nothing back meanwhile', async () => {
    const shop = openShop();
    await place(shop);
    await place(shop, again);
    expect(await shop.counter.credit()).toBe(dinars(100_000 - 980));
  });

  it('is not asked about where the credit would not reach anyway', async () => {
    const shop = shopWith(1000);
    await place(shop);
    expect(await place(shop, again)).toMatchObject({ refusal: { reason: 'short-balance' } });
  });
});
