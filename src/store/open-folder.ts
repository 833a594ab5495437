// Everything one bot keeps in one folder: the lock that makes it the only one, orders, conversations, settings and the
// card key. main opens it at start and closes it last.

import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Store, Vault } from '../app/ports.ts';
import type { Dialogues, People, UpdateJournal } from '../app/chat-memory.ts';
import type { Bells, OneOfAll, SharedLanes } from '../app/lanes.ts';
import type { Sharing } from '../app/sharing.ts';
import { isCardCheck, makeCardCheck } from './card-check.ts';
import { loadCardKey } from './card-key.ts';
import { openDialogues } from './dialogues.ts';
import { errorCode, REAL_FILES, syncFolder, UnusableFolder } from './disk.ts';
import { openKeyMemory, type KeyMemory } from './key-memory.ts';
import { ORDERS_FILE, type StoreLog } from './load-store.ts';
import { acquireLock } from './lock.ts';
import { openLowdbStore } from './lowdb-store.ts';
import { refuseWhereMoved } from './moving/folder-mark.ts';
import { openPeople } from './people.ts';
import { createVault } from './vault.ts';

export { UnusableDatabase, UnusableFolder } from './disk.ts';

const CHECK_FILE = 'card.check';

async function readCheck(path: string): Promise<string | undefined> {
  try {
    return await REAL_FILES.readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole or not there, also after a power cut: a torn one would call every key the wrong one. */
async function writeCheck(dir: string, path: string, sealed: string): Promise<void> {
  const temporary = `${path}.tmp`;
  {
    await using handle = await REAL_FILES.open(temporary, 'w', 0o600);
    await handle.writeFile(sealed);
    await handle.sync();
  }
  await REAL_FILES.rename(temporary, path);
  await syncFolder(REAL_FILES, dir);
}

/** Another key than the one that sealed the codes so far would lose them without a word. */
async function checkKey(dir: string, vault: Vault): Promise<void> {
  const path = join(dir, CHECK_FILE);
  const sealed = await readCheck(path);
  if (sealed === undefined) await writeCheck(dir, path, makeCardCheck(vault));
  else if (!isCardCheck(vault, sealed))
    throw new UnusableFolder(
      `CARD_KEY is not the key that sealed the card codes in ${dir}. Put the old key back, or its card.key file.`,
    );
}

async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
  } catch (error) {
    throw new UnusableFolder(`DATA_DIR can't be used as a folder: ${dir}. Example: data`, { cause: error });
  }
}

/** Where updates are written down: by a process that is alone, or by several that share them. */
export type Updates =
  | { readonly kind: 'alone'; readonly journal: UpdateJournal }
  | {
      readonly kind: 'shared';
      readonly lanes: SharedLanes;
      readonly bells: Bells;
      /** Whose turn it is to ask Telegram. */
      readonly asking: OneOfAll;
    };

export interface Folder {
  readonly store: Store;
  readonly dialogues: Dialogues;
  readonly updates: Updates;
  readonly people: People;
  readonly vault: Vault;
  readonly keyMemory: KeyMemory;
  /** With the other processes on the same store; absent where there can be none. */
  readonly sharing?: Sharing | undefined;
  /** The order book was torn and its previous copy is in use. */
  readonly recovered: boolean;
  /** Ends the writes in hand and gives the folder back. */
  close(): Promise<void>;
}

/** Whether somebody's shop is in a folder. */
export const hasOrders = (dir: string): Promise<boolean> =>
  access(join(dir, ORDERS_FILE)).then(
    () => true,
    () => false,
  );

/** Throws UnusableFolder (LockedError when another bot has it), and what the stores throw when they can't be read. */
export async function openFolder(options: {
  dir: string;
  cardKey: string | undefined;
  apiKey: string;
  clock: Clock;
  log: StoreLog;
}): Promise<Folder> {
  const { dir, cardKey, apiKey, clock, log } = options;
  await makeFolder(dir);
  const lock = await acquireLock(dir, { clock });
  try {
    await refuseWhereMoved(dir);
    const { key, made } = await loadCardKey({ dir, ...(cardKey === undefined ? {} : { fromEnv: cardKey }) });
    if (made) log('made card.key: back it up, card codes of past orders are lost without it', { dir });
    const vault = createVault(key);
    await checkKey(dir, vault);
    const orders = await openLowdbStore({ dir, clock, log });
    const flows = await openDialogues({ dir, clock });
    const settings = await openPeople({ dir, clock });
    const provider = await openKeyMemory({ dir, clock, apiKey });
    return {
      store: orders.store,
      dialogues: flows.dialogues,
      updates: { kind: 'alone', journal: flows.dialogues },
      people: settings.people,
      vault,
      keyMemory: provider.memory,
      recovered: orders.recovered,
      close: async () => {
        await Promise.all([orders, flows, settings, provider].map((part) => part.close()));
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
