// The five manners of the loop, on a clock moved by hand.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreFault, type Showing, type Store } from '../src/app/ports.ts';
import { isSettled, type Order, type Ref } from '../src/domain/order.ts';
import { createWorker, type Worker } from '../src/worker.ts';
import { createSweep } from '../src/app/sweep-orders.ts';
import { plainVault } from './app/in-memory.ts';
import { memoryStore } from './app/memory-store.ts';
import { scriptedTopups } from './app/scripted-topups.ts';
import { HOUR, inState, MINUTE, NOW, ref, SECOND } from './domain/an-order.ts';

/** Work that ends when the test says so. */
interface Job {
  readonly refs: readonly Ref[];
  done(): void;
  fail(): void;
}

interface Loop {
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
  showing: { nextAt: number | undefined; shown: number; settled: Promise<void> };
  put(...orders: Order[]): void;
}

const running: Worker[] = [];

function startLoop(): Loop {
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
  const worker = createWorker(parts);
  const loop: Loop = {
    ...{ worker, parts, orders, advances, sweeps, failures, turns: () => turns },
    read: () => Promise.resolve(),
    showing: { nextAt: undefined, shown: 0, settled: Promise.resolve() },
    put: (...given) => {
      for (const order of given) orders.set(order.ref, order);
    },
  };
  running.push(worker);
  return loop;
}

const asking = (name: string, more: Partial<Order> = {}): Order =>
  inState('handling', { ref: ref(name), ...more });
const fresh = (name: string, more: Partial<Order> = {}): Order =>
  inState('confirmed', { ref: ref(name), ...more });
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** An order as it is after its step: due again later. */
function moveOn(loop: Loop, jobs: readonly (Job | undefined)[]): void {
  for (const job of jobs) {
    for (const name of job?.refs ?? []) {
      const order = loop.orders.get(name);
      if (order !== undefined && !isSettled(order)) loop.put({ ...order, dueAt: Date.now() + HOUR });
    }
    job?.done();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(async () => {
  for (const worker of running.splice(0)) void worker.stop();
  await pass(HOUR);
  vi.useRealTimers();
});

describe('one sweep at a time', () => {
  it('asks about all due orders together, and about later ones in the next sweep', async () => {
    const loop = startLoop();
    loop.put(asking('t0000001'), asking('t0000002'), asking('t0000003', { dueAt: NOW + SECOND }));
    void loop.worker.run();
    await pass(2 * SECOND);
    expect(loop.sweeps.map(({ refs }) => refs)).toEqual([['t0000001', 't0000002']]);
    moveOn(loop, loop.sweeps);
    await pass(0);
    expect(loop.sweeps.map(({ refs }) => refs)).toEqual([['t0000001', 't0000002'], ['t0000003']]);
  });

  it('is followed by the next when that is due, without anybody waking the loop', async () => {
    const loop = startLoop();
    loop.put(asking('t0000001'), asking('t0000002', { dueAt: NOW + 5 * SECOND }));
    void loop.worker.run();
    await pass(SECOND);
    moveOn(loop, loop.sweeps);
    await pass(4 * SECOND);
    expect(loop.sweeps.map(({ refs }) => refs)).toEqual([['t0000001'], ['t0000002']]);
  });

  it('sends and settles beside it: nobody waits for the questions of others', async () => {
    const loop = startLoop();
    loop.put(asking('t0000001'));
    void loop.worker.run();
    await pass(0);
    loop.put(fresh('t0000002'), fresh('t0000003'));
    loop.worker.wake();
    await pass(0);
    expect(loop.sweeps).toHaveLength(1);
    expect(loop.advances.map(({ refs }) => refs)).toEqual([['t0000002'], ['t0000003']]);
  });

  it('never has an order in two hands', async () => {
    const loop = startLoop();
    loop.put(fresh('t0000001'), asking('t0000002'));
    void loop.worker.run();
    for (let woken = 0; woken < 5; woken += 1) {
      loop.worker.wake();
      await pass(SECOND);
    }
    expect(loop.advances).toHaveLength(1);
    expect(loop.sweeps).toHaveLength(1);
  });

  it('does not turn idly while questions wait for the sweep in hand', async () => {
    const loop = startLoop();
    loop.put(asking('t0000001'));
    void loop.worker.run();
    await pass(0);
    loop.put(asking('t0000002'), inState('unknown', { ref: ref('t0000003') }));
    loop.worker.wake();
    await pass(0);
    const before = loop.turns();
    await pass(30 * SECOND);
    expect(loop.turns() - before).toBeLessThanOrEqual(1);
    expect(loop.sweeps).toHaveLength(1);
  });

  it('does not turn idly while a sending is in hand', async () => {
    const loop = startLoop();
    loop.put(fresh('t0000001'));
    void loop.worker.run();
    await pass(0);
    const before = loop.turns();
    await pass(30 * SECOND);
    expect(loop.turns() - before).toBeLessThanOrEqual(1);
  });
});

describe('a bad order', () => {
  it('does not stop the rest', async () => {
    const loop = startLoop();
    loop.put(fresh('t0000001'), fresh('t0000002'), asking('t0000003'));
    void loop.worker.run();
    await pass(0);
    loop.advances[0]?.fail();
    await pass(0);
    expect(loop.failures.map(([name]) => name)).toEqual(['t0000001']);
    moveOn(loop, [loop.advances[1], loop.sweeps[0]]);
    loop.put(fresh('t0000004'));
    loop.worker.wake();
    await pass(0);
    expect(loop.advances.map(({ refs }) => refs[0])).toEqual(['t0000001', 't0000002', 't0000004']);
  });

  it('rests longer and longer before it is tried again, a minute at the most', async () => {
    const loop = startLoop();
    loop.put(fresh('t0000001'));
    void loop.worker.run();
    await pass(0);
    const rests: number[] = [];
    for (let tries = 1; tries <= 8; tries += 1) {
      const failedAt = Date.now();
      loop.advances.at(-1)?.fail();
      while (loop.advances.length === tries) await pass(100);
      rests.push(Math.round((Date.now() - failedAt) / SECOND));
    }
    expect(rests).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('begins its rests again after a step that went well', async () => {
    const loop = startLoop();
    loop.put(fresh('t0000001'));
    void loop.worker.run();
    await pass(0);
    loop.advances[0]?.fail();
    await pass(2 * SECOND);
    loop.advances[1]?.done();
    await pass(0);
    loop.advances[2]?.fail();
    await pass(2 * SECOND);
    expect(loop.advances).toHaveLength(4);
  });

  it('in a sweep rests with it, and the loop does not turn idly meanwhile', async () => {
    const loop = startLoop();
    loop.put(asking('t0000001'), asking('t0000002'));
    void loop.worker.run();
    await pass(0);
    const before = loop.turns();
    loop.sweeps[0]?.fail();
    await pass(2 * SECOND - 1);
    expect(loop.sweeps).toHaveLength(1);
    expect(loop.turns() - before).toBeLessThanOrEqual(2);
    await pass(1);
    expect(loop.sweeps).toHaveLength(2);
  });
});

describe('a bad order among the questions', () => {
  it('keeps nobody in its sweep waiting', async () => {
    const loop = startLoop();
    loop.put(asking('t0000001'), asking('t0000002'));
    let asked = 0;
    const sweep = createSweep({
      ...{ topups: scriptedTopups(), vault: plainVault, record: () => Promise.resolve(undefined) },
      clock: () => Date.now(),
      stopping: () => false,
    });
    const advance = (order: Order): Promise<void> => {
      if (order.ref === 't0000001') return Promise.reject(new Error('a bug'));
      asked += 1;
      loop.put({ ...order, dueAt: Date.now() + 5 * SECOND });
      return Promise.resolve();
    };
    const worker = createWorker({ ...loop.parts, sweep, advance });
    running.push(worker);
    void worker.run();
    await pass(MINUTE);
    expect(asked).toBeGreaterThanOrEqual(10);
    expect(loop.failures.length).toBeLessThanOrEqual(8);
    expect(new Set(loop.failures.map(([name]) => name))).toEqual(new Set(['t0000001']));
  });
});

describe('an answer that is slow to come', () => {
  it('holds up its own order alone', async () => {
    const loop = startLoop();
    loop.put(asking('t0000001'), asking('t0000002'));
    const asked: string[] = [];
    const worker = createWorker({
      ...loop.parts,
      sweep: (due) => Promise.resolve({ failures: [], left: due }),
      advance: (order) => {
        asked.push(order.ref);
        if (order.ref === 't0000001') return new Promise(() => undefined);
        loop.put({ ...order, dueAt: Date.now() + 5 * SECOND });
        return Promise.resolve();
      },
    });
    void worker.run();
    await pass(21 * SECOND);
    expect(asked.filter((name) => name === 't0000001')).toHaveLength(1);
    expect(asked.filter((name) => name === 't0000002')).toHaveLength(5);
  });
});

describe('a failure to read the orders', () => {
  it.each([
    ['a bug', new Error('a bug'), 2 * SECOND],
    ['the disk', new StoreFault('unwritable', undefined), MINUTE],
  ])('(%s) rests, is told of, and the loop goes on', async (_what, error, rest) => {
    const loop = startLoop();
    loop.put(fresh('t0000001'));
    loop.read = () => {
      loop.read = () => Promise.resolve();
      return Promise.reject(error);
    };
    void loop.worker.run();
    await pass(rest - 1);
    expect(loop.turns()).toBe(1);
    expect(loop.failures).toEqual([[undefined, error]]);
    await pass(1);
    expect(loop.advances).toHaveLength(1);
  });
});

describe('a rest', () => {
  it('lasts until the next order is due', async () => {
    const loop = startLoop();
    loop.put(
      asking('t0000001', { dueAt: NOW + 30 * SECOND }),
      fresh('t0000002', { dueAt: NOW + 20 * SECOND }),
    );
    void loop.worker.run();
    await pass(20 * SECOND - 1);
    expect([loop.turns(), loop.advances.length]).toEqual([1, 0]);
    await pass(1);
    expect(loop.advances).toHaveLength(1);
  });

  it('lasts until something has to be shown', async () => {
    const loop = startLoop();
    loop.showing.nextAt = NOW + 5 * SECOND;
    void loop.worker.run();
    await pass(0);
    const shown = loop.showing.shown;
    loop.showing.nextAt = undefined;
    await pass(5 * SECOND);
    expect(loop.showing.shown).toBe(shown + 1);
  });

  it('is a minute at the most', async () => {
    const loop = startLoop();
    void loop.worker.run();
    await pass(10 * MINUTE);
    expect(loop.turns()).toBe(11);
  });

  it('is shorter where each look is a sign of life, after a failure of the store too', async () => {
    const loop = startLoop();
    const worker = createWorker({ ...loop.parts, longestRestMs: 5 * SECOND });
    running.push(worker);
    loop.read = () => {
      loop.read = () => Promise.resolve();
      return Promise.reject(new StoreFault('unwritable', undefined));
    };
    void worker.run();
    await pass(MINUTE);
    expect(loop.turns()).toBe(13);
  });

  it('is cut short by a wake, also by one during the look before it', async () => {
    const loop = startLoop();
    void loop.worker.run();
    await pass(SECOND);
    loop.put(fresh('t0000001'));
    loop.worker.wake();
    await pass(0);
    expect(loop.advances).toHaveLength(1);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    loop.read = () => promise;
    loop.worker.wake();
    await pass(0);
    loop.worker.wake();
    loop.read = () => Promise.resolve();
    const before = loop.turns();
    resolve(undefined);
    await pass(0);
    expect(loop.turns()).toBe(before + 1);
  });
});

describe('stopping', () => {
  /** Whether the promise has resolved by now. */
  async function isOver(promise: Promise<void>): Promise<boolean> {
    let over = false;
    void promise.then(() => (over = true));
    await pass(0);
    return over;
  }

  it('waits for the work in hand, and takes no more', async () => {
    const loop = startLoop();
    loop.put(fresh('t0000001'), asking('t0000002'));
    const run = loop.worker.run();
    await pass(0);
    const stopped = loop.worker.stop();
    loop.put(fresh('t0000003'));
    loop.advances[0]?.done();
    expect(await isOver(stopped)).toBe(false);
    loop.sweeps[0]?.fail();
    expect(await isOver(stopped)).toBe(true);
    expect(await isOver(run)).toBe(true);
    expect(loop.advances).toHaveLength(1);
  });

  it('waits for what is being shown', async () => {
    const loop = startLoop();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    loop.showing.settled = promise;
    void loop.worker.run();
    await pass(0);
    const stopped = loop.worker.stop();
    expect(await isOver(stopped)).toBe(false);
    resolve(undefined);
    expect(await isOver(stopped)).toBe(true);
  });

  it('cuts a rest short', async () => {
    const loop = startLoop();
    const run = loop.worker.run();
    await pass(SECOND);
    await loop.worker.stop();
    expect(await isOver(run)).toBe(true);
    const turns = loop.turns();
    await pass(HOUR);
    expect(loop.turns()).toBe(turns);
  });

  it('while the orders are being read begins nothing afterwards', async () => {
    const loop = startLoop();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    loop.read = () => promise;
    loop.put(fresh('t0000001'), asking('t0000002'));
    void loop.worker.run();
    await pass(0);
    const stopped = loop.worker.stop();
    await pass(0);
    resolve(undefined);
    await pass(0);
    await stopped;
    expect([...loop.advances, ...loop.sweeps]).toEqual([]);
    expect(loop.showing.shown).toBe(0);
  });
});
