// What owners hear of: once when it begins, once when it ends, and nothing in between.

import { beforeEach, describe, expect, it } from 'vitest';
import {
  createIncidents,
  createPulse,
  CREDIT_EVERY_MS,
  DOWN_AFTER_MS,
  LATE_AFTER_MS,
  SHORT_EVERY_MS,
  type Incidents,
  type Pulse,
} from '../../src/app/incidents.ts';
import { ProviderFault } from '../../src/app/ports.ts';
import type { OwnerAlert } from '../../src/domain/report.ts';
import { dinars, type Centimes } from '../../src/domain/money.ts';
import { NEW_HOUSE } from '../../src/domain/shop.ts';
import { found, HOUR, MINUTE, NOW, SECOND } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let pulse: Pulse;
let incidents: Incidents;
let told: OwnerAlert[];
let failures: unknown[];
let threshold: Centimes | null;
/** How the worker's questions about the credit end. */
let credit: Centimes | 'no answer';
let asked: number;

beforeEach(() => {
  shop = openShop();
  pulse = createPulse(shop.clock.now);
  [told, failures, threshold, credit, asked] = [[], [], null, dinars(10_000), 0];
  incidents = createIncidents({
    ...{ store: shop.store, topups: shop.topups, pulse, clock: shop.clock.now },
    house: () => Promise.resolve({ ...NEW_HOUSE, threshold }),
    credit: (priority) => {
      expect(priority).toBe('worker');
      asked += 1;
      pulse.heard(credit !== 'no answer');
      return credit === 'no answer'
        ? Promise.reject(new ProviderFault('unreachable', 'balance'))
        : Promise.resolve(credit);
    },
    tell: (alert) => void told.push(alert),
    failed: (error) => void failures.push(error),
  });
});

/** Lets the time pass in steps of half a minute, each with a look. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 30 * SECOND) {
    shop.clock.pass(30 * SECOND);
    await incidents.check();
  }
}

describe('a provider that does not answer', () => {
  it('is told after three minutes, once, and once more when it is back', async () => {
    credit = 'no answer';
    pulse.heard(false);
    await pass(DOWN_AFTER_MS - 30 * SECOND);
    expect(told).toEqual([]);
    await pass(10 * MINUTE);
    expect(told).toEqual([{ kind: 'provider-down', since: NOW }]);
    credit = dinars(10_000);
    await pass(MINUTE);
    expect(told.slice(1)).toEqual([{ kind: 'provider-back', since: NOW }]);
    await pass(10 * MINUTE);
    expect(told).toHaveLength(2);
  });

  it('one lost answer in a quiet night is asked about again, and is no outage', async () => {
    pulse.heard(false);
    await pass(10 * MINUTE);
    expect(told).toEqual([]);
    expect(asked).toBe(1);
  });

  it('while the key is refused nobody is asked, and the end of that is told', async () => {
    shop.topups.isHalted = true;
    pulse.heard(false);
    await pass(10 * MINUTE);
    expect([told, asked]).toEqual([[], 0]);
    shop.topups.isHalted = false;
    pulse.heard(true);
    await pass(MINUTE);
    expect(told).toEqual([{ kind: 'access-back' }]);
  });
});

describe('the shop’s credit', () => {
  const low = { kind: 'credit-low', credit: dinars(4_000), threshold: dinars(5_000) };

  it('is not even asked for without a threshold', async () => {
    credit = dinars(1);
    await pass(HOUR);
    expect([told, asked]).toEqual([[], 0]);
  });

  it('below the threshold is told once, above it again once', async () => {
    threshold = dinars(5_000);
    await pass(MINUTE);
    credit = dinars(4_000);
    await pass(CREDIT_EVERY_MS);
    expect(told).toEqual([low]);
    await pass(3 * CREDIT_EVERY_MS);
    expect(told).toHaveLength(1);
    credit = dinars(5_000);
    await pass(CREDIT_EVERY_MS);
    expect(told.slice(1)).toEqual([{ kind: 'credit-back', credit, threshold }]);
    expect(asked).toBeLessThanOrEqual(7);
  });

  it('is looked at with the next check after an order is settled', async () => {
    threshold = dinars(5_000);
    await pass(30 * SECOND);
    credit = dinars(4_000);
    const { ref } = await shop.buy();
    const open = await shop.order(ref);
    incidents.changed(open);
    await pass(30 * SECOND);
    expect(told).toEqual([]);
    await shop.advance(open);
    incidents.changed((await shop.record(ref, found('fulfilled'))) ?? open);
    await pass(30 * SECOND);
    expect(told).toEqual([low]);
  });

  it('that nobody tells is no credit of nothing', async () => {
    threshold = dinars(5_000);
    credit = 'no answer';
    await pass(MINUTE);
    expect(told).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('buyers who are turned away are told of once an hour', () => {
    incidents.shopShort();
    incidents.shopShort();
    shop.clock.pass(SHORT_EVERY_MS);
    incidents.shopShort();
    expect(told).toEqual([{ kind: 'shop-short' }, { kind: 'shop-short' }]);
  });
});

describe('an order', () => {
  it('scheduled for more than 48 hours is told once, and its end once', async () => {
    const order = await shop.buy();
    await shop.advance(order);
    await shop.record(order.ref, found('queued'));
    const since = shop.clock.now();
    shop.clock.pass(LATE_AFTER_MS);
    await incidents.check();
    expect(told).toEqual([]);
    await pass(5 * MINUTE);
    expect(told).toEqual([{ kind: 'late', no: order.no, since }]);
    await shop.record(order.ref, found('refunded'));
    await pass(5 * MINUTE);
    expect(told.slice(1)).toEqual([{ kind: 'order-over', no: order.no, end: 'refunded' }]);
  });

  it('in review is told of when it is over, whoever ended it', async () => {
    const order = await shop.buy();
    await shop.advance(order);
    await shop.record(order.ref, found('fulfilled', { number: '036000000' }));
    await incidents.check();
    expect(told).toEqual([]);
    const reason = 'seen';
    await shop.record(order.ref, { type: 'settled-by-hand', outcome: 'fulfilled', by: 7, reason });
    await pass(MINUTE);
    expect(told).toEqual([{ kind: 'order-over', no: order.no, end: 'fulfilled' }]);
  });
});
