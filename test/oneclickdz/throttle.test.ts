import { expect, test } from 'vitest';

import { createThrottle, type Throttle } from '../../src/oneclickdz/throttle.ts';
import { codeOf, heldTime, jumpingTime, openBench, order, until, type Time } from './bench.ts';
import { account, no, ok, type Reply, type Said } from './scripted-server.ts';

const MINUTE = 60_000;

const open = (time: Time): Throttle => createThrottle({ clock: time.clock, sleep: time.sleep });

/** So many refusals, each of the first call after the wait for the one before; what they made the polling wait. */
async function refusals(throttle: Throttle, time: Time, count: number): Promise<number[]> {
  const waits: number[] = [];
  for (let i = 0; i < count; i += 1) {
    throttle.heard({ status: 429, retryAfterMs: undefined });
    waits.push(throttle.heldMs());
    await time.advance(throttle.heldMs());
  }
  return waits;
}

test('without a hint the waits double from one second to a minute', async () => {
  const time = heldTime();
  const waits = await refusals(open(time), time, 9);
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
});

test.each([200, 404, 500])(
  'any other answer (%i) begins them anew, without ending the wait in hand',
  async (status) => {
    const time = heldTime();
    const throttle = open(time);
    await refusals(throttle, time, 4);
    throttle.heard({ status: 429, retryAfterMs: undefined });
    throttle.heard({ status, retryAfterMs: undefined });
    expect(throttle.heldMs()).toBe(16_000);
    await time.advance(16_000);
    expect(await refusals(throttle, time, 2)).toEqual([1_000, 2_000]);
  },
);

test('calls that were out together are refused together, and that counts once', () => {
  const time = heldTime();
  const throttle = open(time);
  for (let i = 0; i < 5; i += 1) throttle.heard({ status: 429, retryAfterMs: undefined });
  expect(throttle.heldMs()).toBe(1_000);
});

test.each([
  ['as it is', 90_000, 90_000],
  ['up to ten minutes', 86_400_000, 10 * MINUTE],
  ['from one second on', 0, 1_000],
])('a hint is believed %s', (_how, retryAfterMs, held) => {
  const throttle = open(heldTime());
  throttle.heard({ status: 429, retryAfterMs });
  expect(throttle.heldMs()).toBe(held);
  throttle.heard({ status: 429, retryAfterMs: 500 });
  expect(throttle.heldMs()).toBe(held);
});

test('a clock that is set back does not make the wait any longer than the longest', () => {
  let now = Date.UTC(2026, 8, 1);
  const throttle = createThrottle({ clock: () => now, sleep: () => Promise.resolve() });
  throttle.heard({ status: 429, retryAfterMs: 5_000 });
  now -= 24 * 60 * MINUTE;
  expect(throttle.heldMs()).toBe(0);
  throttle.heard({ status: 429, retryAfterMs: 5_000 });
  expect(throttle.heldMs()).toBe(5_000);
});

const throttled = (retryAfter?: number): Said => ({
  ...no(429, 'RATE_LIMIT_EXCEEDED'),
  headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
});

/** A client that has been told to wait half a minute, on a clock that stands still. */
async function openHeld() {
  const time = heldTime();
  const bench = await openBench(
    ({ path }) => (path === 'internet/send' ? throttled(30) : ok({ balance: 1 })),
    { time },
  );
  await bench.topups.balance('person');
  expect(await bench.topups.send(order)).toMatchObject({ kind: 'not-executed', waitMs: 30_000 });
  const sent = (): number => bench.server.asked.length - 2;
  return { bench, time, sent, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() };
}

test('after "too many requests" to anybody all polling waits as long as was said, and then goes', async () => {
  await using held = await openHeld();
  const { bench, time, sent } = held;
  const polling = [1, 2, 3].map(() => bench.topups.balance('worker'));
  await time.advance(29_999);
  // A whole round trip, by which any poll that went out would have arrived.
  await bench.topups.balance('person');
  expect(sent()).toBe(1);
  await time.advance(1);
  expect(await Promise.all(polling)).toEqual([100, 100, 100]);
});

test('meanwhile people are served, and so is a purchase', async () => {
  await using held = await openHeld();
  const { bench } = held;
  bench.server.script = ({ path }) => ok(path === 'internet/send' ? { topupId: 'a1' } : { balance: 1 });
  expect(await bench.topups.balance('person')).toBe(100);
  expect(await bench.topups.send(order)).toMatchObject({ kind: 'accepted' });
});

test('closing or a halt ends the wait', async () => {
  await using first = await openHeld();
  const closing = codeOf(first.bench.topups.balance('worker'));
  await first.time.advance(1_000);
  first.bench.topups.close();
  expect(await closing).toBe('unreachable');

  await using second = await openHeld();
  const halting = codeOf(second.bench.topups.balance('worker'));
  await second.time.advance(1_000);
  second.bench.server.script = () => no(401, 'ERR_AUTH');
  await codeOf(second.bench.topups.balance('person'));
  expect(await halting).toBe('no-access');
  expect([first.sent(), second.sent()]).toEqual([0, 1]);
});

test('polling that was waiting for its turn is held back too', async () => {
  const time = heldTime();
  let reply: Reply = ok({ balance: 1 });
  await using bench = await openBench(() => reply, { time, rate: { perSecond: 1, burst: 2 } });
  await bench.topups.balance('person');
  reply = throttled(30);
  const refused = codeOf(bench.topups.balance('worker'));
  const queued = bench.topups.balance('worker');
  expect(await refused).toBe('throttled');
  reply = ok({ balance: 2 });
  await time.advance(29_000);
  await bench.topups.balance('person');
  expect(bench.server.asked).toHaveLength(3);
  await time.advance(1_000);
  expect(await queued).toBe(200);
});

test('a poll that is repeated waits once: as long as was said, or until its repeat is due', async () => {
  const time = jumpingTime();
  const replies: Reply[] = [
    ok({ balance: 1 }),
    throttled(6),
    ok({ balance: 2 }),
    throttled(),
    ok({ balance: 3 }),
  ];
  await using bench = await openBench(() => replies.shift() ?? 'drop', { time });
  await bench.topups.balance('person');
  expect(await bench.topups.balance('worker')).toBe(200);
  expect(time.slept).toEqual([6_000]);
  expect(await bench.topups.balance('worker')).toBe(300);
  expect(time.slept).toEqual([6_000, 500, 500]);
});

test('a storm of refusals is met with fewer and fewer polls', async () => {
  const time = heldTime();
  await using bench = await openBench(() => throttled(), { time });
  const loop = (async () => {
    while ((await codeOf(bench.topups.balance('worker'))) === 'throttled');
  })();
  const perMinute: number[] = [];
  for (let minute = 0; minute < 5; minute += 1) {
    const before = bench.server.asked.length;
    for (let second = 0; second < 60; second += 1) {
      await time.advance(1_000);
      await until(() => bench.facts.length === bench.server.asked.length);
    }
    perMinute.push(bench.server.asked.length - before);
  }
  bench.topups.close();
  await loop;
  expect(perMinute[0]).toBeLessThanOrEqual(7);
  expect(perMinute.slice(1).every((count) => count <= 2)).toBe(true);
});

test('before the key has proved good, polling that is held back keeps no person out', async () => {
  const time = heldTime();
  let reply: Reply = throttled(60);
  await using bench = await openBench(() => reply, { time });
  expect(await codeOf(bench.topups.balance('worker'))).toBe('throttled');
  const polling = bench.topups.balance('worker');
  await time.advance(1_000);
  reply = account;
  expect(await bench.topups.validate()).toMatchObject({ sandbox: false });
  reply = ok({ balance: 1 });
  await time.advance(MINUTE);
  expect(await polling).toBe(100);
});
