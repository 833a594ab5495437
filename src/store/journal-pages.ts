// The journal as people read it, newest first and a page at a time. A page may end inside a line: a change can have more
// entries than fit, and none may be lost between two pages.

import type { Page } from '../app/ports.ts';
import type { Account, Entry } from '../domain/ledger.ts';
import type { AuditLine } from '../domain/shop.ts';
import type { IndexedLine, MonthIndex } from './journal-index.ts';
import { LINE_STEP, readJournalLine, type JournalHead, type JournalLine } from './journal-line.ts';
import type { MonthFiles } from './month-files.ts';

export interface JournalPages {
  /** An account's entries but for captures, newest first. */
  readonly statement: (account: Account, before: number | null, limit: number) => Promise<Page<Entry>>;
  readonly auditTrail: (before: number | null, limit: number) => Promise<Page<AuditLine>>;
}

export interface Readable {
  readonly months: MonthFiles<JournalHead>;
  readonly indexOf: (file: number) => Promise<MonthIndex>;
  /** How many files, by their numbers, may be looked into. */
  readonly readable: () => number;
}

/** What of a line is asked for: its lines in an index, and its rows, undefined for those that are not meant. */
interface Wanted<T> {
  readonly linesOf: (index: MonthIndex) => Iterable<IndexedLine>;
  readonly rowsOf: (line: JournalLine) => readonly (T | undefined)[];
}

/** A row and its place among all rows there are: rising, and the same for ever. */
interface Row<T> {
  readonly at: number;
  readonly row: T;
}

/** The rows of a line below a place, last first. */
function rowsBelow<T>(line: JournalLine, { rowsOf }: Wanted<T>, before: number): readonly Row<T>[] {
  return rowsOf(line)
    .map((row, i) => ({ row, at: line.seq * LINE_STEP + i }))
    .flatMap(({ row, at }) => (row === undefined || at >= before ? [] : [{ row, at }]))
    .reverse();
}

const wantsStatement = (account: Account): Wanted<Entry> => ({
  linesOf: (index) => index.of(account),
  rowsOf: ({ entries }) =>
    entries.map((entry) => (entry.account === account && entry.kind !== 'capture' ? entry : undefined)),
});

const WANTS_AUDIT: Wanted<AuditLine> = {
  linesOf: (index) => index.audited(),
  rowsOf: ({ audit }) => audit,
};

/** Reading; a damaged line rejects with DamagedFile. */
export function journalPages({ months, indexOf, readable }: Readable): JournalPages {
  async function* rows<T>(wanted: Wanted<T>, before: number): AsyncGenerator<Row<T>> {
    for (let file = readable() - 1; file >= 0; file -= 1) {
      for (const { seq, place } of wanted.linesOf(await indexOf(file))) {
        if (seq * LINE_STEP >= before) continue;
        const line = readJournalLine(await months.read(place), months.pathOf(place));
        yield* rowsBelow(line, wanted, before);
      }
    }
  }

  async function page<T>(wanted: Wanted<T>, before: number | null, limit: number): Promise<Page<T>> {
    const found: Row<T>[] = [];
    for await (const row of rows(wanted, before ?? Infinity)) {
      if (found.length === limit)
        return { rows: found.map(({ row }) => row), next: found.at(-1)?.at ?? before };
      found.push(row);
    }
    return { rows: found.map(({ row }) => row), next: null };
  }

  return {
    statement: (account, before, limit) => page(wantsStatement(account), before, limit),
    auditTrail: (before, limit) => page(WANTS_AUDIT, before, limit),
  };
}
