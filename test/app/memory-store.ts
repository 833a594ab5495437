// A store in memory that keeps the contract of its port: revisions, references that are opened once, entries that count
// once, wallets that are never overdrawn. It adds everything up anew whenever it is asked, so that no sum can be wrong.

import {
  ENTRY_MEMORY_MS,
  StoreFault,
  type Change,
  type Changed,
  type Committed,
  type ShopChange,
  type Store,
} from '../../src/app/ports.ts';
import {
  agree,
  EMPTY_BOOKS,
  post,
  sum,
  total,
  walletOf,
  type Books,
  type Entry,
} from '../../src/domain/ledger.ts';
import { isClosed, isSettled, isUnheard, type Order } from '../../src/domain/order.ts';
import { recordKey, type Member, type RecordKind } from '../../src/domain/shop.ts';
import {
  auditWallets,
  fits,
  isOf,
  memory,
  newestFirst,
  nextRecords,
  pageOf,
  refusedOrder,
} from './memory-rules.ts';

/** A store without a disk. `fail` makes the next commits and changes be refused as by a full disk. */
export interface MemoryStore extends Store {
  fail(times: number): void;
  all(): readonly Order[];
  /** Throws when the books or a wallet are not what the orders add up to. */
  audit(): void;
}

export function memoryStore(clock: () => number = Date.now): MemoryStore {
  const kept = memory();
  const { orders, records, moves, audits } = kept;
  const entries = new Map<string, Entry>();
  const added = new Map<string, number>();
  let failures = 0;
  const all = (): Order[] => [...orders.values()];
  const books = (): Books => [...entries.values()].reduce(post, EMPTY_BOOKS);

  function fault(): void {
    if (failures === 0) return;
    failures -= 1;
    throw new StoreFault('disk-full', undefined);
  }

  function add(more: readonly Entry[]): void {
    for (const entry of more) {
      if (entries.has(entry.id)) throw new Error(`the entry ${entry.id} is there already`);
      entries.set(entry.id, entry);
    }
    sum(entries.values());
    moves.push(...more.filter(({ account }) => account !== 'shop'));
  }

  function commit(change: Change): Committed {
    const refused = refusedOrder(kept, change);
    if (refused !== undefined) return refused;
    fault();
    add(change.entries);
    const order = change.kind === 'open' ? { ...change.order, no: 1042 + orders.size, rev: 1 } : change.order;
    if (change.kind === 'step' && change.audit !== undefined) audits.push(change.audit);
    orders.set(order.ref, order);
    return { kind: 'done', order };
  }

  function changed(change: ShopChange): Changed {
    if (change.entries.some(({ kind, amount }) => kind !== 'correction' && amount < 0))
      throw new RangeError('an entry is below zero');
    const now = clock();
    const isKnown = ({ id }: Entry): boolean => now - (added.get(id) ?? -Infinity) <= ENTRY_MEMORY_MS;
    if (change.entries.some(isKnown)) return { kind: 'exists' };
    const next = nextRecords(kept, change);
    if (next === undefined) return { kind: 'stale' };
    const nextMember = (id: number): Member | undefined => {
      const record = next.get(recordKey({ kind: 'member', id }));
      return record?.kind === 'member' ? record : undefined;
    };
    const short = kept.short(change.entries, nextMember);
    if (short !== undefined) return short;
    fault();
    moves.push(...change.entries);
    for (const { id } of change.entries) added.set(id, now);
    audits.push(...change.audit);
    records.clear();
    for (const [key, record] of next) records.set(key, record);
    return { kind: 'done' };
  }

  return {
    fail: (times) => {
      failures = times;
    },
    all,
    audit: () => {
      const held = total(all().flatMap((order) => (isSettled(order) ? [] : [order.price])));
      const taken = total(all().flatMap(({ state, price }) => (state.name === 'fulfilled' ? [price] : [])));
      if (!agree(books(), { held, taken })) throw new Error('the books do not agree with the orders');
      auditWallets(kept);
    },
    // Async, so that what is thrown is a rejection, as it is from a disk.
    commit: async (change) => Promise.resolve(commit(change)),
    change: async (change) => Promise.resolve(changed(change)),
    byRef: (ref) => Promise.resolve(orders.get(ref)),
    byNo: (no) => Promise.resolve(all().find((order) => order.no === no)),
    active: () => Promise.resolve(all().filter((order) => !isClosed(order))),
    unheard: () => Promise.resolve(all().filter(isUnheard)),
    mine: () => Promise.resolve(all().filter((order) => !isClosed(order))),
    renew: () => Promise.resolve(),
    history: (buyer, limit) =>
      Promise.resolve(
        newestFirst(all())
          .filter((order) => order.buyer === buyer)
          .slice(0, limit),
      ),
    orders: (filter, before, limit) => {
      const rows = all()
        .filter((order) => order.no < (before ?? Infinity) && fits(order, filter))
        .sort((a, b) => b.no - a.no);
      const page = rows.slice(0, limit);
      const next = rows.length > limit ? (page.at(-1)?.no ?? before) : null;
      return Promise.resolve({ rows: page, next });
    },
    books: () => Promise.resolve(books()),
    wallet: (person) => Promise.resolve(kept.wallet(walletOf(person))),
    statement: (account, before, limit) => {
      const isOn = (entry: Entry): boolean => entry.account === account && entry.kind !== 'capture';
      return Promise.resolve(pageOf(moves, isOn, before, limit));
    },
    auditTrail: (before, limit) => Promise.resolve(pageOf(audits, () => true, before, limit)),
    record<K extends RecordKind>(kind: K, id: string | number) {
      const record = records.get(`${kind}:${id}`);
      return Promise.resolve(record !== undefined && isOf(record, kind) ? record : undefined);
    },
    records<K extends RecordKind>(kind: K) {
      return Promise.resolve([...records.values()].filter((record) => isOf(record, kind)));
    },
  };
}
