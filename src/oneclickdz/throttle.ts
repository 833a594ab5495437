// What "too many requests" means for everybody: whoever was told, the polling is held back for a while, so that what the
// provider still takes is left to people. The transport tells it every answer; the budget asks it before letting polling go.

import type { Clock } from '../app/ports.ts';
import type { Pause } from '../app/sharing.ts';
import type { Answer } from './exchange.ts';
import type { Sleep } from './budget.ts';

/** The waits without a hint, doubling; and how much of a hint is believed. */
const WAIT_MS = { first: 1_000, longest: 60_000, longestHint: 10 * 60_000 };

export interface Throttle {
  heard(answer: Pick<Answer, 'status' | 'retryAfterMs'>): void;
  /** Another process was told. */
  join(pause: Pause): void;
  /** For how much longer the polling is held back; 0 when it may go. */
  heldMs(): number;
  /** Resolves when the polling may go, or the signal is aborted. */
  over(signal: AbortSignal): Promise<void>;
}

/** Holds nothing back until it has heard of a 429; `told` hears of each that it heard itself. */
export function createThrottle({
  clock,
  sleep,
  told = () => undefined,
}: {
  clock: Clock;
  sleep: Sleep;
  told?: (pause: Pause) => void;
}): Throttle {
  let heldUntil = 0;
  let inARow = 0;

  function heldMs(): number {
    const left = heldUntil - clock();
    // Further away than any wait: the clock has been set back since.
    return left > WAIT_MS.longestHint ? 0 : Math.max(0, left);
  }

  function holdBack(ms: number): void {
    heldUntil = clock() + Math.max(heldMs(), ms);
  }

  return {
    heldMs,
    join({ ms, refusals }) {
      holdBack(Math.min(ms, WAIT_MS.longestHint));
      inARow = Math.max(inARow, refusals);
    },
    heard({ status, retryAfterMs }) {
      const before = heldMs();
      if (status !== 429) {
        inARow = 0;
      } else if (retryAfterMs !== undefined) {
        holdBack(Math.min(Math.max(retryAfterMs, WAIT_MS.first), WAIT_MS.longestHint));
      } else if (heldMs() === 0) {
        // While it is held back already, another refusal is of a call that was out together with the one before, or of
        // a person's: no reason to wait longer.
        holdBack(Math.min(WAIT_MS.first * 2 ** inARow, WAIT_MS.longest));
        inARow += 1;
      }
      if (heldMs() > before) told({ ms: heldMs(), refusals: inARow });
    },
    async over(signal) {
      while (heldMs() > 0 && !signal.aborted) await sleep(heldMs(), signal).catch(() => undefined);
    },
  };
}
