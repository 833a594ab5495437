// What each buyer pays, and what owners see of it.

import { beforeEach, describe, expect, it } from 'vitest';
import { createPrices, priceRows, type Prices } from '../../src/app/prices.ts';
import { centimes, dinars } from '../../src/domain/money.ts';
import type { PriceRule } from '../../src/domain/pricing.ts';
import { NEW_HOUSE, newMember, type House, type Member } from '../../src/domain/shop.ts';
import { NOW } from '../domain/an-order.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';

const OFFERS = [500, 1000].map((value) => ({
  ...{ value: dinars(value), cost: centimes(value * 98), available: true },
}));
const percent = (hundredths: number): PriceRule => ({ kind: 'percent', hundredths });
const agent = { id: 20, name: 'Karim', role: 'agent' } as const;

let store: MemoryStore;
let prices: Prices;
let unsold: unknown[];

beforeEach(() => {
  store = memoryStore();
  unsold = [];
  prices = createPrices({ store, unsold: (terms) => void unsold.push(terms) });
});

const put = (...puts: (House | Member)[]) => store.change({ puts, entries: [], audit: [] });
const house = (more: Partial<House>): House => ({ ...NEW_HOUSE, rev: 1, ...more });
const member = (more: Partial<Member>): Member => ({
  ...newMember({ id: 20, name: 'Karim', username: null }, NOW),
  ...{ role: 'agent', rev: 1, ...more },
});
const paid = async (): Promise<number[]> =>
  (await prices.offersFor(agent, OFFERS)).map(({ price }) => price / 100);

describe('a buyer', () => {
  it('pays the face value where nothing is said, the price of the role, or an own one', async () => {
    expect(await paid()).toEqual([500, 1000]);
    await put(house({ rules: { agent: percent(-100), customer: percent(0) } }));
    expect(await paid()).toEqual([495, 990]);
    await put(member({ rule: { kind: 'fixed', amount: dinars(20) } }));
    expect(await paid()).toEqual([520, 1020]);
  });

  it('is not sold what goes below cost, unless the shop or this person’s record allows it', async () => {
    await put(house({ rules: { agent: percent(-500), customer: percent(0) } }), member({}));
    expect(await paid()).toEqual([]);
    await put(member({ belowCost: true, rev: 2 }));
    expect(await paid()).toEqual([475, 950]);
    const rules = { agent: percent(-500), customer: percent(0) };
    await put(member({ rev: 3 }), { ...house({ belowCost: true, rules }), rev: 2 });
    expect(await paid()).toEqual([475, 950]);
  });
});

describe('a price that goes below cost', () => {
  const rules = { agent: percent(-500), customer: percent(0) };

  it('on everything is told: the role’s, or the person’s own', async () => {
    await put(house({ rules }), member({}));
    await paid();
    await put(member({ rule: percent(-600), rev: 2 }));
    await paid();
    expect(unsold).toEqual([
      { role: 'agent', own: null, rule: percent(-500) },
      { role: 'agent', own: { id: 20, name: 'Karim' }, rule: percent(-600) },
    ]);
  });

  it('on a part of it, where it is allowed, or with nothing in stock is not', async () => {
    await put(house({ rules: { ...rules, agent: { kind: 'fixed', amount: dinars(-12) } } }), member({}));
    expect(await paid()).toEqual([988]);
    await put({ ...house({ rules, belowCost: true }), rev: 2 });
    await paid();
    await put({ ...house({ rules }), rev: 3 });
    await prices.offersFor(agent, []);
    expect(unsold).toEqual([]);
  });
});

describe('an owner', () => {
  it('buys at cost', async () => {
    const offers = await prices.offersFor({ id: 7, name: 'Owner', role: 'owner' }, OFFERS);
    expect(offers.map(({ price }) => price / 100)).toEqual([490, 980]);
  });

  it('sees cost, price and margin of each role, and what is not sold', () => {
    const rules = { agent: percent(-300), customer: percent(150) };
    expect(priceRows(house({ rules }), OFFERS)[1]).toEqual({
      value: dinars(1000),
      cost: dinars(980),
      agent: { price: dinars(970), margin: dinars(-10), sold: false },
      customer: { price: dinars(1015), margin: dinars(35), sold: true },
    });
    const [row] = priceRows(house({ rules, belowCost: true }), OFFERS);
    expect(row?.agent).toMatchObject({ margin: dinars(-5), sold: true });
  });
});
