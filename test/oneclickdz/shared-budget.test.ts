// What a budget does with turns that are taken elsewhere, and when nobody answers there. The line itself is the database's
// (test/store/postgres/turns.test.ts).

import { expect, test } from 'vitest';

import type { Pause, SharedTraffic, Turn } from '../../src/app/sharing.ts';
import type { Grant } from '../../src/oneclickdz/budget.ts';
import { createSharedBudget } from '../../src/oneclickdz/shared-budget.ts';
import { heldTime, type Time } from './bench.ts';

const never = new AbortController().signal;
const now: Turn = { kind: 'taken', inMs: 0 };

function open(time: Time, turn: SharedTraffic['turn']) {
  const pauses: Pause[] = [];
  const budget = createSharedBudget({
    ...{ perSecond: 2, burst: 5, clock: time.clock, sleep: time.sleep, personWaitMs: 10_000 },
    traffic: { turn },
    heldMs: () => 0,
    paused: (pause) => void pauses.push(pause),
  });
  const at: [who: string, at: number][] = [];
  const start = time.clock();
  const take = (who: string, signal = never): Promise<Grant> =>
    budget.take(who.startsWith('w') ? 'worker' : 'person', signal).then((grant) => {
      at.push([`${who} ${grant}`, time.clock() - start]);
      return grant;
    });
  return { take, at, pauses };
}

test('a turn is used when it comes, and a person who would wait too long is told at once', async () => {
  const time = heldTime();
  const turns: Turn[] = [
    { kind: 'taken', inMs: 700 },
    { kind: 'later', afterMs: 1, pause: undefined },
  ];
  const { take, at } = open(time, () => Promise.resolve(turns.shift() ?? now));
  for (const who of ['p1', 'p2', 'p3']) void take(who);
  await time.advance(1_000);
  expect(at).toEqual([
    ['p2 too-long', 0],
    ['p3 granted', 0],
    ['p1 granted', 700],
  ]);
});

test('workers ask one after the other, again when they were told to, and tell the others’ pause on', async () => {
  const time = heldTime();
  const pause = { ms: 400, refusals: 2 };
  const answers: Turn[] = [{ kind: 'later', afterMs: 400, pause }];
  let asked = 0;
  const { take, at, pauses } = open(time, ({ priority }) => {
    asked += 1;
    return Promise.resolve((priority === 'worker' ? answers.shift() : undefined) ?? now);
  });
  for (const who of ['w1', 'w2', 'p1']) void take(who);
  await time.advance(399);
  expect([asked, at]).toEqual([2, [['p1 granted', 0]]]);
  await time.advance(1);
  expect(at.slice(1)).toEqual([
    ['w1 granted', 400],
    ['w2 granted', 400],
  ]);
  expect(pauses).toEqual([pause]);
});

test('whoever is stopped leaves at once, and holds up nobody behind', async () => {
  const time = heldTime();
  const answers: Turn[] = [{ kind: 'later', afterMs: 60_000, pause: undefined }];
  const { take, at } = open(time, () => Promise.resolve(answers.shift() ?? now));
  const [first, second] = [new AbortController(), new AbortController()];
  void take('w1', first.signal);
  void take('w2', second.signal);
  void take('w3');
  await time.advance(100);
  second.abort();
  await time.advance(100);
  first.abort();
  await time.advance(100);
  expect(at).toEqual([
    ['w2 stopped', 100],
    ['w1 stopped', 200],
    ['w3 granted', 200],
  ]);
  expect(await take('p1', first.signal)).toBe('stopped');
});

test('without an answer a process goes on by itself at a tenth of the rate, and asks again after a while', async () => {
  const time = heldTime();
  let isAway = true;
  let asked = 0;
  const { take, at } = open(time, () => {
    asked += 1;
    return isAway ? new Promise(() => undefined) : Promise.resolve(now);
  });
  for (const who of ['w1', 'w2', 'w3']) void take(who);
  await time.advance(20_000);
  // Two seconds until it is clear that nobody answers, then one request every five seconds, and the next asking.
  expect(at[0]).toEqual(['w1 granted', 2_000]);
  expect(at).toHaveLength(3);
  for (const [index, [, moment]] of at.entries())
    expect(moment).toBeGreaterThanOrEqual(2_000 + index * 5_000);
  expect(asked).toBeLessThanOrEqual(4);
  isAway = false;
  await time.advance(5_000);
  await take('w4');
  expect(at.at(-1)).toEqual(['w4 granted', 25_000]);
});

test('a refusal of the database counts as no answer', async () => {
  const time = heldTime();
  const { take, at } = open(time, () => Promise.reject(new Error('away')));
  void take('p1');
  await time.advance(0);
  expect(at).toEqual([['p1 granted', 0]]);
});
