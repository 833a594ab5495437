// Writes what a batch of changes made of its slice. Whoever opens an order waits here for everybody else who does, because
// numbers have no gaps: what is slow comes before.

import * as z from 'zod';
import { EMPTY_WALLET, type Books } from '../../domain/ledger.ts';
import { subtract } from '../../domain/money.ts';
import type { Batch } from '../batch.ts';
import type { HotState } from '../hot-state.ts';
import type { Query } from './database.ts';
import { addAudit, addEntries, putOrders, putShop, putWallets } from './rows.ts';

const numbered = z.object({ next: z.int() });

/** Takes so many numbers; gives the first of them. */
export async function takeNumbers(query: Query, count: number): Promise<number> {
  const sql = `UPDATE counters SET next = next + $1 WHERE name = 'order' RETURNING next`;
  const [row] = await query.rows(numbered, sql, [count]);
  if (row === undefined) throw new TypeError('the counter of orders is missing');
  return row.next - count;
}

const SHOP_ACCOUNT = `UPDATE accounts SET held = held + $1, taken = taken + $2 WHERE account = 'shop'`;

/** What of a map was altered. */
const altered = <K, V>(from: ReadonlyMap<K, V>, to: ReadonlyMap<K, V>): V[] =>
  [...to].flatMap(([key, value]) => (from.get(key) === value ? [] : [value]));

const difference = (a: Books, b: Books): Books => ({
  held: subtract(a.held, b.held),
  taken: subtract(a.taken, b.taken),
});

/** What the batch did to the shop's own account: whatever it did to all books, and not to a wallet. */
function shopDifference(from: HotState, to: HotState): Books {
  let left = difference(to.books, from.books);
  for (const [account, { wallet }] of to.wallets)
    left = difference(left, difference(wallet, from.wallets.get(account)?.wallet ?? EMPTY_WALLET));
  return left;
}

export async function writeSlice(
  query: Query,
  {
    from,
    batch,
    now,
    holder,
  }: { readonly from: HotState; readonly batch: Batch; readonly now: number; readonly holder: string },
): Promise<void> {
  const to = batch.next();
  const happened = batch.lines().map((line) => line.happened);
  await putOrders(query, [...altered(from.records, to.records), ...batch.closed()], holder);
  await addEntries(
    query,
    happened.flatMap(({ entries }) => entries.map((entry) => ({ entry, at: now }))),
  );
  await addAudit(
    query,
    happened.flatMap(({ audit }) => audit),
  );
  const moved = [...to.wallets].filter(([account, kept]) => from.wallets.get(account) !== kept);
  await putWallets(
    query,
    moved.map(([account, { wallet }]) => [account, wallet]),
  );
  await putShop(
    query,
    altered(from.shop, to.shop).map(({ record }) => record),
  );
  const drops = [...from.shop.keys()].filter((key) => !to.shop.has(key));
  if (drops.length > 0) await query.run('DELETE FROM shop WHERE key = ANY ($1)', [drops]);
  const { held, taken } = shopDifference(from, to);
  if (held !== 0 || taken !== 0) await query.run(SHOP_ACCOUNT, [held, taken]);
}
