// What the program has in its database, read from outside its world each time that a commit has taken effect.

import { isHotFile, isRecord, type Book, type HotFile, type StoredRecord } from './book.ts';
import type { RealDatabase } from './real-database.ts';

const ALL = `
  SELECT json_build_object(
    'seq', (SELECT count(*) FROM audit),
    'books', (SELECT json_build_object('held', sum(held), 'taken', sum(taken)) FROM accounts),
    'wallets', (SELECT coalesce(json_agg(json_build_array(account,
      json_build_object('put', put, 'held', held, 'taken', taken)) ORDER BY account), '[]')
      FROM accounts WHERE account <> 'shop'),
    'shop', (SELECT coalesce(json_agg(record ORDER BY seq), '[]') FROM shop),
    'orders', (SELECT coalesce(json_agg(record ORDER BY no), '[]') FROM orders WHERE NOT closed)
  ),
  (SELECT coalesce(json_agg(record ORDER BY no), '[]') FROM orders WHERE closed),
  (SELECT string_agg(entry::text, '\n' ORDER BY seq) FROM entries)`;

/** Tables of which the promises speak. */
const TOLD = ['orders', 'accounts', 'shop', 'entries'];

export interface DatabaseBook {
  readonly book: Book;
  /** Reads again what is committed, if it can have changed; undefined if not. */
  look(written?: ReadonlySet<string>): Promise<HotFile | undefined>;
}

export function openDatabaseBook({ ask }: Pick<RealDatabase, 'ask'>): DatabaseBook {
  let file: HotFile | undefined;
  let closed: readonly StoredRecord[] = [];
  let journal = '';
  const now = (): HotFile | undefined => file;
  return {
    book: { now, durable: now, closed: () => closed, journal: () => journal },
    async look(written) {
      if (written !== undefined && !TOLD.some((table) => written.has(table))) return undefined;
      const [row = []] = await ask(ALL);
      const open: unknown = JSON.parse(row[0] ?? 'null');
      const ended: unknown = JSON.parse(row[1] ?? 'null');
      if (!isHotFile(open) || !Array.isArray(ended) || !ended.every(isRecord))
        throw new TypeError('the database does not hold what the promises speak of');
      file = open;
      closed = ended;
      journal = row[2] ?? '';
      return open;
    },
  };
}
