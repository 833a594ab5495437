// The simulator with the shop in PostgreSQL: the same seed is the same history, a few histories keep every promise, and
// without a safeguard of that store one soon does not.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, type PostgresServer } from '../store/postgres/server.ts';
import { runHistories, tellHistory } from './crew.ts';
import { planOf } from './plan.ts';
import { POSTGRES_SAFEGUARDS } from './postgres-safeguards.ts';
import { startServer } from './server.ts';

const TIMEOUT_MS = 300_000;
const HISTORIES = 12;
/** A change of the program moves what happens after it: then another history near by shows it. */
const MOST_HISTORIES = 200;

const hasPostgres = (await findPostgres()) !== undefined;

function histories(): void {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server?.close());
  const url = (): string => {
    if (server === undefined) throw new Error('PostgreSQL has not started');
    return server.url;
  };

  it('plays the same history from the same seed', { timeout: TIMEOUT_MS }, async () => {
    const tell = () => tellHistory(planOf(4, 'postgres'), { shrinks: false, server: url() });
    const first = await tell();
    const second = await tell();
    expect(first.story.length).toBeGreaterThan(10);
    expect(second.story).toEqual(first.story);
  });

  it('breaks no promise in a few histories', { timeout: TIMEOUT_MS }, async () => {
    const run = { from: 1, count: HISTORIES, processes: 2, untilFirst: false, server: url() };
    const tally = await runHistories(run);
    expect(tally.violations).toEqual([]);
    expect(tally.histories).toBe(HISTORIES);
    expect(Object.keys(tally.died).length).toBeGreaterThan(0);
  });

  it.each(POSTGRES_SAFEGUARDS)(
    'is seen to break one without a safeguard: $name',
    { timeout: TIMEOUT_MS },
    async ({ name, foundAt }) => {
      const run = { from: foundAt, count: MOST_HISTORIES, processes: 1, untilFirst: true };
      const { violations } = await runHistories({ ...run, mutant: name, server: url() });
      expect(violations).not.toEqual([]);
    },
  );
}

if (hasPostgres) describe('on PostgreSQL', histories);
else describe.skip('on PostgreSQL (left out: there is none on this machine)', () => undefined);
