// What the sentences about wallets are told.

import type { Centimes } from '../../domain/money.ts';
import type { MoneyNo } from '../../domain/refusal.ts';
import type { Rich } from '../rich.ts';

/** A person: the name, and `@nadia` or the Telegram number, which nobody else has. */
export interface Named {
  readonly name: string;
  readonly handle: string;
}

export interface StatementFacts {
  /** Null for one's own wallet. */
  readonly person: Named | null;
  /** Own money that is not held, below zero for whoever lives on credit. */
  readonly balance: Centimes;
  readonly held: Centimes;
  readonly ceiling: Centimes;
}

/** What is said where money was not moved. */
export type MoneyWords = Readonly<Record<MoneyNo, string | Rich>>;
