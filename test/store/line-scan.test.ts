// Files of lines, read in pieces: every whole line once and in its place, a torn end left alone, damage named by its byte.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DamagedFile, REAL_FILES } from '../../src/store/disk.ts';
import { bodyOf, LONGEST_LINE, scanLines, type Scan } from '../../src/store/line-scan.ts';
import { sealedLine } from '../../src/store/seal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const readHead = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);

async function scan(content: string | Buffer, more: Partial<Scan<number>> = {}) {
  const path = join(await temporaryFolder(), 'lines');
  await writeFile(path, content);
  const seen: { head: number; offset: number; length: number; body: string }[] = [];
  const visit: Scan<number>['visit'] = ({ head, offset, length, bytes }) =>
    void seen.push({ head, offset, length, body: bodyOf(bytes) });
  return { ...(await scanLines({ files: REAL_FILES, path, readHead, visit, ...more })), seen };
}

/** The lines with these bodies, numbered, and what a reader must find. */
function written(bodies: readonly string[]) {
  const lines = bodies.map((body, head) => ({ head, body, bytes: Buffer.from(`${head}\t${body}\n`) }));
  let offset = 0;
  const found = lines.map(({ head, body, bytes }) => {
    const one = { head, offset, length: bytes.length - 1, body };
    offset += bytes.length;
    return one;
  });
  return { content: Buffer.concat(lines.map(({ bytes }) => bytes)), found };
}

describe('a file of lines', () => {
  it.each([
    ['shorter than a piece', 10, 9],
    ['across the pieces', 60_000, 7],
    ['longer than several pieces', 400_000, 2],
    ['and the longest that may be', LONGEST_LINE / 2 - 2, 2],
  ])('is found whole, its lines %s', async (_what, letters, count) => {
    const { content, found } = written(Array.from({ length: count }, () => 'é'.repeat(letters - 1)));
    const { seen, end, size } = await scan(content);
    expect(seen.map(({ body, ...place }) => [place, body.length])).toEqual(
      found.map(({ body, ...place }) => [place, body.length]),
    );
    expect([end, size]).toEqual([content.length, content.length]);
  });

  it('that is empty has none', async () => {
    expect(await scan('')).toEqual({ seen: [], end: 0, size: 0 });
  });

  it('ends where its last whole line does: what was torn is not visited', async () => {
    const { seen, end, size } = await scan('1\tone\n2\ttw');
    expect(seen.map(({ head }) => head)).toEqual([1]);
    expect([end, size]).toEqual([6, 10]);
  });

  it('is read as far as it is asked for', async () => {
    const { seen, end } = await scan('1\tone\n2\ttwo\nrubbish\n', { until: 12 });
    expect(seen.map(({ head }) => head)).toEqual([1, 2]);
    expect(end).toBe(12);
  });
});

describe('damage', () => {
  it.each([
    ['no tab of its own', '1\tone\nrubbish\n2\ttwo\n', 6],
    ['a start that is none of ours', '1\tone\nx\ttwo\n', 6],
    ['nothing at all', '\n', 0],
  ])('of a line with %s is named by its place', async (_what, content, byte) => {
    const failure: unknown = await scan(content).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DamagedFile);
    expect(String(failure)).toMatch(new RegExp(`lines: the line at byte ${byte} can't be read$`));
  });

  it('behind many whole lines is named by its place in the file', async () => {
    const long = `1\t${'x'.repeat(99_997)}\n`;
    await expect(scan(`${long}${long}rubbish\n`)).rejects.toThrow('byte 200000');
  });

  it('that lends a line the start of the next one is seen, however much its reader would take', async () => {
    const lenient = (text: string): number => Number.parseInt(text, 10);
    await expect(scan('1\n2\ttwo\n', { readHead: lenient })).rejects.toThrow('byte 0');
  });

  it('by which a line never ends is found out without reading it all', async () => {
    const endless = `1\tone\n2\t${'x'.repeat(LONGEST_LINE + 10)}`;
    await expect(scan(endless)).rejects.toThrow('no line end after byte 6');
  });

  it('inside a line shows in its sum, to whoever compares', async () => {
    const line = sealedLine(Buffer.from('1\tone\n')).toString();
    expect((await scan(line, { compares: true })).seen).toMatchObject([{ head: 1, body: 'one' }]);
    const altered = line.replace('one', 'two');
    expect((await scan(altered)).seen).toMatchObject([{ head: 1, body: 'two' }]);
    await expect(scan(altered, { compares: true })).rejects.toThrow('byte 0');
  });
});
