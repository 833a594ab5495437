// A purchase whose process dies at every moment of it, one after the other: after the restart there is at most one
// accepted order, the money is right, and the order reaches its end.

import { expect, it } from 'vitest';
import type { Order } from '../../src/domain/order.ts';
import { purchase } from '../domain/an-order.ts';
import { Killed, mortal } from './in-memory.ts';
import { type Sending } from './scripted-topups.ts';
import { openShop, type Shop, type UseCases } from './shop.ts';

const MORE_THAN_ANY_PURCHASE = 200;
const REFUSED: Sending = { kind: 'refused', refusal: { reason: 'wrong-number' } };

async function buyAndFollow(shop: Shop, process: UseCases): Promise<Order> {
  const placed = await process.counter.place({ purchase: purchase(), twinAccepted: true });
  if (placed.kind === 'refused') throw new Error(placed.refusal.reason);
  return shop.follow(placed.order.ref, async (order) => {
    if (order.state.name === 'handling') shop.topups.set(order.ref, { status: { kind: 'fulfilled' } });
    await process.advance(order);
  });
}

/** Plays a purchase in a process that dies at a moment, then in one that lives. */
async function playedTwice(
  moment: number,
  sendings: readonly Sending[],
): Promise<{ shop: Shop; end: Order; lived: boolean }> {
  const shop = openShop();
  shop.topups.sendings.push(...sendings);
  const doomed = mortal(shop.store, shop.topups, moment);
  try {
    await buyAndFollow(shop, shop.restart(doomed));
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  return { shop, end: await buyAndFollow(shop, shop.restart()), lived: doomed.lived() };
}

it.each<[what: string, sendings: readonly Sending[], alive: string, killed: RegExp]>([
  ['that goes well', [], 'fulfilled', /^fulfilled$/],
  ['whose answer is lost after acceptance', ['lost-accepted'], 'fulfilled', /^fulfilled$/],
  // Killed before its second POST, an order has used both, and a person has the last word.
  ['whose answer is lost before acceptance', ['lost-not-accepted'], 'fulfilled', /^(fulfilled|review)$/],
  ['that is not executed at first', [{ kind: 'not-executed', waitMs: 5_000 }], 'fulfilled', /^fulfilled$/],
  // Killed before it could keep the refusal, it can only learn that nobody knows the order.
  ['that is refused', [REFUSED, REFUSED, REFUSED], 'rejected', /^(rejected|review)$/],
])('a purchase %s, killed at each of its calls', async (_what, sendings, alive, killed) => {
  for (let moment = 1; ; moment += 1) {
    const { shop, end, lived } = await playedTwice(moment, sendings);
    expect(end.state.name).toMatch(killed);
    expect(shop.store.all()).toHaveLength(1);
    expect(shop.topups.accepted).toHaveLength(end.state.name === 'fulfilled' ? 1 : 0);
    shop.store.audit();
    if (!lived && moment < MORE_THAN_ANY_PURCHASE) continue;
    expect(end.state.name).toBe(alive);
    expect(moment).toBeGreaterThan(15);
    expect(moment).toBeLessThan(MORE_THAN_ANY_PURCHASE);
    return;
  }
});
