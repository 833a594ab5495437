// Brings the tables up to date at start, under a lock: of several processes that start together one does it, the others
// wait for it.

import * as z from 'zod';
import { NewerFile } from '../disk.ts';
import type { Database } from './database.ts';
import { FORGET_COMMITS } from './fates.ts';
import { MIGRATIONS } from './migrations.ts';

/** Any number that nothing else in the database locks. */
const LOCK = 7_203_641_112;

const version = z.object({ version: z.int() });

/** Throws NewerFile when a newer version of this program was here before. */
export async function migrate({ write }: Database): Promise<void> {
  await write(async (query) => {
    await query.run('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await query.run('CREATE TABLE IF NOT EXISTS schema_version (version int NOT NULL)');
    const [row] = await query.rows(version, 'SELECT version FROM schema_version');
    const from = row?.version ?? 0;
    if (from > MIGRATIONS.length)
      throw new NewerFile('the database was written by a newer version of this program');
    for (const step of MIGRATIONS.slice(from)) await query.run(step);
    await query.run(FORGET_COMMITS);
    if (from === MIGRATIONS.length) return;
    if (row === undefined) await query.run('INSERT INTO schema_version VALUES ($1)', [MIGRATIONS.length]);
    else await query.run('UPDATE schema_version SET version = $1', [MIGRATIONS.length]);
  });
}
