// Closed orders: one file of lines per month, added to and never rewritten, so that a commit costs the same however long
// the shop has been open. The store writes here first and then lets go of the hot copy; whoever finds both believes the hot one.

import type { Order, Ref } from '../domain/order.ts';
import { archiveIndex } from './archive-index.ts';
import { headOf, readArchiveHead, settledAt, writeLine } from './archive-line.ts';
import { searchArchive, type ArchiveQuery } from './archive-search.ts';
import { DamagedFile, storeFault, type Files } from './disk.ts';
import { bodyOf } from './line-scan.ts';
import { monthFiles, monthOf, type LinePlace } from './month-files.ts';
import type { OrderRecord, OrderRecords } from './order-record.ts';

export interface Archive {
  readonly has: (ref: Ref) => boolean;
  byRef(ref: Ref): Promise<OrderRecord | undefined>;
  byNo(no: number): Promise<OrderRecord | undefined>;
  /** A buyer's orders with the highest numbers, highest first, leaving out the numbers in `except`. */
  newest(buyer: number, limit: number, except: ReadonlySet<number>): Promise<readonly OrderRecord[]>;
  /** All orders from a number on. */
  since(no: number): Promise<readonly OrderRecord[]>;
  /** All orders, highest number first. */
  all(): AsyncIterable<OrderRecord>;
  /** Orders with the highest numbers that fit, highest first. */
  search(query: ArchiveQuery): Promise<readonly OrderRecord[]>;
  /** Adds closed orders; on disk when it resolves. Throws StoreFault; what was added by then does no harm. */
  append(records: readonly OrderRecord[]): Promise<void>;
  readonly size: () => number;
  /** 0 when there is none. */
  readonly highestNo: () => number;
  /** Orders that settled at or after the moment given at opening. */
  readonly recent: readonly Order[];
  /** Torn ends of files that were cut off at opening, one sentence each. */
  readonly cuts: readonly string[];
}

export interface ArchiveOptions {
  /** An existing folder. */
  readonly dir: string;
  readonly records: OrderRecords;
  readonly files: Files;
  /** Epoch ms. */
  readonly recentSince: number;
}

/** Opens the archive of a folder, indexing every line; throws DamagedFile for a line that can't be one. */
export async function openArchive({ dir, records, files, recentSince }: ArchiveOptions): Promise<Archive> {
  const index = archiveIndex();
  const months = monthFiles(dir, files, readArchiveHead);
  const recentPlaces = new Map<Ref, LinePlace>();

  async function read(place: LinePlace): Promise<OrderRecord> {
    const line = await months.read(place);
    try {
      return records.read(JSON.parse(bodyOf(line)), months.pathOf(place));
    } catch (error) {
      if (error instanceof DamagedFile) throw error;
      throw new DamagedFile(`${months.pathOf(place)}: the line can't be read`);
    }
  }

  /** One after the other: a long list at once would use up the process's open files. */
  async function readAll(places: readonly LinePlace[]): Promise<readonly OrderRecord[]> {
    const found: OrderRecord[] = [];
    for (const place of places) found.push(await read(place));
    return found;
  }

  async function byRef(ref: Ref): Promise<OrderRecord | undefined> {
    const place = index.find(ref);
    return place && (await read(place));
  }

  /** A kill after the line and before the hot file leaves an order to be closed again: the same line is not added twice. */
  async function isThere(record: OrderRecord): Promise<boolean> {
    try {
      return (await byRef(record.order.ref))?.text === record.text;
    } catch (error) {
      // A line that can't be read any more is followed by a good one.
      if (error instanceof DamagedFile) return false;
      throw error;
    }
  }

  async function append(closed: readonly OrderRecord[]): Promise<void> {
    const added: OrderRecord[] = [];
    for (const record of closed) if (!(await isThere(record))) added.push(record);
    for (const [month, group] of Map.groupBy(added, (record) => monthOf(settledAt(record)))) {
      const places = await months.append(
        month,
        group.map((record) => Buffer.from(writeLine(record))),
      );
      for (const [i, place] of places.entries()) {
        const record = group[i];
        if (record !== undefined) index.add(headOf(record), place);
      }
    }
  }

  await months.find();
  const cuts: string[] = [];
  for (const file of months.months().keys()) {
    const torn = await months.load(file, ({ head }, place) => {
      index.add(head, place);
      if (head.settledAt >= recentSince) recentPlaces.set(head.ref, place);
    });
    if (torn !== undefined) cuts.push(torn);
  }
  const recent = await readAll([...recentPlaces.values()]);

  return {
    has: (ref) => index.find(ref) !== undefined,
    byRef,
    async byNo(no) {
      const place = index.findNo(no);
      return place && (await read(place));
    },
    newest(buyer, limit, except) {
      const here = index.ofBuyer(buyer).filter(({ no }) => !except.has(no));
      return readAll(here.slice(0, limit).map(({ place }) => place));
    },
    since(no) {
      const places: LinePlace[] = [];
      for (let one = index.below(Infinity); one !== undefined && one.no >= no; one = index.below(one.no))
        places.push(one.place);
      return readAll(places);
    },
    async *all() {
      for (let one = index.below(Infinity); one !== undefined; one = index.below(one.no))
        yield read(one.place);
    },
    search: (query) => searchArchive({ index, months, read }, query),
    append: (closed) =>
      append(closed).catch((error: unknown) => {
        throw storeFault(error);
      }),
    size: index.size,
    highestNo: index.highestNo,
    recent: recent.map(({ order }) => order),
    cuts,
  };
}
