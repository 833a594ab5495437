// A folder of line files, one per month: lines are added behind what is known to be whole, and read back by their place.
// The archive of closed orders and the journal of wallets are both kept so.

import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DamagedFile, syncFolder, type Files } from './disk.ts';
import { isWhole, sealedLine } from './seal.ts';
import { scanLines, type ReadHead, type ScannedLine } from './line-scan.ts';

/** Where a line lies: the number of its file, its first byte, and its length in bytes without the line end. */
export interface LinePlace {
  readonly file: number;
  readonly offset: number;
  readonly length: number;
}

export interface MonthFiles<H> {
  /** Looks which files there are; before anything else. */
  find(): Promise<void>;
  /** The UTC months (`2026-09`) of the files by their numbers: as found, oldest first, then as made. */
  readonly months: () => readonly string[];
  /** Visits every line of a file, which may be added to from then on; a sentence when a torn end was cut off. */
  load(file: number, visit: (line: ScannedLine<H>, place: LinePlace) => void): Promise<string | undefined>;
  /** Visits every line of a loaded file as it is known now. */
  visit(file: number, visit: (line: ScannedLine<H>, place: LinePlace) => void): Promise<void>;
  /** Adds lines, each with its line end, to a month's file; on disk when it resolves, and where they lie. */
  append(month: string, lines: readonly Buffer[]): Promise<readonly LinePlace[]>;
  /** Forgets a line and all behind it in its file; where the disk refuses that now, it happens before anything is added. */
  takeBack(from: LinePlace): Promise<void>;
  /** Whether a loaded file has no line. */
  isEmpty(file: number): boolean;
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

/** The UTC month of a moment (epoch ms): `2026-09`. */
export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

async function cut(files: Files, { path, end }: MonthFile): Promise<void> {
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

/** The months of an existing folder; `compares`: every line with its sum, also where only its start is looked at. Everything here throws what the system said; a broken line throws DamagedFile. */
export function monthFiles<H>(
  dir: string,
  files: Files,
  readHead: ReadHead<H>,
  { compares = false }: { readonly compares?: boolean } = {},
): MonthFiles<H> {
  const months: MonthFile[] = [];
  /** Files that may have bytes behind their end, which would count as lines once another file goes on. */
  const unclean = new Set<MonthFile>();
  /** Names on disk for good. A file that an earlier life made and was killed over has one that a power cut may still take. */
  let areNamesSafe = false;

  async function keepNames(): Promise<void> {
    await syncFolder(files, dir);
    areNamesSafe = true;
  }

  async function make(month: string): Promise<number> {
    const path = join(dir, `${month}.jsonl`);
    await using handle = await files.open(path, 'a', 0o600);
    await handle.sync();
    await keepNames();
    return months.push({ month, path, end: 0 }) - 1;
  }

  async function numberOf(month: string): Promise<number> {
    const known = months.findIndex((one) => one.month === month);
    if (known < 0) return make(month);
    if (!areNamesSafe) await keepNames();
    return known;
  }

  function fileOf(file: number): MonthFile {
    const known = months[file];
    if (known === undefined) throw new RangeError(`no file ${file} in ${dir}`);
    return known;
  }

  async function clean(file: MonthFile): Promise<void> {
    await cut(files, file);
    unclean.delete(file);
  }

  async function add(target: MonthFile, lines: readonly Buffer[]): Promise<void> {
    for (const other of unclean) if (other !== target) await clean(other);
    unclean.add(target);
    await addBehind(files, target, Buffer.concat(lines));
    unclean.delete(target);
  }

  return {
    async find() {
      const names = (await files.readdir(dir)).sort();
      for (const name of names) {
        const month = MONTH_FILE.exec(name)?.[1];
        if (month !== undefined) months.push({ month, path: join(dir, name), end: 0 });
      }
    },
    months: () => months.map(({ month }) => month),
    async load(file, visit) {
      const target = fileOf(file);
      const { path } = target;
      const { end, size } = await scanLines({
        files,
        path,
        readHead,
        compares,
        visit: (line) => visit(line, { file, offset: line.offset, length: line.length }),
      });
      target.end = end;
      if (end === size) return undefined;
      await clean(target);
      return `${path}: ${size - end} bytes of an unfinished line were cut off`;
    },
    async visit(file, visit) {
      const { path, end } = fileOf(file);
      await scanLines({
        files,
        path,
        readHead,
        until: end,
        visit: (line) => visit(line, { file, offset: line.offset, length: line.length }),
      });
    },
    async append(month, added) {
      const file = await numberOf(month);
      const target = fileOf(file);
      const lines = added.map(sealedLine);
      await add(target, lines);
      return lines.map((line) => {
        const place = { file, offset: target.end, length: line.length - 1 };
        target.end += line.length;
        return place;
      });
    },
    async takeBack({ file, offset }) {
      const target = fileOf(file);
      target.end = offset;
      unclean.add(target);
      // A disk that refuses even this is met again, and heard, by the next line.
      await clean(target).catch(() => undefined);
    },
    isEmpty: (file) => fileOf(file).end === 0,
    async read({ file, offset, length }) {
      await using handle = await files.open(fileOf(file).path, 'r');
      const { buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
      if (isWhole(buffer)) return buffer;
      throw new DamagedFile(`${fileOf(file).path}: the line at byte ${offset} can't be read`);
    },
    pathOf: ({ file, offset }) => `${fileOf(file).path} at byte ${offset}`,
  };
}
