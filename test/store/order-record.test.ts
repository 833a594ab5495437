import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { orderRecords, type Ladder } from '../../src/store/order-record.ts';
import { confirm, type Order } from '../../src/domain/order.ts';
import { NOW, opening, purchase } from './orders.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { order: draft, entries } = confirm(purchase('one'), NOW);
const order: Order = { ...draft, no: 1001, rev: 1 };
const records = orderRecords();
const { text } = records.make(order, entries);

/** A pretended older form, in which orders did not know their account. */
const old = z.looseObject({ order: z.record(z.string(), z.unknown()) });
const BEFORE: Ladder = {
  oldest: 0,
  rungs: [(record) => ({ ...old.parse(record), order: { ...old.parse(record).order, account: 'shop' } })],
};
const oldText = text.replace('"v":1', '"v":0').replace('"account":"shop",', '');

test('a record reads back as the very order that was made', () => {
  expect(records.read(JSON.parse(text), 'f')).toEqual({ order, entries, text });
});

test('a record of an older version climbs the ladder and is written anew in the current one', () => {
  expect(orderRecords(BEFORE).read(JSON.parse(oldText), 'f')).toEqual({ order, entries, text });
});

test('a version without a rung, a missing one and a newer one are told apart', () => {
  const read = (v: unknown) => () =>
    records.read({ ...z.looseObject({}).parse(JSON.parse(text)), v }, 'f.json');
  expect(read(0)).toThrow('f.json: order order-one has no known version');
  expect(read(undefined)).toThrow('f.json: order order-one has no known version');
  expect(read(2)).toThrow('f.json: order order-one was written by a newer version of this program');
});

test('a fault names the file, the order and the field, and no value', () => {
  const broken: unknown = JSON.parse(text.replace('036362608', '0555123456'));
  expect(() => records.read(broken, 'f.json')).toThrow(
    "f.json: order order-one can't be read: order.line: no line",
  );
  expect(() => records.read({ v: 1, order: 5 }, 'f.json')).toThrow('f.json: order of unknown ref');
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
    `{"version":1,"nextNo":1002,"books":${books},"orders":[${oldText}]}`,
  );
  const { store } = await openLowdbStore({ dir, clock: () => NOW, ladder: BEFORE });
  expect(await store.active()).toEqual([order]);
  await store.commit(opening('two'));
  expect(await (await openLowdbStore({ dir, clock: () => NOW })).store.active()).toHaveLength(2);
});

test('a file of a newer version is not replaced by its older copy', async () => {
  const dir = await temporaryFolder();
  const { store } = await openLowdbStore({ dir, clock: () => NOW });
  await store.commit(opening('one'));
  await store.commit(opening('two'));
  const newer = `{"version":1,"nextNo":1002,"books":{"held":0,"taken":0},"orders":[${text.replace('"v":1', '"v":2')}]}`;
  for (const newest of [newer, '{"version":2}']) {
    await writeFile(join(dir, 'orders.json'), newest);
    await expect(openLowdbStore({ dir, clock: () => NOW })).rejects.toThrow('newer version');
  }
});
