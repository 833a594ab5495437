// What owners hear when several processes watch one shop: each trouble once, whichever process meets it, and rather twice
// than never.

import { beforeEach, expect, it } from 'vitest';
import {
  createIncidents,
  CREDIT_EVERY_MS,
  DOWN_AFTER_MS,
  type IncidentWatch,
} from '../../src/app/incidents.ts';
import { ProviderFault, StoreFault } from '../../src/app/ports.ts';
import { createPulse, type Pulse } from '../../src/app/pulse.ts';
import { dinars, type Centimes } from '../../src/domain/money.ts';
import { NEW_HOUSE } from '../../src/domain/shop.ts';
import { MINUTE, SECOND } from '../domain/an-order.ts';
import { memoryClaims } from './memory-claims.ts';
import { openShop, type Shop } from './shop.ts';

interface Process {
  readonly incidents: IncidentWatch;
  readonly pulse: Pulse;
  /** Whether the provider answers it. */
  answered: boolean;
  isHalted: boolean;
  /** Dies while it tells, after owners have heard it or before. */
  dies: 'before' | 'after' | undefined;
  isAlive: boolean;
  readonly death: Promise<undefined>;
}

let shop: Shop;
let claimsOf: ReturnType<typeof memoryClaims>;
let told: string[];
let credit: Centimes;
let isStoreAway: boolean;

beforeEach(() => {
  shop = openShop();
  claimsOf = memoryClaims(shop.clock.now);
  [told, credit, isStoreAway] = [[], dinars(10_000), false];
});

function start(name: string): Process {
  const pulse = createPulse(shop.clock.now);
  const { promise: death, resolve: die } = Promise.withResolvers<undefined>();
  const claims = claimsOf(name);
  const incidents = createIncidents({
    ...{ store: shop.store, pulse, clock: shop.clock.now },
    topups: { halted: () => process.isHalted },
    house: () => Promise.resolve({ ...NEW_HOUSE, threshold: null }),
    credit: () => {
      pulse.heard(process.answered);
      return process.answered
        ? Promise.resolve(credit)
        : Promise.reject(new ProviderFault('unreachable', 'balance'));
    },
    claims: {
      claim: (what, ms) =>
        isStoreAway ? Promise.reject(new StoreFault('unwritable', undefined)) : claims.claim(what, ms),
    },
    tell: ({ kind }) => {
      if (process.dies !== 'before') told.push(`${name}: ${kind}`);
      if (process.dies === undefined) return Promise.resolve(true);
      process.isAlive = false;
      die(undefined);
      return new Promise(() => undefined);
    },
    failed: () => undefined,
  });
  const process: Process = {
    ...{ incidents, pulse, answered: true, isHalted: false, dies: undefined, isAlive: true },
    death,
  };
  return process;
}

/** Lets the time pass in steps of half a minute, each with a look by everybody who lives. */
async function pass(ms: number, ...all: readonly Process[]): Promise<void> {
  for (let gone = 0; gone < ms; gone += 30 * SECOND) {
    shop.clock.pass(30 * SECOND);
    // Whoever dies never ends its look.
    const looks = ({ incidents, death }: Process) => Promise.race([incidents.check(), death]);
    await Promise.all(all.filter(({ isAlive }) => isAlive).map(looks));
  }
}

const fallSilent = (...all: readonly Process[]): void => {
  for (const one of all) {
    one.answered = false;
    one.pulse.heard(false);
  }
};

it('a provider that answers none of them is told of once, and once that it is back', async () => {
  const [a, b] = [start('a'), start('b')];
  fallSilent(a, b);
  await pass(DOWN_AFTER_MS + 5 * MINUTE, a, b);
  expect(told).toEqual(['a: provider-down']);
  for (const one of [a, b]) one.answered = true;
  await pass(10 * MINUTE, a, b);
  expect(told).toEqual(['a: provider-down', 'a: provider-back']);
  // The next time it is told again.
  fallSilent(a, b);
  await pass(DOWN_AFTER_MS + 5 * MINUTE, a, b);
  expect(told.slice(2)).toEqual(['a: provider-down']);
});

it('one that does not answer a single process is no coming and going: who told of it tells of its end', async () => {
  const [a, b] = [start('a'), start('b')];
  fallSilent(a);
  b.pulse.heard(true);
  await pass(DOWN_AFTER_MS + 30 * MINUTE, a, b);
  expect(told).toEqual(['a: provider-down']);
  a.answered = true;
  await pass(5 * MINUTE, a, b);
  expect(told.slice(1)).toEqual(['a: provider-back']);
});

it('a key that is refused stops all and is told of once', async () => {
  const [a, b] = [start('a'), start('b')];
  for (const one of [a, b]) {
    one.isHalted = true;
    one.pulse.heard(false);
    one.incidents.refused('key');
  }
  await pass(10 * MINUTE, a, b);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/no-access$/);
});

it('of a refused key the next one tells, when the one that was about to has died', async () => {
  const [a, b] = [start('a'), start('b')];
  a.dies = 'before';
  for (const one of [a, b]) {
    one.isHalted = true;
    one.incidents.refused('key');
  }
  await pass(MINUTE, a, b);
  expect(told).toEqual([]);
  await pass(10 * MINUTE, b);
  expect(told).toEqual(['b: no-access']);
});

it('buyers who are turned away by any of them are told of once, and so is the end of it', async () => {
  const [a, b] = [start('a'), start('b')];
  credit = dinars(100);
  a.incidents.shopShort(dinars(980));
  b.incidents.shopShort(dinars(980));
  await pass(10 * MINUTE, a, b);
  expect(told).toHaveLength(1);
  credit = dinars(50_000);
  await pass(2 * CREDIT_EVERY_MS, a, b);
  expect(told.map((one) => one.slice(3))).toEqual(['shop-short', 'shop-back']);
});

it.each([
  ['before owners heard anything is followed by another that tells', 'before', ['b: provider-down']],
  [
    'after they heard it, and before that is written, is followed by one that tells it again',
    'after',
    ['a: provider-down', 'b: provider-down'],
  ],
] as const)('a process that dies %s', async (_what, dies, expected) => {
  const [a, b] = [start('a'), start('b')];
  a.dies = dies;
  fallSilent(a, b);
  await pass(DOWN_AFTER_MS + MINUTE, a, b);
  expect(told).toEqual(expected.filter((one) => one.startsWith('a')));
  await pass(5 * MINUTE, a, b);
  expect(told).toEqual(expected);
});

it('the end of what a dead process told is told by one that lives', async () => {
  const [a, b] = [start('a'), start('b')];
  fallSilent(a, b);
  await pass(DOWN_AFTER_MS, a, b);
  b.answered = true;
  await pass(5 * MINUTE, b);
  expect(told).toEqual(['a: provider-down', 'b: provider-back']);
});

it('one of them speaks for the store, also while it is away, and another after that one’s death', async () => {
  const [a, b] = [start('a'), start('b')];
  expect([a, b].map(({ incidents }) => incidents.speaks())).toEqual([false, false]);
  await pass(MINUTE, a, b);
  expect([a, b].map(({ incidents }) => incidents.speaks())).toEqual([true, false]);
  isStoreAway = true;
  await pass(10 * MINUTE, a, b);
  expect([a, b].map(({ incidents }) => incidents.speaks())).toEqual([true, false]);
  isStoreAway = false;
  await pass(5 * MINUTE, b);
  expect(b.incidents.speaks()).toBe(true);
});
