// That a day of kills can go wrong: `npm run prove:kills` plays the days themselves, on a machine that has nothing else to do.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runKills } from './kills.ts';

const MISBEHAVE = join(import.meta.dirname, 'misbehave.ts');
const TIMEOUT_MS = 240_000;

it.each([
  { deed: 'buy-twice', seen: 'the provider has an order that the shop does not know' },
  { deed: 'hide-ends', seen: 'the message of order' },
])('a bot that would $deed is found out', { timeout: TIMEOUT_MS }, async ({ deed, seen }) => {
  const beside = { preload: [MISBEHAVE], env: { MISBEHAVE: deed } };
  const { violations } = await runKills({ kills: 2, seed: 12, people: 14, beside });
  expect(violations.join('\n\n')).toContain(seen);
});
