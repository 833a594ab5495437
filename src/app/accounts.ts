// Money on wallets that no order moves: deposits, corrections, transfers, and people's requests for credit. Each movement
// has an id that is drawn before it is confirmed, so that a button pressed twice moves money once.

import { add, subtract, ZERO, type Centimes } from '../domain/money.ts';
import { availableOf, balanceOf, effectOf, walletOf, type Entry } from '../domain/ledger.ts';
import { createCreditRequests } from './credit-requests.ts';
import { auditOf, entryOf, type Move } from './movement.ts';
import { ENTRY_MEMORY_MS, type Changed, type Clock, type Page, type Store } from './ports.ts';
import type { Standings } from './standing.ts';

export type { AskResult, DecideResult } from './credit-requests.ts';
export type { Move } from './movement.ts';

/** A confirmation of money older than this is not carried out any more; the store knows ids for longer. */
export const MOVE_WITHIN_MS = ENTRY_MEMORY_MS / 2;

export type MoneyNo =
  | 'owners-only'
  | 'no-such-person'
  | 'frozen'
  | 'not-a-member'
  | 'too-late'
  /** Agents give credit to customers, nobody else. */
  | 'agents-to-customers'
  | 'to-oneself'
  | 'no-reason';

export type MoneyResult =
  /** `balance`: what the wallet may be spent down to zero from, after it. */
  | { readonly kind: 'moved'; readonly balance: Centimes }
  /** This very movement was made before. */
  | { readonly kind: 'moved-before' }
  /** It would take more than there is; `available` is own money and credit that is not held. */
  | { readonly kind: 'short'; readonly available: Centimes }
  | { readonly kind: 'refused'; readonly why: MoneyNo };

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

export function createAccounts(deps: {
  store: Store;
  standings: Standings;
  clock: Clock;
  newId: () => string;
  /** A wallet has more than before: whatever waited for money may go on. */
  filled: (person: number) => void;
}) {
  const { store, standings, clock, newId, filled } = deps;
  const { ask, decide, rememberCards } = createCreditRequests(deps);

  const tooLate = (move: Move): boolean => Math.abs(clock() - move.at) > MOVE_WITHIN_MS;
  const no = (why: MoneyNo): MoneyResult => ({ kind: 'refused', why });

  async function resultOf(changed: Changed, person: number): Promise<MoneyResult> {
    switch (changed.kind) {
      case 'done':
        return { kind: 'moved', balance: availableOf(await store.wallet(person)) };
      case 'exists':
        return { kind: 'moved-before' };
      case 'short':
        return { kind: 'short', available: add(changed.available, changed.ceiling) };
      case 'stale':
        throw new Error('a movement of money names no record and can’t be stale');
    }
  }

  /** An owner puts money on a wallet or takes it off. */
  async function byOwner(move: Move, { by, person, kind, amount, reason }: OwnersMove): Promise<MoneyResult> {
    if (!standings.isOwner(by)) return no('owners-only');
    if (kind === 'correction' && reason.trim() === '') return no('no-reason');
    if (tooLate(move)) return no('too-late');
    if ((await store.record('member', person)) === undefined) return no('no-such-person');
    const at = clock();
    const changed = await store.change({
      puts: [],
      entries: [entryOf(move.id, { person, kind, amount, by, at, reason })],
      audit: [auditOf(by, at, kind, person, `${amount} centimes. ${reason}`)],
    });
    if (changed.kind === 'done' && amount > 0) filled(person);
    return resultOf(changed, person);
  }

  /** Why an agent may not give this customer credit. */
  async function transferRefusal(from: number, to: number): Promise<MoneyNo | undefined> {
    const [giver, taker] = await Promise.all([store.record('member', from), store.record('member', to)]);
    if (from === to) return 'to-oneself';
    if (giver === undefined || giver.role === null) return 'not-a-member';
    if (giver.frozen) return 'frozen';
    if (giver.role !== 'agent') return 'agents-to-customers';
    if (taker === undefined || taker.role === null) return 'no-such-person';
    return taker.role === 'customer' ? undefined : 'agents-to-customers';
  }

  async function transfer(move: Move, from: number, to: number, amount: Centimes): Promise<MoneyResult> {
    if (tooLate(move)) return no('too-late');
    const refusal = await transferRefusal(from, to);
    if (refusal !== undefined) return no(refusal);
    const at = clock();
    const shared = { amount, by: from, at };
    const changed = await store.change({
      puts: [],
      entries: [
        entryOf(move.id, { ...shared, person: from, kind: 'transfer-out', reason: `to ${to}` }),
        entryOf(move.id, { ...shared, person: to, kind: 'transfer-in', reason: `from ${from}` }),
      ],
      audit: [auditOf(from, at, 'transfer', to, `${amount} centimes`)],
    });
    if (changed.kind === 'done') filled(to);
    return resultOf(changed, from);
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
    transfer,
    transferRefusal,
    ask,
    decide,
    rememberCards,
    request: (id: string) => store.record('request', id),
    statementPage,

    balance: async (person: number): Promise<Balance> => {
      const [wallet, member] = await Promise.all([store.wallet(person), store.record('member', person)]);
      const ceiling = member?.ceiling ?? ZERO;
      return {
        balance: balanceOf(wallet),
        held: wallet.held,
        ceiling,
        spendable: add(availableOf(wallet), ceiling),
      };
    },
  };
}
