// Which orders this process looks after: those it opened, and those whose process shows no sign of life. Each asking is
// a sign of life for all that it has; whoever stops asks no more, and goes on giving signs until its work is done.

import * as z from 'zod';
import type { Order } from '../../domain/order.ts';
import type { OrderRecords } from '../order-record.ts';
import type { Database } from './database.ts';
import { DATABASE, recordRow } from './slice.ts';

/** Without a sign of life for so long an order is anybody's, seconds. By the database's clock: the processes' may differ. */
export const LEASE_SECONDS = 20;

export const LEASE = `now() + interval '${LEASE_SECONDS} seconds'`;

/** What is free is taken so many at a time, so that those who share take turns after one of them has died. */
const MOST_TAKEN = 200;

/** One that was written down lately does for a while, seconds: an asking that comes often is to write little. */
const FRESH_SECONDS = 5;

/** One that is just being written is left for the next time: whoever waits for several rows may be waited for. */
const RENEW = `
  UPDATE orders SET held_until = ${LEASE}
  WHERE ref IN (
    SELECT ref FROM orders
    WHERE holder = $1 AND NOT closed AND held_until > now()
      AND held_until < ${LEASE} - interval '${FRESH_SECONDS} seconds'
    FOR UPDATE SKIP LOCKED
  )`;

/** Rows that somebody else is just taking are theirs. The newest first: somebody looks at those. */
const TAKE = `
  UPDATE orders SET holder = $1, held_until = ${LEASE}
  WHERE ref IN (
    SELECT ref FROM orders WHERE NOT closed AND held_until <= now()
    ORDER BY no DESC LIMIT ${MOST_TAKEN} FOR UPDATE SKIP LOCKED
  )
  RETURNING ref`;

const MINE = 'SELECT record FROM orders WHERE holder = $1 AND NOT closed ORDER BY no';

/** A sign of life for what this process has; takes nothing. Rejects with StoreFault. */
export async function renew({ read }: Pick<Database, 'read'>, holder: string): Promise<void> {
  await read(z.unknown(), RENEW, [holder]);
}

/** Renews, takes what is free, and gives all that this process has. Rejects with StoreFault. */
export async function mine(
  database: Database,
  records: OrderRecords,
  holder: string,
): Promise<readonly Order[]> {
  const { read } = database;
  await renew(database, holder);
  let taken: number;
  do taken = (await read(z.unknown(), TAKE, [holder])).length;
  while (taken === MOST_TAKEN);
  const rows = await read(recordRow, MINE, [holder]);
  return rows.map(({ record }) => records.read(record, DATABASE).order);
}

/** Gives back what this process has: it stops in order, and others need not wait. */
export const giveBack = (database: Database, holder: string): Promise<void> =>
  database.write((query) =>
    query.run(`UPDATE orders SET held_until = '-infinity' WHERE holder = $1 AND NOT closed`, [holder]),
  );
