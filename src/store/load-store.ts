// Start-up of the store: reads the hot file, indexes the archive, reads the end of the journal, and checks that the three
// belong together before anybody may buy. Stops with a clear error rather than begin with money missing.

import { Low } from 'lowdb';
import { join } from 'node:path';
import type { Clock } from '../app/ports.ts';
import { TWIN_WINDOW_MS } from '../domain/schedule.ts';
import { openArchive, type Archive } from './archive.ts';
import { DamagedFile, syncFolder, type Files } from './disk.ts';
import { durableFile } from './durable-file.ts';
import { readHotState, writeHotState } from './hot-file.ts';
import { EMPTY_STATE, FIRST_NO, type HotState } from './hot-state.ts';
import { openJournal, type Journal, type OpenedJournal } from './journal.ts';
import { checkBooks } from './mend.ts';
import type { OrderRecords } from './order-record.ts';
import { takeOver } from './take-over.ts';

/** Told what happened to the files: a fact and what belongs to it, never a person's number or a code. */
export type StoreLog = (fact: string, details: Readonly<Record<string, unknown>>) => void;

export const ORDERS_FILE = 'orders.json';
export const ARCHIVE_FOLDER = 'archive';
export const JOURNAL_FOLDER = 'journal';

export interface LoadedStore {
  readonly db: Low<HotState>;
  readonly archive: Archive;
  readonly journal: Journal;
  /** The orders are those of an older copy than the last. */
  readonly recovered: boolean;
  /** What contradicted itself, and was mended. */
  readonly faults: readonly string[];
  /** What a backup has left the journal without: nothing contradicts it. */
  readonly lost: readonly string[];
  /** The archive is not known to have every closed order. */
  readonly lacksOrders: boolean;
}

export interface LoadOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly files: Files;
  readonly log: StoreLog;
  readonly records: OrderRecords;
}

async function makeFolders(dir: string, files: Files): Promise<void> {
  for (const name of [ARCHIVE_FOLDER, JOURNAL_FOLDER])
    await files.mkdir(join(dir, name), { recursive: true, mode: 0o700 });
  await syncFolder(files, dir);
}

/** After a fall back on the previous copy the archive may know a number that the copy does not. */
function nextNoOf({ nextNo, records }: HotState, archive: Archive): number {
  let next = Math.max(nextNo, archive.highestNo() + 1);
  for (const { order } of records.values()) next = Math.max(next, order.no + 1);
  return next;
}

/** Each number was given to one order, and each order is open or in the archive; a torn book may have left gaps. */
function unaccounted({ nextNo, records }: HotState, archive: Archive): number {
  const both = [...records.keys()].filter((ref) => archive.has(ref)).length;
  return nextNo - FIRST_NO - (archive.size() + records.size - both);
}

/** A backup may have been made of the journal first and of the orders later: the sums are whole, what is told of them is not. */
const lost = ({ missing }: OpenedJournal): readonly string[] =>
  missing === 0 ? [] : [`the journal lacks its last ${missing} lines: statements do not show what they said`];

/**
 * Throws DamagedFile or NewerFile, naming file and order, when something can't be read and no good copy is left, and
 * StoreFault when the empty book of a new folder can't be written.
 */
export async function loadStore({ dir, clock, files, log, records }: LoadOptions): Promise<LoadedStore> {
  await makeFolders(dir, files);
  const path = join(dir, ORDERS_FILE);
  const parse = (text: string): HotState => readHotState(text, path, records);
  const file = durableFile({ path, parse, pieces: writeHotState, clock, files });
  const db = new Low<HotState>(file, EMPTY_STATE);
  await db.read();
  const isNew = db.data === EMPTY_STATE;

  const recentSince = clock() - TWIN_WINDOW_MS;
  const archive = await openArchive({ dir: join(dir, ARCHIVE_FOLDER), records, files, recentSince });
  if (isNew && archive.size() > 0)
    throw new DamagedFile(`${path}: missing, though the archive beside it holds ${archive.size()} orders`);
  const closedSince = await archive.since(db.data.nextNo);
  const refs = new Set<string>(closedSince.map(({ order }) => order.ref));
  const opened = await openJournal({
    dir: join(dir, JOURNAL_FOLDER),
    files,
    state: db.data,
    recovered: file.recovered(),
    closedSince: (ref) => refs.has(ref),
    now: clock(),
  });
  if (isNew && opened.tail.length > 0)
    throw new DamagedFile(`${path}: missing, though the journal beside it holds ${opened.tail.length} lines`);

  const state = takeOver(db.data, { ...opened, closedSince });
  const { books, wallets, ...proof } = checkBooks(state, opened.sums);
  db.data = { ...state, books, wallets, nextNo: nextNoOf(state, archive) };
  // The first order's write then leaves a previous copy behind, as every later one does.
  if (isNew) await db.write();

  for (const cut of archive.cuts) log('a torn end of the archive was cut off', { cut });
  for (const cut of opened.cuts) log('a torn end of the journal was cut off', { cut });
  const gone = unaccounted(db.data, archive);
  if (gone > 0) log('the archive lacks orders: histories do not show them', { orders: gone });
  for (const fault of [...lost(opened), ...proof.faults]) log('the books did not add up at start', { fault });
  const recovered = file.recovered() || opened.tail.length > 0 || closedSince.length > 0;
  const { journal } = opened;
  return { db, archive, journal, recovered, ...proof, lost: lost(opened), lacksOrders: gone > 0 };
}
