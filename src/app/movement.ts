// A movement of money that no order makes: the id that is drawn before it is confirmed, its entry, its audit line, and
// what can become of it.

import type { AuditNote } from '../domain/audit-note.ts';
import { add, type Centimes } from '../domain/money.ts';
import { availableOf, walletOf, type Entry, type MoneyKind } from '../domain/ledger.ts';
import type { MoneyNo } from '../domain/refusal.ts';
import type { AuditLine } from '../domain/shop.ts';
import { ENTRY_MEMORY_MS, type Changed, type Store } from './ports.ts';

/** An id and when it was drawn (epoch ms). */
export interface Move {
  readonly id: string;
  readonly at: number;
}

/** A confirmation of money older than this is not carried out any more; the store knows ids for longer. */
export const MOVE_WITHIN_MS = ENTRY_MEMORY_MS / 2;

export const isTooLate = ({ at }: Move, now: number): boolean => Math.abs(now - at) > MOVE_WITHIN_MS;

export type MoneyResult =
  /** `balance`: what the wallet may be spent down to zero from, after it. */
  | { readonly kind: 'moved'; readonly balance: Centimes }
  /** This very movement was made before. */
  | { readonly kind: 'moved-before' }
  /** It would take more than there is; `available` is own money and credit that is not held. */
  | { readonly kind: 'short'; readonly available: Centimes }
  | { readonly kind: 'refused'; readonly why: MoneyNo };

export const refusedMoney = (why: MoneyNo): MoneyResult => ({ kind: 'refused', why });

/** What a change that moved a person's money has come to, for that person. */
export async function resultOf(
  store: Store,
  changed: Exclude<Changed, { kind: 'stale' }>,
  person: number,
): Promise<MoneyResult> {
  switch (changed.kind) {
    case 'done':
      return { kind: 'moved', balance: availableOf(await store.wallet(person)) };
    case 'exists':
      return { kind: 'moved-before' };
    case 'short':
      return { kind: 'short', available: add(changed.available, changed.ceiling) };
  }
}

/** What moves: on whose wallet, how much, by whom (Telegram ids), at which moment (epoch ms), and why. */
export interface Movement {
  readonly person: number;
  readonly kind: MoneyKind;
  readonly amount: Centimes;
  readonly by: number;
  readonly at: number;
  readonly reason: string;
}

/** The entry of a movement; the same move and kind give the same id, so that it counts once. */
export const entryOf = (moveId: string, { person, kind, amount, by, at, reason }: Movement): Entry => ({
  id: `${moveId}:${kind}`,
  account: walletOf(person),
  kind,
  amount,
  at,
  by: String(by),
  reason,
  ref: moveId,
});

/** Who did what to whom, and why. */
export const auditOf = (
  by: number,
  at: number,
  what: AuditLine['what'],
  about: number,
  note: AuditNote,
  why = '',
): AuditLine => ({ by: String(by), at, what, about: String(about), note, why });

/** An amount, for the audit. */
export const noteOf = (amount: Centimes, asked = false): AuditNote => ({ kind: 'amount', amount, asked });
