// The archive's files, one per month: lines are added behind what is known to be whole, and read back by their place.

import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { LinePlace } from './archive-index.ts';
import { scanLines, type LineHead } from './archive-scan.ts';
import { DamagedFile, syncFolder, type Files } from './disk.ts';

export interface ArchiveMonths {
  /** Visits every line of every file, oldest month first; returns one sentence for every torn end that was cut off. */
  load(visit: (head: LineHead, place: LinePlace) => void): Promise<readonly string[]>;
  /** Adds lines, each with its line end, to a month's file; on disk when it resolves, and where they lie. */
  append(month: string, lines: readonly Buffer[]): Promise<readonly LinePlace[]>;
  /** A line without its end. */
  read(place: LinePlace): Promise<Buffer>;
  /** How a person finds a line: its file and its first byte. */
  pathOf(place: LinePlace): string;
}

interface MonthFile {
  readonly month: string;
  readonly path: string;
  /** Where the last whole line ends; anything behind it is what a failed write left. */
  end: number;
}

const MONTH_FILE = /^(\d{4}-\d{2})\.jsonl$/;

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

async function addBehind(files: Files, { path, end }: MonthFile, bytes: Buffer): Promise<void> {
  await using handle = await files.open(path, 'r+');
  const { size } = await handle.stat();
  if (size < end) throw new DamagedFile(`${path}: shorter than when it was last written`);
  if (size > end) await handle.truncate(end);
  await writeAll(handle, bytes, end);
  await handle.sync();
}

/** The months of an existing folder. Everything here throws what the system said; a broken line throws DamagedFile. */
export function archiveMonths(dir: string, files: Files): ArchiveMonths {
  const months: MonthFile[] = [];

  async function make(month: string): Promise<number> {
    const path = join(dir, `${month}.jsonl`);
    await using handle = await files.open(path, 'a', 0o600);
    await handle.sync();
    await syncFolder(files, dir);
    return months.push({ month, path, end: 0 }) - 1;
  }

  async function indexOf(month: string): Promise<number> {
    const known = months.findIndex((one) => one.month === month);
    return known < 0 ? make(month) : known;
  }

  const pathOf = ({ file, offset }: LinePlace): string => `${months[file]?.path ?? dir} at byte ${offset}`;

  return {
    async load(visit) {
      const cuts: string[] = [];
      for (const name of (await files.readdir(dir)).sort()) {
        const month = MONTH_FILE.exec(name)?.[1];
        if (month === undefined) continue;
        const path = join(dir, name);
        const file = months.length;
        const { end, size } = await scanLines(files, path, ({ head, offset, length }) => {
          visit(head, { file, offset, length });
        });
        months.push({ month, path, end });
        if (end === size) continue;
        await cut(files, path, end);
        cuts.push(`${path}: ${size - end} bytes of an unfinished line were cut off`);
      }
      return cuts;
    },
    async append(month, lines) {
      const file = await indexOf(month);
      const target = months[file];
      if (target === undefined) throw new RangeError(`no archive file for ${month}`);
      await addBehind(files, target, Buffer.concat(lines));
      return lines.map((line) => {
        const place = { file, offset: target.end, length: line.length - 1 };
        target.end += line.length;
        return place;
      });
    },
    async read({ file, offset, length }) {
      await using handle = await files.open(months[file]?.path ?? dir, 'r');
      return (await handle.read(Buffer.allocUnsafe(length), 0, length, offset)).buffer;
    },
    pathOf,
  };
}
