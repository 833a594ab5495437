// The next state while a batch of changes is taken in, on top of the one on disk, which nobody sees altered. Maps are
// copied only once something in them changes: most batches touch little.

import type { Account, Books, Wallet } from '../domain/ledger.ts';
import type { Ref } from '../domain/order.ts';
import { recordKey, type Member } from '../domain/shop.ts';
import type { HotState } from './hot-state.ts';
import { balanceLines, makeLine, type Happening, type NewLine } from './journal-line.ts';
import type { OrderRecord } from './order-record.ts';
import type { KeptRecord } from './shop-record.ts';
import { keepWallet, type KeptWallet, type Moved } from './wallets.ts';

export interface DraftMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  /** The original itself as long as nothing was altered. */
  readonly now: () => ReadonlyMap<K, V>;
}

function draftMap<K, V>(from: ReadonlyMap<K, V>): DraftMap<K, V> {
  let copy: Map<K, V> | undefined;
  const own = (): Map<K, V> => (copy ??= new Map(from));
  return {
    get: (key) => (copy ?? from).get(key),
    set: (key, value) => void own().set(key, value),
    delete: (key) => void own().delete(key),
    now: () => copy ?? from,
  };
}

/** Whether all balances come first in the journal. `always`: even when nothing else is written. */
export type Carry = 'no' | 'yes' | 'always';

export interface DraftState {
  nextNo: number;
  books: Books;
  changed: boolean;
  readonly orders: DraftMap<Ref, OrderRecord>;
  readonly wallets: DraftMap<Account, KeptWallet>;
  readonly shop: DraftMap<string, KeptRecord>;
  /** Orders that this batch closes. */
  readonly closed: Map<Ref, OrderRecord>;
  /** The ids of the entries that no order wrote. */
  readonly moneyIds: Set<string>;
  readonly walletOf: (account: Account) => Wallet | undefined;
  /** Adds a line of the journal; throws RangeError for one that could not be read again. */
  note(happening: Happening): void;
  keepWallets(moved: Moved): void;
  /** What belongs in the journal. */
  readonly lines: () => readonly NewLine[];
  readonly next: () => HotState;
}

/** Begins on a committed state. `now` in epoch ms. */
export function draftState(from: HotState, now: number, carry: Carry): DraftState {
  const place = { seq: from.seq, batch: from.seq, at: now };
  const carried = carry === 'no' ? [] : balanceLines(place, from.wallets);
  const noted: NewLine[] = [];
  const wallets = draftMap(from.wallets);
  const [orders, shop] = [draftMap(from.records), draftMap(from.shop)];
  const lines = () => (noted.length > 0 || carry === 'always' ? [...carried, ...noted] : []);
  const draft: DraftState = {
    nextNo: from.nextNo,
    books: from.books,
    changed: carry === 'always',
    orders,
    wallets,
    shop,
    closed: new Map(),
    moneyIds: new Set(),
    walletOf: (account) => wallets.get(account)?.wallet,
    note(happening) {
      const line = makeLine({ ...place, seq: from.seq + carried.length + noted.length }, happening);
      for (const id of line.moneyIds) draft.moneyIds.add(id);
      noted.push(line);
    },
    keepWallets(moved) {
      for (const [account, { after }] of moved) wallets.set(account, keepWallet(account, after));
    },
    lines,
    next: () => ({
      nextNo: draft.nextNo,
      books: draft.books,
      records: orders.now(),
      wallets: wallets.now(),
      shop: shop.now(),
      seq: from.seq + lines().length,
      voided: from.voided,
    }),
  };
  return draft;
}

/** Records that a change would leave behind, undefined for those it drops. */
export type DraftRecords = ReadonlyMap<string, KeptRecord | undefined>;

const NONE: DraftRecords = new Map();

/** What the shop knows of a person. */
export function memberIn({ shop }: DraftState, id: number, drafts = NONE): Member | undefined {
  const key = recordKey({ kind: 'member', id });
  const kept = drafts.has(key) ? drafts.get(key) : shop.get(key);
  return kept?.record.kind === 'member' ? kept.record : undefined;
}
