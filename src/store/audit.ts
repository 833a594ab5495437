// Counts all money again from the files, independently of the running sums: the proof that money held equals open orders
// and money taken equals fulfilled orders. For tests and measurements; may run beside the store that owns the folder.

import { join } from 'node:path';
import { sum, type Books, type Wallet } from '../domain/ledger.ts';
import { add, ZERO, type Centimes } from '../domain/money.ts';
import { isSettled, type Ref } from '../domain/order.ts';
import { readArchiveHead } from './archive-line.ts';
import { auditWallets } from './audit-wallets.ts';
import { REAL_FILES } from './disk.ts';
import { readHotState } from './hot-file.ts';
import { EMPTY_STATE, type HotState } from './hot-state.ts';
import { bodyOf, scanLines } from './line-scan.ts';
import { ARCHIVE_FOLDER, JOURNAL_FOLDER, ORDERS_FILE } from './load-store.ts';
import { orderRecords, type OrderRecord } from './order-record.ts';
import { unsealed } from './seal.ts';

/**
 * Centimes and counts over everything on disk. All is well when `held` = `openTotal`, `taken` = `fulfilledTotal`,
 * `wallets` = `walletEntries`, `duplicates` = 0 and `walletFaults` = 0.
 */
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
  /** The running sums of all wallets together, as the hot file has them. */
  readonly wallets: Wallet;
  /** What all entries of the journal add up to. */
  readonly walletEntries: Wallet;
  /**
   * Everything that contradicts itself about wallets: one that is not the sum of its entries or does not agree with its
   * orders, an entry that only the journal or only the order has, an id that is there twice, a missing line.
   */
  readonly walletFaults: number;
}

const records = orderRecords();

async function readHot(path: string): Promise<HotState> {
  try {
    return readHotState(unsealed(await REAL_FILES.readFile(path, 'utf8'), path), path, records);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return EMPTY_STATE;
    throw error;
  }
}

/** Every order once: the hot copy before the archived one, a later line before an earlier one. */
async function everyOrder(dir: string, hot: HotState): Promise<ReadonlyMap<Ref, OrderRecord>> {
  const found = new Map<Ref, OrderRecord>();
  const folder = join(dir, ARCHIVE_FOLDER);
  for (const name of (await REAL_FILES.readdir(folder)).sort()) {
    await scanLines({
      files: REAL_FILES,
      path: join(folder, name),
      readHead: readArchiveHead,
      visit: ({ head, bytes }) => {
        // Opened after the hot file was read: not in its sums either.
        if (head.no >= hot.nextNo) return;
        found.set(head.ref, records.read(JSON.parse(bodyOf(bytes)), name));
      },
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
    ...(await auditWallets(join(dir, JOURNAL_FOLDER), hot, [...orders.values()])),
  };
}
