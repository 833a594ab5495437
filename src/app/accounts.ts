// Money on wallets that no order moves: deposits, corrections, transfers, and people's requests for credit. Each movement
// has an id that is drawn before it is confirmed, so that a button pressed twice moves money once.

import { add, subtract, ZERO, type Centimes } from '../domain/money.ts';
import { availableOf, effectOf, walletOf, type Entry } from '../domain/ledger.ts';
import { recordKey } from '../domain/shop.ts';
import { createCorrections } from './corrections.ts';
import { createCreditRequests } from './credit-requests.ts';
import {
  auditOf,
  entryOf,
  isTooLate,
  noteOf,
  refusedMoney,
  resultOf,
  type MoneyResult,
  type Move,
} from './movement.ts';
import { createMoneyNews, newsOf } from './money-news.ts';
import type { Clock, Page, Store } from './ports.ts';
import type { Standings } from './standing.ts';
import { createTransfers } from './transfers.ts';

export type { AskNo, AskResult } from './credit-requests.ts';
export { MOVE_WITHIN_MS, type MoneyResult, type Move } from './movement.ts';

/** What an owner does to a wallet. A correction may be below zero and has a reason. */
export interface OwnersMove {
  readonly by: number;
  readonly person: number;
  readonly kind: 'deposit' | 'correction';
  readonly amount: Centimes;
  readonly reason: string;
}

/** What a person has. */
export interface Balance {
  /** Own money that is not held; below zero for whoever lives on credit. */
  readonly balance: Centimes;
  readonly held: Centimes;
  readonly ceiling: Centimes;
  /** Own money and credit that is not held. */
  readonly spendable: Centimes;
}

/** Where an older page of a statement begins, and what could be spent before it. */
export interface StatementCursor {
  readonly before: number;
  readonly balance: Centimes;
}

/** Entries newest first, each with what could be spent after it, credit left out. */
export interface StatementPage {
  /** What can be spent after the first row. */
  readonly balance: Centimes;
  readonly rows: readonly { readonly entry: Entry; readonly balance: Centimes }[];
  /** Null at the end. */
  readonly next: StatementCursor | null;
}

export type Accounts = ReturnType<typeof createAccounts>;

/** Balances beside a page that somebody wrote meanwhile would not fit it: looked at again, so many times. */
const MOST_LOOKS = 5;
/** Where a movement that was just made is looked for, in entries. */
const LATEST = 50;

export function createAccounts(deps: {
  store: Store;
  standings: Standings;
  clock: Clock;
  newId: () => string;
  /** A wallet has more than before: whatever waited for money may go on. */
  filled: (person: number) => void;
}) {
  const { store, standings, clock, newId, filled } = deps;
  /** An owner puts money on a wallet or takes it off. */
  async function byOwner(move: Move, { by, person, kind, amount, reason }: OwnersMove): Promise<MoneyResult> {
    if (!standings.isOwner(by)) return refusedMoney('owners-only');
    if (kind === 'correction' && reason.trim() === '') return refusedMoney('no-reason');
    if (isTooLate(move, clock())) return refusedMoney('too-late');
    if ((await store.record('member', person)) === undefined) return refusedMoney('no-such-person');
    const at = clock();
    const changed = await store.change({
      puts: [newsOf(move.id, { person, amount, by, reason }, kind)],
      drops: kind === 'correction' ? [recordKey({ kind: 'draft', id: move.id })] : [],
      entries: [entryOf(move.id, { person, kind, amount, by, at, reason })],
      audit: [auditOf(by, at, kind, person, noteOf(amount), reason)],
    });
    // Its news is there: this id has moved money already, as something else.
    if (changed.kind === 'stale') return { kind: 'moved-before' };
    if (changed.kind === 'done' && amount > 0) filled(person);
    return resultOf(store, changed, person);
  }

  /** The newest entries and what could be spent after the last of them, as of one moment. */
  async function newest(person: number, limit: number): Promise<Page<Entry> & { balance: Centimes }> {
    const account = walletOf(person);
    for (let look = 1; ; look += 1) {
      const page = await store.statement(account, null, limit);
      const balance = availableOf(await store.wallet(person));
      const after = await store.statement(account, null, 1);
      if (after.rows[0]?.id === page.rows[0]?.id || look === MOST_LOOKS) return { ...page, balance };
    }
  }

  /** A page of the person's own entries; `from` null begins at the newest. */
  async function statementPage(
    person: number,
    from: StatementCursor | null,
    limit: number,
  ): Promise<StatementPage> {
    const page =
      from === null
        ? await newest(person, limit)
        : { ...(await store.statement(walletOf(person), from.before, limit)), balance: from.balance };
    let { balance } = page;
    const rows = page.rows.map((entry) => {
      const row = { entry, balance };
      balance = subtract(balance, effectOf(entry));
      return row;
    });
    return { balance: page.balance, rows, next: page.next === null ? null : { before: page.next, balance } };
  }

  return {
    newMove: (): Move => ({ id: newId(), at: clock() }),
    byOwner,
    ...createTransfers(deps),
    ...createCorrections(deps),
    ...createCreditRequests(deps),
    ...createMoneyNews(deps),
    statementPage,

    /** Whether this movement is among the person's latest. */
    wasMoved: async (person: number, { id }: Pick<Move, 'id'>): Promise<boolean> =>
      (await store.statement(walletOf(person), null, LATEST)).rows.some(({ ref }) => ref === id),

    balance: async (person: number): Promise<Balance> => {
      const [wallet, member] = await Promise.all([store.wallet(person), store.record('member', person)]);
      const [balance, ceiling] = [availableOf(wallet), member?.ceiling ?? ZERO];
      return { balance, held: wallet.held, ceiling, spendable: add(balance, ceiling) };
    },
  };
}
