// A folder of its own for a test, gone afterwards; and a disk that fails when it is told to.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { REAL_FILES, type Files } from '../../src/store/disk.ts';

export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'store-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Cuts a file off in its middle. As a file of its own: for a moment in each write its previous copy is another name of it. */
export async function tear(path: string): Promise<void> {
  const whole = await readFile(path);
  await rm(path);
  await writeFile(path, whole.subarray(0, whole.length / 2));
}

/** A file's text as versions wrote it that knew no sums: what is altered in it is taken for what was written. */
export const withoutSums = (text: string): string =>
  text.replace(/^\{"sum":"[0-9a-f]{8}",/u, '{').replace(/^~[0-9a-f]{8} /gmu, '');

type Operation = 'open' | 'rename' | 'link' | 'unlink';

/** Told of every operation before it happens; throws to let it fail. */
export type Watcher = (operation: Operation, path: string) => void | Promise<void>;

/** The real file system with somebody watching what is done to it. */
export function watchedFiles(watch: Watcher): Files {
  return {
    ...REAL_FILES,
    async open(path, flags, mode) {
      await watch('open', String(path));
      return REAL_FILES.open(path, flags, mode);
    },
    async rename(from, to) {
      await watch('rename', String(to));
      return REAL_FILES.rename(from, to);
    },
    async link(from, to) {
      await watch('link', String(to));
      return REAL_FILES.link(from, to);
    },
    async unlink(path) {
      await watch('unlink', String(path));
      return REAL_FILES.unlink(path);
    },
  };
}

export interface BreakableDisk {
  readonly files: Files;
  /** From now on, operations on paths that match fail with this code, but for the first `after` of them. */
  breakDown(code: string, matching: RegExp, after?: number): void;
  repair(): void;
}

export function breakableDisk(): BreakableDisk {
  let broken: { code: string; matching: RegExp; spared: number } | undefined;
  const files = watchedFiles((operation, path) => {
    if (broken?.matching.test(path) !== true) return;
    broken.spared -= 1;
    if (broken.spared >= 0) return;
    throw Object.assign(new Error(`${operation} failed`), { code: broken.code });
  });
  return {
    files,
    breakDown(code, matching, after = 0) {
      broken = { code, matching, spared: after };
    },
    repair() {
      broken = undefined;
    },
  };
}
