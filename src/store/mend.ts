// What start-up does with orders that come from disk: it checks the money against the entries, and after a fall back on
// the previous copy it doubts every order that may have been sent since that copy was made.

import type { Change } from '../app/ports.ts';
import { agree, EMPTY_WALLET, sum, type Account, type Books, type Wallet } from '../domain/ledger.ts';
import { add, ZERO, type Centimes } from '../domain/money.ts';
import type { Order } from '../domain/order.ts';
import { step } from '../domain/transitions.ts';
import { isBalanced, type HotState } from './hot-state.ts';
import type { OrderRecord } from './order-record.ts';
import { keepWallet, sameWallet, type Wallets } from './wallets.ts';

/** What the entries prove, and a sentence for everything that does not agree with them. */
export interface Proof {
  readonly books: Books;
  readonly wallets: Wallets;
  readonly faults: readonly string[];
}

function balanced(record: OrderRecord): boolean {
  try {
    return isBalanced(record);
  } catch {
    // Entries that can't even be added up.
    return false;
  }
}

/** What the open orders of each account hold, by their own entries. */
function holdsOf(records: readonly OrderRecord[]): ReadonlyMap<Account, Centimes> {
  const holds = new Map<Account, Centimes>();
  for (const { order, entries } of records)
    holds.set(order.account, add(holds.get(order.account) ?? ZERO, sum(entries).held));
  return holds;
}

const inWords = ({ put, held, taken }: Wallet): string => `${put} put, ${held} held, ${taken} taken`;

function checkWallet(account: Account, running: Wallet, journal: Wallet, held: Centimes): readonly string[] {
  const faults: string[] = [];
  if (journal.held !== held)
    faults.push(`${account} holds ${journal.held} centimes by the journal, but its open orders hold ${held}`);
  const proved = { ...journal, held };
  if (!sameWallet(running, proved))
    faults.push(`${account} has ${inWords(running)} centimes, but its entries add up to ${inWords(proved)}`);
  return faults;
}

/**
 * Checks the running sums by the open orders' own entries and, for wallets, by what the journal adds up to, if it is
 * whole. What was put in and taken is believed as the journal has it, what is held as the orders have it.
 */
export function checkBooks(
  { books, records, wallets }: HotState,
  journal: ReadonlyMap<Account, Wallet> | undefined,
): Proof {
  const all = [...records.values()];
  const faults = all
    .filter((record) => !balanced(record))
    .map(({ order }) => `the entries of order ${order.ref} do not match its state ${order.state.name}`);
  const holds = holdsOf(all.filter(balanced));
  const held = [...holds.values()].reduce(add, ZERO);
  const proved: Books = { held, taken: books.taken };
  if (!agree(proved, books))
    faults.push(`the books hold ${books.held} centimes, but the open orders' entries add up to ${held}`);
  const provedWallets = new Map(wallets);
  for (const account of new Set([...wallets.keys(), ...(journal?.keys() ?? []), ...holds.keys()])) {
    if (account === 'shop') continue;
    const running = wallets.get(account)?.wallet ?? EMPTY_WALLET;
    const counted = journal === undefined ? running : (journal.get(account) ?? EMPTY_WALLET);
    const wrong = checkWallet(account, running, counted, holds.get(account) ?? ZERO);
    faults.push(...wrong);
    if (wrong.length > 0)
      provedWallets.set(account, keepWallet(account, { ...counted, held: holds.get(account) ?? ZERO }));
  }
  return { books: proved, wallets: provedWallets, faults };
}

/** The changes by which an order that may have been sent without our knowing is looked up before anything else. */
export function doubted(order: Order, now: number): readonly Change[] {
  const begun = step(order, { type: 'send-begun' }, now);
  const doubt = begun && step(begun.order, { type: 'doubt' }, now);
  return [begun, doubt].flatMap((taken) => (taken === undefined ? [] : [{ kind: 'step', ...taken }]));
}
