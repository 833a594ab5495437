// The store that needs no set-up: orders and money in files of one folder, owned by one process. Open orders live in
// `orders.json` through lowdb, closed ones in the archive; every change is on disk before anybody hears of it.

import type { Change, Committed, Store } from '../app/ports.ts';
import type { Order } from '../domain/order.ts';
import { TWIN_WINDOW_MS } from '../domain/schedule.ts';
import { REAL_FILES, storeFault, type Place } from './disk.ts';
import { groupCommit, type Answer } from './group-commit.ts';
import { startBatch, type Batch, type Verdict } from './hot-orders.ts';
import { loadOrders, type StoreLog } from './load-orders.ts';
import { doubted } from './mend.ts';
import { orderRecords, type Ladder } from './order-record.ts';
import { storeReads } from './store-reads.ts';

export interface LowdbStoreOptions extends Place {
  readonly log?: StoreLog;
  /** How records of older versions are brought up to date; another than the usual one in tests. */
  readonly ladder?: Ladder;
}

export interface OpenedStore {
  readonly store: Store;
  /** The last copy was torn and the one before it was used: the owners must know. */
  readonly recovered: boolean;
  /** What did not add up at start, one sentence each; it was also logged. */
  readonly faults: readonly string[];
  /** Waits for the writes in hand; later commits are refused with StoreFault. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the orders of a folder that this process alone owns (see lock.ts). Throws DamagedFile or NewerFile, naming file
 * and order, when something can't be read and no previous copy is good; throws StoreFault when the disk refuses.
 */
export async function openLowdbStore(options: LowdbStoreOptions): Promise<OpenedStore> {
  const { dir, clock, files = REAL_FILES, log = () => undefined } = options;
  const records = orderRecords(options.ladder);
  const { db, archive, recovered, faults } = await loadOrders({ dir, clock, files, log, records });
  let current = db.data;
  let recent = archive.recent;
  let closed = false;

  const forgetOld = (orders: readonly Order[]): readonly Order[] =>
    orders.filter(({ state }) => 'at' in state && state.at >= clock() - TWIN_WINDOW_MS);

  async function save(batch: Batch): Promise<void> {
    const gone = batch.closed();
    if (gone.length > 0) await archive.append(gone);
    // lowdb writes what it holds; readers look at `current`, which changes only once the disk has it.
    db.data = batch.next();
    try {
      await db.write();
    } catch (error) {
      db.data = current;
      throw error;
    }
    current = db.data;
    if (gone.length > 0) recent = forgetOld([...recent, ...gone.map(({ order }) => order)]);
  }

  async function answer(verdict: Verdict): Promise<Committed> {
    if (verdict.kind !== 'archived') return verdict;
    try {
      const record = await archive.byRef(verdict.ref);
      return record === undefined ? { kind: 'stale' } : { kind: 'exists', order: record.order };
    } catch (error) {
      throw storeFault(error);
    }
  }

  async function write(changes: readonly Change[]): Promise<readonly Answer<Committed>[]> {
    const batch = startBatch(current, records, archive.has);
    const answers = changes.map((change): Answer<Committed> => {
      try {
        const verdict = batch.apply(change);
        return () => answer(verdict);
      } catch (error) {
        // A change that contradicts itself is its caller's bug; the others in the batch are not to suffer from it.
        return () => Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    if (batch.changed()) await save(batch);
    return answers;
  }

  const commits = groupCommit(write);
  const commit = (change: Change): Promise<Committed> =>
    closed ? Promise.reject(storeFault(new Error('the store is closed'))) : commits.submit(change);

  if (recovered) {
    const doubts = [...current.records.values()].flatMap(({ order }) => doubted(order, clock()));
    await Promise.all(doubts.map(commit));
    if (doubts.length === 0) await db.write();
    log('the last copy of the orders was torn, the previous one is in use', {
      dir,
      doubted: doubts.length / 2,
    });
  }

  return {
    store: { commit, ...storeReads({ archive, state: () => current, recent: () => recent }) },
    recovered,
    faults,
    async close() {
      closed = true;
      await commits.idle();
    },
  };
}
