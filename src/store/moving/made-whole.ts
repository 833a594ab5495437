// What a folder tells of its money, made whole. A backup may have left the journal without some lines, or the archive
// without some orders (see load-store.ts): what everybody has is right there, but what is told does not come to it, and a
// database takes only what does. What orders moved they tell themselves. For everything else a correction stands in the
// statement, also for an order that is no more, since nobody's order can hold a price then, or have taken it.

import {
  effectOf,
  EMPTY_BOOKS,
  post,
  total,
  type Account,
  type Books,
  type Entry,
  type Wallet,
} from '../../domain/ledger.ts';
import { add, subtract, ZERO, type Centimes } from '../../domain/money.ts';
import { isRef } from '../../domain/order.ts';
import type { LoadedStore } from '../load-store.ts';
import type { OrderRecord } from '../order-record.ts';
import { isOrderKind, ofWallets } from '../wallets.ts';
import type { Belongings, Happened } from './belongings.ts';

/** The reason of a correction for what nobody can say any more; people read it, in any language. */
export const NOBODY_KNOWS = '…';

type Sums = Map<Account, Centimes>;
type Wallets = readonly (readonly [Account, Wallet])[];

async function lacksLines({ journal, db }: LoadedStore): Promise<boolean> {
  let next = 0;
  for await (const { seq } of journal.all()) {
    if (seq !== next) return true;
    next = seq + 1;
  }
  return next !== db.data.seq;
}

/** The ids of the orders' entries that the journal tells. */
async function toldIds({ journal }: LoadedStore): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { entries } of journal.all())
    for (const { id, kind } of entries) if (isOrderKind(kind)) ids.add(id);
  return ids;
}

interface OfOrders {
  /** What the orders of each account hold and have taken. */
  readonly books: ReadonlyMap<Account, Books>;
  /** Their entries that the journal does not tell, oldest first. */
  readonly untold: readonly Entry[];
}

async function readOrders(
  orders: AsyncIterable<OrderRecord>,
  isTold: (entry: Entry) => boolean,
): Promise<OfOrders> {
  const books = new Map<Account, Books>();
  const untold: Entry[] = [];
  for await (const { entries } of orders) {
    for (const entry of entries)
      books.set(entry.account, post(books.get(entry.account) ?? EMPTY_BOOKS, entry));
    untold.push(...ofWallets(entries).filter((entry) => !isTold(entry)));
  }
  return { books, untold: untold.sort((a, b) => a.at - b.at) };
}

/** The corrections by which each account comes from what is told of it to what is known. */
function corrections(
  ref: string,
  at: number,
  known: Iterable<readonly [Account, Centimes]>,
  told: Sums,
): readonly Entry[] {
  return [...known].flatMap(([account, sum]): Entry[] => {
    const amount = subtract(sum, told.get(account) ?? ZERO);
    told.set(account, sum);
    const what = { account, kind: 'correction', amount, reason: NOBODY_KNOWS } as const;
    return amount === 0 ? [] : [{ ...what, id: `${ref}:${account}`, at, by: 'worker', ref }];
  });
}

const note = (sums: Sums, { account }: Entry, amount: Centimes): unknown =>
  sums.set(account, add(sums.get(account) ?? ZERO, amount));

const putsOf = (wallets: Wallets) => wallets.map(([account, { put }]) => [account, put] as const);

async function* lines({ journal }: LoadedStore): AsyncGenerator<Happened> {
  for await (const { at, entries, audit } of journal.all()) yield { at, entries, audit };
}

/** Fills each gap where it is: with what the orders tell of that time, and up to the balances that follow it. */
async function* withoutGaps(
  { journal, db }: LoadedStore,
  wallets: Wallets,
  untold: readonly Entry[],
): AsyncGenerator<Happened> {
  const skipped = new Set(db.data.voided);
  const told: Sums = new Map();
  let [next, last, resumes, shown] = [0, 0, false, 0];
  for await (const { seq, at, entries, audit, balances } of journal.all()) {
    // Nothing but balances follows a gap, on one line or more.
    resumes = seq !== next || (resumes && balances.length > 0);
    [next, last] = [seq + 1, at];
    if (resumes && !skipped.has(seq)) {
      const own = untold.slice(shown).filter((entry) => entry.at <= at);
      shown += own.length;
      const others = corrections(`lost-lines-${at}-${seq}`, at, putsOf(balances), told);
      yield { at, entries: [...own, ...others], audit: [] };
    }
    for (const entry of entries) if (!isOrderKind(entry.kind)) note(told, entry, effectOf(entry));
    yield { at, entries, audit };
  }
  const others = corrections(`lost-lines-${last}-${db.data.seq}`, last, putsOf(wallets), told);
  yield { at: last, entries: [...untold.slice(shown), ...others], audit: [] };
}

/** What an order did to what could be spent, without the order. */
function asCorrection(entry: Entry): readonly Entry[] {
  const amount = effectOf(entry);
  return amount === 0 ? [] : [{ ...entry, kind: 'correction', amount, reason: NOBODY_KNOWS }];
}

/** `taken`: what the orders that are no more have taken of each account, told or not. */
async function* withoutLostOrders(
  { db, archive }: LoadedStore,
  happened: AsyncIterable<Happened>,
  taken: ReadonlyMap<Account, Centimes>,
): AsyncGenerator<Happened> {
  const isThere = (ref: string): boolean => isRef(ref) && (db.data.records.has(ref) || archive.has(ref));
  const isLost = ({ kind, ref }: Entry): boolean => isOrderKind(kind) && !isThere(ref);
  const told: Sums = new Map();
  let last = 0;
  for await (const { at, entries, audit } of happened) {
    last = at;
    for (const entry of entries.filter(isLost)) note(told, entry, effectOf(entry));
    const all = entries.flatMap((entry) => (isLost(entry) ? asCorrection(entry) : [entry]));
    yield { at, entries: all, audit };
  }
  const known = [...taken].map(([account, sum]) => [account, subtract(ZERO, sum)] as const);
  yield { at: last, entries: corrections(`lost-orders-${last}`, last, known, told), audit: [] };
}

/** Gives what it was given where nothing is missing. */
export async function madeWhole(
  loaded: LoadedStore,
  orders: () => AsyncIterable<OrderRecord>,
): Promise<Pick<Belongings, 'books' | 'wallets' | 'happened'>> {
  const { books } = loaded.db.data;
  const wallets = [...loaded.db.data.wallets].map(([account, kept]) => [account, kept.wallet] as const);
  const hasGaps = await lacksLines(loaded);
  const told = hasGaps ? await toldIds(loaded) : undefined;
  const own = await readOrders(orders(), ({ id }) => told?.has(id) ?? true);
  const happened = () => (hasGaps ? withoutGaps(loaded, wallets, own.untold) : lines(loaded));
  if (!loaded.lacksOrders) return { books, wallets, happened };
  const gone = wallets.map(([account, wallet]) => {
    const taken = subtract(wallet.taken, own.books.get(account)?.taken ?? ZERO);
    return { account, wallet, taken };
  });
  return {
    books: { ...books, taken: total([...own.books.values()].map(({ taken }) => taken)) },
    wallets: gone.map(({ account, wallet, taken }) => [
      account,
      { ...wallet, put: subtract(wallet.put, taken), taken: subtract(wallet.taken, taken) },
    ]),
    happened: () =>
      withoutLostOrders(loaded, happened(), new Map(gone.map(({ account, taken }) => [account, taken]))),
  };
}
