// A small file whose loss is a nuisance and no more (conversations, settings): opened through lowdb, begun anew when
// neither it nor its previous copy can be read, and written together for everybody who changes it at the same time.

import { Low } from 'lowdb';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DamagedFile, NewerFile, storeFault } from './disk.ts';
import { durableFile, type DurableFileOptions } from './durable-file.ts';
import { groupCommit } from './group-commit.ts';

/** How a file came back: as it was, as its previous copy, or empty with the torn one set aside. */
export type Comeback = 'whole' | 'previous' | 'empty';

/** Alters the next state; false when it left everything as it was. */
export type Edit<T> = (draft: T) => boolean;

export interface ReplaceableOptions<T> extends DurableFileOptions<T> {
  readonly empty: T;
  /** A copy that can be altered on its own; made once for all edits that are written together. */
  readonly copy: (state: T) => T;
}

export interface ReplaceableFile<T> {
  /** The state as the disk has it; not to be altered. */
  readonly now: () => T;
  /** Resolves when the edit is written; throws StoreFault when its write failed, and then it never happened. */
  edit(change: Edit<T>): Promise<void>;
  readonly comeback: Comeback;
  /** Waits for the writes in hand; later edits are refused. */
  readonly close: () => Promise<void>;
}

/** Opens the file, its folder made when absent. Throws NewerFile for one that a later version wrote. */
export async function openReplaceable<T>(options: ReplaceableOptions<T>): Promise<ReplaceableFile<T>> {
  await mkdir(dirname(options.path), { recursive: true, mode: 0o700 });
  const file = durableFile(options);
  const db = new Low<T>(file, options.empty);
  const comeback = await readOrBegin();
  let current = db.data;
  let closed = false;

  async function readOrBegin(): Promise<Comeback> {
    try {
      await db.read();
      return file.recovered() ? 'previous' : 'whole';
    } catch (error) {
      if (!(error instanceof DamagedFile) || error instanceof NewerFile) throw error;
      await file.setAside();
      return 'empty';
    }
  }

  async function save(next: T): Promise<void> {
    db.data = next;
    try {
      await db.write();
    } catch (error) {
      db.data = current;
      throw error;
    }
    current = next;
  }

  async function write(edits: readonly Edit<T>[]): Promise<readonly (() => undefined)[]> {
    const draft = options.copy(current);
    const changed = edits.map((edit) => edit(draft)).some(Boolean);
    if (changed) await save(draft);
    return edits.map(() => () => undefined);
  }

  const edits = groupCommit(write);
  return {
    now: () => current,
    edit: (change) =>
      closed ? Promise.reject(storeFault(new Error('the file is closed'))) : edits.submit(change),
    comeback,
    async close() {
      closed = true;
      await edits.idle();
    },
  };
}
