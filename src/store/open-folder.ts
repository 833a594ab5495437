// Everything one bot keeps in one folder: the lock that makes it the only one, orders, conversations, settings and the
// card key. main opens it at start and closes it last.

import { mkdir } from 'node:fs/promises';
import type { Clock, Dialogues, People, Store, Vault } from '../app/ports.ts';
import { loadCardKey } from './card-key.ts';
import { openDialogues } from './dialogues.ts';
import type { StoreLog } from './load-orders.ts';
import { acquireLock } from './lock.ts';
import { openLowdbStore } from './lowdb-store.ts';
import { openPeople } from './people.ts';
import { createVault } from './vault.ts';

export interface Folder {
  readonly store: Store;
  readonly dialogues: Dialogues;
  readonly people: People;
  readonly vault: Vault;
  /** The order book was torn and its previous copy is in use. */
  readonly recovered: boolean;
  /** Ends the writes in hand and gives the folder back. */
  close(): Promise<void>;
}

/** Throws LockedError when another bot uses the folder, and what the stores throw when they can't be read. */
export async function openFolder(options: {
  dir: string;
  cardKey: string | undefined;
  clock: Clock;
  log: StoreLog;
}): Promise<Folder> {
  const { dir, cardKey, clock, log } = options;
  await mkdir(dir, { recursive: true });
  const lock = await acquireLock(dir, { clock });
  try {
    const { key, made } = await loadCardKey({ dir, ...(cardKey === undefined ? {} : { fromEnv: cardKey }) });
    if (made) log('made card.key: back it up, card codes of past orders are lost without it', { dir });
    const orders = await openLowdbStore({ dir, clock, log });
    const flows = await openDialogues({ dir, clock });
    const settings = await openPeople({ dir, clock });
    return {
      store: orders.store,
      dialogues: flows.dialogues,
      people: settings.people,
      vault: createVault(key),
      recovered: orders.recovered,
      close: async () => {
        await Promise.all([orders.close(), flows.close(), settings.close()]);
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
