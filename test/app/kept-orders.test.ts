// A purchase that waits for money: for half an hour, one per person.

import { beforeEach, expect, it } from 'vitest';
import { createKeptOrders, type KeptOrders } from '../../src/app/kept-orders.ts';
import { dinars } from '../../src/domain/money.ts';
import { KEPT_MS } from '../../src/domain/shop.ts';
import { line } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let kept: KeptOrders;

beforeEach(() => {
  shop = openShop();
  kept = createKeptOrders({ store: shop.store, clock: shop.clock.now });
});

const keep = (id: number, value = 1000) =>
  kept.keep({
    ...{ id, service: 'ADSL', line: line('036362608'), offer: null, value: dinars(value) },
    ...{ price: dinars(value), missing: dinars(600), chatId: id, threadId: null, flow: 'f1' },
  });

it('is taken once', async () => {
  await keep(1);
  expect(await kept.find(1)).toMatchObject({ value: dinars(1000) });
  expect(await kept.take(1)).toMatchObject({ value: dinars(1000) });
  expect(await kept.take(1)).toBeUndefined();
  await keep(1);
  const taken = await Promise.all([kept.take(1), kept.take(1)]);
  expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
});

it('gives way to a later one of the same person', async () => {
  await keep(1);
  await keep(2);
  await keep(1, 500);
  expect(await kept.take(1)).toMatchObject({ value: dinars(500) });
  expect(await kept.take(2)).toMatchObject({ value: dinars(1000) });
});

it('is gone after half an hour, and so is its record with the next sweep', async () => {
  await keep(1);
  shop.clock.pass(KEPT_MS);
  expect(await kept.find(1)).toBeUndefined();
  expect(await kept.all()).toEqual([]);
  await keep(2);
  await kept.sweep();
  expect(await shop.store.records('kept')).toMatchObject([{ id: 2 }]);
  await keep(1);
  shop.clock.pass(KEPT_MS);
  expect(await kept.take(1)).toBeUndefined();
  expect(await kept.offer(2)).toBe(false);
});

it('knows where the person was told, and whether it was offered', async () => {
  await keep(1);
  expect(await kept.told(1, 42)).toBe(true);
  expect(await kept.offer(1)).toBe(true);
  expect(await kept.offer(1)).toBe(false);
  expect(await kept.find(1)).toMatchObject({ promptId: 42, offered: true });
  await keep(1);
  expect(await kept.find(1)).toMatchObject({ promptId: null, offered: false });
  await kept.take(1);
  expect(await kept.told(1, 42)).toBe(false);
});
