// The simulator itself: the same seed is the same history, byte for byte, in whichever process and after whatever else; and
// a few histories of every kind keep every promise.

import { expect, it } from 'vitest';
import { runHistories, tellHistory } from './crew.ts';
import { planOf } from './plan.ts';

const TIMEOUT_MS = 240_000;

it('plays the same history from the same seed', { timeout: TIMEOUT_MS }, async () => {
  for (const seed of [6, 27, 36]) {
    const first = await tellHistory(planOf(seed), { shrinks: false });
    const second = await tellHistory(planOf(seed), { shrinks: false });
    expect(first.story.length).toBeGreaterThan(10);
    expect(second.story).toEqual(first.story);
  }
});

it('comes to the same numbers in one process as in two', { timeout: TIMEOUT_MS }, async () => {
  const run = { from: 1, count: 40, untilFirst: false };
  const alone = await runHistories({ ...run, processes: 1 });
  const shared = await runHistories({ ...run, processes: 2 });
  expect(shared.steps).toBe(alone.steps);
  expect(shared.died).toEqual(alone.died);
});

it('breaks no promise in a hundred histories', { timeout: TIMEOUT_MS }, async () => {
  const { histories, violations } = await runHistories({
    from: 1,
    count: 100,
    processes: 2,
    untilFirst: false,
  });
  expect(violations).toEqual([]);
  expect(histories).toBe(100);
});
