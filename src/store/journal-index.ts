// Where a month's lines lie and whom they concern: a statement reads the lines of one account and no others. Made from
// the starts of the lines alone, of the last months at start and of older ones when somebody pages back to them.

import type { Account } from '../domain/ledger.ts';
import type { JournalHead } from './journal-line.ts';
import type { LinePlace } from './month-files.ts';
import { isOrderKind } from './wallets.ts';

/** A line by its number among all lines, and where it lies. */
export interface IndexedLine {
  readonly seq: number;
  readonly place: LinePlace;
}

export interface MonthIndex {
  add(head: JournalHead, place: LinePlace): void;
  /** The lines with something for an account's statement, newest first. */
  of(account: Account): Iterable<IndexedLine>;
  /** The lines with something for the audit trail, newest first. */
  readonly audited: () => Iterable<IndexedLine>;
}

/** `voided`: lines whose entries do not count. */
export function monthIndex(file: number, voided: ReadonlySet<number>): MonthIndex {
  const seqs: number[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  /** Slots in those, rising. */
  const byAccount = new Map<Account, number[]>();
  const audited: number[] = [];

  function addTo(account: Account, slot: number): void {
    const known = byAccount.get(account);
    if (known === undefined) byAccount.set(account, [slot]);
    else if (known.at(-1) !== slot) known.push(slot);
  }

  function* newestFirst(slots: readonly number[]): Generator<IndexedLine> {
    for (const slot of slots.toReversed())
      yield {
        seq: seqs[slot] ?? 0,
        place: { file, offset: offsets[slot] ?? 0, length: lengths[slot] ?? 0 },
      };
  }

  return {
    add({ seq, audits, moves }, { offset, length }) {
      const slot = seqs.push(seq) - 1;
      offsets.push(offset);
      lengths.push(length);
      if (audits > 0) audited.push(slot);
      if (voided.has(seq) && moves.some(({ kind }) => isOrderKind(kind))) return;
      for (const { account, kind } of moves) if (kind !== 'capture') addTo(account, slot);
    },
    of: (account) => newestFirst(byAccount.get(account) ?? []),
    audited: () => newestFirst(audited),
  };
}
