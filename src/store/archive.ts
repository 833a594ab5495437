// Closed orders: one file of lines per month, added to and never rewritten, so that a commit costs the same however long
// the shop has been open. The store writes here first and then lets go of the hot copy; whoever finds both believes the hot one.

import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Order, Ref } from '../domain/order.ts';
import { archiveIndex, type LinePlace } from './archive-index.ts';
import { recordText, scanLines, settledAt, writeLine } from './archive-scan.ts';
import { DamagedFile, errorCode, storeFault, syncFolder, type Files } from './disk.ts';
import type { OrderRecord, OrderRecords } from './order-record.ts';

export interface Archive {
  readonly has: (ref: Ref) => boolean;
  byRef(ref: Ref): Promise<OrderRecord | undefined>;
  byNo(no: number): Promise<OrderRecord | undefined>;
  /** A buyer's orders with the highest numbers, highest first, leaving out the numbers in `except`. */
  newest(buyer: number, limit: number, except: ReadonlySet<number>): Promise<readonly OrderRecord[]>;
  /** Adds closed orders; on disk when it resolves. Throws StoreFault; what was added by then does no harm. */
  append(records: readonly OrderRecord[]): Promise<void>;
  readonly size: () => number;
  readonly highestNo: () => number;
  /** Orders that settled at or after the moment given at opening (epoch ms), oldest first. */
  readonly recent: readonly Order[];
  /** Torn ends of files that were cut off at opening, one sentence each. */
  readonly cuts: readonly string[];
}

export interface ArchiveOptions {
  readonly dir: string;
  readonly records: OrderRecords;
  readonly files: Files;
  readonly recentSince: number;
}

interface MonthFile {
  readonly path: string;
  /** Where the last whole line ends; anything behind it is what a failed write left. */
  end: number;
}

const MONTH_FILE = /^\d{4}-\d{2}\.jsonl$/;

/** The file that a settled order belongs to, by the UTC month it settled in. */
const monthOf = (record: OrderRecord): string =>
  `${new Date(settledAt(record)).toISOString().slice(0, 7)}.jsonl`;

async function cut(files: Files, path: string, end: number): Promise<void> {
  await using handle = await files.open(path, 'r+');
  await handle.truncate(end);
  await handle.sync();
}

/** The system may take less than it was given, a full disk for one; only an error ends this early. */
async function writeAll(handle: FileHandle, bytes: Buffer, from: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await handle.write(bytes, done, bytes.length - done, from + done)).bytesWritten;
}

/** Opens the archive of a folder, indexing every line; throws DamagedFile for a line that can't be one. */
export async function openArchive({ dir, records, files, recentSince }: ArchiveOptions): Promise<Archive> {
  const index = archiveIndex();
  const months: MonthFile[] = [];
  const recentRefs = new Set<Ref>();
  const cuts: string[] = [];

  async function load(name: string): Promise<void> {
    const path = join(dir, name);
    const file = months.length;
    const { end, size } = await scanLines(files, path, ({ head, offset, length }) => {
      index.add(head.ref, head.no, head.buyer, { file, offset, length });
      if (head.settledAt >= recentSince) recentRefs.add(head.ref);
    });
    months.push({ path, end });
    if (end === size) return;
    await cut(files, path, end);
    cuts.push(`${path}: ${size - end} bytes of an unfinished line were cut off`);
  }

  async function read({ file, offset, length }: LinePlace): Promise<OrderRecord> {
    const path = months[file]?.path ?? dir;
    await using handle = await files.open(path, 'r');
    const { buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
    try {
      return records.read(JSON.parse(recordText(buffer)), path);
    } catch (error) {
      if (error instanceof DamagedFile) throw error;
      throw new DamagedFile(`${path}: the line at byte ${offset} can't be read`);
    }
  }

  async function byRef(ref: Ref): Promise<OrderRecord | undefined> {
    const place = index.find(ref);
    return place && (await read(place));
  }

  /** A kill after the line and before the hot file leaves an order to be closed again: the same line is not added twice. */
  async function isThere(record: OrderRecord): Promise<boolean> {
    return (
      index.find(record.order.ref) !== undefined && (await byRef(record.order.ref))?.text === record.text
    );
  }

  async function monthFile(name: string): Promise<number> {
    const known = months.findIndex(({ path }) => basename(path) === name);
    if (known >= 0) return known;
    const path = join(dir, name);
    await using handle = await files.open(path, 'w', 0o600);
    await handle.sync();
    await syncFolder(files, dir);
    return months.push({ path, end: 0 }) - 1;
  }

  async function appendTo(file: number, added: readonly OrderRecord[]): Promise<void> {
    const month = months[file];
    if (month === undefined) throw new RangeError(`no archive file ${file}`);
    const lines = added.map((record) => Buffer.from(writeLine(record)));
    const start = month.end;
    await using handle = await files.open(month.path, 'r+');
    const { size } = await handle.stat();
    if (size < start) throw new DamagedFile(`${month.path}: shorter than when it was last written`);
    if (size > start) await handle.truncate(start);
    await writeAll(handle, Buffer.concat(lines), start);
    await handle.sync();
    for (const [i, { order }] of added.entries()) {
      const length = (lines[i]?.length ?? 1) - 1;
      index.add(order.ref, order.no, order.buyer, { file, offset: month.end, length });
      month.end += length + 1;
    }
  }

  async function append(closed: readonly OrderRecord[]): Promise<void> {
    const byMonth = new Map<string, OrderRecord[]>();
    try {
      for (const record of closed) {
        if (await isThere(record)) continue;
        byMonth.set(monthOf(record), [...(byMonth.get(monthOf(record)) ?? []), record]);
      }
      for (const [name, added] of byMonth) await appendTo(await monthFile(name), added);
    } catch (error) {
      throw storeFault(error);
    }
  }

  const names = await files.readdir(dir).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names.filter((one) => MONTH_FILE.test(one)).sort()) await load(name);
  const recent = await Promise.all([...recentRefs].map(byRef));

  return {
    has: (ref) => index.find(ref) !== undefined,
    byRef,
    async byNo(no) {
      const place = index.findNo(no);
      return place && (await read(place));
    },
    newest: (buyer, limit, except) =>
      Promise.all(index.newest(buyer, limit, except).map(({ place }) => read(place))),
    append,
    size: index.size,
    highestNo: index.highestNo,
    recent: recent.flatMap((record) => record?.order ?? []),
    cuts,
  };
}
