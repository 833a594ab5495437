// What start-up reads of the journal: its last months, as far back as ids are remembered, and no more, so that a long
// journal delays nobody. It finds out how the journal and the hot file stand to each other.

import { ENTRY_MEMORY_MS } from '../app/ports.ts';
import type { Account, Wallet } from '../domain/ledger.ts';
import { DamagedFile } from './disk.ts';
import type { HotState } from './hot-state.ts';
import { readJournalLine, type JournalHead, type JournalLine } from './journal-line.ts';
import { isOrderLine, journalReader, type JournalReader } from './journal-reader.ts';
import { monthOf, type LinePlace, type MonthFiles } from './month-files.ts';

export interface JournalScan extends Pick<JournalReader, 'indexes' | 'ids' | 'voided'> {
  /** What the entries of each wallet add up to; undefined when lines are missing. */
  readonly sums: ReadonlyMap<Account, Wallet> | undefined;
  /** Lines that somebody was told of and that the state does not know, because it is an old one. */
  readonly tail: readonly JournalLine[];
  /** How many lines the state knows that the journal has lost. */
  readonly missing: number;
  /** What was cut off, one sentence each. */
  readonly cuts: readonly string[];
}

export interface ScanOptions {
  readonly months: MonthFiles<JournalHead>;
  readonly state: Pick<HotState, 'seq' | 'voided'>;
  /** The state is the one before the last: the file of the last was torn. */
  readonly recovered: boolean;
  /** Whether an order that the state does not know is closed in the archive, so that its entries count. */
  readonly closedSince: (ref: string) => boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** A line from beyond what the state knows. */
interface Later {
  readonly head: JournalHead;
  readonly place: LinePlace;
  readonly bytes: Buffer;
}

interface Reading {
  readonly reader: JournalReader;
  readonly later: readonly Later[];
  readonly cuts: readonly string[];
  /** The first `seq` that was read, and the one that comes next. */
  readonly first: number;
  readonly next: number;
}

/** Lines follow each other without a gap; only balances may follow one, because they say what it came to. */
const follows = ({ seq, balances }: JournalHead, next: number | undefined): boolean =>
  next === undefined || seq === next || (seq > next && balances === 'first');

/** Reads the files from one on; throws DamagedFile for a line that is not where it belongs. */
async function readFrom(start: number, { months, state, now }: ScanOptions): Promise<Reading> {
  const reader = journalReader(state.voided, now);
  const later: Later[] = [];
  const cuts: string[] = [];
  let first = Infinity;
  let next = start === 0 ? 0 : undefined;
  for (let file = start; file < months.months().length; file += 1) {
    reader.begin(file);
    const torn = await months.load(file, ({ head, bytes }, place) => {
      const where = months.pathOf(place);
      if (!follows(head, next))
        throw new DamagedFile(`${where}: line ${head.seq} is there instead of line ${next ?? 0}`);
      first = Math.min(first, head.seq);
      next = head.seq + 1;
      if (head.seq < state.seq) reader.take(head, place, () => readJournalLine(bytes, where));
      else later.push({ head, place, bytes: Buffer.from(bytes) });
    });
    if (torn !== undefined) cuts.push(torn);
  }
  return { reader, later, cuts, first, next: next ?? 0 };
}

/** Far enough back for the ids, and for the balances that the lines of this state begin with. */
async function readEnough(options: ScanOptions): Promise<Reading> {
  const { months, state, now } = options;
  const known = months.months();
  const since = monthOf(now - ENTRY_MEMORY_MS);
  const needed = known.findIndex((month) => month >= since);
  const cuts: string[] = [];
  for (let start = Math.max(0, needed < 0 ? known.length - 1 : needed); ; start -= 1) {
    const read = await readFrom(start, options);
    cuts.push(...read.cuts);
    if (start === 0 || read.first < state.seq) return { ...read, cuts };
  }
}

/**
 * The lines that the state does not know. One write may have got as far as the journal without its state: nobody was
 * told, and it is taken back. Where there are more, or the newest state was torn, they were told (see take-over.ts).
 */
async function settleLater(
  { reader, later }: Reading,
  { months, state, recovered, closedSince }: ScanOptions,
): Promise<readonly JournalLine[]> {
  const [first] = later;
  const told = recovered || later.some(({ head }) => head.batch !== state.seq);
  if (!told) {
    if (first !== undefined) await months.takeBack(first.place);
    return [];
  }
  return later.map(({ head, place, bytes }) => {
    const line = readJournalLine(bytes, months.pathOf(place));
    const counts = line.entries.some(({ ref }) => closedSince(ref));
    if (head.balances !== 'none' || (isOrderLine(head) && !counts)) reader.void(head.seq);
    reader.take(head, place, () => line);
    return line;
  });
}

/** Throws DamagedFile for lines that can't be read or are not where they belong. */
export async function scanJournal(options: ScanOptions): Promise<JournalScan> {
  const read = await readEnough(options);
  const tail = await settleLater(read, options);
  const missing = Math.max(0, options.state.seq - read.next);
  const { indexes, ids, voided, sums } = read.reader;
  return { indexes, ids, voided, sums: missing > 0 ? undefined : sums, tail, missing, cuts: read.cuts };
}
