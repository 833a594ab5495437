// Counts all money in the database again, independently of the running sums: accounts that are not what their entries
// say, accounts that are not what their orders say, and orders whose own entries do not match their state. A price is looked
// for in the text of its order: read as JSON, a name that no database text can hold would have the whole count refused.

import * as z from 'zod';
import type { Query } from './database.ts';

const faultRow = z.object({ fault: z.string() });

const FAULTS = `
  SELECT account || ' is not what its entries add up to' AS fault FROM accounts
  LEFT JOIN (
    SELECT account,
      sum(CASE WHEN kind = 'transfer-out' THEN -amount
        WHEN kind IN ('deposit', 'correction', 'transfer-in') THEN amount ELSE 0 END) AS put,
      sum(CASE WHEN kind = 'hold' THEN amount WHEN kind IN ('release', 'capture') THEN -amount ELSE 0 END) AS held,
      sum(CASE WHEN kind = 'capture' THEN amount ELSE 0 END) AS taken
    FROM entries GROUP BY account
  ) AS told USING (account)
  WHERE account <> 'shop'
    AND (accounts.put, accounts.held, accounts.taken)
      IS DISTINCT FROM (coalesce(told.put, 0), coalesce(told.held, 0), coalesce(told.taken, 0))
  UNION ALL
  SELECT account || ' is not what its orders hold and have taken' FROM accounts
  LEFT JOIN (
    SELECT account,
      sum(substring(record::text FROM '"price": *([0-9]+)')::bigint) FILTER (WHERE settled_at IS NULL) AS held,
      sum(substring(record::text FROM '"price": *([0-9]+)')::bigint) FILTER (WHERE state = 'fulfilled') AS taken
    FROM orders GROUP BY account
  ) AS told USING (account)
  WHERE (accounts.held, accounts.taken) IS DISTINCT FROM (coalesce(told.held, 0), coalesce(told.taken, 0))
  UNION ALL
  SELECT account || ' has orders but is not there' FROM (
    SELECT account FROM orders UNION SELECT account FROM entries EXCEPT SELECT account FROM accounts
  ) AS missing`;

/** One sentence for everything that does not add up; none when the books are even to the centime. */
export async function databaseAudit({ rows }: Pick<Query, 'rows'>): Promise<readonly string[]> {
  return (await rows(faultRow, FAULTS)).map(({ fault }) => fault);
}
