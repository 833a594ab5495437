// The rate we keep towards the provider: one token bucket for the whole process, people's calls before polling.
// The transport takes from it before every single request, repeats included.

import type { Clock, Priority } from '../app/ports.ts';

/** Rests for so many ms; rejects when the signal is aborted. Must let `clock` advance. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** `too-long`: a person would wait longer than is decent, told at once. `stopped`: the signal was aborted. */
export type Grant = 'granted' | 'too-long' | 'stopped';

export interface Budget {
  take(priority: Priority, signal: AbortSignal): Promise<Grant>;
}

export interface BudgetOptions {
  readonly perSecond: number;
  readonly burst: number;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** The longest wait a person's call is let in for. */
  readonly personWaitMs: number;
  /** For how much longer workers are held back; people go all the same. */
  readonly heldMs: () => number;
}

/** After so many people in a row one waiting worker goes, so that a flood of people can't stop open orders. */
const PEOPLE_IN_A_ROW = 4;

type Waiter = (grant: Grant) => void;

/** Makes a full bucket. */
export function createBudget(options: BudgetOptions): Budget {
  const { perSecond, burst, clock, sleep, personWaitMs, heldMs } = options;
  const queues: Record<Priority, Waiter[]> = { person: [], worker: [] };
  let tokens = burst;
  let filledAt = clock();
  let peopleInARow = 0;
  let nap: AbortController | undefined;

  function refill(): void {
    const now = clock();
    // A clock set back must not take tokens away.
    tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) * perSecond) / 1_000);
    filledAt = now;
  }

  const waitOf = (places: number): number => Math.ceil((Math.max(0, places - tokens) * 1_000) / perSecond);

  function next(): Waiter | undefined {
    const { person, worker } = queues;
    if (worker.length === 0 || heldMs() > 0) return person.shift();
    if (person.length === 0 || peopleInARow >= PEOPLE_IN_A_ROW) {
      peopleInARow = 0;
      return worker.shift();
    }
    peopleInARow += 1;
    return person.shift();
  }

  const nobodyWaits = (): boolean => queues.person.length + queues.worker.length === 0;

  /** How long there is nothing to grant. */
  const napMs = (): number => Math.max(waitOf(1), queues.person.length === 0 ? heldMs() : 0);

  function turn(): Waiter | undefined {
    const waiter = tokens >= 1 ? next() : undefined;
    if (waiter !== undefined) tokens -= 1;
    return waiter;
  }

  async function serve(): Promise<void> {
    if (nap !== undefined) return;
    for (;;) {
      refill();
      for (let waiter = turn(); waiter !== undefined; waiter = turn()) waiter('granted');
      if (nobodyWaits()) return;
      nap = new AbortController();
      await sleep(napMs(), nap.signal).catch(() => undefined);
      nap = undefined;
    }
  }

  function leave(queue: Waiter[], waiter: Waiter): void {
    const place = queue.indexOf(waiter);
    if (place >= 0) queue.splice(place, 1);
    if (nobodyWaits()) nap?.abort();
  }

  return {
    take(priority, signal) {
      if (signal.aborted) return Promise.resolve('stopped');
      refill();
      const queue = queues[priority];
      if (priority === 'person' && waitOf(queue.length + 1) > personWaitMs)
        return Promise.resolve('too-long');
      return new Promise((resolve) => {
        const stop = (): void => {
          leave(queue, waiter);
          resolve('stopped');
        };
        const waiter: Waiter = (grant) => {
          signal.removeEventListener('abort', stop);
          resolve(grant);
        };
        signal.addEventListener('abort', stop, { once: true });
        queue.push(waiter);
        // A nap for workers that are held back may be a long one.
        if (priority === 'person') nap?.abort();
        void serve();
      });
    },
  };
}
