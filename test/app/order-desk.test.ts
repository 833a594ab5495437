// Everybody's orders, and the trail of what people did, as owners work with them; for anybody else there is nothing of it.

import { beforeEach, describe, expect, it } from 'vitest';
import { createHurry } from '../../src/app/hurry.ts';
import { createOrderDesk, LONGEST_REASON, type OrderDesk } from '../../src/app/order-desk.ts';
import { createStandings } from '../../src/app/standing.ts';
import type { Order } from '../../src/domain/order.ts';
import { found, HOUR } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

const [OWNER, KARIM] = [7, 20];

let shop: Shop;
let desk: OrderDesk;
let review: Order;

beforeEach(async () => {
  shop = openShop();
  const { store, clock, record } = shop;
  const standings = createStandings({ store, ownerIds: [OWNER], open: false, clock: clock.now });
  desk = createOrderDesk({ store, standings, record, hurry: createHurry({ record, clock: clock.now }) });
  const order = await shop.buy();
  await shop.advance(order);
  review = (await shop.record(order.ref, found('fulfilled', { number: '036000000' }))) ?? order;
});

const settle = (more: Partial<Parameters<OrderDesk['settle']>[0]> = {}) =>
  desk.settle({ by: OWNER, no: review.no, outcome: 'refunded', reason: 'seen in the dashboard', ...more });

it('anybody but an owner is shown nothing, and nothing happens', async () => {
  expect(await settle({ by: KARIM })).toEqual({ kind: 'refused', why: 'owners-only' });
  expect(await desk.askNow(KARIM, review.no)).toBeUndefined();
  expect(await shop.order(review.ref)).toEqual(review);
  await settle();
  expect((await desk.list(OWNER, {}, null, 5)).rows).toHaveLength(1);
  expect(await desk.wholeTrail(OWNER, 5)).toHaveLength(1);
  expect((await desk.list(KARIM, {}, null, 5)).rows).toEqual([]);
  expect(await desk.find(KARIM, review.no)).toBeUndefined();
  expect((await desk.trail(KARIM, null, 5)).rows).toEqual([]);
  expect(await desk.wholeTrail(KARIM, 5)).toEqual([]);
});

describe('a verdict', () => {
  it('settles the order under the owner’s name, and gives the money back', async () => {
    const settled = await settle();
    expect(settled).toMatchObject({ kind: 'settled', order: { state: { name: 'refunded' } } });
    expect(await desk.wholeTrail(OWNER, 5)).toMatchObject([
      { by: '7', what: 'settled-by-hand', about: String(review.no), why: 'seen in the dashboard' },
    ]);
    expect(await shop.store.books()).toEqual({ held: 0, taken: 0 });
  });

  it('of blanks has no reason, and settles nothing', async () => {
    expect(await settle({ reason: ' \n ' })).toEqual({ kind: 'refused', why: 'no-reason' });
    expect(await shop.order(review.ref)).toEqual(review);
  });

  it('keeps as much of a long reason as is read', async () => {
    await settle({ reason: ` ${'x'.repeat(LONGEST_REASON + 50)}` });
    expect((await desk.wholeTrail(OWNER, 5))[0]?.why).toMatch(/^x{290}/u);
    expect((await desk.wholeTrail(OWNER, 5))[0]?.why).toHaveLength(LONGEST_REASON);
  });

  it('on an order that nobody knows is refused', async () => {
    expect(await settle({ no: 9_999 })).toEqual({ kind: 'refused', why: 'no-such-order' });
  });

  it('counts once: whoever comes second reads how the order stands', async () => {
    await settle();
    expect(await settle({ outcome: 'fulfilled' })).toMatchObject({
      kind: 'not-asked',
      order: { state: { name: 'refunded' } },
    });
    expect(await desk.wholeTrail(OWNER, 5)).toHaveLength(1);
  });

  it('that comes while the order settles itself is answered with how it stands now', async () => {
    const { store, record, clock } = shop;
    await settle();
    const late = createOrderDesk({
      ...{ record, hurry: createHurry({ record, clock: clock.now }) },
      standings: createStandings({ store, ownerIds: [OWNER], open: false, clock: clock.now }),
      store: { ...store, byNo: () => Promise.resolve(review) },
    });
    const verdict = { by: OWNER, no: review.no, outcome: 'fulfilled', reason: 'seen' } as const;
    expect(await late.settle(verdict)).toMatchObject({
      kind: 'not-asked',
      order: { state: { name: 'refunded' } },
    });
  });

  it('is not asked for while the order goes on by itself', async () => {
    const { no } = await shop.buy();
    expect(await settle({ no })).toMatchObject({
      kind: 'not-asked',
      order: { state: { name: 'confirmed' } },
    });
  });
});

it('an order that an owner asks about is due now, not in an hour', async () => {
  expect(review.dueAt).toBeGreaterThanOrEqual(shop.clock.now() + HOUR);
  await desk.askNow(OWNER, review.no);
  expect((await shop.order(review.ref)).dueAt).toBe(shop.clock.now());
});
