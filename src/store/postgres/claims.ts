// What one process does for all of them: a name is taken in one statement, for a while, by the database's clock. Whoever
// dies with it is followed by another when the while is over.

import * as z from 'zod';
import type { Claims } from '../../app/sharing.ts';
import type { Database } from './database.ts';

const row = z.object({ name: z.string() });

const CLAIM = `
  INSERT INTO claims (name, holder, until) VALUES ($1, $2, now() + $3 * interval '1 ms')
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
  WHERE claims.until <= now() OR claims.holder = excluded.holder
  RETURNING name`;

/** Those that nobody has had for long; what somebody else is just taking or clearing away is left to them. */
const FORGET = `
  DELETE FROM claims WHERE name IN (
    SELECT name FROM claims WHERE until < now() - interval '1 day' FOR UPDATE SKIP LOCKED
  )`;

/** The claims of the process of that name. */
export const createClaims = ({ write }: Pick<Database, 'write'>, holder: string): Claims => ({
  claim: (name, ms) =>
    write(async (query) => {
      const taken = await query.rows(row, CLAIM, [name, holder, ms]);
      await query.run(FORGET);
      return taken.length > 0;
    }),
});
