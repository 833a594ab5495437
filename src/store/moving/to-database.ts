// Belongings into an empty database, or one that the shop has left, in one transaction: all of it is there with its books
// even, or nothing is.

import { EMPTY_WALLET, type Books } from '../../domain/ledger.ts';
import { subtract } from '../../domain/money.ts';
import { databaseAudit } from '../postgres/audit.ts';
import type { Database, Query } from '../postgres/database.ts';
import { hasShop } from './has-shop.ts';
import { addAudit, addEntries, putOrders, putShop, putWallets } from '../postgres/rows.ts';
import { CannotMove, inLists, type Belongings, type Moved } from './belongings.ts';
import { alone, MARK, markOf, putMark, type DatabaseMark } from './database-mark.ts';

const MOST_ORDERS = 500;
const MOST_LINES = 2_000;
/** Nobody's name: whoever starts first looks after the open orders. */
const NOBODY = '';

/** What is older than the shop that comes back. */
const EMPTY = `
  TRUNCATE orders, accounts, entries, audit, shop, lanes, updates, people, facts RESTART IDENTITY;
  INSERT INTO accounts (account) VALUES ('shop')`;

async function makeRoom(query: Query): Promise<void> {
  if ((await markOf(query.rows, 'left')) !== undefined) await query.run(EMPTY);
  else if (await hasShop(query))
    throw new CannotMove('There is a shop in the database already. Name an empty database.');
}

async function putMoney(query: Query, { wallets, books }: Belongings): Promise<void> {
  const accounts = wallets.map(([account]) => account);
  await query.run('INSERT INTO accounts (account) SELECT unnest($1::text[])', [accounts]);
  await putWallets(query, wallets);
  const own = wallets.reduce<Books>(
    (left, [, { held, taken }]) => ({ held: subtract(left.held, held), taken: subtract(left.taken, taken) }),
    books,
  );
  await putWallets(query, [['shop', { ...EMPTY_WALLET, ...own }]]);
}

async function putFlows(query: Query, belongings: Belongings): Promise<void> {
  const { flows, handled, people, cardCheck, knownKey } = belongings;
  const lanes = flows.map(({ key, state, prompt, touchedAt }) => ({
    key,
    state: JSON.stringify(state),
    prompt: prompt === undefined ? null : JSON.stringify(prompt),
    touched_at: touchedAt,
  }));
  await query.run(
    `INSERT INTO lanes (key, state, prompt, touched_at)
     SELECT key, state::json, prompt::json, touched_at
     FROM json_to_recordset($1) AS row (key text, state text, prompt text, touched_at bigint)`,
    [JSON.stringify(lanes)],
  );
  await query.run(
    `INSERT INTO updates (update_id, key, update, handled) SELECT unnest($1::bigint[]), '', 'null', true`,
    [handled],
  );
  const persons = [...people].map(([id, { chosen, heard }]) => ({ id, chosen, heard }));
  await query.run(
    `INSERT INTO people SELECT id, chosen, heard FROM json_to_recordset($1) AS row (id bigint, chosen text, heard text)`,
    [JSON.stringify(persons)],
  );
  for (const [name, value] of Object.entries({ 'card-check': cardCheck, 'provider-key': knownKey }))
    // A bot that was once started on the empty database has left its own.
    if (value !== undefined) await query.run(MARK, [name, JSON.stringify(value)]);
}

/** Throws CannotMove when the database is not empty, in use, or would not be even; nothing was changed then. */
export async function toDatabase(
  { write }: Database,
  belongings: Belongings,
  mark: Omit<DatabaseMark, 'moved'>,
): Promise<Moved> {
  return write(async (query) => {
    await alone(query);
    await makeRoom(query);
    const moved = { orders: 0, entries: 0, audit: 0 };
    for await (const list of inLists(belongings.orders(), MOST_ORDERS)) {
      await putOrders(query, list, NOBODY);
      moved.orders += list.length;
    }
    for await (const list of inLists(belongings.happened(), MOST_LINES)) {
      const entries = list.flatMap(({ at, entries: own }) => own.map((entry) => ({ entry, at })));
      const audit = list.flatMap((one) => one.audit);
      await addEntries(query, entries);
      await addAudit(query, audit);
      moved.entries += entries.length;
      moved.audit += audit.length;
    }
    await putShop(query, belongings.shop);
    await putMoney(query, belongings);
    await putFlows(query, belongings);
    await query.run(`UPDATE counters SET next = $1 WHERE name = 'order'`, [belongings.nextNo]);
    const [fault] = await databaseAudit(query);
    if (fault !== undefined)
      throw new CannotMove(`The books would not be even: ${fault}. Nothing was moved.`);
    const all = { ...moved, wallets: belongings.wallets.length, people: belongings.people.size };
    await putMark(query, 'arrived', { ...mark, moved: all });
    return all;
  });
}
