// What a day in Algiers came to.

import { expect, it } from 'vitest';
import { createDay, dayOf } from '../../src/app/day.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import type { Purchase } from '../../src/domain/purchase.ts';
import { FACE_VALUE } from '../../src/domain/pricing.ts';
import { newMember, NEW_HOUSE, type GivenRole, type House } from '../../src/domain/shop.ts';
import { found, HOUR, NOW } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

const OWNER = 7;

/** Agents pay one percent less than the amount. */
const HOUSE: House = {
  ...{ ...NEW_HOUSE, rev: 1 },
  rules: { agent: { kind: 'percent', hundredths: -100 }, customer: FACE_VALUE },
};

async function openDay() {
  const shop = openShop();
  await shop.store.change({ puts: [HOUSE], entries: [], audit: [] });
  const standings = createStandings({
    ...{ store: shop.store, ownerIds: [OWNER], open: false, clock: shop.clock.now },
  });
  return { shop, day: createDay({ store: shop.store, standings, clock: shop.clock.now }) };
}

/** Lets somebody in, with money enough. */
async function admit(shop: Shop, id: number, role: GivenRole): Promise<void> {
  const member = { ...newMember({ id, name: `N${id}`, username: null }, NOW), role, rev: 1 };
  const entry = {
    ...({ id: `m${id}`, account: `wallet:${id}`, kind: 'deposit', amount: dinars(50_000) } as const),
    ...{ at: NOW, by: '7', reason: 'cash', ref: `m${id}` },
  };
  await shop.store.change({ puts: [member], entries: [entry], audit: [] });
}

async function deliver(shop: Shop, more: Partial<Purchase>): Promise<void> {
  const order = await shop.buy(more);
  await shop.advance(order);
  await shop.record(order.ref, found('fulfilled', { value: order.value }));
}

it('adds up what was delivered, by role, and what is held', async () => {
  const { shop, day } = await openDay();
  await admit(shop, 20, 'agent');
  await admit(shop, 30, 'customer');
  await deliver(shop, {});
  await deliver(shop, { buyer: 20, role: 'agent', price: dinars(990) });
  await deliver(shop, { buyer: 30, role: 'customer', price: dinars(1_000) });
  const given = await shop.buy({ buyer: 30, role: 'customer', price: dinars(1_000) });
  await shop.advance(given);
  await shop.record(given.ref, found('refunded'));
  await shop.buy({ buyer: 20, role: 'agent', price: dinars(990) });
  const sums = await day.today(OWNER);
  expect(sums).toMatchObject({
    all: { count: 3, value: dinars(3_000), revenue: dinars(2_970), cost: dinars(2_940), margin: dinars(30) },
    byRole: {
      owner: { count: 1, margin: 0 },
      agent: { count: 1, margin: dinars(10) },
      customer: { count: 1, margin: dinars(20) },
    },
    returned: 1,
    open: { count: 1, held: dinars(990) },
  });
});

it('an order counts on the day when it was delivered, in Algiers', async () => {
  const { shop, day } = await openDay();
  const order = await shop.buy();
  await shop.advance(order);
  await shop.record(order.ref, found('queued'));
  shop.clock.pass(30 * HOUR);
  await shop.record(order.ref, found('fulfilled'));
  expect((await day.today(OWNER))?.all.count).toBe(1);
  shop.clock.pass(24 * HOUR);
  expect((await day.today(OWNER))?.all.count).toBe(0);
  expect(dayOf(Date.UTC(2026, 10, 21, 22, 59))).toBe(Date.UTC(2026, 10, 20, 23));
  expect(dayOf(Date.UTC(2026, 10, 21, 23, 0))).toBe(Date.UTC(2026, 10, 21, 23));
});

it('an order counts on the day of its end, however long it was in review', async () => {
  const { shop, day } = await openDay();
  const order = await shop.buy();
  await shop.advance(order);
  await shop.record(order.ref, found('fulfilled', { number: '036000000' }));
  shop.clock.pass(60 * 24 * HOUR);
  const verdict = { outcome: 'fulfilled', by: OWNER, reason: 'seen' } as const;
  await shop.record(order.ref, { type: 'settled-by-hand', ...verdict });
  expect((await day.today(OWNER))?.all.count).toBe(1);
});

it('many orders are counted through all their pages', async () => {
  const { shop, day } = await openDay();
  for (let count = 0; count < 205; count += 1) await deliver(shop, {});
  expect((await day.today(OWNER))?.all.count).toBe(205);
});

it('is nobody’s business but the owners’', async () => {
  const { shop, day } = await openDay();
  await admit(shop, 20, 'agent');
  expect([await day.today(20), await day.today(99)]).toEqual([undefined, undefined]);
});
