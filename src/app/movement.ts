// A movement of money that no order makes: the id that is drawn before it is confirmed, its entry, and its audit line.

import { walletOf, type Entry, type MoneyKind } from '../domain/ledger.ts';
import type { Centimes } from '../domain/money.ts';
import type { AuditLine } from '../domain/shop.ts';

/** An id and when it was drawn (epoch ms). */
export interface Move {
  readonly id: string;
  readonly at: number;
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
  why: string,
): AuditLine => ({ by: String(by), at, what, about: String(about), why });
