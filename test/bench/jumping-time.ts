// A clock that stands while anything is under way and then jumps to the next moment at which something is due: hours of
// polling in seconds, and as many requests as in real time, however slow this machine is.

import { setImmediate as turn } from 'node:timers/promises';
import type { Topups } from '../../src/app/ports.ts';

export interface JumpingTime {
  readonly clock: () => number;
  readonly set: (now: number) => void;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The same client, whose calls keep the clock from jumping. */
  readonly watch: (client: Topups) => Topups;
  /** Waits until nothing is under way, then jumps to what is due next, at `due` or at the end of a sleep; false at the end. */
  readonly jump: (due: () => Promise<number>, end: number) => Promise<boolean>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of the event loop without a change after which everybody is taken to be waiting. */
const QUIET_TURNS = 4;

export function createJumpingTime(began: number): JumpingTime {
  let now = began;
  let calls = 0;
  let events = 0;
  const sleepers = new Set<Sleeper>();

  function sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const sleeper: Sleeper = { at: now + ms, wake: () => resolve(undefined) };
    sleepers.add(sleeper);
    const stop = (): void => {
      sleepers.delete(sleeper);
      reject(new DOMException('stopped', 'AbortError'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    return promise;
  }

  function counted<A extends readonly unknown[], R>(
    call: (...args: A) => Promise<R>,
  ): (...args: A) => Promise<R> {
    return async (...args) => {
      calls += 1;
      events += 1;
      try {
        return await call(...args);
      } finally {
        calls -= 1;
        events += 1;
      }
    };
  }

  /** The sweep makes one call at a time, so a sleeper is that call waiting for the budget. */
  const isQuiet = (): boolean => calls === 0 || sleepers.size > 0;

  async function quiet(): Promise<void> {
    for (let turns = 0, seen = -1; turns < QUIET_TURNS; turns += 1) {
      await turn();
      if (!isQuiet() || events !== seen) turns = 0;
      seen = events;
    }
  }

  return {
    clock: () => now,
    set: (at) => (now = at),
    sleep,
    watch: (client) => ({
      ...client,
      byId: counted((...asked) => client.byId(...asked)),
      byRef: counted((...asked) => client.byRef(...asked)),
      list: counted((...asked) => client.list(...asked)),
    }),
    async jump(due, end) {
      await quiet();
      const waking = Math.min(...[...sleepers].map(({ at }) => at));
      const orderDue = sleepers.size > 0 ? Infinity : await due();
      const next = Math.max(now, Math.min(waking, orderDue));
      if (next > end) return false;
      // Whoever was woken and found nothing to do would otherwise be woken at this moment for ever.
      now = next > now ? next : now + 1;
      for (const sleeper of [...sleepers]) {
        if (sleeper.at > now) continue;
        sleepers.delete(sleeper);
        events += 1;
        sleeper.wake();
      }
      return true;
    },
  };
}
