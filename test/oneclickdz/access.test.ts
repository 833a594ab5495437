// Whether we may call at all: one at a time until the key has proved good, and not at all once it was refused.

import { expect, test } from 'vitest';
import { createAccess, type Access, type Entry, type HaltDetail } from '../../src/oneclickdz/access.ts';
import { heldTime } from './bench.ts';

const PAUSE = 16 * 60_000;

function openAccess() {
  const time = heldTime();
  const halts: HaltDetail[] = [];
  const access = createAccess({
    ...{ clock: time.clock, sleep: time.sleep, personWaitMs: 5_000 },
    onHalt: (detail) => void halts.push(detail),
  });
  return { time, halts, access };
}

/** What a call is told now; undefined while it waits. */
async function soon(entering: Promise<Entry>): Promise<Entry['kind'] | undefined> {
  let kind: Entry['kind'] | undefined;
  void entering.then((entry) => (kind = entry.kind));
  for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
  return kind;
}

async function enter(access: Access): Promise<Extract<Entry, { kind: 'in' }>> {
  const entry = await access.enter('worker');
  if (entry.kind !== 'in') throw new Error(`the way in was ${entry.kind}`);
  return entry;
}

test('the next one goes in when the first has left, and all once an answer has shown that the key is good', async () => {
  const { access } = openAccess();
  const first = await enter(access);
  const [second, third] = [access.enter('worker'), access.enter('person')];
  expect([await soon(second), await soon(third)]).toEqual([undefined, undefined]);
  first.leave();
  expect([await soon(second), await soon(third)]).toEqual(['in', undefined]);
  access.trust();
  const last = await second;
  if (last.kind === 'in') last.leave();
  expect([await soon(third), await soon(access.enter('worker'))]).toEqual(['in', 'in']);
});

test('a person gives up after a while, polling does not', async () => {
  const { access, time } = openAccess();
  await enter(access);
  const [person, worker] = [access.enter('person'), access.enter('worker')];
  await time.advance(4_999);
  expect(await soon(person)).toBeUndefined();
  await time.advance(1);
  expect([await soon(person), await soon(worker)]).toEqual(['too-long', undefined]);
});

test('whoever waits for a first call that is refused does not go at all', async () => {
  const { access } = openAccess();
  const first = await enter(access);
  const waiting = access.enter('worker');
  access.halt('key');
  first.leave();
  expect([await soon(waiting), await soon(access.enter('person'))]).toEqual(['halted', 'halted']);
});

test('a refused key halts for good: neither a blocked address nor a late yes makes it less', async () => {
  const { access, time, halts } = openAccess();
  access.halt('key');
  access.halt('address');
  access.trust();
  await time.advance(100 * PAUSE);
  expect(access.halted()).toBe(true);
  expect(halts).toEqual(['key']);
});

test('a blocked address passes, and has to prove good again, one call at a time', async () => {
  const { access, time } = openAccess();
  access.trust();
  access.halt('address');
  access.trust();
  await time.advance(PAUSE - 1);
  expect(await soon(access.enter('worker'))).toBe('halted');
  await time.advance(1);
  await enter(access);
  expect(await soon(access.enter('worker'))).toBeUndefined();
});

test('the same cause is told again only when there was a yes in between', async () => {
  const { access, time, halts } = openAccess();
  access.halt('address');
  await time.advance(PAUSE);
  access.halt('address');
  expect(halts).toEqual(['address']);
  await time.advance(PAUSE);
  access.trust();
  access.halt('address');
  expect(halts).toEqual(['address', 'address']);
});

test('every halt ends the waits of its own time, not those that begin after it', async () => {
  const { access, time } = openAccess();
  const before = access.stopped();
  access.halt('address');
  expect([before.aborted, access.stopped().aborted]).toEqual([true, true]);
  await time.advance(PAUSE);
  expect(access.stopped().aborted).toBe(false);
  access.close();
  expect(access.stopped().aborted).toBe(true);
});

test('once it is closed nobody goes in, whoever waits included', async () => {
  const { access } = openAccess();
  await enter(access);
  const waiting = access.enter('worker');
  access.close();
  expect([await soon(waiting), await soon(access.enter('person')), access.closed()]).toEqual([
    ...['closed', 'closed'],
    true,
  ]);
});
