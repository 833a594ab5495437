// What owners hear of: once when it begins, once when it ends, and nothing in between; also over a restart.

import { beforeEach, describe, expect, it } from 'vitest';
import {
  createIncidents,
  CREDIT_EVERY_MS,
  DOWN_AFTER_MS,
  type IncidentWatch,
} from '../../src/app/incidents.ts';
import { ProviderFault } from '../../src/app/ports.ts';
import { createPulse, type Pulse } from '../../src/app/pulse.ts';
import type { OwnerAlert } from '../../src/domain/report.ts';
import { dinars, type Centimes } from '../../src/domain/money.ts';
import { NEW_HOUSE } from '../../src/domain/shop.ts';
import { found, HOUR, MINUTE, NOW, SECOND } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let pulse: Pulse;
let incidents: IncidentWatch;
let told: OwnerAlert[];
let failures: unknown[];
let threshold: Centimes | null;
/** How the worker's questions about the credit end. */
let credit: Centimes | 'no answer';
let asked: number;
/** Whether Telegram takes what owners are told. */
let heard: boolean;
let writes: number;

/** The bot is started, on the store as it is. */
function start(): void {
  pulse = createPulse(shop.clock.now);
  incidents = createIncidents({
    ...{ topups: shop.topups, pulse, clock: shop.clock.now },
    store: {
      ...shop.store,
      change: (change) => {
        writes += 1;
        return shop.store.change(change);
      },
    },
    house: () => Promise.resolve({ ...NEW_HOUSE, threshold }),
    credit: (priority) => {
      expect(priority).toBe('worker');
      asked += 1;
      pulse.heard(credit !== 'no answer');
      return credit === 'no answer'
        ? Promise.reject(new ProviderFault('unreachable', 'balance'))
        : Promise.resolve(credit);
    },
    tell: (alert) => {
      if (heard) told.push(alert);
      return Promise.resolve(heard);
    },
    failed: (error) => void failures.push(error),
  });
}

beforeEach(() => {
  shop = openShop();
  [told, failures, threshold, credit, asked, heard, writes] = [[], [], null, dinars(10_000), 0, true, 0];
  start();
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

  it('is not told again after a restart; its end is, once the provider has answered', async () => {
    credit = 'no answer';
    pulse.heard(false);
    await pass(DOWN_AFTER_MS);
    start();
    await pass(10 * MINUTE);
    expect(told).toEqual([{ kind: 'provider-down', since: NOW }]);
    start();
    credit = dinars(10_000);
    await pass(MINUTE);
    expect(told.slice(1)).toEqual([{ kind: 'provider-back', since: NOW }]);
    start();
    await pass(10 * MINUTE);
    expect(told).toHaveLength(2);
  });
});

describe('a key that is refused', () => {
  const refuse = (): void => {
    shop.topups.isHalted = true;
    pulse.heard(false);
    incidents.refused('key');
  };
  const REFUSED = { kind: 'no-access', detail: 'key' };

  it('is told once, nobody is asked meanwhile, and the end of that is told', async () => {
    refuse();
    await pass(10 * MINUTE);
    expect([told, asked]).toEqual([[REFUSED], 0]);
    shop.topups.isHalted = false;
    pulse.heard(true);
    await pass(MINUTE);
    expect(told.slice(1)).toEqual([{ kind: 'access-back' }]);
  });

  it('is told once though the bot was started again with the same key, and not over before an answer', async () => {
    refuse();
    await pass(MINUTE);
    shop.topups.isHalted = false;
    credit = 'no answer';
    start();
    await pass(30 * SECOND);
    refuse();
    await pass(10 * MINUTE);
    expect(told).toEqual([REFUSED]);
    shop.topups.isHalted = false;
    start();
    await pass(MINUTE);
    expect(told).toEqual([REFUSED]);
    credit = dinars(10_000);
    await pass(MINUTE);
    expect(told.slice(1)).toEqual([{ kind: 'access-back' }]);
  });

  it('for another reason than before is told again', async () => {
    refuse();
    await pass(MINUTE);
    incidents.refused('address');
    await pass(MINUTE);
    expect(told.slice(1)).toEqual([{ kind: 'no-access', detail: 'address' }]);
  });

  it('an address that is only not blocked any more is no answer: nothing is over before one', async () => {
    shop.topups.isHalted = true;
    pulse.heard(false);
    incidents.refused('address');
    await pass(MINUTE);
    shop.topups.isHalted = false;
    credit = 'no answer';
    await pass(MINUTE);
    expect(told).toHaveLength(1);
    credit = dinars(10_000);
    await pass(MINUTE);
    expect(told.slice(1)).toEqual([{ kind: 'access-back' }]);
  });
});

describe('the shop’s credit', () => {
  const low = { kind: 'credit-low', credit: dinars(4_000), threshold: dinars(5_000) };

  it('is not even asked for without a threshold', async () => {
    credit = dinars(1);
    await pass(HOUR);
    expect([told, asked]).toEqual([[], 0]);
  });

  it('below the threshold is told once, and once when it is a tenth above', async () => {
    threshold = dinars(5_000);
    await pass(MINUTE);
    credit = dinars(4_000);
    await pass(CREDIT_EVERY_MS);
    expect(told).toEqual([low]);
    await pass(3 * CREDIT_EVERY_MS);
    expect(told).toHaveLength(1);
    credit = dinars(5_500);
    await pass(CREDIT_EVERY_MS);
    expect(told.slice(1)).toEqual([{ kind: 'credit-back', credit, threshold }]);
    expect(asked).toBeLessThanOrEqual(7);
  });

  it('that goes to and fro around the threshold is told of once', async () => {
    threshold = dinars(5_000);
    for (const now of [4_990, 5_010, 4_990, 5_499, 4_000, 5_400]) {
      credit = dinars(now);
      await pass(CREDIT_EVERY_MS);
    }
    expect(told).toEqual([{ ...low, credit: dinars(4_990) }]);
  });

  it('is told once over a restart, and again when the threshold was taken away and set anew', async () => {
    threshold = dinars(5_000);
    credit = dinars(4_000);
    await pass(MINUTE);
    start();
    await pass(HOUR);
    expect(told).toEqual([low]);
    threshold = null;
    await pass(MINUTE);
    threshold = dinars(5_000);
    await pass(CREDIT_EVERY_MS);
    expect(told).toEqual([low, low]);
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
});

describe('buyers who are turned away for the shop’s credit', () => {
  it('are told of once, and once when the credit reaches for the dearest of them, with a tenth to spare', async () => {
    credit = dinars(900);
    incidents.shopShort(dinars(980));
    await pass(MINUTE);
    expect(told).toEqual([{ kind: 'shop-short' }]);
    incidents.shopShort(dinars(1_960));
    incidents.shopShort(dinars(490));
    await pass(HOUR);
    expect(told).toHaveLength(1);
    credit = dinars(1_980);
    await pass(CREDIT_EVERY_MS);
    expect(told).toHaveLength(1);
    credit = dinars(5_000);
    await pass(CREDIT_EVERY_MS);
    expect(told.slice(1)).toEqual([{ kind: 'shop-back', credit }]);
    const before = asked;
    await pass(HOUR);
    expect([told.length, asked]).toEqual([2, before]);
  });

  it('are told of once over a restart, and so is the end of it', async () => {
    credit = dinars(900);
    incidents.shopShort(dinars(980));
    await pass(MINUTE);
    start();
    incidents.shopShort(dinars(980));
    await pass(HOUR);
    expect(told).toEqual([{ kind: 'shop-short' }]);
    start();
    credit = dinars(5_000);
    await pass(CREDIT_EVERY_MS);
    expect(told.slice(1)).toEqual([{ kind: 'shop-back', credit }]);
  });
});

describe('buyers to whom nothing is sold because it would be below cost', () => {
  const agents = { role: 'agent', own: null, rule: { kind: 'percent', hundredths: -500 } } as const;
  const karim = { ...agents, own: { id: 20, name: 'Karim' } } as const;

  it('are told of once for each price that nothing can be sold at, and again when it lasts for a day', async () => {
    incidents.unsold(agents);
    incidents.unsold(agents);
    incidents.unsold(karim);
    await pass(HOUR);
    incidents.unsold(agents);
    incidents.unsold(karim);
    await pass(HOUR);
    expect(told).toEqual([
      { kind: 'unsold', terms: agents },
      { kind: 'unsold', terms: karim },
    ]);
    await pass(22 * HOUR);
    expect(told).toHaveLength(2);
    incidents.unsold(agents);
    await pass(MINUTE);
    expect(told.slice(2)).toEqual([{ kind: 'unsold', terms: agents }]);
  });

  it('are told of once over a restart, and later when nobody could hear it', async () => {
    heard = false;
    incidents.unsold(agents);
    await pass(MINUTE);
    heard = true;
    await pass(HOUR);
    start();
    incidents.unsold(agents);
    await pass(HOUR);
    expect(told).toEqual([{ kind: 'unsold', terms: agents }]);
    expect(failures).toEqual([]);
  });
});

describe('what is remembered', () => {
  it('is written when something begins or ends, and never in between', async () => {
    threshold = dinars(5_000);
    await pass(HOUR);
    expect(writes).toBe(0);
    credit = dinars(4_000);
    incidents.shopShort(dinars(9_800));
    await pass(2 * HOUR);
    expect([told.length, writes]).toEqual([2, 2]);
    credit = dinars(50_000);
    await pass(2 * HOUR);
    expect([told.length, writes]).toEqual([4, 4]);
    expect(await shop.store.records('incidents')).toHaveLength(1);
  });

  it('counts as told only once somebody has heard it, and is tried again until then', async () => {
    threshold = dinars(5_000);
    credit = dinars(4_000);
    heard = false;
    await pass(HOUR);
    expect([told, writes]).toEqual([[], 0]);
    start();
    heard = true;
    await pass(10 * MINUTE);
    expect(told).toMatchObject([{ kind: 'credit-low' }]);
    heard = false;
    credit = dinars(50_000);
    await pass(HOUR);
    heard = true;
    await pass(10 * MINUTE);
    expect(told.slice(1)).toMatchObject([{ kind: 'credit-back' }]);
  });

  it('is told once, too, while the disk is full, and written down when it is not', async () => {
    threshold = dinars(5_000);
    credit = dinars(4_000);
    shop.store.fail(3);
    await pass(HOUR);
    expect(told).toHaveLength(1);
    expect(failures.length).toBeGreaterThan(0);
    start();
    await pass(HOUR);
    expect(told).toHaveLength(1);
  });
});
