// The running sums of everybody's wallet, and the rule that nobody may spend more than they have.

import {
  availableOf,
  EMPTY_WALLET,
  postToWallet,
  type Account,
  type Entry,
  type EntryKind,
  type Wallet,
} from '../domain/ledger.ts';
import { subtract, ZERO, type Centimes } from '../domain/money.ts';
import { freeze } from './immutable.ts';

/** Immutable, and `text` is the JSON of `[account, wallet]`, so that writing a file costs only what changed. */
export interface KeptWallet {
  readonly wallet: Wallet;
  readonly text: string;
}

export type Wallets = ReadonlyMap<Account, KeptWallet>;

export function keepWallet(account: Account, { put, held, taken }: Wallet): KeptWallet {
  const wallet = { put, held, taken };
  return freeze({ wallet, text: JSON.stringify([account, wallet]) });
}

/** Whether such an entry is an order's; the others move money that no order moves. */
export const isOrderKind = (kind: EntryKind): boolean =>
  kind === 'hold' || kind === 'release' || kind === 'capture';

/** The entries that move somebody's own money. */
export const ofWallets = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(({ account }) => account !== 'shop');

/** Wallets before and after some entries. */
export type Moved = ReadonlyMap<Account, { readonly before: Wallet; readonly after: Wallet }>;

/** What entries do to the wallets they touch; throws RangeError when more would leave a hold than is in it. */
export function posted(walletOf: (account: Account) => Wallet | undefined, entries: readonly Entry[]): Moved {
  const moved = new Map<Account, { before: Wallet; after: Wallet }>();
  for (const entry of entries) {
    const before = moved.get(entry.account)?.before ?? walletOf(entry.account) ?? EMPTY_WALLET;
    const last = moved.get(entry.account)?.after ?? before;
    moved.set(entry.account, { before, after: postToWallet(last, entry) });
  }
  return moved;
}

export interface Shortage {
  readonly kind: 'short';
  readonly available: Centimes;
  readonly ceiling: Centimes;
}

/** The first wallet that fell to where it may not be. One that stands there already may rise, or stay. */
export function shortage(moved: Moved, ceilingOf: (account: Account) => Centimes): Shortage | undefined {
  for (const [account, { before, after }] of moved) {
    const ceiling = ceilingOf(account);
    const available = availableOf(before);
    const left = availableOf(after);
    if (left < available && left < subtract(ZERO, ceiling)) return { kind: 'short', available, ceiling };
  }
  return undefined;
}

/** Whether two wallets agree to the centime. */
export const sameWallet = (a: Wallet, b: Wallet): boolean =>
  a.put === b.put && a.held === b.held && a.taken === b.taken;
