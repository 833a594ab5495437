// The worker's loop over work that ends when the test says so, on a clock moved by hand.

import { afterEach, beforeEach, vi } from 'vitest';
import type { Showing, Store } from '../src/app/ports.ts';
import { isSettled, type Order, type Ref } from '../src/domain/order.ts';
import { createWorker, type Worker } from '../src/worker.ts';
import { memoryStore } from './app/memory-store.ts';
import { HOUR, inState, NOW, ref } from './domain/an-order.ts';

/** Work that ends when the test says so. */
export interface Job {
  readonly refs: readonly Ref[];
  done(): void;
  fail(): void;
}

export interface Loop {
  readonly worker: Worker;
  /** What the worker is made from. */
  readonly parts: Parameters<typeof createWorker>[0];
  readonly orders: Map<Ref, Order>;
  readonly advances: Job[];
  readonly sweeps: Job[];
  readonly failures: [string | undefined, unknown][];
  /** How often the loop has looked at the orders. */
  turns(): number;
  /** What reading the orders does. */
  read: () => Promise<void>;
  /** What a sign of life does. */
  renew: () => Promise<void>;
  showing: { nextAt: number | undefined; shown: number; settled: Promise<void> };
  put(...orders: Order[]): void;
}

const running: Worker[] = [];

function begin(parts: Loop['parts']): Worker {
  const worker = createWorker(parts);
  running.push(worker);
  return worker;
}

/** Another worker on the same orders, which does some things in its own way. */
export const workerWith = (loop: Loop, parts: Partial<Loop['parts']>): Worker =>
  begin({ ...loop.parts, ...parts });

export function startLoop(): Loop {
  const orders = new Map<Ref, Order>();
  const advances: Job[] = [];
  const sweeps: Job[] = [];
  const failures: Loop['failures'] = [];
  let turns = 0;
  const job = (to: Job[], given: readonly Order[]): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const refs = given.map((order) => order.ref);
    to.push({ refs, done: () => resolve(undefined), fail: () => reject(new Error('a bug')) });
    return promise;
  };
  const store: Store = {
    ...memoryStore(),
    mine: async () => {
      turns += 1;
      await loop.read();
      return [...orders.values()];
    },
    renew: () => loop.renew(),
  };
  const showing: Showing = {
    showDue: () => void (loop.showing.shown += 1),
    nextAt: () => loop.showing.nextAt,
    settled: () => loop.showing.settled,
  };
  const parts: Loop['parts'] = {
    store,
    showing,
    advance: (order) => job(advances, [order]),
    sweep: (due) => job(sweeps, due).then(() => ({ failures: [], left: [] })),
    clock: () => Date.now(),
    failed: (order, error) => void failures.push([order?.ref, error]),
  };
  const worker = begin(parts);
  const loop: Loop = {
    ...{ worker, parts, orders, advances, sweeps, failures, turns: () => turns },
    read: () => Promise.resolve(),
    renew: () => Promise.resolve(),
    showing: { nextAt: undefined, shown: 0, settled: Promise.resolve() },
    put: (...given) => {
      for (const order of given) orders.set(order.ref, order);
    },
  };
  return loop;
}

export const asking = (name: string, more: Partial<Order> = {}): Order =>
  inState('handling', { ref: ref(name), ...more });
export const fresh = (name: string, more: Partial<Order> = {}): Order =>
  inState('confirmed', { ref: ref(name), ...more });
export const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** An order as it is after its step: due again later. */
export function moveOn(loop: Loop, jobs: readonly (Job | undefined)[]): void {
  for (const job of jobs) {
    for (const name of job?.refs ?? []) {
      const order = loop.orders.get(name);
      if (order !== undefined && !isSettled(order)) loop.put({ ...order, dueAt: Date.now() + HOUR });
    }
    job?.done();
  }
}

/** Every test begins at `NOW`, and leaves no loop behind. */
export function clockForEach(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
  });

  afterEach(async () => {
    for (const worker of running.splice(0)) void worker.stop();
    await pass(HOUR);
    vi.useRealTimers();
  });
}
