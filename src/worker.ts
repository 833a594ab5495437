// The loop that moves every open order, the new one and the one found after a crash alike. One sweep of questions at a
// time, one bad order never stops the rest, a failure rests before it is tried again, a rest can be cut short, and
// stopping waits for the work in hand.

import type { Advance } from './app/advance-order.ts';
import { StoreFault, type Clock, type Showing, type Store } from './app/ports.ts';
import type { Failure, Sweep } from './app/sweep-orders.ts';
import type { Order } from './domain/order.ts';
import { nextAct, type NextAct } from './domain/transitions.ts';

export interface Worker {
  /** Runs until `stop`. */
  run(): Promise<void>;
  /** Something changed: look again now. */
  wake(): void;
  /** Ends the loop and waits for the work in hand. */
  stop(): Promise<void>;
}

/** Of what a sweep leaves; the rest is due again in the next one. */
const MOST_ASKED_ALONE = 50;

const isQuestion = (act: NextAct): boolean => act === 'ask' || act === 'look-up';

const LONGEST_REST_MS = 60_000;
const FAILURE_REST_MS = 2_000;
const LONGEST_FAILURE_REST_MS = 60_000;

export function createWorker(deps: {
  store: Pick<Store, 'mine' | 'renew'>;
  advance: Advance;
  sweep: Sweep;
  showing: Showing;
  clock: Clock;
  /** A step failed for a reason of ours (disk, bug); the order is tried again after a rest. */
  failed: (order: Order | undefined, error: unknown) => void;
  /** The orders are asked for, and while it stops signs of life given, at least so often, ms; a minute by default. */
  longestRestMs?: number;
}): Worker {
  const { store, advance, sweep, showing, clock, failed, longestRestMs = LONGEST_REST_MS } = deps;
  const inHand = new Map<string, Promise<void>>();
  const resting = new Map<string, { until: number; tries: number }>();
  let sweeping: Promise<void> | undefined;
  let stopped = false;
  let woken = false;
  let cutShort: (() => void) | undefined;

  function wake(): void {
    woken = true;
    cutShort?.();
  }

  async function rest(ms: number): Promise<void> {
    if (woken || stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      cutShort = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    cutShort = undefined;
  }

  function fail({ order, error }: Failure): void {
    const tries = (resting.get(order.ref)?.tries ?? 0) + 1;
    const wait = Math.min(FAILURE_REST_MS * 2 ** (tries - 1), LONGEST_FAILURE_REST_MS);
    resting.set(order.ref, { until: clock() + wait, tries });
    failed(order, error);
  }

  /** Runs work on these orders and keeps everybody else off them meanwhile. The work resolves to what failed. */
  function take(orders: readonly Order[], work: () => Promise<readonly Failure[]>): Promise<void> {
    const done = work()
      .catch((error: unknown) => orders.map((order) => ({ order, error })))
      .then((failures) => {
        const bad = new Set(failures.map(({ order }) => order.ref));
        // An order that went on into another hand meanwhile is that hand's.
        for (const { ref } of orders) if (!bad.has(ref) && inHand.get(ref) === done) resting.delete(ref);
        failures.forEach(fail);
      })
      .finally(() => {
        for (const { ref } of orders) if (inHand.get(ref) === done) inHand.delete(ref);
        wake();
      });
    for (const order of orders) inHand.set(order.ref, done);
    return done;
  }

  const isFree = (order: Order, now: number): boolean =>
    !inHand.has(order.ref) && (resting.get(order.ref)?.until ?? 0) <= now;

  async function sweepNow(questions: readonly Order[], open: readonly Order[]): Promise<readonly Failure[]> {
    try {
      const { failures, left } = await sweep(questions, open);
      // Each in a hand of its own that outlasts the sweep's: a slow answer holds up that order alone.
      if (stopped) return failures;
      for (const order of left.slice(0, MOST_ASKED_ALONE))
        void take([order], () => advance(order).then(() => []));
      return failures;
    } finally {
      // Before `take` wakes the loop, which would otherwise find a sweep in hand and rest past the next question.
      sweeping = undefined;
    }
  }

  function start(open: readonly Order[], now: number): void {
    const questions: Order[] = [];
    for (const order of open) {
      if (!isFree(order, now)) continue;
      const act = nextAct(order, now);
      if (act === 'nothing') continue;
      if (isQuestion(act)) questions.push(order);
      else void take([order], () => advance(order).then(() => []));
    }
    if (questions.length === 0 || sweeping !== undefined) return;
    sweeping = take(questions, () => sweepNow(questions, open));
  }

  function nextAt(open: readonly Order[]): number {
    let next = showing.nextAt(open) ?? Infinity;
    for (const order of open) {
      if (order.dueAt === null || inHand.has(order.ref)) continue;
      // Questions wait for the sweep in hand, whose end wakes the loop; counting them here would make it spin.
      if (sweeping !== undefined && isQuestion(nextAct(order, order.dueAt))) continue;
      next = Math.min(next, Math.max(order.dueAt, resting.get(order.ref)?.until ?? 0));
    }
    return next;
  }

  async function turn(): Promise<number> {
    woken = false;
    const now = clock();
    const open = await store.mine();
    if (stopped) return longestRestMs;
    start(open, now);
    showing.showDue(open, now);
    return Math.min(nextAt(open) - clock(), longestRestMs);
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      try {
        const wait = await turn();
        if (wait > 0) await rest(wait);
        else await new Promise((resolve) => setImmediate(resolve));
      } catch (error) {
        failed(undefined, error);
        await rest(
          Math.min(error instanceof StoreFault ? LONGEST_FAILURE_REST_MS : FAILURE_REST_MS, longestRestMs),
        );
      }
    }
  }
  let running = Promise.resolve();

  /** What is in hand stays ours until it is done, though nobody asks for the orders any more. */
  function holdOn(): NodeJS.Timeout {
    let renewing: Promise<void> | undefined;
    return setInterval(() => {
      renewing ??= store
        .renew()
        .catch((error: unknown) => failed(undefined, error))
        .finally(() => (renewing = undefined));
    }, longestRestMs);
  }

  return {
    wake,
    run: () => (running = loop()),
    stop: async () => {
      stopped = true;
      wake();
      const signs = holdOn();
      try {
        // A turn that is reading the orders right now must not begin anything after this.
        await running;
        await Promise.all([...inHand.values()]);
        await showing.settled();
      } finally {
        clearInterval(signs);
      }
    },
  };
}
