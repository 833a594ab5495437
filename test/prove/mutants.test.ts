// The simulator can fail: with each safeguard taken out of the program in turn, some history soon shows what it was for. Each
// begins where that was seen, so that it rarely takes more than one; `npm run prove -- --mutants` looks for all from seed 1.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runHistories } from './crew.ts';
import { FOUND_AT } from './mutants.ts';
import { SAFEGUARDS } from './safeguards.ts';

/** A change of the program moves what happens after it: then another history near by shows it. */
const MOST_HISTORIES = 1_000;
const TIMEOUT_MS = 300_000;

/** These have a history of their own. */
const kept = readdirSync(join(import.meta.dirname, 'regressions')).map((name) =>
  readFileSync(join(import.meta.dirname, 'regressions', name), 'utf8'),
);
const isKept = (name: string): boolean => kept.some((text) => text.includes(JSON.stringify(name)));
const names = SAFEGUARDS.map(({ name }) => ({ name })).filter(({ name }) => !isKept(name));

describe.each(names)('without a safeguard: $name', ({ name }) => {
  it('a promise is seen to break', { timeout: TIMEOUT_MS }, async () => {
    const from = FOUND_AT[name] ?? 1;
    const run = { from, count: MOST_HISTORIES, processes: 1, untilFirst: true, mutant: name };
    const { violations } = await runHistories(run);
    expect(violations).not.toEqual([]);
  });
});
