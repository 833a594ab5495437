// The manners of the loop: one sweep at a time, rests that can be cut short, and an end that waits for the work in hand.

import { describe, expect, it, vi } from 'vitest';
import { StoreFault } from '../src/app/ports.ts';
import { HOUR, inState, MINUTE, NOW, ref, SECOND } from './domain/an-order.ts';
import { asking, clockForEach, fresh, moveOn, pass, startLoop, workerWith } from './worker-loop.ts';

clockForEach();

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
    const worker = workerWith(loop, { longestRestMs: 5 * SECOND });
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

  it('gives signs of life for what is in hand to the very end, and is not kept by one that fails', async () => {
    const loop = startLoop();
    const worker = workerWith(loop, { longestRestMs: 5 * SECOND });
    const away = new StoreFault('unwritable', undefined);
    const renewed = vi.fn(() => Promise.reject(away));
    const shown = Promise.withResolvers<undefined>();
    loop.showing.settled = shown.promise;
    loop.put(fresh('t0000001'));
    void worker.run();
    await pass(0);
    loop.renew = renewed;
    const turns = loop.turns();
    const stopped = worker.stop();
    await pass(5 * SECOND);
    expect(renewed).toHaveBeenCalledTimes(1);
    // One that gets no answer is waited for by nobody, and not asked for a second time.
    const { promise, resolve } = Promise.withResolvers<never>();
    loop.renew = renewed.mockImplementation(() => promise);
    await pass(25 * SECOND);
    expect(renewed).toHaveBeenCalledTimes(2);
    resolve(Promise.reject(away));
    loop.renew = renewed.mockImplementation(() => Promise.reject(away));
    await pass(10 * SECOND);
    expect(renewed).toHaveBeenCalledTimes(4);
    loop.advances[0]?.done();
    await pass(5 * SECOND);
    expect(renewed).toHaveBeenCalledTimes(5);
    shown.resolve(undefined);
    expect(await isOver(stopped)).toBe(true);
    await pass(MINUTE);
    expect(renewed).toHaveBeenCalledTimes(5);
    expect(loop.turns()).toBe(turns);
    expect(loop.failures).toEqual(Array(5).fill([undefined, away]));
  });

  it('begins nothing of what a sweep in hand leaves', async () => {
    const loop = startLoop();
    const swept = Promise.withResolvers<undefined>();
    const order = asking('t0000001');
    const worker = workerWith(loop, {
      sweep: () => swept.promise.then(() => ({ failures: [], left: [order] })),
    });
    loop.put(order);
    void worker.run();
    await pass(0);
    const stopped = worker.stop();
    swept.resolve(undefined);
    expect(await isOver(stopped)).toBe(true);
    expect(loop.advances).toEqual([]);
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
