// The one way by which the store's state changes: changes that arrive while the disk is busy become one batch, which is
// written to the archive, the journal and the hot file, in this order, before anybody hears of it.

import type { Clock } from '../app/ports.ts';
import type { Order } from '../domain/order.ts';
import { TWIN_WINDOW_MS } from '../domain/schedule.ts';
import { startBatch, type Batch } from './batch.ts';
import { storeFault } from './disk.ts';
import { groupCommit, type Answer } from './group-commit.ts';
import type { HotState } from './hot-state.ts';
import type { LoadedStore } from './load-store.ts';
import type { OrderRecords } from './order-record.ts';
import { submitted, takeAll, type Taking } from './taking.ts';

export interface StoreWriter {
  /** The state as the disk has it. */
  readonly state: () => HotState;
  /** Resolves to what `take` gave once its batch is written; rejects with StoreFault when it could not be. */
  readonly submit: <V>(take: (batch: Batch) => V) => Promise<V>;
  /** Writes the state once more if a write that failed may have left another one on disk; to be called now and then. */
  readonly heal: () => void;
  /** Waits for the writes in hand; later changes are refused with StoreFault. */
  readonly close: () => Promise<void>;
}

export interface WriterOptions extends Pick<LoadedStore, 'db' | 'archive' | 'journal' | 'recovered'> {
  readonly records: OrderRecords;
  readonly clock: Clock;
}

export function storeWriter({ db, archive, journal, recovered, records, clock }: WriterOptions): StoreWriter {
  let current = db.data;
  /** Closed orders that settled so recently that they may be somebody's twin. */
  let recent = archive.recent;
  let closed = false;
  /** What was taken over from the journal is not in the hot file yet. */
  let mending = recovered;
  /** A write failed, and perhaps its undoing too: what nobody was told of may be on disk, and come alive at a restart. */
  let uncertain = false;

  const forgetOld = (orders: readonly Order[]): readonly Order[] =>
    orders.filter(({ state }) => 'at' in state && state.at >= clock() - TWIN_WINDOW_MS);

  async function save(batch: Batch, now: number): Promise<void> {
    const gone = batch.closed();
    const lines = batch.lines();
    if (gone.length > 0) await archive.append(gone);
    const appended = lines.length > 0 ? await journal.append(lines, now) : undefined;
    // lowdb writes what it holds; readers look at `current`, which changes only once the disk has it.
    db.data = batch.next();
    try {
      await db.write();
    } catch (error) {
      db.data = current;
      uncertain = true;
      await appended?.takeBack();
      throw error;
    }
    current = db.data;
    mending = false;
    uncertain = false;
    appended?.keep();
    if (gone.length > 0) recent = forgetOld([...recent, ...gone.map(({ order }) => order)]);
  }

  async function write(takings: readonly Taking[]): Promise<readonly Answer<undefined>[]> {
    const now = clock();
    const batch = startBatch(current, {
      records,
      archived: archive.has,
      recent,
      added: (id) => journal.hasAdded(id, now),
      now,
      carry: mending ? 'always' : journal.needsBalances(now) ? 'yes' : 'no',
    });
    const answers = takeAll(batch, takings);
    if (batch.changed() || uncertain) await save(batch, now);
    return answers;
  }

  const commits = groupCommit(write);
  return {
    state: () => current,
    async submit<V>(take: (batch: Batch) => V) {
      if (closed) throw storeFault(new Error('the store is closed'));
      return submitted((taking) => commits.submit(taking), take);
    },
    heal() {
      // The next call tries again.
      if (uncertain && !closed) commits.submit(() => () => undefined).catch(() => undefined);
    },
    async close() {
      closed = true;
      await commits.idle();
    },
  };
}
