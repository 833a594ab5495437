// A short day of many lives: `npm run prove:kills` plays the long ones.

import { expect, it } from 'vitest';
import { runKills } from './kills.ts';

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
