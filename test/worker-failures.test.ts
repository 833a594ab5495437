// What fails, and what is slow, holds up nobody else: each order rests and is tried again by itself.

import { describe, expect, it } from 'vitest';
import { StoreFault } from '../src/app/ports.ts';
import { createSweep } from '../src/app/sweep-orders.ts';
import type { Order } from '../src/domain/order.ts';
import { plainVault } from './app/in-memory.ts';
import { scriptedTopups } from './app/scripted-topups.ts';
import { MINUTE, SECOND } from './domain/an-order.ts';
import { asking, clockForEach, fresh, moveOn, pass, startLoop, workerWith } from './worker-loop.ts';

clockForEach();

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
    const worker = workerWith(loop, { sweep, advance });
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
    const worker = workerWith(loop, {
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
