// What became of a transaction whose commit went unanswered. Each one that changes something leaves a row under an id of its
// own, and whoever is in doubt puts a row under the same id: only one of the two can be there. So either the transaction's
// row is found, or it is kept from ever being written, by a commit that is still on its way too.

import * as z from 'zod';
import { errorCode } from '../disk.ts';
import type { Query } from './database.ts';

export type Fate = 'committed' | 'aborted';

export interface Commit {
  readonly id: string;
  /** Ends a transaction, in one message: a server can't have heard the half of it. */
  readonly sql: string;
  /** To be told how it was answered, if it was. */
  readonly ended: (how: 'committed' | 'lost') => void;
}

export interface Fates {
  readonly commit: () => Commit;
  /** Rejects with StoreFault while the database can't be asked. */
  readonly of: (anywhere: Query, id: string) => Promise<Fate>;
}

/** Where the shop is no more, nothing is changed by somebody who has slept through its leaving. */
const FATE_HERE = `CASE WHEN EXISTS (SELECT 1 FROM facts WHERE name = 'left') THEN 'elsewhere' ELSE 'committed' END`;

/** What has only read leaves no row. */
const IS_CHANGE = 'pg_current_xact_id_if_assigned() IS NOT NULL';

/** Waits for a transaction that is just ending. */
const FENCE = `INSERT INTO commits (id, fate) VALUES ($1, 'aborted') ON CONFLICT DO NOTHING`;
const FATE = 'SELECT fate FROM commits WHERE id = $1';

/** What those left who died. Nobody looks so long for what became of a commit. */
export const FORGET_COMMITS = `DELETE FROM commits WHERE at < now() - interval '30 days'`;

const fateRow = z.object({ fate: z.enum(['committed', 'aborted']) });

const UNDEFINED_TABLE = '42P01';

/** `newId`: a UUID that was never given before. `isMover`: writes where the shop is not, too. */
export function createFates({
  newId,
  isMover,
}: {
  readonly newId: () => string;
  readonly isMover: boolean;
}): Fates {
  /** Commits that were answered: nobody will ask for them, and their rows go with the next one. */
  let answered: readonly string[] = [];

  return {
    commit: () => {
      const id = newId();
      const over = answered;
      answered = [];
      return {
        id,
        sql: `INSERT INTO commits (id, fate) SELECT '${id}', ${isMover ? `'committed'` : FATE_HERE} WHERE ${IS_CHANGE};
          DELETE FROM commits WHERE id = ANY ('{${over.join(',')}}');
          COMMIT`,
        ended: (how) => (answered = [...answered, ...(how === 'committed' ? [id] : over)]),
      };
    },
    of: async (anywhere, id) => {
      try {
        await anywhere.run(FENCE, [id]);
      } catch (error) {
        // It would have made the tables, and they are not there.
        if (error instanceof Error && errorCode(error.cause) === UNDEFINED_TABLE) return 'aborted';
        throw error;
      }
      const [row] = await anywhere.rows(fateRow, FATE, [id]);
      if (row === undefined) throw new TypeError('a row of the commits was taken away');
      if (row.fate === 'committed') answered = [...answered, id];
      return row.fate;
    },
  };
}
