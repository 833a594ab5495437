// The lowdb adapter of the store: one file that is always whole on disk, with its last good copy beside it.
// lowdb's own adapter neither syncs nor keeps a copy, and a torn file would take everybody's orders with it.

import type { Adapter } from 'lowdb';
import { dirname } from 'node:path';
import type { Clock } from '../app/ports.ts';
import {
  errorCode,
  NewerFile,
  REAL_FILES,
  removeFile,
  secondName,
  storeFault,
  syncFolder,
  type Files,
} from './disk.ts';
import { createPacking } from './packing.ts';
import { seal, unsealed, withRoom } from './seal.ts';

export interface DurableFile<T> extends Adapter<T> {
  /** Whether the last read had to fall back on the previous copy. */
  recovered(): boolean;
  /** Keeps a copy of the file as `<name>.torn-<epoch ms>`, for a person to look at. */
  setAside(): Promise<void>;
}

export interface DurableFileOptions<T> {
  readonly path: string;
  /** Reads the text and checks it; throws what `read` shall throw when there is no good copy either. */
  readonly parse: (text: string) => T;
  /** The text of a JSON object in pieces, cached ones if it likes: what did not change is not put together again. */
  readonly pieces: (data: T) => readonly string[];
  readonly clock: Clock;
  /** False: survives a kill but perhaps not a power cut. */
  readonly durable?: boolean;
  readonly files?: Files;
}

type Reading<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'good'; readonly data: T }
  | { readonly kind: 'bad'; readonly error: unknown };

const isBad = <T>(reading: Reading<T>): reading is Extract<Reading<T>, { kind: 'bad' }> =>
  reading.kind === 'bad';

/** `write` throws StoreFault and leaves the old contents in place; `read` gives null when there is no file yet. */
export function durableFile<T>(options: DurableFileOptions<T>): DurableFile<T> {
  const { path, parse, pieces, clock, durable = true, files = REAL_FILES } = options;
  const folder = dirname(path);
  const temporary = `${path}.tmp`;
  const previous = `${path}.prev`;
  const pack = createPacking();
  let recovered = false;
  /** What lies at `path` can't be read. It stays until the next write, so that a kill until then recovers once more. */
  let torn = false;

  async function writeTemporary(bytes: Buffer): Promise<void> {
    await using handle = await files.open(temporary, 'w', 0o600);
    await handle.writeFile(bytes);
    if (durable) await handle.sync();
  }

  /** A torn file must not take the place of its good copy. */
  const keepPrevious = async (): Promise<boolean> => !torn && (await secondName(files, path, previous));

  /** A name that may be lost in a power cut is no promise: the old contents go back, as the caller hears "not written". */
  async function settleFolder(hasPrevious: boolean): Promise<void> {
    try {
      await syncFolder(files, folder);
    } catch (error) {
      if (hasPrevious && (await secondName(files, previous, temporary))) await files.rename(temporary, path);
      else await files.unlink(path);
      throw error;
    }
  }

  async function write(data: T): Promise<void> {
    const bytes = seal(pack(withRoom(pieces(data))));
    try {
      await writeTemporary(bytes);
      const hasPrevious = await keepPrevious();
      await files.rename(temporary, path);
      if (durable) await settleFolder(hasPrevious);
      torn = false;
    } catch (error) {
      // What was written of it may be what fills the disk.
      await removeFile(files, temporary).catch(() => false);
      throw storeFault(error);
    }
  }

  async function attempt(name: string): Promise<Reading<T>> {
    let text: string;
    try {
      text = await files.readFile(name, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return { kind: 'absent' };
      throw error;
    }
    try {
      return { kind: 'good', data: parse(unsealed(text, name)) };
    } catch (error) {
      if (error instanceof NewerFile) throw error;
      return { kind: 'bad', error };
    }
  }

  async function setAside(): Promise<void> {
    await secondName(files, path, `${path}.torn-${clock()}`);
  }

  async function read(): Promise<T | null> {
    await removeFile(files, temporary);
    const now = await attempt(path);
    if (now.kind === 'good') return now.data;
    const before = await attempt(previous);
    if (now.kind === 'absent' && before.kind === 'absent') return null;
    torn = true;
    if (before.kind !== 'good') throw [now, before].find(isBad)?.error;
    await setAside();
    recovered = true;
    return before.data;
  }

  return { read, write, setAside, recovered: () => recovered };
}
