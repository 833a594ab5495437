// The store that needs no set-up: everything in files of one folder, owned by one process. What changes lives in
// `orders.json` through lowdb, closed orders in the archive, the movements of wallets in the journal; every change is on
// disk before anybody hears of it.

import type { Committed, Store } from '../app/ports.ts';
import type { Archive } from './archive.ts';
import { REAL_FILES, storeFault, type Place } from './disk.ts';
import { loadStore, type StoreLog } from './load-store.ts';
import { doubted } from './mend.ts';
import type { Verdict } from './order-change.ts';
import { orderRecords, type Ladder } from './order-record.ts';
import { storeReads } from './store-reads.ts';
import { storeWriter } from './store-writer.ts';

export interface LowdbStoreOptions extends Place {
  readonly log?: StoreLog;
  /** How records of older versions are brought up to date; another than the usual one in tests. */
  readonly ladder?: Ladder;
}

export interface OpenedStore {
  readonly store: Store;
  /** The last copy was torn or is missing, and an older one is in use: the owners must know. */
  readonly recovered: boolean;
  /** What did not add up at start, one sentence each; it was also logged. */
  readonly faults: readonly string[];
  /** Waits for the writes in hand; later commits are refused with StoreFault. */
  readonly close: () => Promise<void>;
}

async function answer(archive: Archive, verdict: Verdict): Promise<Committed> {
  if (verdict.kind !== 'archived') return verdict;
  try {
    const record = await archive.byRef(verdict.ref);
    return record === undefined ? { kind: 'stale' } : { kind: 'exists', order: record.order };
  } catch (error) {
    throw storeFault(error);
  }
}

/**
 * Opens the orders of a folder that this process alone owns (see lock.ts). Throws DamagedFile or NewerFile, naming file
 * and order, when something can't be read and no previous copy is good; throws StoreFault when the disk refuses.
 */
export async function openLowdbStore(options: LowdbStoreOptions): Promise<OpenedStore> {
  const { dir, clock, files = REAL_FILES, log = () => undefined } = options;
  const records = orderRecords(options.ladder);
  const loaded = await loadStore({ dir, clock, files, log, records });
  const { archive, journal, recovered, lost, faults } = loaded;
  const { state, submit, heal, close } = storeWriter({ ...loaded, records, clock });
  const reads = storeReads({ archive, journal, state });
  const store: Store = {
    commit: async (change) => answer(archive, await submit((batch) => batch.commit(change))),
    change: (change) => submit((batch) => batch.change(change)),
    ...reads,
    // The worker asks at least once a minute.
    mine: () => {
      heal();
      return reads.active();
    },
    // Nobody else is there to take them.
    renew: () => Promise.resolve(),
  };

  if (recovered) {
    // In one write, also when there is nothing to doubt: a kill until then recovers once more.
    const doubts = [...state().records.values()].flatMap(({ order }) => doubted(order, clock()));
    await Promise.all([submit(() => undefined), ...doubts.map((one) => store.commit(one))]);
    log('the last copy of the orders was torn or is missing, an older one is in use', {
      dir,
      doubted: doubts.length / 2,
    });
  }
  return { store, recovered, faults: [...lost, ...faults], close };
}
