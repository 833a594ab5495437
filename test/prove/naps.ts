// How far the clock leaps at once: a machine naps while nothing is under way, and longer when only time can help.

import type { VirtualTime } from './virtual-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** With nothing due for so long, nothing is under way. */
const IDLE_MS = 1_500;

function napOf(settledMs: number, restless: boolean): number {
  if (settledMs < MINUTE) return 10_000;
  if (settledMs < 10 * MINUTE) return restless ? MINUTE : 20_000;
  if (settledMs < 2 * HOUR) return restless ? 20 * MINUTE : MINUTE;
  return HOUR;
}

/**
 * The moment before which nothing happens next; undefined when something is under way. `settledMs`: for how long nobody has
 * wanted anything; `restless`: some timer is always due soon, so timers alone keep nobody from napping, and there is much to do
 * after each nap.
 */
export function wakesAt(
  { nextDue, nextUnderWay, now }: VirtualTime,
  settledMs: number,
  restless: boolean,
): number | undefined {
  if ((restless ? nextUnderWay() : nextDue()) - now() < IDLE_MS) return undefined;
  const nap = napOf(settledMs, restless);
  return Math.ceil((nextDue() + 1) / nap) * nap;
}
