// What start-up does with orders that come from disk: it checks the money against the entries, and after a fall back on
// the previous copy it doubts every order that may have been sent since that copy was made.

import type { Change } from '../app/ports.ts';
import { agree, sum, total, type Books } from '../domain/ledger.ts';
import type { Order } from '../domain/order.ts';
import { step } from '../domain/transitions.ts';
import { isBalanced, type HotOrders } from './hot-orders.ts';
import type { OrderRecord } from './order-record.ts';

function balanced(record: OrderRecord): boolean {
  try {
    return isBalanced(record);
  } catch {
    // Entries that can't even be added up.
    return false;
  }
}

/** The books that the open orders' own entries prove, and a sentence for everything that does not agree with them. */
export function checkBooks({ books, records }: HotOrders): { books: Books; faults: readonly string[] } {
  const all = [...records.values()];
  const faults = all
    .filter((record) => !balanced(record))
    .map(({ order }) => `the entries of order ${order.ref} do not match its state ${order.state.name}`);
  const held = total(all.filter(balanced).map(({ entries }) => sum(entries).held));
  const proved: Books = { held, taken: books.taken };
  if (!agree(proved, books)) {
    faults.push(`the books hold ${books.held} centimes, but the open orders' entries add up to ${held}`);
  }
  return { books: proved, faults };
}

/** The changes by which an order that may have been sent without our knowing is looked up before anything else. */
export function doubted(order: Order, now: number): readonly Change[] {
  const begun = step(order, { type: 'send-begun' }, now);
  const doubt = begun && step(begun.order, { type: 'doubt' }, now);
  return [begun, doubt].flatMap((taken) => (taken === undefined ? [] : [{ kind: 'step', ...taken }]));
}
