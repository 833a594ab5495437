// A short day of many lives: `npm run prove:kills` plays the long ones.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runKills } from './kills.ts';

const MISBEHAVE = join(import.meta.dirname, 'misbehave.ts');
const KILLS = 10;
const TIMEOUT_MS = 240_000;

it(
  `fifty people and ${KILLS} kills: nothing lost, nothing double, the books even`,
  { timeout: TIMEOUT_MS },
  async () => {
    const { violations, kills, orders, presses } = await runKills({ kills: KILLS, seed: 11 });
    expect(violations.join('\n\n')).toBe('');
    expect(kills).toHaveLength(KILLS);
    expect(presses).toBeGreaterThan(50);
    expect(orders.fulfilled).toBeGreaterThan(5);
  },
);

it.each([
  { deed: 'buy-twice', seen: 'the provider has an order that the shop does not know' },
  { deed: 'hide-ends', seen: 'the message of order' },
])('a bot that would $deed is found out', { timeout: TIMEOUT_MS }, async ({ deed, seen }) => {
  const beside = { preload: [MISBEHAVE], env: { MISBEHAVE: deed } };
  const { violations } = await runKills({ kills: 2, seed: 12, people: 14, beside });
  expect(violations.join('\n\n')).toContain(seen);
});
