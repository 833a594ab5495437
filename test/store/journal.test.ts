import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENTRY_MEMORY_MS } from '../../src/app/ports.ts';
import { DAY, heads, idsOf, IN_OCTOBER, linesOf, OCTOBER, open, sound, SEPTEMBER } from './journal-lines.ts';
import { advance, buy, DELIVERED, NOW, opening, orderIn, SENT, SHOWN } from './orders.ts';
import { auditLine, deposit, letIn, openingBy, shopChange } from './shop-changes.ts';
import { temporaryFolder, watchedFiles } from './temporary-folder.ts';

test('an owner’s purchase writes no line; a wallet’s writes one when it opens and one when it settles', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await buy(store, 'owners');
  expect(await readdir(join(dir, 'journal'))).toEqual([]);
  await letIn(store, 7, 1000);
  const order = orderIn(await store.commit(openingBy(7, 'one', 1000)));
  await advance(store, order, [...SENT, DELIVERED, SHOWN]);
  await store.change(shopChange({ audit: [auditLine('7'), auditLine('8')] }));
  expect(await heads(dir)).toEqual([
    `0 0 ${NOW} 0 7:deposit:100000`,
    `1 1 ${NOW} 0 7:hold:100000`,
    `2 2 ${NOW} 0 7:capture:100000`,
    `3 3 ${NOW} 2 -`,
  ]);
  const [first] = await linesOf(dir);
  expect(first).toMatch(
    /\t\{"v":1,"seq":0,"at":\d+,"entries":\[\{.*\}\],"puts":\[\{.*\}\],"drops":\[\],"audit":\[\]\}$/,
  );
  await sound(dir);
});

test('what is written together is added to the journal in one go, in its order', async () => {
  const dir = await temporaryFolder();
  let added = 0;
  const files = watchedFiles((operation, path) => {
    if (operation === 'open' && path.endsWith(SEPTEMBER)) added += 1;
  });
  const { store } = await open(dir, NOW, files);
  await letIn(store, 7, 1000);
  added = 0;
  await Promise.all([
    store.change(deposit('d1', 7, 1)),
    store.commit(openingBy(7, 'one', 1)),
    store.commit(opening('owners')),
    store.change(deposit('d2', 7, 1)),
  ]);
  expect(added).toBe(1);
  expect((await heads(dir)).slice(1)).toEqual([
    `1 1 ${NOW} 0 7:deposit:100`,
    `2 1 ${NOW} 0 7:hold:100`,
    `3 1 ${NOW} 0 7:deposit:100`,
  ]);
});

test('each month’s file begins with the balances, and statements go back through the months', async () => {
  const dir = await temporaryFolder();
  await letIn((await open(dir)).store, 7, 10);
  const { store } = await open(dir, IN_OCTOBER);
  await store.change(deposit('d2', 7, 5));
  await store.change(deposit('d3', 8, 5));
  expect(await heads(dir, OCTOBER)).toEqual([
    `1 1 ${IN_OCTOBER} 0 =`,
    `2 1 ${IN_OCTOBER} 0 7:deposit:500`,
    `3 3 ${IN_OCTOBER} 0 8:deposit:500`,
  ]);
  expect((await linesOf(dir, OCTOBER))[0]).toContain(
    '"balances":[["wallet:7",{"put":1000,"held":0,"taken":0}]]',
  );
  expect(await idsOf(store)).toEqual(['d2', 'first-7']);
  await sound(dir);
  expect((await open(dir, IN_OCTOBER)).faults).toEqual([]);
});

test('a start reads the months that ids are remembered of, and older ones only when somebody asks', async () => {
  const dir = await temporaryFolder();
  const months = [0, 20, 50, 80].map((days) => NOW + days * DAY);
  for (const [i, now] of months.entries()) await (await open(dir, now)).store.change(deposit(`d${i}`, 7, 1));
  const read: string[] = [];
  const files = watchedFiles((operation, path) => {
    if (operation === 'open' && path.includes('jsonl')) read.push(path.slice(-13));
  });
  const { store, faults } = await open(dir, NOW + 80 * DAY, files);
  expect(faults).toEqual([]);
  expect(read).toEqual(['2026-12.jsonl']);
  expect(await idsOf(store)).toEqual(['d3', 'd2', 'd1', 'd0']);
  expect(new Set(read)).toEqual(
    new Set([9, 10, 11, 12].map((month) => `2026-${String(month).padStart(2, '0')}.jsonl`)),
  );
  const seen = read.length;
  await idsOf(store, 9);
  expect(read).toHaveLength(seen);
});

test('ids are remembered across a restart and the turn of a month', async () => {
  const dir = await temporaryFolder();
  const lastDay = Date.UTC(2026, 8, 30, 12);
  await (await open(dir, lastDay)).store.change(deposit('d1', 7, 1));
  const { store } = await open(dir, lastDay + DAY);
  await store.change(deposit('d2', 7, 1));
  const again = await open(dir, lastDay + ENTRY_MEMORY_MS);
  expect(await again.store.change(deposit('d1', 7, 1))).toEqual({ kind: 'exists' });
  const later = await open(dir, lastDay + ENTRY_MEMORY_MS + 1);
  expect(await later.store.change(deposit('d2', 7, 1))).toEqual({ kind: 'exists' });
  expect(await later.store.change(deposit('d1', 7, 1))).toEqual({ kind: 'done' });
});

test('a clock that was put back goes on in the last month', async () => {
  const dir = await temporaryFolder();
  await letIn((await open(dir, IN_OCTOBER)).store, 7, 10);
  const { store } = await open(dir, NOW);
  await store.change(deposit('d2', 7, 5));
  expect(await readdir(join(dir, 'journal'))).toEqual([OCTOBER]);
  expect(await idsOf((await open(dir, NOW)).store)).toEqual(['d2', 'first-7']);
  await sound(dir);
});
