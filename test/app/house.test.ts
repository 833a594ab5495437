// The shop's own settings: owners alone change them, and each change is written down in plain words.

import { beforeEach, expect, it } from 'vitest';
import { createHouse, LONGEST_WORDS, type HouseRules } from '../../src/app/house.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import { NEW_HOUSE } from '../../src/domain/shop.ts';
import { NOW } from '../domain/an-order.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';

let store: MemoryStore;
let house: HouseRules;

beforeEach(() => {
  store = memoryStore();
  const clock = (): number => NOW;
  const standings = createStandings({ store, ownerIds: [7], open: false, clock });
  house = createHouse({ store, standings, clock });
});

const audit = async () =>
  (await store.auditTrail(null, 20)).rows.map(({ what, why, note }) => [what, why, note]);

it('an owner sets rules, threshold, pause, and takes them back', async () => {
  await house.setRule(7, 'agent', { kind: 'percent', hundredths: -250 });
  await house.setRule(7, 'customer', { kind: 'fixed', amount: dinars(30) });
  await house.setBelowCost(7, true);
  await house.setThreshold(7, dinars(5_000));
  await house.pause(7, '  Back at two ');
  expect(await house.now()).toMatchObject({
    rules: { agent: { hundredths: -250 }, customer: { amount: dinars(30) } },
    belowCost: true,
    threshold: dinars(5_000),
    paused: { by: 7, at: NOW, words: 'Back at two' },
  });
  await house.resume(7);
  await house.setThreshold(7, null);
  expect(await house.now()).toMatchObject({ paused: null, threshold: null });
  expect(await audit()).toEqual([
    ['threshold', '', { kind: 'threshold', amount: null }],
    ['resume', '', undefined],
    ['pause', 'Back at two', undefined],
    ['threshold', '', { kind: 'threshold', amount: dinars(5_000) }],
    ['price', '', { kind: 'below-cost', allowed: true }],
    [
      'price',
      '',
      { kind: 'price', role: 'customer', rule: { kind: 'fixed', amount: dinars(30) }, belowCost: false },
    ],
    [
      'price',
      '',
      { kind: 'price', role: 'agent', rule: { kind: 'percent', hundredths: -250 }, belowCost: false },
    ],
  ]);
});

it('what is so already changes nothing and is not written down', async () => {
  expect(await house.resume(7)).toEqual({ kind: 'refused', why: 'as-it-was' });
  expect(await house.setBelowCost(7, false)).toEqual({ kind: 'refused', why: 'as-it-was' });
  expect(await audit()).toEqual([]);
});

it('nobody else changes anything', async () => {
  const tries = [
    house.setRule(8, 'agent', { kind: 'fixed', amount: dinars(-100) }),
    house.setBelowCost(8, true),
    house.pause(8, ''),
    house.resume(8),
    house.setThreshold(8, null),
  ];
  for (const tried of await Promise.all(tries))
    expect(tried).toEqual({ kind: 'refused', why: 'owners-only' });
  expect(await house.now()).toEqual(NEW_HOUSE);
  expect(await audit()).toEqual([]);
});

it('two owners at once both get their way', async () => {
  await Promise.all([house.setThreshold(7, dinars(100)), house.pause(7, 'x'), house.setBelowCost(7, true)]);
  expect(await house.now()).toMatchObject({ rev: 3, belowCost: true, paused: { words: 'x' } });
});

it('words longer than buyers read are cut', async () => {
  await house.pause(7, 'x'.repeat(2 * LONGEST_WORDS));
  expect((await house.now()).paused?.words).toHaveLength(LONGEST_WORDS);
});
