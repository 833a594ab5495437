// What start-up makes of the journal's lines while it goes through them: where they lie, which ids are remembered, and
// what every wallet adds up to, from the last balances on.

import { EMPTY_WALLET, postToWallet, type Account, type Wallet } from '../domain/ledger.ts';
import { entryMemory, isRemembered, type EntryMemory } from './entry-memory.ts';
import { monthIndex, type MonthIndex } from './journal-index.ts';
import type { JournalHead, JournalLine } from './journal-line.ts';
import type { LinePlace } from './month-files.ts';
import { isOrderKind } from './wallets.ts';

export interface JournalReader {
  /** Of every month that was read, by the number of its file. */
  readonly indexes: ReadonlyMap<number, MonthIndex>;
  readonly ids: EntryMemory;
  readonly sums: ReadonlyMap<Account, Wallet>;
  /** Lines whose orders and balances do not count. */
  readonly voided: ReadonlySet<number>;
  begin(file: number): void;
  /** Takes one line after the other; what follows its start is parsed only where that is needed. */
  take(head: JournalHead, place: LinePlace, parse: () => JournalLine): void;
  /** The orders and balances of a line that is still to be taken do not count. */
  void(seq: number): void;
}

/** What a line's start tells of its entries, as far as sums need it. */
const entriesOf = ({ seq, at, moves }: JournalHead) =>
  moves.map((move) => ({ ...move, id: `of line ${seq}`, at, by: '', reason: '', ref: '' }));

/** Whether it is an order that moves money on this line; a line never mixes that with anything else. */
export const isOrderLine = ({ moves }: JournalHead): boolean => moves.some(({ kind }) => isOrderKind(kind));

/** Begins with the lines that are known not to count. `now` in epoch ms. */
export function journalReader(known: Iterable<number>, now: number): JournalReader {
  const indexes = new Map<number, MonthIndex>();
  const ids = entryMemory();
  const sums = new Map<Account, Wallet>();
  const voided = new Set(known);

  function carry({ balances }: JournalLine, first: boolean): void {
    if (first) sums.clear();
    for (const [account, wallet] of balances) sums.set(account, wallet);
  }

  function addUp(head: JournalHead): void {
    for (const entry of entriesOf(head))
      sums.set(entry.account, postToWallet(sums.get(entry.account) ?? EMPTY_WALLET, entry));
  }

  return {
    indexes,
    ids,
    sums,
    voided,
    begin: (file) => void indexes.set(file, monthIndex(file, voided)),
    take(head, place, parse) {
      indexes.get(place.file)?.add(head, place);
      if (!voided.has(head.seq)) {
        if (head.balances !== 'none') carry(parse(), head.balances === 'first');
        addUp(head);
      }
      if (head.moves.length === 0 || isOrderLine(head) || !isRemembered(head.at, now)) return;
      const { entries } = parse();
      ids.add(
        entries.map(({ id }) => id),
        head.at,
      );
    },
    void: (seq) => void voided.add(seq),
  };
}
