// A real file system of a few hundred kilobytes, to be filled to the last page or made read-only while the bot runs. It is
// mounted, which takes the rights to do so; where they are missing, the tests say so and are left out.

import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PAGE = 4_096;
const SIZE_KB = 1_024;
/** A file that is being written at this very moment keeps a disk from becoming read-only. */
const TRIES = 200;
const AGAIN_MS = 20;

export interface SmallDisk {
  /** An empty folder on it. */
  readonly dir: string;
  /** Takes all room but so many pages of 4 KiB. */
  fill(pagesLeft?: number): Promise<void>;
  /** Gives the room back. */
  empty(): Promise<void>;
  readOnly(on: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Mounts one; rejects without the rights. */
export async function mountSmallDisk(): Promise<SmallDisk> {
  const place = await mkdtemp(join(tmpdir(), 'small-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_KB}k,mode=700`, 'tmpfs', place]);
  const ballast = join(place, 'ballast');

  const empty = (): Promise<void> => unlink(ballast).catch(() => undefined);

  async function fill(pagesLeft = 0): Promise<void> {
    await using file = await open(ballast, 'a');
    try {
      for (;;) await file.write(Buffer.alloc(PAGE));
    } catch {
      // Full to the last page.
    }
    const { size } = await file.stat();
    await file.truncate(Math.max(0, size - pagesLeft * PAGE));
  }

  async function readOnly(on: boolean): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await run('mount', ['-o', `remount,${on ? 'ro' : 'rw'}`, place]);
        return;
      } catch (error) {
        if (tries === TRIES) throw error;
        await rest(AGAIN_MS);
      }
    }
  }

  return {
    dir: join(place, 'data'),
    ...{ fill, empty, readOnly },
    close: async () => {
      await run('umount', ['-l', place]);
      await rm(place, { recursive: true, force: true });
    },
  };
}

/** Whether this process may mount at all; says on stderr when it may not, since what it is asked for is then not tested. */
export async function mayMount(): Promise<boolean> {
  try {
    await (await mountSmallDisk()).close();
    return true;
  } catch {
    process.stderr.write(
      'NOT TESTED: a full and a read-only disk, for lack of the rights to mount one (run as root)\n',
    );
    return false;
  }
}
