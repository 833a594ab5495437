// The store for a shop that outgrew one process: the same port and the same judges as on disk, in PostgreSQL.

import type { Clock, Committed, Store } from '../../app/ports.ts';
import type { Verdict } from '../order-change.ts';
import { orderRecords } from '../order-record.ts';
import { openDatabase, type Database, type DatabaseOptions } from './database.ts';
import { giveBack, mine, renew } from './leases.ts';
import { migrate } from './migrate.ts';
import { databaseReads } from './reads.ts';
import type { Slice } from './slice.ts';
import { touchedByOrder, touchedByShop } from './touched.ts';
import { createWriter } from './writer.ts';

export interface PostgresStoreOptions extends DatabaseOptions {
  readonly clock: Clock;
  /** What this process is called among those that share the database; never used again by another. */
  readonly holder: string;
}

export interface PostgresStore {
  readonly store: Store;
  /** The same connections, for what is kept beside the orders. */
  readonly database: Database;
  /** Waits for the writes in hand; later commits are refused with StoreFault. Safe to call twice. */
  readonly close: () => Promise<void>;
}

function answer(verdict: Verdict, { closed }: Slice): Committed {
  if (verdict.kind !== 'archived') return verdict;
  const record = closed.get(verdict.ref);
  return record === undefined ? { kind: 'stale' } : { kind: 'exists', order: record.order };
}

/** Opens the orders of a database, bringing its tables up to date. Throws StoreFault when it can't be reached. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { clock, holder, stopping = () => false } = options;
  let closing: Promise<void> | undefined;
  const database = openDatabase({ ...options, stopping: () => closing !== undefined || stopping() });
  await migrate(database).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const records = orderRecords();
  const writer = createWriter({ database, records, clock, holder });

  async function close(): Promise<void> {
    await writer.close();
    // A database that is gone by now finds the leases over soon enough.
    await giveBack(database, holder).catch(() => undefined);
    await database.close();
  }

  return {
    database,
    store: {
      commit: (change) =>
        writer.submit(touchedByOrder(change), (batch, slice) => answer(batch.commit(change), slice)),
      change: (change) => writer.submit(touchedByShop(change), (batch) => batch.change(change)),
      mine: () => mine(database, records, holder),
      renew: () => renew(database, holder),
      ...databaseReads(database.read, records),
    },
    close: () => (closing ??= close()),
  };
}
