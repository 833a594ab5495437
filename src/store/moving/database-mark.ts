// What a database says of the shop that moved out of it or into it, in the same transaction; and being alone in it meanwhile.

import * as z from 'zod';
import type { Query } from '../postgres/database.ts';
import { MOVING_LOCK } from '../postgres/residents.ts';
import { CannotMove, type Moved } from './belongings.ts';
import { dayOf } from './folder-mark.ts';

const count = z.int();
const markSchema = z.object({
  /** Of one move, the same in the folder. */
  id: z.string(),
  /** Epoch ms. */
  at: z.int(),
  folder: z.string(),
  moved: z.object({ orders: count, entries: count, audit: count, wallets: count, people: count }),
});

export type DatabaseMark = Readonly<z.infer<typeof markSchema>> & { readonly moved: Moved };

/** `left`: nothing can be changed here any more, see postgres/fates.ts. */
type What = 'left' | 'arrived';

const markRow = z.object({ value: markSchema });
const lockRow = z.object({ alone: z.boolean() });

export const MARK =
  'INSERT INTO facts VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value';

export async function markOf(rows: Query['rows'], what: What): Promise<DatabaseMark | undefined> {
  return (await rows(markRow, 'SELECT value FROM facts WHERE name = $1', [what]))[0]?.value;
}

export const putMark = ({ run }: Query, what: What, mark: DatabaseMark): Promise<void> =>
  run(MARK, [what, JSON.stringify(mark)]);

/** Why no bot begins in a database, and what to do. */
export const whyNotThere = ({ folder, at }: DatabaseMark): string =>
  `The shop was moved out of the database of DATABASE_URL into the folder ${folder} on ${dayOf(at)}. Start the bot without DATABASE_URL, with DATA_DIR at that folder. To have the shop in the database again: npm run migrate-store -- to-database.`;

/**
 * At the beginning of a transaction, which then sees the database as it stands at one moment; nobody who goes by the rules
 * changes anything in it until the end. Throws CannotMove while a bot lives there.
 */
export async function alone({ run, rows }: Query): Promise<void> {
  await run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  // Before anything is read, which fixes the moment: who is just writing something down, or ending a change, ends it first.
  await run('LOCK TABLE updates, commits IN SHARE MODE');
  const [lock] = await rows(lockRow, 'SELECT pg_try_advisory_xact_lock($1) AS alone', [MOVING_LOCK]);
  if (lock?.alone !== true) throw new CannotMove('A bot works on the database. Stop all of them, then move.');
}
