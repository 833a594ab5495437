// The archive's lines: how one is written, and a reader that goes through a file in large pieces and looks only at the
// start of each line, so that a hundred thousand closed orders don't delay a start.

import { isRef, type Ref } from '../domain/order.ts';
import { DamagedFile, type Files } from './disk.ts';
import type { OrderRecord } from './order-record.ts';

/** What stands in front of the record on every line. */
export interface LineHead {
  readonly ref: Ref;
  readonly no: number;
  readonly buyer: number;
  readonly settledAt: number;
}

export interface ScannedLine {
  readonly head: LineHead;
  readonly offset: number;
  /** In bytes, without the line end. */
  readonly length: number;
  /** The whole line; valid only until the next line is asked for. */
  readonly bytes: Buffer;
}

const CHUNK = 1 << 20;
const LINE_END = 10;
const TAB = 9;

/** When a settled order settled. Epoch ms; throws RangeError for one that has not. */
export function settledAt({ order }: OrderRecord): number {
  if ('at' in order.state) return order.state.at;
  throw new RangeError(`order ${order.ref} is not settled`);
}

/** `<ref> <no> <buyer> <settledAt>`, a tab, the record, a line end. */
export const writeLine = (record: OrderRecord): string =>
  `${record.order.ref} ${record.order.no} ${record.order.buyer} ${settledAt(record)}\t${record.text}\n`;

/** The record's JSON on a line. */
export const recordText = (line: Buffer): string => line.toString('utf8', line.indexOf(TAB) + 1);

function readHead(text: string): LineHead | undefined {
  const [ref = '', no, buyer, at, ...rest] = text.split(' ');
  const numbers = [no, buyer, at].map(Number);
  const whole = numbers.every(Number.isSafeInteger) && rest.length === 0;
  const [noRead = 0, buyerRead = 0, atRead = 0] = numbers;
  return isRef(ref) && whole && noRead > 0 && noRead < 2 ** 32
    ? { ref, no: noRead, buyer: buyerRead, settledAt: atRead }
    : undefined;
}

function headOf(chunk: Buffer, start: number, end: number): LineHead | undefined {
  const tab = chunk.indexOf(TAB, start);
  return tab < 0 || tab > end ? undefined : readHead(chunk.toString('latin1', start, tab));
}

/**
 * Calls `visit` for every whole line of a file and returns where the last one ends, in bytes; what follows is a torn line.
 * Throws DamagedFile, naming the file and the place, for a line that can't be one of ours.
 */
export async function scanLines(
  files: Files,
  path: string,
  visit: (line: ScannedLine) => void,
): Promise<{ readonly end: number; readonly size: number }> {
  await using handle = await files.open(path, 'r');
  const { size } = await handle.stat();
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, size));
  let end = 0;
  while (end < size) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, end);
    const taken = visitLines(buffer.subarray(0, bytesRead), end, path, visit);
    if (taken === 0 && bytesRead === CHUNK) throw new DamagedFile(`${path}: no line end after byte ${end}`);
    if (taken === 0) break;
    end += taken;
  }
  return { end, size };
}

/** Visits the whole lines of one piece, which begins at byte `from` of its file; returns how many bytes they take. */
function visitLines(chunk: Buffer, from: number, path: string, visit: (line: ScannedLine) => void): number {
  let start = 0;
  for (let stop = chunk.indexOf(LINE_END); stop >= 0; stop = chunk.indexOf(LINE_END, start)) {
    const head = headOf(chunk, start, stop);
    if (head === undefined) throw new DamagedFile(`${path}: the line at byte ${from + start} can't be read`);
    visit({ head, offset: from + start, length: stop - start, bytes: chunk.subarray(start, stop) });
    start = stop + 1;
  }
  return start;
}
