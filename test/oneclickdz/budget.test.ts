import { expect, test } from 'vitest';

import type { Priority } from '../../src/app/ports.ts';
import { createBudget, type Grant } from '../../src/oneclickdz/budget.ts';
import { heldTime, type Time } from './bench.ts';

const open = (time: Time, heldUntil = 0) =>
  createBudget({
    ...{ perSecond: 2, burst: 5, clock: time.clock, sleep: time.sleep, personWaitMs: 10_000 },
    heldMs: () => Math.max(0, heldUntil - time.clock()),
  });

const never = new AbortController().signal;

test('a burst goes at once and the rest at the steady rate, never faster', async () => {
  const time = heldTime();
  const start = time.clock();
  const budget = open(time);
  const at: number[] = [];
  for (let i = 0; i < 25; i += 1) void budget.take('worker', never).then(() => at.push(time.clock() - start));
  await time.advance(60_000);
  expect(at).toHaveLength(25);
  expect(at.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 500]);
  expect(at.at(-1)).toBe(10_000);
  for (const from of at) {
    const within = at.filter((moment) => moment >= from && moment < from + 5_000);
    expect(within.length).toBeLessThanOrEqual(5 + 2 * 5);
  }
});

test('an unused budget never saves up more than the burst', async () => {
  const time = heldTime();
  const budget = open(time);
  await time.advance(3_600_000);
  let granted = 0;
  for (let i = 0; i < 8; i += 1) void budget.take('worker', never).then(() => (granted += 1));
  await time.advance(0);
  expect(granted).toBe(5);
});

test('people go before workers that came first, and every fifth turn is a waiting worker’s', async () => {
  const time = heldTime();
  const budget = open(time);
  const order: string[] = [];
  const queue = (who: Priority, name: string): void =>
    void budget.take(who, never).then(() => order.push(name));
  for (let i = 0; i < 5; i += 1) queue('worker', 'burst');
  queue('worker', 'w1');
  queue('worker', 'w2');
  for (let i = 1; i <= 6; i += 1) queue('person', `p${i}`);
  await time.advance(10_000);
  expect(order.slice(5)).toEqual(['p1', 'p2', 'p3', 'p4', 'w1', 'p5', 'p6', 'w2']);
});

test('a person who would wait too long is told at once, and takes nobody’s turn', async () => {
  const time = heldTime();
  const budget = open(time);
  const grants: Grant[] = [];
  for (let i = 0; i < 40; i += 1) void budget.take('person', never).then((grant) => grants.push(grant));
  await time.advance(0);
  expect(grants.filter((grant) => grant === 'too-long')).toHaveLength(15);
  await time.advance(10_000);
  expect(grants.filter((grant) => grant === 'granted')).toHaveLength(25);
});

test('a wait that is stopped leaves the queue without using a turn', async () => {
  const time = heldTime();
  const budget = open(time);
  for (let i = 0; i < 5; i += 1) await budget.take('worker', never);
  const stop = new AbortController();
  const left = budget.take('worker', stop.signal);
  const stays = budget.take('worker', never);
  stop.abort();
  expect(await left).toBe('stopped');
  await time.advance(500);
  expect(await stays).toBe('granted');
  expect(await budget.take('person', stop.signal)).toBe('stopped');
});

test('while the provider wants quiet workers keep their places in the queue, and people go on', async () => {
  const time = heldTime();
  const start = time.clock();
  const budget = open(time, start + 30_000);
  const at: [who: string, at: number][] = [];
  const queue = (who: Priority, name: string): void =>
    void budget.take(who, never).then(() => at.push([name, time.clock() - start]));
  queue('worker', 'w1');
  queue('worker', 'w2');
  queue('person', 'p1');
  await time.advance(20_000);
  for (const name of ['p2', 'p3', 'p4', 'p5', 'p6', 'p7']) queue('person', name);
  await time.advance(20_000);
  expect(at).toEqual([
    ['p1', 0],
    ...['p2', 'p3', 'p4', 'p5', 'p6'].map((name) => [name, 20_000]),
    ['p7', 20_500],
    ['w1', 30_000],
    ['w2', 30_000],
  ]);
});

test('a worker that is held back leaves the queue when it is stopped', async () => {
  const time = heldTime();
  const budget = open(time, time.clock() + 30_000);
  const stop = new AbortController();
  const left = budget.take('worker', stop.signal);
  await time.advance(1_000);
  stop.abort();
  expect(await left).toBe('stopped');
});

test('a clock that is set back only makes calls wait', async () => {
  let now = 1_000_000;
  const budget = createBudget({
    perSecond: 2,
    burst: 5,
    clock: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    personWaitMs: 10_000,
    heldMs: () => 0,
  });
  for (let i = 0; i < 5; i += 1) await budget.take('worker', never);
  now -= 500_000;
  const before = now;
  expect(await budget.take('worker', never)).toBe('granted');
  expect(now - before).toBe(500);
});
