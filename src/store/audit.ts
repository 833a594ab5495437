// Counts all money again from the files, independently of the running sums: the proof that money held equals open orders
// and money taken equals fulfilled orders. For tests and measurements; may run beside the store that owns the folder.

import { join } from 'node:path';
import { sum, type Books } from '../domain/ledger.ts';
import { add, ZERO, type Centimes } from '../domain/money.ts';
import { isSettled, type Ref } from '../domain/order.ts';
import { recordText, scanLines } from './archive-scan.ts';
import { REAL_FILES } from './disk.ts';
import { NO_ORDERS, readHotOrders, type HotOrders } from './hot-orders.ts';
import { ARCHIVE_FOLDER, ORDERS_FILE } from './load-orders.ts';
import { orderRecords, type OrderRecord } from './order-record.ts';

/** Centimes and counts over everything on disk. All is well when `held` = `openTotal`, `taken` = `fulfilledTotal`, `duplicates` = 0. */
export interface Audit {
  /** The running sums, as the hot file has them. */
  readonly held: Centimes;
  readonly taken: Centimes;
  /** The prices of orders that are not settled, and of fulfilled ones. */
  readonly openTotal: Centimes;
  readonly fulfilledTotal: Centimes;
  /** What all entries add up to. */
  readonly entries: Books;
  readonly orders: number;
  /** Order numbers used by two orders, and entries that an order has twice. */
  readonly duplicates: number;
}

const records = orderRecords();

async function readHot(path: string): Promise<HotOrders> {
  try {
    return readHotOrders(await REAL_FILES.readFile(path, 'utf8'), path, records);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return NO_ORDERS;
    throw error;
  }
}

/** Every order once: the hot copy before the archived one, a later line before an earlier one. */
async function everyOrder(dir: string, hot: HotOrders): Promise<ReadonlyMap<Ref, OrderRecord>> {
  const found = new Map<Ref, OrderRecord>();
  const folder = join(dir, ARCHIVE_FOLDER);
  for (const name of (await REAL_FILES.readdir(folder)).sort()) {
    await scanLines(REAL_FILES, join(folder, name), ({ head, bytes }) => {
      // Opened after the hot file was read: not in its sums either.
      if (head.no >= hot.nextNo) return;
      found.set(head.ref, records.read(JSON.parse(recordText(bytes)), name));
    });
  }
  for (const [ref, record] of hot.records) found.set(ref, record);
  return found;
}

function countDuplicates(orders: Iterable<OrderRecord>): number {
  const numbers = new Set<number>();
  let duplicates = 0;
  for (const { order, entries } of orders) {
    if (numbers.has(order.no)) duplicates += 1;
    numbers.add(order.no);
    duplicates += entries.length - new Set(entries.map(({ id }) => id)).size;
  }
  return duplicates;
}

/** Reads a whole data folder; throws DamagedFile for what can't be read and RangeError for entries that can't be added up. */
export async function audit(dir: string): Promise<Audit> {
  const hot = await readHot(join(dir, ORDERS_FILE));
  const orders = await everyOrder(dir, hot);
  let [openTotal, fulfilledTotal, held, taken] = [ZERO, ZERO, ZERO, ZERO];
  for (const { order, entries } of orders.values()) {
    if (!isSettled(order)) openTotal = add(openTotal, order.price);
    if (order.state.name === 'fulfilled') fulfilledTotal = add(fulfilledTotal, order.price);
    const own = sum(entries);
    held = add(held, own.held);
    taken = add(taken, own.taken);
  }
  return {
    ...hot.books,
    openTotal,
    fulfilledTotal,
    entries: { held, taken },
    orders: orders.size,
    duplicates: countDuplicates(orders.values()),
  };
}
