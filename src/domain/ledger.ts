// Money moves as entries that are only ever added. A hold is given back or taken exactly once; balances are sums of entries.

import { add, centimes, subtract, ZERO, type Centimes } from './money.ts';

/** `shop`: the shop's own credit at the provider; owners buy on it at cost. `wallet:<id>`: what a person holds with the shop. */
export type Account = 'shop' | `wallet:${number}`;

/** The account of a person (Telegram id). */
export const walletOf = (person: number): Account => `wallet:${person}`;

/** Whose account it is; undefined for the shop's. */
export const holderOf = (account: Account): number | undefined =>
  account === 'shop' ? undefined : Number(account.slice('wallet:'.length));

/** What an order does with its price. */
export type OrderEntryKind = 'hold' | 'release' | 'capture';

/** How money comes into a wallet or leaves it without an order. */
export type MoneyKind = 'deposit' | 'correction' | 'transfer-in' | 'transfer-out';

export type EntryKind = OrderEntryKind | MoneyKind;

/** One movement. `amount` is positive centimes, but for a correction, which may be negative; `id` is unique for ever, so that adding it twice changes nothing. */
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
  /** The order's reference, or the id of the request or transfer that moved it. */
  readonly ref: string;
}

/** Sums over the entries of orders: what open orders hold, and what fulfilled orders have taken. */
export interface Books {
  readonly held: Centimes;
  readonly taken: Centimes;
}

export const EMPTY_BOOKS: Books = { held: ZERO, taken: ZERO };

/** The books after one more entry; throws RangeError when more would leave a hold than is in it, which is a bug of ours. */
export function post(books: Books, entry: Entry): Books {
  switch (entry.kind) {
    case 'hold':
      return { ...books, held: add(books.held, entry.amount) };
    case 'release':
    case 'capture': {
      const held = subtract(books.held, entry.amount);
      if (held < 0) throw new RangeError(`entry ${entry.id} takes more than is held`);
      const taken = entry.kind === 'capture' ? add(books.taken, entry.amount) : books.taken;
      return { held, taken };
    }
    case 'deposit':
    case 'correction':
    case 'transfer-in':
    case 'transfer-out':
      return books;
  }
}

/** The books that a list of entries adds up to. */
export const sum = (entries: Iterable<Entry>): Books => [...entries].reduce(post, EMPTY_BOOKS);

/** Whether two books agree to the centime. */
export const agree = (a: Books, b: Books): boolean => a.held === b.held && a.taken === b.taken;

/** A wallet: what was put in and not taken out again (`put`), what open orders hold, what fulfilled orders have taken. */
export interface Wallet extends Books {
  readonly put: Centimes;
}

export const EMPTY_WALLET: Wallet = { ...EMPTY_BOOKS, put: ZERO };

/** What an entry does to `put`. */
function putBy({ kind, amount }: Entry): Centimes {
  switch (kind) {
    case 'deposit':
    case 'correction':
    case 'transfer-in':
      return amount;
    case 'transfer-out':
      return subtract(ZERO, amount);
    case 'hold':
    case 'release':
    case 'capture':
      return ZERO;
  }
}

/** The wallet after one more entry of its account; throws RangeError as `post` does. */
export const postToWallet = (wallet: Wallet, entry: Entry): Wallet => ({
  ...post(wallet, entry),
  put: add(wallet.put, putBy(entry)),
});

/** What belongs to the person, money held for open orders included. */
export const balanceOf = ({ put, taken }: Wallet): Centimes => subtract(put, taken);

/** What the person may still spend of their own; negative when they live on credit. */
export const availableOf = (wallet: Wallet): Centimes => subtract(balanceOf(wallet), wallet.held);

/** How an entry changes what can be spent; a capture takes what was held already. */
export const effectOf = (entry: Entry): Centimes =>
  entry.kind === 'hold'
    ? subtract(ZERO, entry.amount)
    : entry.kind === 'release'
      ? entry.amount
      : entry.kind === 'capture'
        ? ZERO
        : putBy(entry);

/** The total of some amounts. */
export const total = (amounts: Iterable<Centimes>): Centimes =>
  [...amounts].reduce((all, one) => add(all, one), centimes(0));
