// A commit on PostgreSQL with 1,000 and with 1,000,000 settled orders behind it, and beside it the same on a folder: whole
// orders from confirmation to their end, in turns on all of them.

import { setTimeout as sleep } from 'node:timers/promises';
import { EMPTY_WALLET } from '../../src/domain/ledger.ts';
import { openPostgresStore, type PostgresStore } from '../../src/store/postgres/postgres-store.ts';
import { addEntries, putOrders, putWallets } from '../../src/store/postgres/rows.ts';
import { closedRecords, HOUR, madeUpOrders, openBooks, type Standing } from './books.ts';
import { OPEN, openFolderSide, TARGET } from './commit.ts';
import { fixed, type Figure } from './figure.ts';
import { liveInTurns, slow, times, usual, type Side } from './order-life.ts';
import { onlyOnPostgres, runAlone, type BenchServer } from './postgres.ts';

const FEW = 1_000;
const MANY = 1_000_000;
/** Nobody's name: who looks after the open orders does not matter here. */
const NOBODY = '';

async function fill({ database }: PostgresStore, standing: Standing): Promise<void> {
  for (const portion of closedRecords(standing))
    await database.write(async (query) => {
      await putOrders(query, portion, NOBODY);
      await addEntries(
        query,
        portion.flatMap(({ entries }) => entries.map((entry) => ({ entry, at: entry.at }))),
      );
    });
  const { records, books, nextNo } = openBooks(standing);
  await database.write(async (query) => {
    await putOrders(query, records, NOBODY);
    await putWallets(query, [['shop', { ...EMPTY_WALLET, ...books }]]);
    await query.run('UPDATE counters SET next = $1', [nextNo]);
  });
}

async function openDatabaseSide(server: BenchServer, closed: number): Promise<Side> {
  const url = await server.database(`settled_${closed}`);
  const opened = await openPostgresStore({ url, clock: Date.now, sleep, holder: 'bench' });
  const now = Date.now();
  await fill(opened, { closed, open: madeUpOrders(OPEN, now - HOUR, now), now });
  // What the filling left to be done is not what is measured.
  await runAlone(url, 'VACUUM ANALYZE', 'CHECKPOINT');
  return { store: opened.store, took: [], close: () => opened.close() };
}

export const database: Figure = {
  name: 'database',
  measure: () =>
    onlyOnPostgres(async (server) => {
      const few = await openDatabaseSide(server, FEW);
      const fewOnDisk = await openFolderSide(FEW);
      const many = await openDatabaseSide(server, MANY);
      const manyOnDisk = await openFolderSide(MANY);
      const sides = [few, fewOnDisk, many, manyOnDisk];
      await liveInTurns(sides);
      for (const { close } of sides) await close();
      const growth = times(many, few);
      return {
        rows: [
          {
            what: `commit on PostgreSQL, ${MANY} settled orders against ${FEW}`,
            ours: usual(many),
            against: usual(few),
            ratio: fixed(growth, 2),
            target: `≤ ${TARGET}`,
            met: growth <= TARGET,
          },
          {
            what: `commit with ${MANY} settled orders, PostgreSQL against a folder`,
            ours: usual(many),
            against: usual(manyOnDisk),
            ratio: fixed(times(many, manyOnDisk), 2),
            target: '',
            met: null,
          },
        ],
        notes: [
          `median of ${few.took.length} commits each, opening to closed, ${OPEN} other orders open; 95 of 100 within ${slow(many)} and ${slow(few)}, on the folder ${slow(manyOnDisk)}; a folder with ${FEW}: ${usual(fewOnDisk)}. Everything is on disk before it counts (fsync), on both.`,
        ],
      };
    }),
};
