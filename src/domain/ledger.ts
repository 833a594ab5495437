// Money moves as entries that are only ever added. A hold is given back or taken exactly once; balances are sums of entries.

import { add, centimes, subtract, ZERO, type Centimes } from './money.ts';

/** The shop's own credit at the provider; owners buy on it at cost. */
export type Account = 'shop';

export type EntryKind = 'hold' | 'release' | 'capture';

/** One movement. `amount` is positive centimes; `id` is unique for ever, so that adding it twice changes nothing. */
export interface Entry {
  readonly id: string;
  readonly account: Account;
  readonly kind: EntryKind;
  readonly amount: Centimes;
  /** Epoch ms. */
  readonly at: number;
  /** Telegram id of the person, or `worker`. */
  readonly by: string;
  readonly reason: string;
  readonly ref: string;
}

/** Sums over all entries of an account: what open orders hold, and what fulfilled orders have taken. */
export interface Books {
  readonly held: Centimes;
  readonly taken: Centimes;
}

export const EMPTY_BOOKS: Books = { held: ZERO, taken: ZERO };

/** The books after one more entry; throws RangeError when more would leave a hold than is in it, which is a bug of ours. */
export function post(books: Books, entry: Entry): Books {
  if (entry.kind === 'hold') return { ...books, held: add(books.held, entry.amount) };
  const held = subtract(books.held, entry.amount);
  if (held < 0) throw new RangeError(`entry ${entry.id} takes more than is held`);
  return entry.kind === 'release' ? { ...books, held } : { held, taken: add(books.taken, entry.amount) };
}

/** The books that a list of entries adds up to. */
export const sum = (entries: Iterable<Entry>): Books => [...entries].reduce(post, EMPTY_BOOKS);

/** Whether two books agree to the centime. */
export const agree = (a: Books, b: Books): boolean => a.held === b.held && a.taken === b.taken;

/** The total of some amounts. */
export const total = (amounts: Iterable<Centimes>): Centimes =>
  [...amounts].reduce((all, one) => add(all, one), centimes(0));
