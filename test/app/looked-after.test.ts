// Where several processes share the orders, whatever is new about one that this process looks after is told.

import { expect, test } from 'vitest';
import { noticing } from '../../src/app/looked-after.ts';
import type { Order } from '../../src/domain/order.ts';
import { anOrder } from '../domain/an-order.ts';

test('an order is told when it comes, when it changed, and when it comes back', async () => {
  const order = anOrder();
  let orders: readonly Order[] = [];
  const told: number[] = [];
  const { mine, has } = noticing({ mine: () => Promise.resolve(orders) }, ({ rev }) => void told.push(rev));
  expect(await mine()).toEqual([]);
  orders = [order];
  expect(await mine()).toEqual([order]);
  await mine();
  orders = [{ ...order, rev: order.rev + 1 }];
  await mine();
  expect(has(order.ref)).toBe(true);
  orders = [];
  await mine();
  expect(has(order.ref)).toBe(false);
  orders = [{ ...order, rev: order.rev + 1 }];
  await mine();
  expect(told).toEqual([order.rev, order.rev + 1, order.rev + 1]);
});
