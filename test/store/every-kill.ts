// Every folder that a kill could leave behind: a copy is made before each operation on the disk.

import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../src/app/ports.ts';
import type { Order, Ref } from '../../src/domain/order.ts';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { NOW } from './orders.ts';
import { temporaryFolder, watchedFiles } from './temporary-folder.ts';

export interface Kill {
  readonly dir: string;
  /** The revisions of orders that somebody had been told of by then. */
  readonly told: ReadonlyMap<Ref, number>;
  /** The money entries that somebody had been told of by then. */
  readonly moved: ReadonlySet<string>;
}

/** Notes what somebody is told of now: an order as it is, or the id of a money entry. */
export type Tell = (what: Order | string) => void;

/** The folders in their order, with what had been told by then. */
export async function everyKill(work: (store: Store, tell: Tell) => Promise<void>): Promise<readonly Kill[]> {
  const dir = await temporaryFolder();
  const snapshots = await temporaryFolder();
  const told = new Map<Ref, number>();
  const moved = new Set<string>();
  const kills: Kill[] = [];
  const files = watchedFiles(async () => {
    const copy = join(snapshots, String(kills.length));
    kills.push({ dir: copy, told: new Map(told), moved: new Set(moved) });
    await cp(dir, copy, { recursive: true });
  });
  const { store } = await openLowdbStore({ dir, clock: () => NOW, files });
  await work(store, (what) => {
    if (typeof what === 'string') moved.add(what);
    else told.set(what.ref, what.rev);
  });
  return kills;
}
