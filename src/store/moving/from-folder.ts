// A data folder's belongings. The folder is locked meanwhile, so that no bot works in it.

import { join } from 'node:path';
import { access } from 'node:fs/promises';
import type { Clock } from '../../app/ports.ts';
import { readDialogues } from '../dialogue-file.ts';
import { DIALOGUES_FILE } from '../dialogues.ts';
import { errorCode, REAL_FILES } from '../disk.ts';
import { PROVIDER_FILE, readKnownKey } from '../key-memory.ts';
import { loadStore, ORDERS_FILE, type LoadedStore } from '../load-store.ts';
import { acquireLock } from '../lock.ts';
import { orderRecords, type OrderRecord } from '../order-record.ts';
import { readSettings, SETTINGS_FILE, type Person } from '../people.ts';
import { unsealed } from '../seal.ts';
import { CannotMove, type Belongings } from './belongings.ts';
import { readMark, whyNotHere } from './folder-mark.ts';
import { madeWhole } from './made-whole.ts';

export const CARD_CHECK_FILE = 'card.check';

async function textOf(path: string): Promise<string | undefined> {
  try {
    return unsealed(await REAL_FILES.readFile(path, 'utf8'), path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function* everyOrder({ db, archive }: LoadedStore): AsyncGenerator<OrderRecord> {
  yield* db.data.records.values();
  // One that was closed by a write that did not come through is still open.
  for await (const record of archive.all()) if (!db.data.records.has(record.order.ref)) yield record;
}

async function readFlows(dir: string): Promise<Pick<Belongings, 'flows' | 'handled'>> {
  const path = join(dir, DIALOGUES_FILE);
  const text = await textOf(path);
  if (text === undefined) return { flows: [], handled: [] };
  const { records, handled, unfinished } = readDialogues(text, path);
  if (unfinished !== '[]')
    throw new CannotMove(
      `Some messages in ${dir} are not finished yet. Start the bot once more without DATABASE_URL, stop it, then move.`,
    );
  const flows = [...records].map(([key, { state, prompt, touchedAt }]) => {
    const plain: unknown = JSON.parse(state);
    return { key, state: plain, prompt, touchedAt };
  });
  return { flows, handled: [...handled] };
}

/**
 * Opens a folder for moving. Throws CannotMove when there is no shop in it or its books do not add up, LockedError while a
 * bot uses it, and what the stores throw when they can't be read.
 */
export async function fromFolder(
  dir: string,
  clock: Clock,
): Promise<{ readonly belongings: Belongings; readonly close: () => Promise<void> }> {
  await access(join(dir, ORDERS_FILE)).catch(() => {
    throw new CannotMove(`There is no shop in ${dir}: no ${ORDERS_FILE}. Name the right folder.`);
  });
  const lock = await acquireLock(dir, { clock });
  try {
    const mark = await readMark(dir);
    if (mark?.what === 'left' || mark?.what === 'arriving') throw new CannotMove(whyNotHere(dir, mark));
    const log = (): void => undefined;
    const loaded = await loadStore({ dir, clock, files: REAL_FILES, log, records: orderRecords() });
    const [fault] = loaded.faults;
    if (loaded.recovered || fault !== undefined)
      throw new CannotMove(
        `The books in ${dir} are being mended. Start the bot once more without DATABASE_URL, stop it, then move.`,
      );
    const { nextNo, shop } = loaded.db.data;
    const orders = () => everyOrder(loaded);
    const settingsPath = join(dir, SETTINGS_FILE);
    const settings = await textOf(settingsPath);
    const providerPath = join(dir, PROVIDER_FILE);
    const provider = await textOf(providerPath);
    return {
      belongings: {
        ...{ nextNo, orders },
        ...(await madeWhole(loaded, orders)),
        ...(await readFlows(dir)),
        shop: [...shop.values()].map(({ record }) => record),
        people: settings === undefined ? new Map<number, Person>() : readSettings(settings, settingsPath),
        knownKey: provider === undefined ? undefined : readKnownKey(provider, providerPath),
        cardCheck: await textOf(join(dir, CARD_CHECK_FILE)),
      },
      close: () => lock.release(),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
