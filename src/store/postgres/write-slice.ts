// Writes what a batch of changes made of its slice: each table in one statement, the orders' numbers last of all, because
// everybody who opens an order waits for them.

import * as z from 'zod';
import { EMPTY_WALLET, type Books } from '../../domain/ledger.ts';
import { subtract } from '../../domain/money.ts';
import { isClosed } from '../../domain/order.ts';
import type { Batch } from '../batch.ts';
import type { HotState } from '../hot-state.ts';
import type { OrderRecord } from '../order-record.ts';
import { recordKey } from '../../domain/shop.ts';
import type { Query } from './database.ts';
import { LEASE } from './leases.ts';

const numbered = z.object({ next: z.int() });

/** Takes so many numbers; gives the first of them. */
export async function takeNumbers(query: Query, count: number): Promise<number> {
  const sql = `UPDATE counters SET next = next + $1 WHERE name = 'order' RETURNING next`;
  const [row] = await query.rows(numbered, sql, [count]);
  if (row === undefined) throw new TypeError('the counter of orders is missing');
  return row.next - count;
}

const rowOf = ({ order, text }: OrderRecord) => ({
  ...{ ref: order.ref, no: order.no, buyer: order.buyer, account: order.account },
  ...{ service: order.service, line: order.line, value: order.value, state: order.state.name },
  confirmed_at: order.confirmedAt,
  settled_at: 'at' in order.state ? order.state.at : null,
  closed: isClosed(order),
  text,
});

const ORDERS = `
  INSERT INTO orders
  SELECT ref, no, buyer, account, service, line, value, state, confirmed_at, settled_at, closed, text::json, $2, ${LEASE}
  FROM json_to_recordset($1) AS row (
    ref text, no bigint, buyer bigint, account text, service text, line text, value bigint, state text,
    confirmed_at bigint, settled_at bigint, closed boolean, text text
  )
  ON CONFLICT (ref) DO UPDATE SET
    state = excluded.state, settled_at = excluded.settled_at, closed = excluded.closed, record = excluded.record`;

const ENTRIES = `
  INSERT INTO entries (id, account, kind, amount, added_at, entry)
  SELECT entry->>'id', entry->>'account', entry->>'kind', (entry->>'amount')::bigint, $2, entry
  FROM json_array_elements($1) WITH ORDINALITY AS row (entry, place) ORDER BY place`;

const AUDIT = `
  INSERT INTO audit (line)
  SELECT line FROM json_array_elements($1) WITH ORDINALITY AS row (line, place) ORDER BY place`;

const WALLETS = `
  UPDATE accounts SET put = row.put, held = row.held, taken = row.taken
  FROM json_to_recordset($1) AS row (account text, put bigint, held bigint, taken bigint)
  WHERE accounts.account = row.account`;

const SHOP = `
  INSERT INTO shop (key, kind, record)
  SELECT row->>'key', row->'record'->>'kind', row->'record'
  FROM json_array_elements($1) WITH ORDINALITY AS rows (row, place) ORDER BY place
  ON CONFLICT (key) DO UPDATE SET record = excluded.record`;

/** What of a map was altered. */
const altered = <K, V>(from: ReadonlyMap<K, V>, to: ReadonlyMap<K, V>): V[] =>
  [...to].flatMap(([key, value]) => (from.get(key) === value ? [] : [value]));

async function writeShop(query: Query, from: HotState, to: HotState): Promise<void> {
  const puts = altered(from.shop, to.shop).map(({ record }) => ({ key: recordKey(record), record }));
  if (puts.length > 0) await query.run(SHOP, [JSON.stringify(puts)]);
  const drops = [...from.shop.keys()].filter((key) => !to.shop.has(key));
  if (drops.length > 0) await query.run('DELETE FROM shop WHERE key = ANY ($1)', [drops]);
}

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
  const orders = [...altered(from.records, to.records), ...batch.closed()];
  if (orders.length > 0) await query.run(ORDERS, [JSON.stringify(orders.map(rowOf)), holder]);
  const happened = batch.lines().map((line) => line.happened);
  const entries = happened.flatMap((one) => one.entries);
  if (entries.length > 0) await query.run(ENTRIES, [JSON.stringify(entries), now]);
  const audit = happened.flatMap((one) => one.audit);
  if (audit.length > 0) await query.run(AUDIT, [JSON.stringify(audit)]);
  const wallets = [...to.wallets].filter(([account, kept]) => from.wallets.get(account) !== kept);
  if (wallets.length > 0) {
    const rows = wallets.map(([account, { wallet }]) => ({ account, ...wallet }));
    await query.run(WALLETS, [JSON.stringify(rows)]);
  }
  await writeShop(query, from, to);
  const { held, taken } = shopDifference(from, to);
  if (held !== 0 || taken !== 0)
    await query.run(`UPDATE accounts SET held = held + $1, taken = taken + $2 WHERE account = 'shop'`, [
      held,
      taken,
    ]);
}
