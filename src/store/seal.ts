// What tells bytes that are as they were written from bytes that are not: a sum of them, in front of every file that is
// replaced whole and of every line that is added. What an earlier version wrote has none, and is taken as it is.

import { crc32 } from 'node:zlib';
import { DamagedFile } from './disk.ts';

const sumOf = (bytes: Buffer | string): string => crc32(bytes).toString(16).padStart(8, '0');

/** Where the sum of a JSON file goes; the rest of the object follows. */
const ROOM = '{"sum":"00000000",';
const AT = ROOM.indexOf('0');
const SEALED = /^\{"sum":"([0-9a-f]{8})",/;

/** The pieces of a JSON object's text with room for their sum; any other text has none. */
export const withRoom = (pieces: readonly string[]): readonly string[] => {
  const [first = '', ...rest] = pieces;
  return first.startsWith('{') ? [ROOM, first.slice(1), ...rest] : pieces;
};

/** Writes the sum of packed pieces into their room, if they have it. */
export function seal(bytes: Buffer): Buffer {
  if (bytes.toString('latin1', 0, ROOM.length) === ROOM) bytes.write(sumOf(bytes.subarray(ROOM.length)), AT);
  return bytes;
}

/** The text of a JSON file without its sum; throws DamagedFile, naming the file, when the two don't agree. */
export function unsealed(text: string, file: string): string {
  const sum = SEALED.exec(text)?.[1];
  if (sum === undefined) return text;
  const rest = text.slice(ROOM.length);
  if (sumOf(rest) !== sum) throw new DamagedFile(`${file}: cut short, or not what was written`);
  return `{${rest}`;
}

const MARK = '~'.charCodeAt(0);
const sealOf = (line: Buffer): string => `~${sumOf(line)} `;
/** What the sum takes in front of a line. In bytes. */
export const SEAL_LENGTH = '~00000000 '.length;

/** A line, which has its line end, with its sum in front. */
export const sealedLine = (line: Buffer): Buffer =>
  Buffer.concat([Buffer.from(sealOf(line.subarray(0, -1))), line]);

/** How many bytes the sum takes in front of the line that begins here. */
export const sealAt = (bytes: Buffer, start: number): number => (bytes[start] === MARK ? SEAL_LENGTH : 0);

/** Whether a line, without its line end, is as it was written. */
export const isWhole = (line: Buffer): boolean =>
  sealAt(line, 0) === 0 || line.toString('latin1', 0, SEAL_LENGTH) === sealOf(line.subarray(SEAL_LENGTH));
