// Everything that changes and is asked for at any moment: the orders that are not closed yet, the books, the wallets and
// the shop's records. A state is never altered: a batch of changes builds the next one beside the one on disk.

import { agree, EMPTY_BOOKS, sum, type Books, type Entry } from '../domain/ledger.ts';
import { ZERO } from '../domain/money.ts';
import { isSettled, type Order, type Ref } from '../domain/order.ts';
import type { OrderRecord } from './order-record.ts';
import type { Shop } from './shop-record.ts';
import type { Wallets } from './wallets.ts';

export const FIRST_NO = 1001;

export interface HotState {
  readonly nextNo: number;
  /** What all orders of all accounts hold and have taken. */
  readonly books: Books;
  readonly records: ReadonlyMap<Ref, OrderRecord>;
  readonly wallets: Wallets;
  readonly shop: Shop;
  /** How many lines of the journal were written with this state; a line from there on was never told to anybody. */
  readonly seq: number;
  /** Lines of the journal whose orders and balances a torn file took back (see take-over.ts). */
  readonly voided: readonly number[];
}

export const EMPTY_STATE: HotState = {
  nextNo: FIRST_NO,
  books: EMPTY_BOOKS,
  records: new Map(),
  wallets: new Map(),
  shop: new Map(),
  seq: 0,
  voided: [],
};

/** What an order's own entries must add up to: its price held until it settles, and taken only if it was fulfilled. */
function expectedBooks(order: Order): Books {
  const held = isSettled(order) ? ZERO : order.price;
  return { held, taken: order.state.name === 'fulfilled' ? order.price : ZERO };
}

/** Whether an order's entries say about its money what its state says. */
export const isBalanced = ({ order, entries }: Pick<OrderRecord, 'order' | 'entries'>): boolean =>
  agree(sum(entries), expectedBooks(order));

/** The entries of `more` that are not there yet, by id. */
export function unposted(entries: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  const added = new Map(more.map((entry) => [entry.id, entry]));
  for (const { id } of entries) added.delete(id);
  return [...added.values()];
}
