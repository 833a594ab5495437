import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveIndex } from '../../src/store/archive-index.ts';
import type { ArchiveHead } from '../../src/store/archive-line.ts';
import { openArchive, type Archive } from '../../src/store/archive.ts';
import { REAL_FILES, type Files } from '../../src/store/disk.ts';
import { orderRecords, type OrderRecord } from '../../src/store/order-record.ts';
import { centimes } from '../../src/domain/money.ts';
import { entryOf, type Order } from '../../src/domain/order.ts';
import { confirm } from '../../src/domain/purchase.ts';
import { NOW, purchase, ref } from './orders.ts';
import { temporaryFolder } from './temporary-folder.ts';

const records = orderRecords();
const open = (dir: string, recentSince = NOW): Promise<Archive> =>
  openArchive({ dir, records, files: REAL_FILES, recentSince });

function closedOrder(name: string, no: number, at: number, note: string | null = null): OrderRecord {
  const { order: draft, entries } = confirm(purchase(name), at);
  const state = { name: 'refunded', at, topupId: null, note } as const;
  const order: Order = {
    ...draft,
    no,
    rev: 3,
    dueAt: null,
    state,
    message: { ...draft.message, ended: true },
  };
  return records.make(order, [...entries, entryOf(order, 'release', at, 'worker', 'refunded')]);
}

test('orders go to the month they settled in, and come back after a reload, in any script', async () => {
  const dir = await temporaryFolder();
  const archive = await open(dir);
  const august = closedOrder('aug', 1001, Date.UTC(2026, 7, 31, 23, 59, 59), 'رقم غير صحيح');
  const september = closedOrder('sep', 1002, Date.UTC(2026, 8, 1), '✓');
  await archive.append([august, september]);
  expect((await REAL_FILES.readdir(dir)).sort()).toEqual(['2026-08.jsonl', '2026-09.jsonl']);
  for (const one of [archive, await open(dir)]) {
    expect(await one.byRef(august.order.ref)).toEqual(august);
    expect(await one.byNo(1002)).toEqual(september);
    expect(await one.byRef(ref('order-none'))).toBeUndefined();
    expect(await one.byNo(5)).toBeUndefined();
    expect(one.highestNo()).toBe(1002);
  }
});

test('lines longer than a piece of the file that is read at once, and lines across two pieces, are found', async () => {
  const dir = await temporaryFolder();
  const archive = await open(dir);
  const long = (i: number): OrderRecord => closedOrder(`long-${i}`, 1000 + i, NOW, 'x'.repeat(300_000));
  const all = [1, 2, 3, 4, 5, 6, 7].map(long);
  await archive.append(all);
  const again = await open(dir);
  expect(await again.newest(7, 9, new Set())).toEqual(all.toReversed());
  expect(again.recent).toHaveLength(7);
});

test('only what settled recently is read into memory', async () => {
  const dir = await temporaryFolder();
  const archive = await open(dir);
  const recent = closedOrder('new', 1002, NOW);
  await archive.append([closedOrder('old', 1001, NOW - 1), recent]);
  expect((await open(dir)).recent).toEqual([recent.order]);
});

test('an archive that got shorter while it was open is not written to', async () => {
  const dir = await temporaryFolder();
  const archive = await open(dir);
  await archive.append([closedOrder('one', 1001, NOW)]);
  await writeFile(join(dir, '2026-09.jsonl'), '');
  await expect(archive.append([closedOrder('two', 1002, NOW)])).rejects.toMatchObject({ name: 'StoreFault' });
});

test('files that are not months are left alone', async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'notes.txt'), 'hello');
  await mkdir(join(dir, 'old'));
  expect((await open(dir)).size()).toBe(0);
});

test('a hundred thousand closed orders are indexed in well under a second and few bytes', async () => {
  const dir = await temporaryFolder();
  const body = `\t${closedOrder('many', 1, NOW).text}\n`;
  const lines = Array.from(
    { length: 100_000 },
    (_, i) => `many-${1e6 + i} ${1001 + i} ${i % 100} ${NOW}${body}`,
  );
  await writeFile(join(dir, '2026-09.jsonl'), lines.join(''));
  lines.length = 0;
  const before = process.memoryUsage();
  const began = performance.now();
  const archive = await open(dir, NOW + 1);
  const took = performance.now() - began;
  const after = process.memoryUsage();
  expect(archive.size()).toBe(100_000);
  expect(archive.highestNo()).toBe(101_000);
  // Ten times what it takes when the machine has nothing else to do.
  expect(took).toBeLessThan(3_000);
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(10e6);
});

const head = (no: number, buyer: number, settledAt = NOW): ArchiveHead => ({
  ...{ ref: ref(`order-no-${no}`), no, buyer, settledAt },
});

test("the index keeps each buyer's orders apart and gives the newest first", () => {
  const index = archiveIndex();
  for (let i = 0; i < 5_000; i += 1) {
    // In an order that has nothing to do with the numbers.
    const no = 1 + ((i * 1_237) % 5_000);
    index.add(head(no, no % 3), { file: no % 7, offset: no * 2 ** 31, length: no });
  }
  const ofTwo = index.ofBuyer(2);
  expect(ofTwo.slice(0, 4).map(({ no }) => no)).toEqual([5_000, 4_997, 4_994, 4_991]);
  expect(ofTwo).toHaveLength(1_667);
  expect(ofTwo[0]?.place).toEqual({ file: 5_000 % 7, offset: 5_000 * 2 ** 31, length: 5_000 });
  expect(index.ofBuyer(3)).toEqual([]);
  expect(index.find(ref('order-no-77'))).toEqual(index.findNo(77));
  index.add(head(77, 77 % 3), { file: 0, offset: 9, length: 9 });
  expect(index.findNo(77)).toEqual({ file: 0, offset: 9, length: 9 });
  expect(index.size()).toBe(5_000);
});

test('the index goes down from any number, across those that are not there, and knows what each file reaches', () => {
  const index = archiveIndex();
  for (const no of [30, 10, 50, 20, 40]) index.add(head(no, 1), { file: no % 20, offset: no, length: 1 });
  const down: number[] = [];
  for (let one = index.below(45); one !== undefined; one = index.below(one.no)) down.push(one.no);
  expect(down).toEqual([40, 30, 20, 10]);
  expect([index.findNo(30)?.offset, index.findNo(35), index.below(10), index.highestNo()]).toEqual([
    30,
    undefined,
    undefined,
    50,
  ]);
  expect([index.highestIn(0), index.highestIn(10), index.highestIn(9)]).toEqual([40, 50, 0]);
});

test('the index knows what settled since a moment, to the second, highest number first', () => {
  const index = archiveIndex();
  for (let no = 1; no <= 3_000; no += 1)
    index.add(head(no, 1, NOW + ((no * 7) % 3_000) * 1_000), { file: 0, offset: no, length: 1 });
  const since = index.settledSince(NOW + 2_990_500).map(({ no }) => no);
  expect(since).toEqual(
    Array.from({ length: 3_000 }, (_, i) => 3_000 - i).filter((no) => (no * 7) % 3_000 >= 2_990),
  );
  expect(index.settledSince(NOW + 3_000_000)).toEqual([]);
  expect(index.settledSince(0)).toHaveLength(3_000);
});

test('amounts in the archive are whole centimes again', async () => {
  const dir = await temporaryFolder();
  const archive = await open(dir);
  await archive.append([closedOrder('one', 1001, NOW)]);
  expect((await archive.byNo(1001))?.entries.map(({ amount }) => amount)).toEqual(
    Array(2).fill(centimes(100_000)),
  );
});

test('the name of a file that an earlier life made is put on disk before it is relied on', async () => {
  const dir = await temporaryFolder();
  // Killed before it could: the name is there, until a power cut.
  await writeFile(join(dir, '2026-09.jsonl'), '');
  const opened: string[] = [];
  const files: Files = {
    ...REAL_FILES,
    open: (path, ...how) => {
      opened.push(String(path));
      return REAL_FILES.open(path, ...how);
    },
  };
  const archive = await openArchive({ dir, records, files, recentSince: NOW });
  await archive.append([closedOrder('first', 1001, Date.UTC(2026, 8, 1))]);
  expect(opened).toContain(dir);
  const before = opened.length;
  await archive.append([closedOrder('second', 1002, Date.UTC(2026, 8, 1))]);
  expect(opened.slice(before)).not.toContain(dir);
});
