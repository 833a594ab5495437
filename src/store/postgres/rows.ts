// The tables as they are written: so many rows of one kind in one statement, given as JSON. What people wrote is in it as a
// text: read as JSON within JSON, a character that a database text can't hold would have the whole statement refused.

import type { Account, Entry, Wallet } from '../../domain/ledger.ts';
import { isClosed } from '../../domain/order.ts';
import { recordKey, type AuditLine, type ShopRecord } from '../../domain/shop.ts';
import type { OrderRecord } from '../order-record.ts';
import type { Query } from './database.ts';
import { LEASE } from './leases.ts';

const rowOf = ({ order, text }: OrderRecord) => ({
  ...{ ref: order.ref, no: order.no, buyer: order.buyer, account: order.account },
  ...{ service: order.service, line: order.line, value: order.value, state: order.state.name },
  confirmed_at: order.confirmedAt,
  settled_at: 'at' in order.state ? order.state.at : null,
  closed: isClosed(order),
  text,
});

/** `held_until` only counts for new ones: whoever has an order keeps it. */
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
  SELECT id, account, kind, amount, at, entry::json
  FROM ROWS FROM (json_to_recordset($1) AS (id text, account text, kind text, amount bigint, at bigint, entry text))
    WITH ORDINALITY AS row (id, account, kind, amount, at, entry, place) ORDER BY place`;

const AUDIT = `
  INSERT INTO audit (line)
  SELECT line FROM json_array_elements($1) WITH ORDINALITY AS row (line, place) ORDER BY place`;

const WALLETS = `
  UPDATE accounts SET put = row.put, held = row.held, taken = row.taken
  FROM json_to_recordset($1) AS row (account text, put bigint, held bigint, taken bigint)
  WHERE accounts.account = row.account`;

const SHOP = `
  INSERT INTO shop (key, kind, record)
  SELECT key, kind, record::json
  FROM ROWS FROM (json_to_recordset($1) AS (key text, kind text, record text))
    WITH ORDINALITY AS row (key, kind, record, place) ORDER BY place
  ON CONFLICT (key) DO UPDATE SET record = excluded.record`;

async function put(
  query: Query,
  sql: string,
  rows: readonly unknown[],
  ...more: readonly unknown[]
): Promise<void> {
  if (rows.length > 0) await query.run(sql, [JSON.stringify(rows), ...more]);
}

/** Opens or replaces orders; new ones are looked after by `holder`. */
export const putOrders = (query: Query, records: readonly OrderRecord[], holder: string): Promise<void> =>
  put(query, ORDERS, records.map(rowOf), holder);

/** In their order; `at`: when they were added, epoch ms. */
export const addEntries = (
  query: Query,
  entries: readonly { readonly entry: Entry; readonly at: number }[],
): Promise<void> =>
  put(
    query,
    ENTRIES,
    entries.map(({ entry, at }) => {
      const { id, account, kind, amount } = entry;
      return { id, account, kind, amount, at, entry: JSON.stringify(entry) };
    }),
  );

export const addAudit = (query: Query, audit: readonly AuditLine[]): Promise<void> =>
  put(query, AUDIT, audit);

/** Of accounts that are there. */
export const putWallets = (query: Query, wallets: readonly (readonly [Account, Wallet])[]): Promise<void> =>
  put(
    query,
    WALLETS,
    wallets.map(([account, wallet]) => ({ account, ...wallet })),
  );

export const putShop = (query: Query, records: readonly ShopRecord[]): Promise<void> =>
  put(
    query,
    SHOP,
    records.map((record) => ({
      key: recordKey(record),
      kind: record.kind,
      record: JSON.stringify(record),
    })),
  );
