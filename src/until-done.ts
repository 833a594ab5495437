// For what must succeed in the end and is never urgent: tried again with growing rests, for as long as it takes.

import { setTimeout as sleepFor } from 'node:timers/promises';

const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;

/** Repeats a task until it succeeds, until `hopeless` says so of its error, or until stopped; never rejects. */
export async function untilDone(
  task: () => Promise<unknown>,
  { stopped, hopeless }: { stopped: () => boolean; hopeless?: (error: unknown) => boolean },
): Promise<void> {
  for (let rest = FIRST_REST_MS; !stopped(); rest = Math.min(rest * 2, LONGEST_REST_MS)) {
    try {
      await task();
      return;
    } catch (error) {
      if (hopeless?.(error) === true) return;
      await sleepFor(rest, undefined, { ref: false });
    }
  }
}
