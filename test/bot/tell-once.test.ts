import { expect, it } from 'vitest';
import type { Order } from '../../src/domain/order.ts';
import { tellOnce } from '../../src/bot/tell-once.ts';
import { memoryClaims } from '../app/memory-claims.ts';
import { handClock } from '../app/in-memory.ts';
import { openShop } from '../app/shop.ts';
import { MINUTE } from '../domain/an-order.ts';

async function twoAtOneOrder() {
  const clock = handClock();
  const claimsOf = memoryClaims(clock.now);
  const order = await openShop().buy();
  const told: string[] = [];
  const process = (name: string) =>
    tellOnce(claimsOf(name), (_order: Order, alert) => {
      told.push(`${name}: ${alert}`);
      return Promise.resolve(true);
    });
  return { clock, order, told, a: process('a'), b: process('b') };
}

it('two processes that both hold an order for theirs tell its alert once, and its next one too', async () => {
  const { order, told, a, b } = await twoAtOneOrder();
  expect(await Promise.all([a(order, 'late'), b(order, 'late')])).toEqual([true, false]);
  expect(await b(order, 'over')).toBe(true);
  expect(told).toEqual(['a: late', 'b: over']);
});

it('an alert whose process died over it is told by another a little later', async () => {
  const { clock, order, told, a, b } = await twoAtOneOrder();
  await a(order, 'late');
  clock.pass(2 * MINUTE);
  expect(await b(order, 'late')).toBe(true);
  expect(told).toEqual(['a: late', 'b: late']);
});

it('a process that is alone asks nobody', async () => {
  const tell = tellOnce(undefined, () => Promise.resolve(true));
  expect(await tell(await openShop().buy(), 'late')).toBe(true);
});
