// The safeguards of the store on PostgreSQL, each as the change that takes it out, and the seed of a history on PostgreSQL
// that shows what it is for.

import { taken, type Mutant } from './mutant.ts';

export const POSTGRES_SAFEGUARDS: readonly (Mutant & { readonly foundAt: number })[] = [
  {
    ...taken(
      'a commit that went unanswered is believed',
      'store/postgres/database.ts',
      ") === 'committed') return ended.result;",
      ') !== undefined) return ended.result;',
    ),
    foundAt: 62,
  },
  {
    ...taken(
      'a change is not one transaction',
      'store/postgres/write-slice.ts',
      'if (held !== 0 || taken !== 0) await',
      "await query.run('COMMIT'); await query.run('BEGIN'); if (held !== 0 || taken !== 0) await",
    ),
    foundAt: 6,
  },
  {
    ...taken(
      'orders of a process that died are nobody’s',
      'store/postgres/leases.ts',
      'SELECT ref FROM orders WHERE NOT closed AND held_until <= now()',
      "SELECT ref FROM orders WHERE NOT closed AND held_until = '-infinity'",
    ),
    foundAt: 4,
  },
  {
    ...taken(
      'a movement of money that comes twice is made twice in the database',
      'store/postgres/slice.ts',
      'return new Set(rows.map(({ id }) => id));',
      'void rows; return new Set();',
    ),
    foundAt: 8,
  },
  {
    ...taken(
      'the card that was pressed on is written down with its code',
      'bot/lane-intake.ts',
      'update: slim(update) }',
      'update }',
    ),
    foundAt: 539,
  },
];
