// The watch over what owners must hear of, between a provider and a Telegram that do as the test says.

import { expect } from 'vitest';
import { createIncidents, type IncidentWatch } from '../../src/app/incidents.ts';
import { ProviderFault } from '../../src/app/ports.ts';
import { createPulse, type Pulse } from '../../src/app/pulse.ts';
import { dinars, type Centimes } from '../../src/domain/money.ts';
import type { OwnerAlert } from '../../src/domain/report.ts';
import { NEW_HOUSE } from '../../src/domain/shop.ts';
import { SECOND } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

export interface Watch {
  readonly shop: Shop;
  readonly told: readonly OwnerAlert[];
  readonly failures: readonly unknown[];
  /** Those of the process that was started last. */
  readonly pulse: Pulse;
  readonly incidents: IncidentWatch;
  threshold: Centimes | null;
  /** How the worker's questions about the credit end. */
  credit: Centimes | 'no answer';
  /** Whether Telegram takes what owners are told. */
  heard: boolean;
  /** How often the credit was asked for, and how often something was written down. */
  asked: number;
  writes: number;
  /** The bot is started again, on the store as it is. */
  start(): void;
  /** Lets the time pass in steps of half a minute, each with a look. */
  pass(ms: number): Promise<void>;
}

/** A process that was just started, on an empty store. */
export function openWatch(): Watch {
  const shop = openShop();
  const told: OwnerAlert[] = [];
  const failures: unknown[] = [];

  function begin(): Pick<Watch, 'pulse' | 'incidents'> {
    const pulse = createPulse(shop.clock.now);
    const incidents = createIncidents({
      ...{ topups: shop.topups, pulse, clock: shop.clock.now },
      store: {
        ...shop.store,
        change: (change) => {
          watch.writes += 1;
          return shop.store.change(change);
        },
      },
      house: () => Promise.resolve({ ...NEW_HOUSE, threshold: watch.threshold }),
      credit: (priority) => {
        expect(priority).toBe('worker');
        watch.asked += 1;
        pulse.heard(watch.credit !== 'no answer');
        return watch.credit === 'no answer'
          ? Promise.reject(new ProviderFault('unreachable', 'balance'))
          : Promise.resolve(watch.credit);
      },
      tell: (alert) => {
        if (watch.heard) told.push(alert);
        return Promise.resolve(watch.heard);
      },
      failed: (error) => void failures.push(error),
    });
    return { pulse, incidents };
  }

  const watch: Watch = {
    ...{ shop, told, failures, ...begin() },
    ...{ threshold: null, credit: dinars(10_000), heard: true, asked: 0, writes: 0 },
    start: () => void Object.assign(watch, begin()),
    pass: async (ms) => {
      for (let gone = 0; gone < ms; gone += 30 * SECOND) {
        shop.clock.pass(30 * SECOND);
        await watch.incidents.check();
      }
    },
  };
  return watch;
}
