// The journal: a line for every change that moves money of wallets or changes the shop, one file per month, added to and
// never rewritten. It is written before the hot file, so that a change that anybody was told of is in it, and it is what
// statements and the audit trail are read from.

import { storeFault, type Files } from './disk.ts';
import type { HotState } from './hot-state.ts';
import { monthIndex, type MonthIndex } from './journal-index.ts';
import {
  readJournalHead,
  readJournalLine,
  type JournalHead,
  type JournalLine,
  type NewLine,
} from './journal-line.ts';
import { scanJournal, type JournalScan } from './journal-load.ts';
import { isOrderLine } from './journal-reader.ts';
import { journalPages, type JournalPages } from './journal-pages.ts';
import { monthFiles, monthOf } from './month-files.ts';

export interface Journal extends JournalPages {
  /** Every line, oldest first, a month at a time; of those that do not count the orders' entries are left out. */
  all(): AsyncIterable<JournalLine>;
  /** Whether an entry of that id was added lately, at that moment (epoch ms). */
  hasAdded(id: string, now: number): boolean;
  /** Whether all balances belong before the next line, written at that moment (epoch ms). */
  needsBalances(now: number): boolean;
  /** Adds lines; on disk when it resolves, but read by nobody until they are kept. Throws StoreFault, having added nothing. */
  append(lines: readonly NewLine[], now: number): Promise<Appended>;
}

/** Lines that are on disk before the state that goes with them is. */
export interface Appended {
  /** The state is on disk: they count. */
  keep(): void;
  /** The state could not be written: they were never there. */
  takeBack(): Promise<void>;
}

export interface OpenedJournal extends Pick<JournalScan, 'sums' | 'tail' | 'voided' | 'missing' | 'cuts'> {
  readonly journal: Journal;
}

export interface JournalOptions {
  /** An existing folder. */
  readonly dir: string;
  readonly files: Files;
  readonly state: Pick<HotState, 'seq' | 'voided'>;
  /** The state is the one before the last: the file of the last was torn. */
  readonly recovered: boolean;
  /** Whether an order that the state does not know is closed in the archive. */
  readonly closedSince: (ref: string) => boolean;
  /** Epoch ms. */
  readonly now: number;
}

const NOTHING: Appended = { keep: () => undefined, takeBack: () => Promise.resolve() };

/** Opens a journal beside the state that was read; throws DamagedFile when they can't belong together. */
export async function openJournal(options: JournalOptions): Promise<OpenedJournal> {
  const { dir, files, state, recovered, closedSince, now } = options;
  const months = monthFiles<JournalHead>(dir, files, readJournalHead, { compares: true });
  await months.find();
  const { indexes, ids, ...scan } = await scanJournal({ months, state, recovered, closedSince, now });
  const known = new Map([...indexes].map(([file, index]) => [file, Promise.resolve(index)]));
  /** Files that readers may look into: one that is just being made is not among them. */
  let readable = months.months().length;
  /** After missing lines nothing can be added up but from new balances on. */
  let broken = scan.missing > 0;

  async function readIndex(file: number): Promise<MonthIndex> {
    const index = monthIndex(file, scan.voided);
    await months.load(file, ({ head }, place) => index.add(head, place));
    return index;
  }

  /** Older months are read when somebody first asks for them. */
  function indexOf(file: number): Promise<MonthIndex> {
    const index = known.get(file) ?? readIndex(file);
    known.set(file, index);
    index.catch(() => known.delete(file));
    return index;
  }

  /** A clock that was put back must not write into an earlier month: the lines follow each other through the files. */
  function monthAt(moment: number): string {
    const last = months.months().at(-1) ?? '';
    const month = monthOf(moment);
    return month > last ? month : last;
  }

  async function append(lines: readonly NewLine[], moment: number): Promise<Appended> {
    const bytes = lines.map((line) => line.bytes);
    const places = await months.append(monthAt(moment), bytes);
    const [first] = places;
    if (first === undefined) return NOTHING;
    const { file } = first;
    const index = await (known.get(file) ?? monthIndex(file, scan.voided));
    known.set(file, Promise.resolve(index));
    readable = Math.max(readable, file + 1);
    return {
      keep() {
        broken = false;
        for (const [i, { head, moneyIds }] of lines.entries()) {
          const place = places[i];
          if (place !== undefined) index.add(head, place);
          ids.add(moneyIds, head.at);
        }
      },
      takeBack: () => months.takeBack(first),
    };
  }

  async function* all(): AsyncGenerator<JournalLine> {
    for (let file = 0; file < readable; file += 1) {
      // Older months have not been read yet.
      await indexOf(file);
      const lines: JournalLine[] = [];
      await months.visit(file, ({ head, bytes }, place) => {
        const line = readJournalLine(bytes, months.pathOf(place));
        lines.push(scan.voided.has(head.seq) && isOrderLine(head) ? { ...line, entries: [] } : line);
      });
      yield* lines;
    }
  }

  const journal: Journal = {
    all,
    ...journalPages({ months, indexOf, readable: () => readable }),
    hasAdded: (id, moment) => ids.has(id, moment),
    needsBalances(moment) {
      const all = months.months();
      return broken || all.at(-1) !== monthAt(moment) || months.isEmpty(all.length - 1);
    },
    append: (lines, moment) =>
      append(lines, moment).catch((error: unknown) => {
        throw storeFault(error);
      }),
  };
  return { journal, ...scan };
}
