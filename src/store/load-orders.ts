// Start-up of the store: reads the open orders, indexes the archive, and checks that the two belong together before
// anybody may buy. Stops with a clear error rather than begin with money missing.

import { Low } from 'lowdb';
import { join } from 'node:path';
import type { Clock } from '../app/ports.ts';
import { TWIN_WINDOW_MS } from '../domain/schedule.ts';
import { openArchive, type Archive } from './archive.ts';
import { DamagedFile, syncFolder, type Files } from './disk.ts';
import { durableFile } from './durable-file.ts';
import { NO_ORDERS, readHotOrders, writeHotOrders, type HotOrders } from './hot-orders.ts';
import { checkBooks } from './mend.ts';
import type { OrderRecords } from './order-record.ts';

/** Told what happened to the files: a fact and what belongs to it, never a person's number or a code. */
export type StoreLog = (fact: string, details: Readonly<Record<string, unknown>>) => void;

export const ORDERS_FILE = 'orders.json';
export const ARCHIVE_FOLDER = 'archive';

export interface LoadedOrders {
  readonly db: Low<HotOrders>;
  readonly archive: Archive;
  readonly recovered: boolean;
  readonly faults: readonly string[];
}

export interface LoadOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly files: Files;
  readonly log: StoreLog;
  readonly records: OrderRecords;
}

/**
 * Throws DamagedFile or NewerFile, naming file and order, when something can't be read and no good copy is left, and
 * StoreFault when the empty book of a new folder can't be written.
 */
export async function loadOrders({ dir, clock, files, log, records }: LoadOptions): Promise<LoadedOrders> {
  const archiveDir = join(dir, ARCHIVE_FOLDER);
  await files.mkdir(archiveDir, { recursive: true, mode: 0o700 });
  await syncFolder(files, dir);
  const path = join(dir, ORDERS_FILE);
  const parse = (text: string): HotOrders => readHotOrders(text, path, records);
  const file = durableFile({ path, parse, stringify: writeHotOrders, clock, files });
  const db = new Low<HotOrders>(file, NO_ORDERS);
  await db.read();
  const isNew = db.data === NO_ORDERS;

  const recentSince = clock() - TWIN_WINDOW_MS;
  const archive = await openArchive({ dir: archiveDir, records, files, recentSince });
  if (isNew && archive.size() > 0)
    throw new DamagedFile(`${path}: missing, though the archive beside it holds ${archive.size()} orders`);

  const { books, faults } = checkBooks(db.data);
  // After a fall back on the previous copy the archive may know a number that the copy does not.
  let { nextNo } = db.data;
  for (const { order } of db.data.records.values()) nextNo = Math.max(nextNo, order.no + 1);
  db.data = { ...db.data, books, nextNo: Math.max(nextNo, archive.highestNo() + 1) };
  // The first order's write then leaves a previous copy behind, as every later one does.
  if (isNew) await db.write();

  for (const cut of archive.cuts) log('a torn end of the archive was cut off', { cut });
  for (const fault of faults) log('the books did not add up at start', { fault });
  return { db, archive, recovered: file.recovered(), faults };
}
