// What the database can be asked, as the port wants it told.

import * as z from 'zod';
import type { OrderFilter, Page, Store } from '../../app/ports.ts';
import { EMPTY_BOOKS, EMPTY_WALLET, walletOf } from '../../domain/ledger.ts';
import { UNHEARD, type Order } from '../../domain/order.ts';
import { type RecordKind, type RecordOf, type ShopRecord } from '../../domain/shop.ts';
import type { OrderRecords } from '../order-record.ts';
import { entrySchema } from '../order-schema.ts';
import { amount, wallet } from '../schema-fields.ts';
import { readShopRecord } from '../shop-record.ts';
import { auditLineSchema } from '../shop-schema.ts';
import type { Query } from './database.ts';
import { DATABASE, recordRow } from './slice.ts';

type Reads = Omit<Store, 'commit' | 'change' | 'mine' | 'renew'>;

const booksRow = z.object({ held: amount, taken: amount });
const entryRow = z.object({ seq: z.int(), row: entrySchema });
const auditRow = z.object({ seq: z.int(), row: auditLineSchema });

/** A condition of a search with its values numbered as they come. */
function conditions(): {
  readonly add: (sql: string, value: unknown) => void;
  readonly sql: () => string;
  readonly values: unknown[];
} {
  const parts: string[] = [];
  const values: unknown[] = [];
  return {
    add(sql, value) {
      values.push(value);
      parts.push(sql.replace('?', `$${values.length}`));
    },
    sql: () => (parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`),
    values,
  };
}

function searched(filter: OrderFilter, before: number | null) {
  const where = conditions();
  const { buyer, line, since, settledSince, open, state } = filter;
  if (before !== null) where.add('no < ?', before);
  if (buyer !== undefined) where.add('buyer = ?', buyer);
  if (line !== undefined) where.add('line = ?', line);
  if (since !== undefined) where.add('confirmed_at >= ?', since);
  if (settledSince !== undefined) where.add('settled_at >= ?', settledSince);
  if (open !== undefined) where.add('(settled_at IS NULL) = ?', open);
  if (state !== undefined) where.add('state = ?', state);
  return where;
}

function pageOf<T>(
  found: readonly T[],
  limit: number,
  placeOf: (row: T) => number,
  before: number | null,
): Page<T> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit ? (last === undefined ? before : placeOf(last)) : null };
}

const isOf = <K extends RecordKind>(record: ShopRecord, kind: K): record is RecordOf<K> =>
  record.kind === kind;

function orderReads(read: Query['rows'], records: OrderRecords) {
  const orders = async (sql: string, values: readonly unknown[] = []): Promise<Order[]> => {
    const rows = await read(recordRow, `SELECT record FROM orders ${sql}`, values);
    return rows.map(({ record }) => records.read(record, DATABASE).order);
  };
  return {
    byRef: async (ref) => (await orders('WHERE ref = $1', [ref]))[0],
    byNo: async (no) => (await orders('WHERE no = $1', [no]))[0],
    active: () => orders('WHERE NOT closed ORDER BY no'),
    unheard: () => orders('WHERE NOT closed AND state = ANY ($1) ORDER BY no', [UNHEARD]),
    history: (buyer, limit) => orders('WHERE buyer = $1 ORDER BY no DESC LIMIT $2', [buyer, limit]),
    orders: async (filter, before, limit) => {
      const where = searched(filter, before);
      // One more than fits tells whether there is another page.
      const found = await orders(`${where.sql()} ORDER BY no DESC LIMIT ${limit + 1}`, where.values);
      return pageOf(found, limit, ({ no }) => no, before);
    },
  } satisfies Partial<Reads>;
}

/** The reading half of the port; a damaged row rejects with DamagedFile. */
export function databaseReads(read: Query['rows'], records: OrderRecords): Reads {
  async function page<T>(
    shape: z.ZodType<{ seq: number; row: T }>,
    sql: string,
    { before, limit, values }: { before: number | null; limit: number; values: readonly unknown[] },
  ): Promise<Page<T>> {
    const found = await read(shape, sql, [before ?? Number.MAX_SAFE_INTEGER, limit + 1, ...values]);
    const { rows, next } = pageOf(found, limit, ({ seq }) => seq, before);
    return { rows: rows.map(({ row }) => row), next };
  }

  return {
    ...orderReads(read, records),
    books: async () => {
      const sql = 'SELECT sum(held)::bigint AS held, sum(taken)::bigint AS taken FROM accounts';
      return (await read(booksRow, sql))[0] ?? EMPTY_BOOKS;
    },
    wallet: async (person) => {
      const sql = 'SELECT put, held, taken FROM accounts WHERE account = $1';
      return (await read(wallet, sql, [walletOf(person)]))[0] ?? EMPTY_WALLET;
    },
    statement: (of, before, limit) => {
      const sql = `SELECT seq, entry AS row FROM entries
        WHERE seq < $1 AND account = $3 AND kind <> 'capture' ORDER BY seq DESC LIMIT $2`;
      return page(entryRow, sql, { before, limit, values: [of] });
    },
    auditTrail: (before, limit) => {
      const sql = 'SELECT seq, line AS row FROM audit WHERE seq < $1 ORDER BY seq DESC LIMIT $2';
      return page(auditRow, sql, { before, limit, values: [] });
    },
    async record<K extends RecordKind>(kind: K, id: string | number) {
      const rows = await read(recordRow, 'SELECT record FROM shop WHERE key = $1', [`${kind}:${id}`]);
      const found = rows.map(({ record }) => readShopRecord(record, DATABASE).record)[0];
      return found !== undefined && isOf(found, kind) ? found : undefined;
    },
    async records<K extends RecordKind>(kind: K) {
      const rows = await read(recordRow, 'SELECT record FROM shop WHERE kind = $1 ORDER BY seq', [kind]);
      const all = rows.map(({ record }) => readShopRecord(record, DATABASE).record);
      return all.filter((record) => isOf(record, kind));
    },
  };
}
