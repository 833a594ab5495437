// That a day of kills can go wrong: `npm run prove:kills` plays the days themselves, on a machine that has nothing else to do.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnPostgres } from '../store/postgres/with-postgres.ts';
import { runKills, type KillRun } from './kills.ts';

const TIMEOUT_MS = 240_000;
const DEEDS = [
  { deed: 'buy-twice', seen: 'the provider has an order that the shop does not know' },
  { deed: 'hide-ends', seen: 'the message of order' },
];

/** A day of which nothing is right. */
const dayOf = (deeds: string): KillRun => ({
  ...{ kills: 2, seed: 12, people: 14 },
  beside: { preload: [join(import.meta.dirname, 'misbehave.ts')], env: { MISBEHAVE: deeds } },
});

it.each(DEEDS)('a bot that would $deed is found out', { timeout: TIMEOUT_MS }, async ({ deed, seen }) => {
  const { violations } = await runKills(dayOf(deed));
  expect(violations.join('\n\n')).toContain(seen);
});

describeOnPostgres('three bots on one database', ({ server }) => {
  it('that would do all of that are found out, too', { timeout: TIMEOUT_MS }, async () => {
    const both = dayOf(DEEDS.map(({ deed }) => deed).join(' '));
    const { violations } = await runKills({ ...both, shared: { copies: 3, server: server().url } });
    const all = violations.join('\n\n');
    for (const { seen } of DEEDS) expect(all).toContain(seen);
  });
});
