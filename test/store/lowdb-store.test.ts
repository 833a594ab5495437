import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Committed, Store } from '../../src/app/ports.ts';
import { EMPTY_BOOKS } from '../../src/domain/ledger.ts';
import { dinars } from '../../src/domain/money.ts';
import type { Purchase } from '../../src/domain/purchase.ts';
import { TWIN_WINDOW_MS } from '../../src/domain/schedule.ts';
import { audit } from '../../src/store/audit.ts';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import {
  advance,
  buy,
  change,
  DELIVERED,
  GIVEN_BACK,
  NOW,
  opening,
  orderIn,
  ref,
  SENT,
  SHOWN,
  unlessTwin,
} from './orders.ts';
import { temporaryFolder, withoutSums } from './temporary-folder.ts';

async function open(dir: string, now = NOW): Promise<Store> {
  return (await openLowdbStore({ dir, clock: () => now })).store;
}

test('an opened order gets the next number and its money is held', async () => {
  const store = await open(await temporaryFolder());
  const first = orderIn(await store.commit(opening('one')));
  const second = orderIn(await store.commit(opening('two')));
  expect([first.no, second.no]).toEqual([1001, 1002]);
  expect(first.rev).toBe(1);
  expect(await store.books()).toEqual({ held: dinars(2000), taken: 0 });
  expect(await store.byRef(first.ref)).toEqual(first);
  expect(await store.byNo(1002)).toEqual(second);
  expect(await store.active()).toEqual([first, second]);
});

test('a reference opens once, also while the first is still being written and after the order is closed', async () => {
  const dir = await temporaryFolder();
  const store = await open(dir);
  const answers = await Promise.all([store.commit(opening('one')), store.commit(opening('one'))]);
  expect(answers.map(({ kind }) => kind)).toEqual(['done', 'exists']);
  const closed = await advance(store, orderIn(answers[0]), [...SENT, DELIVERED, SHOWN]);
  expect(await store.commit(opening('one'))).toEqual({ kind: 'exists', order: closed });
  expect(await (await open(dir)).commit(opening('one'))).toEqual({ kind: 'exists', order: closed });
  expect(await store.books()).toEqual({ held: 0, taken: dinars(1000) });
});

test('a step decided on an older revision, a repeated one and one of an unknown order are stale', async () => {
  const store = await open(await temporaryFolder());
  const order = orderIn(await store.commit(opening('one')));
  const begun = change(order, { type: 'send-begun' });
  expect((await store.commit(begun)).kind).toBe('done');
  expect(await store.commit(begun)).toEqual({ kind: 'stale' });
  expect(await store.commit(change(order, { type: 'given-up' }))).toEqual({ kind: 'stale' });
  expect(await store.commit(change({ ...order, ref: ref('order-other') }, SHOWN))).toEqual({ kind: 'stale' });
  expect(await store.commit(change({ ...order, rev: 5 }, SHOWN))).toEqual({ kind: 'stale' });
  expect((await store.books()).held).toBe(dinars(1000));
});

test('of two steps decided on the same revision at the same time one is taken', async () => {
  const store = await open(await temporaryFolder());
  const order = orderIn(await store.commit(opening('one')));
  const both = [change(order, { type: 'send-begun' }), change(order, { type: 'given-up' })];
  const answers = await Promise.all(both.map((one) => store.commit(one)));
  expect(answers.map(({ kind }) => kind)).toEqual(['done', 'stale']);
  expect((await store.byRef(order.ref))?.state.name).toBe('sending');
});

test('a closed order leaves the hot file for the archive of the month it settled in', async () => {
  const dir = await temporaryFolder();
  const store = await open(dir);
  const order = await buy(store, 'one');
  expect(await store.active()).toEqual([]);
  expect(await readFile(join(dir, 'orders.json'), 'utf8')).not.toContain(order.ref);
  const archived = withoutSums(await readFile(join(dir, 'archive', '2026-09.jsonl'), 'utf8'));
  expect(archived.startsWith(`${order.ref} 1001 7 ${NOW}\t{"v":2,`)).toBe(true);
  expect(await store.byRef(order.ref)).toEqual(order);
  expect(await store.byNo(1001)).toEqual(order);
  const late = { type: 'shown', digest: 'late', messageId: 99, ended: true } as const;
  expect(await store.commit(change(order, late))).toEqual({ kind: 'stale' });
});

test('a reference whose order is closed by the very same write is not opened again', async () => {
  const store = await open(await temporaryFolder());
  const order = orderIn(await store.commit(opening('one')));
  const settled = await advance(store, order, [...SENT, DELIVERED]);
  const both = [change(settled, SHOWN), opening('one')];
  const answers = await Promise.all(both.map((one) => store.commit(one)));
  expect(answers.map(({ kind }) => kind)).toEqual(['done', 'exists']);
  expect(await store.active()).toEqual([]);
});

test('a settled order stays open until its person has seen the end', async () => {
  const store = await open(await temporaryFolder());
  const order = orderIn(await store.commit(opening('one')));
  const settled = await advance(store, order, [...SENT, DELIVERED]);
  expect(await store.active()).toEqual([settled]);
  expect(await store.books()).toEqual({ held: 0, taken: dinars(1000) });
});

test('after a reload everything is as it was', async () => {
  const dir = await temporaryFolder();
  const store = await open(dir);
  await buy(store, 'one');
  await buy(store, 'two', {}, GIVEN_BACK);
  const third = orderIn(await store.commit(opening('three')));
  await advance(store, third, SENT);
  const again = await open(dir);
  expect(await again.active()).toEqual(await store.active());
  expect(await again.history(7, 10)).toEqual(await store.history(7, 10));
  expect(await again.books()).toEqual({ held: dinars(1000), taken: dinars(1000) });
  expect(orderIn(await again.commit(opening('four'))).no).toBe(1004);
});

test('an empty folder opens with empty books', async () => {
  const dir = join(await temporaryFolder(), 'not', 'there', 'yet');
  const opened = await openLowdbStore({ dir, clock: () => NOW });
  expect(await opened.store.books()).toEqual(EMPTY_BOOKS);
  expect(opened).toMatchObject({ recovered: false, faults: [] });
});

test("a buyer's history is the newest by number, whatever order they closed in", async () => {
  const dir = await temporaryFolder();
  const store = await open(dir);
  const slow = orderIn(await store.commit(opening('slow')));
  for (const name of ['a', 'b', 'c']) await buy(store, `fast-${name}`);
  await buy(store, 'foreign', { buyer: 8 });
  await advance(store, slow, [...SENT, DELIVERED, SHOWN]);
  await store.commit(opening('running'));
  const numbers = async (limit: number, from = store): Promise<number[]> =>
    (await from.history(7, limit)).map(({ no }) => no);
  expect(await numbers(10)).toEqual([1006, 1004, 1003, 1002, 1001]);
  expect(await numbers(2)).toEqual([1006, 1004]);
  expect(await numbers(10, await open(dir))).toEqual([1006, 1004, 1003, 1002, 1001]);
  expect(await store.history(99, 5)).toEqual([]);
});

test('a twin is seen after a restart too, of an open order and of one that was closed as long ago as it matters', async () => {
  const dir = await temporaryFolder();
  const store = await open(dir);
  const closed = await buy(store, 'one');
  const running = orderIn(await store.commit(opening('two', { value: dinars(500) })));
  const later = await open(dir, NOW + TWIN_WINDOW_MS);
  const again = (more: Partial<Purchase>): Promise<Committed> =>
    later.commit(unlessTwin(opening('three', more, NOW + TWIN_WINDOW_MS), NOW));
  expect(await again({})).toEqual({ kind: 'twin', order: closed });
  expect(await again({ value: dinars(500) })).toEqual({ kind: 'twin', order: running });
});

test('200 people who confirm at once share a few writes and all get a number of their own', async () => {
  const dir = await temporaryFolder();
  const store = await open(dir);
  const all = await Promise.all(Array.from({ length: 200 }, (_, i) => store.commit(opening(`at-once-${i}`))));
  const numbers = all.map((answer) => orderIn(answer).no);
  expect(new Set(numbers).size).toBe(200);
  expect(await audit(dir)).toMatchObject({
    held: dinars(200_000),
    openTotal: dinars(200_000),
    duplicates: 0,
  });
});

test('what was handed out never changes afterwards, and altering what was handed in changes nothing', async () => {
  const store = await open(await temporaryFolder());
  const mine = opening('one');
  const order = orderIn(await store.commit(mine));
  const before = structuredClone(order);
  Object.assign(mine.order.message, { chatId: 666 });
  await advance(store, order, SENT);
  expect(order).toEqual(before);
  expect((await store.byRef(order.ref))?.message.chatId).toBe(7);
  expect(() => Object.assign(order.message, { chatId: 1 })).toThrow(TypeError);
  expect(() => Object.assign(order.state, { name: 'x' })).toThrow(TypeError);
});

test('money that does not add up is refused, and the others in the same write are not', async () => {
  const store = await open(await temporaryFolder());
  const one = opening('one');
  const without = { ...opening('two'), entries: [] };
  const foreign = { ...opening('three'), entries: one.entries };
  const changes = [one, without, foreign, opening('four', { price: dinars(70) })];
  const answers = await Promise.allSettled(changes.map((one) => store.commit(one)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect((await store.books()).held).toBe(dinars(1070));
});

test('an entry that is added again changes nothing', async () => {
  const store = await open(await temporaryFolder());
  const first = opening('one');
  const order = orderIn(await store.commit(first));
  const again = { ...change(order, { type: 'send-begun' }), entries: first.entries };
  expect((await store.commit(again)).kind).toBe('done');
  expect((await store.books()).held).toBe(dinars(1000));
});

test('an order that could not be read back is not written', async () => {
  const store = await open(await temporaryFolder());
  const broken = opening('one', { buyer: Number.NaN });
  await expect(store.commit(broken)).rejects.toThrow(/order-one.*buyer/);
  expect(await store.active()).toEqual([]);
});

test('a closed store refuses what comes later and has written what came before', async () => {
  const dir = await temporaryFolder();
  const { store, close } = await openLowdbStore({ dir, clock: () => NOW });
  const early = store.commit(opening('one'));
  await close();
  expect((await early).kind).toBe('done');
  await expect(store.commit(opening('two'))).rejects.toMatchObject({ name: 'StoreFault' });
  expect(await (await open(dir)).active()).toHaveLength(1);
  expect((await readdir(dir)).sort()).toEqual(['archive', 'journal', 'orders.json', 'orders.json.prev']);
});
