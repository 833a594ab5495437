// The part of the shop that some changes touch, locked and read: what the judges of a change (batch.ts) are given in place
// of the whole.

import * as z from 'zod';
import { sum } from '../../domain/ledger.ts';
import type { Order, Ref } from '../../domain/order.ts';
import { ENTRY_MEMORY_MS } from '../../app/ports.ts';
import { EMPTY_STATE, type HotState } from '../hot-state.ts';
import type { OrderRecord, OrderRecords } from '../order-record.ts';
import { account, amount, signedAmount } from '../schema-fields.ts';
import { readShopRecord } from '../shop-record.ts';
import { keepWallet } from '../wallets.ts';
import type { Query } from './database.ts';
import type { Touched } from './touched.ts';

/** Where a damaged record was found, for the message. */
export const DATABASE = 'the database';

export interface Slice {
  readonly state: HotState;
  /** Orders of the touched references that are closed. */
  readonly closed: ReadonlyMap<Ref, OrderRecord>;
  /** Orders of the touched lines that may be somebody's twin. */
  readonly recent: readonly Order[];
  /** The touched entry ids that were added lately. */
  readonly added: ReadonlySet<string>;
}

export const recordRow = z.object({ record: z.unknown() });
const orderRow = recordRow.extend({ closed: z.boolean() });
const accountRow = z.object({ account, put: signedAmount, held: amount, taken: amount });
const shopRow = recordRow.extend({ key: z.string() });
const idRow = z.object({ id: z.string() });

/** By name, for a row to lock may not be there yet. One statement takes them in one order, the same for everybody. */
async function lock(query: Query, { refs, lines, looked, put, entryIds }: Touched): Promise<void> {
  const named = [...[...lines].map((line) => `line:${line}`), ...[...entryIds].map((id) => `entry:${id}`)];
  const alone = [...refs, ...put, ...named];
  const shared = [...looked].filter((key) => !put.has(key));
  if (alone.length + shared.length === 0) return;
  const sql = `
    SELECT CASE WHEN alone THEN pg_advisory_xact_lock(hash) ELSE pg_advisory_xact_lock_shared(hash) END
    FROM (
      SELECT hashtextextended(key, 0) AS hash, bool_or(alone) AS alone
      FROM (SELECT unnest($1::text[]) AS key, true AS alone UNION ALL SELECT unnest($2::text[]), false) AS keys
      GROUP BY hash ORDER BY hash
    ) AS ordered`;
  await query.run(sql, [alone, shared]);
}

async function readOrders(query: Query, refs: ReadonlySet<Ref>, records: OrderRecords) {
  const open = new Map<Ref, OrderRecord>();
  const closed = new Map<Ref, OrderRecord>();
  if (refs.size === 0) return { open, closed };
  const rows = await query.rows(orderRow, 'SELECT closed, record FROM orders WHERE ref = ANY ($1)', [
    [...refs],
  ]);
  for (const row of rows) {
    const record = records.read(row.record, DATABASE);
    (row.closed ? closed : open).set(record.order.ref, record);
  }
  return { open, closed };
}

async function readRecent(
  query: Query,
  { lines, twinSince }: Touched,
  records: OrderRecords,
): Promise<readonly Order[]> {
  if (twinSince === Infinity) return [];
  const sql = 'SELECT record FROM orders WHERE line = ANY ($1) AND confirmed_at >= $2';
  const rows = await query.rows(recordRow, sql, [[...lines], twinSince]);
  return rows.map(({ record }) => records.read(record, DATABASE).order);
}

async function readWallets(query: Query, { accounts }: Touched): Promise<HotState['wallets']> {
  const own = [...accounts].filter((one) => one !== 'shop').sort();
  if (own.length === 0) return new Map();
  await query.run('INSERT INTO accounts (account) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [own]);
  const sql = 'SELECT * FROM accounts WHERE account = ANY ($1) ORDER BY account FOR UPDATE';
  const rows = await query.rows(accountRow, sql, [own]);
  return new Map(rows.map((row) => [row.account, keepWallet(row.account, row)]));
}

async function readShop(query: Query, { looked, put }: Touched): Promise<HotState['shop']> {
  if (looked.size + put.size === 0) return new Map();
  const sql = 'SELECT key, record FROM shop WHERE key = ANY ($1) ORDER BY seq';
  const rows = await query.rows(shopRow, sql, [[...looked, ...put]]);
  return new Map(rows.map(({ key, record }) => [key, readShopRecord(record, DATABASE)]));
}

async function readAdded(query: Query, { entryIds }: Touched, now: number): Promise<ReadonlySet<string>> {
  if (entryIds.size === 0) return new Set();
  const sql = `SELECT id FROM entries
    WHERE id = ANY ($1) AND added_at >= $2 AND kind NOT IN ('hold', 'release', 'capture')`;
  const rows = await query.rows(idRow, sql, [[...entryIds], now - ENTRY_MEMORY_MS]);
  return new Set(rows.map(({ id }) => id));
}

/** Locks and reads; the locks are held until the transaction ends. `now` in epoch ms. */
export async function readSlice(
  query: Query,
  touched: Touched,
  { records, now }: { readonly records: OrderRecords; readonly now: number },
): Promise<Slice> {
  await lock(query, touched);
  const { open, closed } = await readOrders(query, touched.refs, records);
  const wallets = await readWallets(query, touched);
  const shop = await readShop(query, touched);
  const books = sum([...open.values()].flatMap(({ entries }) => entries));
  return {
    state: { ...EMPTY_STATE, books, records: open, wallets, shop },
    closed,
    recent: await readRecent(query, touched, records),
    added: await readAdded(query, touched, now),
  };
}
