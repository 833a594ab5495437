// Files of lines: a reader that goes through one in large pieces and looks only at the start of each line, so that a
// hundred thousand of them don't delay a start. What stands in front of a line, up to a tab, is its owner's business.

import { DamagedFile, type Files } from './disk.ts';
import { isWhole, sealAt } from './seal.ts';

export interface ScannedLine<H> {
  readonly head: H;
  readonly offset: number;
  /** In bytes, without the line end. */
  readonly length: number;
  /** The whole line; valid only until the next line is asked for. */
  readonly bytes: Buffer;
}

/** Reads what stands in front of the tab; undefined for what can't be one of ours. */
export type ReadHead<H> = (text: string) => H | undefined;

export interface Scan<H> {
  readonly files: Files;
  readonly path: string;
  readonly readHead: ReadHead<H>;
  readonly visit: (line: ScannedLine<H>) => void;
  /** Whether each line is compared with its sum; otherwise that is for whoever reads what follows its start. */
  readonly compares?: boolean;
  /** Where to stop, in bytes; the end of the file when it is left out. */
  readonly until?: number;
}

/** A line, its end included, may not be longer: it would not be found again. In bytes. */
export const LONGEST_LINE = 1 << 20;
/** How much is read at once, in bytes, as long as the lines are no longer. */
const PIECE = 1 << 17;
const LINE_END = 10;
const TAB = 9;

/** What follows the tab. */
export const bodyOf = (line: Buffer): string => line.toString('utf8', line.indexOf(TAB) + 1);

function headOf<H>(readHead: ReadHead<H>, chunk: Buffer, start: number, end: number): H | undefined {
  const tab = chunk.indexOf(TAB, start);
  return tab < 0 || tab > end
    ? undefined
    : readHead(chunk.toString('latin1', start + sealAt(chunk, start), tab));
}

/** Visits the whole lines of one piece, which begins at byte `from` of its file; returns how many bytes they take. */
function visitLines<H>(chunk: Buffer, from: number, scan: Scan<H>): number {
  const { path, readHead, visit, compares = false } = scan;
  let start = 0;
  for (let stop = chunk.indexOf(LINE_END); stop >= 0; stop = chunk.indexOf(LINE_END, start)) {
    const head = headOf(readHead, chunk, start, stop);
    const bytes = chunk.subarray(start, stop);
    if (head === undefined || (compares && !isWhole(bytes)))
      throw new DamagedFile(`${path}: the line at byte ${from + start} can't be read`);
    visit({ head, offset: from + start, length: stop - start, bytes });
    start = stop + 1;
  }
  return start;
}

/**
 * Calls `visit` for every whole line of a file and returns where the last one ends, in bytes; what follows is a torn line.
 * Throws DamagedFile, naming the file and the place, for a line that can't be one of ours.
 */
export async function scanLines<H>(scan: Scan<H>): Promise<{ readonly end: number; readonly size: number }> {
  await using handle = await scan.files.open(scan.path, 'r');
  const { size } = await handle.stat();
  const until = Math.min(size, scan.until ?? size);
  let buffer = Buffer.allocUnsafe(Math.min(PIECE, until));
  let end = 0;
  while (end < until) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, until - end), end);
    const taken = visitLines(buffer.subarray(0, bytesRead), end, scan);
    if (taken === 0 && bytesRead === LONGEST_LINE)
      throw new DamagedFile(`${scan.path}: no line end after byte ${end}`);
    if (taken === 0 && bytesRead < buffer.length) break;
    if (taken === 0) buffer = Buffer.allocUnsafe(Math.min(LONGEST_LINE, buffer.length * 2));
    end += taken;
  }
  return { end, size };
}
