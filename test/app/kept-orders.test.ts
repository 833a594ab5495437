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
    ...{ chatId: id, threadId: null },
  });

it('is taken once', async () => {
  await keep(1);
  expect(await kept.find(1)).toMatchObject({ value: dinars(1000) });
  expect(await kept.take(1)).toMatchObject({ value: dinars(1000) });
  expect(await kept.take(1)).toBeUndefined();
});

it('gives way to a later one of the same person', async () => {
  await keep(1);
  await keep(2);
  await keep(1, 500);
  expect(await kept.take(1)).toMatchObject({ value: dinars(500) });
  expect(await kept.take(2)).toMatchObject({ value: dinars(1000) });
});

it('is gone after half an hour, and so is its record with the next that is kept', async () => {
  await keep(1);
  shop.clock.pass(KEPT_MS);
  expect(await kept.find(1)).toBeUndefined();
  await keep(2);
  expect(await shop.store.records('kept')).toHaveLength(1);
  await keep(1);
  shop.clock.pass(KEPT_MS);
  expect(await kept.take(1)).toBeUndefined();
});

it('knows where the person was told, until it is taken', async () => {
  await keep(1);
  kept.told(1, 1, 42);
  expect(kept.wasTold(1, 1, 42)).toBe(true);
  expect(kept.wasTold(1, 1, 43)).toBe(false);
  await kept.take(1);
  expect(kept.wasTold(1, 1, 42)).toBe(false);
});
