// When the hot file is older than the journal: what is brought back from the journal, and what is not.
//
// The journal is written before the hot file. A single write that the hot file does not know never came through: nobody
// was told of it, and its lines are cut off. It is different when the newest hot file was torn and its previous copy is
// in use, or when a backup has an older hot file than its journal: then there are changes that were told. A deposit or a
// freeze that somebody has heard "done" for must not be gone, so the shop's part of those lines is taken over. (After a
// torn file a last write that was killed halfway comes through by this too; its callers heard nothing, and either is
// true to them. So does one that failed, if the disk then refused to take its line back as well and was torn before
// anything else was written: whoever repeats it hears "exists".)
//
// The part of the orders is not: their lines hold the wallet entries, but not the orders. An order stands at its earlier
// step again, is doubted where it may have been sent, looked up, and makes the same step with entries of the same ids.
// To add them here as well would count them twice. Their lines stay in the journal and are listed as void. Only an order
// that was both opened and closed since is whole in the archive: nothing will come again, and its entries count.

import { EMPTY_WALLET, post, postToWallet, type Account, type Wallet } from '../domain/ledger.ts';
import { recordKey } from '../domain/shop.ts';
import type { HotState } from './hot-state.ts';
import type { JournalLine } from './journal-line.ts';
import type { OrderRecord } from './order-record.ts';
import { readShopRecord, type KeptRecord } from './shop-record.ts';
import { isOrderKind, keepWallet, type KeptWallet } from './wallets.ts';

export interface ToTakeOver {
  /** The lines that the state does not know, oldest first. */
  readonly tail: readonly JournalLine[];
  /** Lines whose orders do not count. */
  readonly voided: ReadonlySet<number>;
  /** Closed orders that were opened after the state was written. */
  readonly closedSince: readonly OrderRecord[];
}

function takeRecords(shop: Map<string, KeptRecord>, { seq, puts, drops }: JournalLine): void {
  for (const stored of puts) {
    const kept = readShopRecord(stored, `line ${seq} of the journal`);
    const key = recordKey(kept.record);
    if (kept.record.rev > (shop.get(key)?.record.rev ?? 0)) shop.set(key, kept);
  }
  for (const key of drops) shop.delete(key);
}

function takeMoney(
  wallets: Map<Account, KeptWallet>,
  { seq, entries }: JournalLine,
  voided: ReadonlySet<number>,
) {
  for (const entry of entries) {
    if (isOrderKind(entry.kind) && voided.has(seq)) continue;
    const before: Wallet = wallets.get(entry.account)?.wallet ?? EMPTY_WALLET;
    wallets.set(entry.account, keepWallet(entry.account, postToWallet(before, entry)));
  }
}

/** The state with what it does not know; the same however often it is done. */
export function takeOver(state: HotState, { tail, voided, closedSince }: ToTakeOver): HotState {
  const shop = new Map(state.shop);
  const wallets = new Map(state.wallets);
  for (const line of tail) {
    takeRecords(shop, line);
    takeMoney(wallets, line, voided);
  }
  const books = closedSince.flatMap(({ entries }) => entries).reduce(post, state.books);
  const seq = Math.max(state.seq, (tail.at(-1)?.seq ?? -1) + 1);
  return { ...state, books, shop, wallets, seq, voided: [...voided] };
}
