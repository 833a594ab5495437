// The simulator can fail: with each safeguard taken out of the program in turn, some history soon shows what it was for.
// The budget is bounded, so each begins near where it was found; `npm run prove -- --mutants` looks for all from seed 1.

import { describe, expect, it } from 'vitest';
import { runHistories } from './crew.ts';
import { FOUND_AT } from './mutants.ts';
import { SAFEGUARDS } from './safeguards.ts';

const MOST_HISTORIES = 60;
const TIMEOUT_MS = 300_000;

describe.each(SAFEGUARDS.map(({ name }) => ({ name })))('without a safeguard: $name', ({ name }) => {
  it('a promise is seen to break', { timeout: TIMEOUT_MS }, async () => {
    const from = Math.max(1, (FOUND_AT[name] ?? 1) - 4);
    const run = { from, count: MOST_HISTORIES, processes: 1, untilFirst: true, mutant: name };
    const { violations } = await runHistories(run);
    expect(violations).not.toEqual([]);
  });
});
