// A database's belongings, as they stand at one moment; no bot may work in it meanwhile.

import * as z from 'zod';
import type { Entry } from '../../domain/ledger.ts';
import { promptSchema } from '../dialogue-file.ts';
import { orderRecords, type OrderRecord } from '../order-record.ts';
import { entrySchema } from '../order-schema.ts';
import type { Persons } from '../people.ts';
import { databaseAudit } from '../postgres/audit.ts';
import type { Database, Query } from '../postgres/database.ts';
import { DATABASE, recordRow } from '../postgres/slice.ts';
import { account, amount, signedAmount, text } from '../schema-fields.ts';
import { readShopRecord } from '../shop-record.ts';
import { auditLineSchema } from '../shop-schema.ts';
import { CannotMove, type Belongings, type Happened } from './belongings.ts';
import { alone, markOf, whyNotThere } from './database-mark.ts';
import { hasShop } from './has-shop.ts';

const PAGE = 500;

const language = z.enum(['ar', 'fr', 'en']).nullable();
const orderRow = recordRow.extend({ no: z.int() });
const entryRow = z.object({ seq: z.int(), at: z.int(), entry: entrySchema });
const auditRow = z.object({ seq: z.int(), line: auditLineSchema });
const accountRow = z.object({ account, put: signedAmount, held: amount, taken: amount });
const personRow = z.object({ id: z.int(), chosen: language, heard: language });
const laneRow = z.object({
  key: text,
  state: z.unknown(),
  prompt: promptSchema.nullable(),
  touched_at: z.int(),
});
const nextRow = z.object({ next: z.int() });
const idRow = z.object({ id: z.int() });
const factRow = z.object({ value: text });
const keyRow = z.object({ value: z.object({ key: text, sandbox: z.boolean() }) });

/** Row after row by a rising column. */
async function* pages<T>(
  { rows }: Query,
  shape: z.ZodType<T>,
  sql: string,
  placeOf: (row: T) => number,
): AsyncGenerator<T> {
  for (let after = 0; ;) {
    const found = await rows(shape, sql, [after, PAGE]);
    yield* found;
    const last = found.at(-1);
    if (last === undefined) return;
    after = placeOf(last);
  }
}

async function* everyOrder(query: Query): AsyncGenerator<OrderRecord> {
  const records = orderRecords();
  const sql = 'SELECT no, record FROM orders WHERE no > $1 ORDER BY no LIMIT $2';
  for await (const { record } of pages(query, orderRow, sql, ({ no }) => no))
    yield records.read(record, DATABASE);
}

/** Money first, then what people did: which of the two came first within a change is not kept. */
async function* everything(query: Query): AsyncGenerator<Happened> {
  const entries = 'SELECT seq, added_at AS at, entry FROM entries WHERE seq > $1 ORDER BY seq LIMIT $2';
  const lines = 'SELECT seq, line FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2';
  const moved = pages(query, entryRow, entries, ({ seq }) => seq)[Symbol.asyncIterator]();
  const done = pages(query, auditRow, lines, ({ seq }) => seq)[Symbol.asyncIterator]();
  let [money, audit] = [await moved.next(), await done.next()];
  const of = (one: { at: number; entry: Entry }): Happened => ({
    at: one.at,
    entries: [one.entry],
    audit: [],
  });
  while (money.done !== true || audit.done !== true) {
    if (audit.done === true || (money.done !== true && money.value.at <= audit.value.line.at)) {
      if (money.done !== true) yield of(money.value);
      money = await moved.next();
    } else {
      yield { at: audit.value.line.at, entries: [], audit: [audit.value.line] };
      audit = await done.next();
    }
  }
}

async function readRest({ rows }: Query): Promise<Omit<Belongings, 'orders' | 'happened'>> {
  const accounts = await rows(accountRow, 'SELECT * FROM accounts ORDER BY account');
  const [counter] = await rows(nextRow, `SELECT next FROM counters WHERE name = 'order'`);
  const [books] = await rows(
    z.object({ held: amount, taken: amount }),
    'SELECT sum(held)::bigint AS held, sum(taken)::bigint AS taken FROM accounts',
  );
  if (counter === undefined || books === undefined) throw new CannotMove('There is no shop in the database.');
  const shop = await rows(recordRow, 'SELECT record FROM shop ORDER BY seq');
  const persons = await rows(personRow, 'SELECT id, chosen, heard FROM people ORDER BY id');
  const people: Persons = new Map(persons.map(({ id, chosen, heard }) => [id, { chosen, heard }]));
  const lanes = await rows(
    laneRow,
    'SELECT key, state, prompt, touched_at FROM lanes WHERE state IS NOT NULL',
  );
  const handled = await rows(
    idRow,
    'SELECT update_id AS id FROM updates WHERE handled ORDER BY id DESC LIMIT 1000',
  );
  const [check] = await rows(factRow, `SELECT value FROM facts WHERE name = 'card-check'`);
  const [known] = await rows(keyRow, `SELECT value FROM facts WHERE name = 'provider-key'`);
  return {
    ...{ nextNo: counter.next, books, people },
    wallets: accounts
      .filter((one) => one.account !== 'shop')
      .map(({ account: of, put, held, taken }) => [of, { put, held, taken }] as const),
    shop: shop.map(({ record }) => readShopRecord(record, DATABASE).record),
    flows: lanes.map(({ key, state, prompt, touched_at: touchedAt }) => ({
      ...{ key, state, touchedAt },
      prompt: prompt ?? undefined,
    })),
    handled: handled.map(({ id }) => id).reverse(),
    cardCheck: check?.value,
    knownKey: known?.value,
  };
}

/** Gives the belongings to `take`, which must be done with them when it resolves, and may still write. Throws CannotMove. */
export async function fromDatabase<V>(
  { write }: Database,
  take: (belongings: Belongings, query: Query) => Promise<V>,
): Promise<V> {
  return write(async (query) => {
    await alone(query);
    const left = await markOf(query.rows, 'left');
    if (left !== undefined) throw new CannotMove(whyNotThere(left));
    if (!(await hasShop(query)))
      throw new CannotMove('There is no shop in the database. Name the right one.');
    const waiting = await query.rows(idRow, 'SELECT update_id AS id FROM updates WHERE NOT handled LIMIT 1');
    if (waiting.length > 0)
      throw new CannotMove('Some messages are not finished yet. Start a bot once more, stop it, then move.');
    const [fault] = await databaseAudit(query);
    if (fault !== undefined) throw new CannotMove(`The books in the database are not even: ${fault}.`);
    const belongings = {
      ...(await readRest(query)),
      orders: () => everyOrder(query),
      happened: () => everything(query),
    };
    return take(belongings, query);
  });
}
