// What the store in memory remembers, and the rules by which it judges: written anew and plainly, so that a mistake of the
// store on disk is not made twice.

import type {
  Change,
  Changed,
  Committed,
  Opening,
  OrderFilter,
  Page,
  ShopChange,
} from '../../src/app/ports.ts';
import {
  agree,
  availableOf,
  EMPTY_WALLET,
  holderOf,
  postToWallet,
  total,
  type Account,
  type Entry,
  type Wallet,
} from '../../src/domain/ledger.ts';
import { isClosed, isSettled, type Order, type Ref } from '../../src/domain/order.ts';
import { accountOf } from '../../src/domain/purchase.ts';
import {
  recordKey,
  type AuditLine,
  type Member,
  type RecordKind,
  type RecordOf,
  type ShopRecord,
} from '../../src/domain/shop.ts';

type Short = Extract<Changed, { kind: 'short' }>;

export const isOf = <K extends RecordKind>(record: ShopRecord, kind: K): record is RecordOf<K> =>
  record.kind === kind;

export const fits = (order: Order, { buyer, line, since, settledSince, open, state }: OrderFilter): boolean =>
  [
    buyer === undefined || order.buyer === buyer,
    line === undefined || order.line === line,
    since === undefined || order.confirmedAt >= since,
    settledSince === undefined || ('at' in order.state && order.state.at >= settledSince),
    open === undefined || open !== isSettled(order),
    state === undefined || order.state.name === state,
  ].every(Boolean);

export const newestFirst = (orders: readonly Order[]): Order[] =>
  orders.toSorted((a, b) => b.confirmedAt - a.confirmedAt || b.no - a.no);

/** A page of a list that only grows; a row's place in it is the cursor. */
export function pageOf<T>(
  all: readonly T[],
  wanted: (row: T) => boolean,
  before: number | null,
  limit: number,
): Page<T> {
  const rows = all
    .map((row, at) => ({ row, at }))
    .filter(({ row, at }) => at < (before ?? Infinity) && wanted(row))
    .reverse();
  const page = rows.slice(0, limit);
  return { rows: page.map(({ row }) => row), next: rows.length > limit ? (page.at(-1)?.at ?? before) : null };
}

/** What is remembered; everything that is asked for follows from it. */
export function memory() {
  const orders = new Map<Ref, Order>();
  const records = new Map<string, ShopRecord>();
  /** Of wallets only, as the journal of a store on disk has them. */
  const moves: Entry[] = [];
  const audits: AuditLine[] = [];
  const wallet = (account: Account): Wallet =>
    moves.filter((entry) => entry.account === account).reduce(postToWallet, EMPTY_WALLET);
  const member = (id: number): Member | undefined => {
    const record = records.get(recordKey({ kind: 'member', id }));
    return record?.kind === 'member' ? record : undefined;
  };

  /** Whether entries would take a wallet to where it may not be. */
  function short(
    entries: readonly Entry[],
    ceilingOf: (id: number) => Member | undefined,
  ): Short | undefined {
    for (const [account, own] of Map.groupBy(entries, (entry) => entry.account)) {
      const [before, after] = [wallet(account), own.reduce(postToWallet, wallet(account))].map(availableOf);
      const ceiling = ceilingOf(holderOf(account) ?? 0)?.ceiling ?? EMPTY_WALLET.put;
      if (before === undefined || after === undefined || after >= before || after >= 0 - ceiling) continue;
      return { kind: 'short', available: before, ceiling };
    }
    return undefined;
  }
  return { orders, records, moves, audits, wallet, member, short };
}

type Memory = ReturnType<typeof memory>;

/** Why a buyer may not, or can't pay. */
function refusedBuyer({ member, short }: Memory, { order, entries }: Opening): Committed | undefined {
  if (order.account === 'shop') return undefined;
  const who = member(order.buyer);
  if (who === undefined || who.frozen || who.role !== order.role) return { kind: 'barred' };
  return short(entries, member);
}

/** The order that makes this one a twin. */
function refusedTwin({ orders }: Memory, { order, twinSince }: Opening): Committed | undefined {
  const twin = newestFirst([...orders.values()]).find(
    ({ line, value, confirmedAt, state }) =>
      line === order.line &&
      value === order.value &&
      confirmedAt >= (twinSince ?? Infinity) &&
      !['refunded', 'rejected'].includes(state.name),
  );
  return twin && { kind: 'twin', order: twin };
}

/** Why a change of an order comes to nothing. */
export function refusedOrder(kept: Memory, change: Change): Committed | undefined {
  const known = kept.orders.get(change.order.ref);
  if (change.kind === 'step')
    return known === undefined || isClosed(known) || known.rev !== change.order.rev - 1
      ? { kind: 'stale' }
      : undefined;
  if (known !== undefined) return { kind: 'exists', order: known };
  if (change.order.account !== accountOf(change.order))
    throw new RangeError('the order is not on its buyer’s account');
  return refusedBuyer(kept, change) ?? refusedTwin(kept, change);
}

/** What a change makes of the shop's records; undefined when it was decided on others. */
export function nextRecords(
  { records }: Memory,
  { puts, lookedAt = [], drops = [] }: ShopChange,
): Map<string, ShopRecord> | undefined {
  if (lookedAt.some(({ key, rev }) => (records.get(key)?.rev ?? 0) !== rev)) return undefined;
  const next = new Map(records);
  for (const record of puts) {
    if (record.rev !== (next.get(recordKey(record))?.rev ?? 0) + 1) return undefined;
    next.set(recordKey(record), record);
  }
  for (const key of drops) next.delete(key);
  return next;
}

/** Throws when a wallet is not what its orders add up to. */
export function auditWallets({ orders, moves, wallet }: Memory): void {
  const all = [...orders.values()];
  for (const account of new Set([...all, ...moves].map((one) => one.account))) {
    if (account === 'shop') continue;
    const own = all.filter((order) => order.account === account);
    const held = total(own.filter((order) => !isSettled(order)).map(({ price }) => price));
    const taken = total(own.filter(({ state }) => state.name === 'fulfilled').map(({ price }) => price));
    if (!agree(wallet(account), { held, taken }))
      throw new Error(`${account} does not agree with its orders`);
  }
}
