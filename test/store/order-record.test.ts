import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { LADDER, orderRecords, type Ladder } from '../../src/store/order-record.ts';
import type { Order } from '../../src/domain/order.ts';
import { confirm } from '../../src/domain/purchase.ts';
import { advance, buy, DELIVERED, NOW, opening, purchase, SENT, SHOWN } from './orders.ts';
import { temporaryFolder, withoutSums } from './temporary-folder.ts';

const { order: draft, entries } = confirm(purchase('one'), NOW);
const order: Order = { ...draft, no: 1001, rev: 1 };
const records = orderRecords();
const { text } = records.make(order, entries);

/** The same order as the first version wrote it: without who bought it, and without its story. */
const fields = z.looseObject({ order: z.record(z.string(), z.unknown()) });
function asFirst(): string {
  const { entries: moved, order: known } = fields.parse(JSON.parse(text));
  const older = Object.entries(known).filter(([name]) => !['role', 'buyerName', 'story'].includes(name));
  return JSON.stringify({ v: 1, order: Object.fromEntries(older), entries: moved });
}
const oldText = asFirst();
/** What the ladder makes of it: an owner's order of nobody known. */
const upgraded: Order = { ...order, buyerName: '', story: [] };

/** A pretended form before the first, in which orders did not know their account. */
const BEFORE: Ladder = {
  oldest: 0,
  rungs: [
    (record) => ({ ...fields.parse(record), order: { ...fields.parse(record).order, account: 'shop' } }),
    ...LADDER.rungs,
  ],
};
const ancientText = oldText.replace('"v":1', '"v":0').replace('"account":"shop",', '');

test('a record reads back as the very order that was made', () => {
  expect(records.read(JSON.parse(text), 'f')).toEqual({ order, entries, text });
});

test('a record of an older version climbs the ladder and is written anew in the current one', () => {
  const read = [
    records.read(JSON.parse(oldText), 'f'),
    orderRecords(BEFORE).read(JSON.parse(ancientText), 'f'),
  ];
  for (const one of read) expect(one).toEqual({ ...records.make(upgraded, entries), text: one.text });
  expect(read[0]?.text).toBe(records.make(upgraded, entries).text);
});

test('a version without a rung, a missing one and a newer one are told apart', () => {
  const read = (v: unknown) => () =>
    records.read({ ...z.looseObject({}).parse(JSON.parse(text)), v }, 'f.json');
  expect(read(0)).toThrow('f.json: order order-one has no known version');
  expect(read(undefined)).toThrow('f.json: order order-one has no known version');
  expect(read(3)).toThrow('f.json: order order-one was written by a newer version of this program');
});

test('a fault names the file, the order and the field, and no value', () => {
  const broken: unknown = JSON.parse(text.replace('036362608', '0555123456'));
  expect(() => records.read(broken, 'f.json')).toThrow(
    "f.json: order order-one can't be read: order.line: no line",
  );
  expect(() => records.read({ v: 2, order: 5 }, 'f.json')).toThrow('f.json: order of unknown ref');
});

test('a number of the other service is no line of this one', () => {
  expect(() => records.make({ ...order, service: '4G' }, entries)).toThrow(
    'order.line: no line of that service',
  );
});

test('a folder written by an older version opens, and what changes is written in the new one', async () => {
  const dir = await temporaryFolder();
  const books = '{"held":100000,"taken":0}';
  await writeFile(
    join(dir, 'orders.json'),
    `{"version":1,"nextNo":1002,"books":${books},"orders":[${ancientText}]}`,
  );
  const { store } = await openLowdbStore({ dir, clock: () => NOW, ladder: BEFORE });
  expect(await store.active()).toEqual([upgraded]);
  await store.commit(opening('two'));
  const [first, second] = await (await openLowdbStore({ dir, clock: () => NOW })).store.active();
  expect(first).toEqual(upgraded);
  expect(second?.no).toBe(1002);
});

test('a folder of the first version opens: its orders are owners’, and nobody has a wallet yet', async () => {
  const dir = await temporaryFolder();
  const books = '{"held":100000,"taken":500}';
  const first = `{"version":1,"nextNo":1002,"books":${books},"orders":[\n${oldText}\n]}\n`;
  await writeFile(join(dir, 'orders.json'), first);
  const { store, faults, recovered } = await openLowdbStore({ dir, clock: () => NOW });
  expect({ faults, recovered }).toEqual({ faults: [], recovered: false });
  expect(await store.active()).toEqual([upgraded]);
  expect(await store.books()).toEqual({ held: 100_000, taken: 500 });
  expect(await store.records('member')).toEqual([]);
  const closed = await advance(store, upgraded, [...SENT, DELIVERED, SHOWN]);
  const again = await openLowdbStore({ dir, clock: () => NOW });
  expect(await again.store.byRef(order.ref)).toEqual(closed);
  expect(withoutSums(await readFile(join(dir, 'orders.json'), 'utf8'))).toMatch(/^\{"version":2,/);
});

test('an order that the first version archived is found, and not archived a second time', async () => {
  const dir = await temporaryFolder();
  const { store } = await openLowdbStore({ dir, clock: () => NOW });
  const closed = await buy(store, 'two');
  const path = join(dir, 'archive', '2026-09.jsonl');
  const line = withoutSums(await readFile(path, 'utf8'));
  const old = line
    .replace('"v":2', '"v":1')
    .replace('"role":"owner","buyerName":"Nadia",', '')
    .replace(/,"story":\[.*?\]/, '');
  expect(old.length).toBeLessThan(line.length);
  await writeFile(path, old);
  const again = await openLowdbStore({ dir, clock: () => NOW });
  expect(await again.store.byRef(closed.ref)).toEqual({ ...closed, buyerName: '', story: [] });
  const found = await again.store.orders({ state: 'fulfilled', line: closed.line }, null, 5);
  expect(found.rows.map(({ no }) => no)).toEqual([closed.no]);
});

test('a file of a newer version is not replaced by its older copy', async () => {
  const dir = await temporaryFolder();
  const { store } = await openLowdbStore({ dir, clock: () => NOW });
  await store.commit(opening('one'));
  await store.commit(opening('two'));
  const newer = `{"version":1,"nextNo":1002,"books":{"held":0,"taken":0},"orders":[${text.replace('"v":2', '"v":3')}]}`;
  for (const newest of [newer, '{"version":3}']) {
    await writeFile(join(dir, 'orders.json'), newest);
    await expect(openLowdbStore({ dir, clock: () => NOW })).rejects.toThrow('newer version');
  }
});
