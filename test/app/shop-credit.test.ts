// What the shop may still spend at the provider: nothing is spoken for twice, and nothing is forgotten.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import type { Purchase } from '../../src/domain/purchase.ts';
import { line, purchase, ref } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

const place = (shop: Shop, more: Partial<Purchase> = {}) =>
  shop.counter.place({ purchase: purchase(more), twinAccepted: false });

/** Enough for one recharge of 1000 dinars, which costs 980. */
function shopOfOneThousand(): Shop {
  const shop = openShop();
  shop.topups.balanceNow = dinars(1000);
  return shop;
}

describe('the last dinar', () => {
  const other = { ref: ref('t0000002'), line: line('036362609') };

  it('is spent once when two people confirm together', async () => {
    const shop = shopOfOneThousand();
    const both = await Promise.all([place(shop), place(shop, other)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['placed', 'refused']);
    expect(await shop.store.books()).toEqual({ held: dinars(980), taken: 0 });
  });

  it('is spoken for by an order that the provider has not heard of yet', async () => {
    const shop = shopOfOneThousand();
    await place(shop);
    expect(await place(shop, other)).toMatchObject({
      refusal: { reason: 'short-balance', balance: dinars(20) },
    });
    expect(await shop.counter.credit()).toBe(dinars(20));
  });

  it('is not counted twice once the provider has taken it', async () => {
    const shop = shopOfOneThousand();
    await place(shop);
    await shop.advance(await shop.order(ref('t0000001')));
    shop.topups.balanceNow = dinars(20);
    expect(await shop.counter.credit()).toBe(dinars(20));
  });

  it('is not offered again while the provider is taking it', async () => {
    const shop = shopOfOneThousand();
    await place(shop);
    // The balance was read before the provider took the cost, and the answer comes after it has.
    shop.topups.before = async (call) => {
      shop.topups.before = () => Promise.resolve();
      if (call === 'balance') await shop.advance(await shop.order(ref('t0000001')));
    };
    expect(await shop.counter.credit()).toBeLessThanOrEqual(dinars(20));
  });

  it('waits for nobody: a refused confirmation leaves nothing reserved', async () => {
    const shop = shopOfOneThousand();
    shop.topups.offersInStock = [];
    await place(shop);
    expect(await shop.counter.credit()).toBe(dinars(1000));
  });
});
