// Timers and the clock stand still until a test moves them.

import { afterEach, beforeEach, vi } from 'vitest';

/** When every test begins, epoch ms. */
export const START = 1_000_000;

/** For each test of the file. */
export function timeByHand(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: START });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Lets the time pass, and whatever is due in it happen. */
export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
