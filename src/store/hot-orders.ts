// The orders that are not closed yet, the books, and how a batch of changes turns one such state into the next.
// States are never altered: a batch builds a new one beside the committed one, which stands until the disk has the new.

import * as z from 'zod';
import type { Change } from '../app/ports.ts';
import { agree, EMPTY_BOOKS, post, sum, type Books, type Entry } from '../domain/ledger.ts';
import { ZERO, type Centimes } from '../domain/money.ts';
import { isClosed, isSettled, type Order, type Ref } from '../domain/order.ts';
import { DamagedFile } from './disk.ts';
import type { OrderRecord, OrderRecords } from './order-record.ts';
import { readVersioned } from './versioned-json.ts';

export const FIRST_NO = 1001;

export interface HotOrders {
  readonly nextNo: number;
  readonly books: Books;
  readonly records: ReadonlyMap<Ref, OrderRecord>;
}

export const NO_ORDERS: HotOrders = { nextNo: FIRST_NO, books: EMPTY_BOOKS, records: new Map() };

/** What became of a change; `archived`: the reference was opened before and the order is closed. */
export type Verdict =
  | { readonly kind: 'done' | 'exists'; readonly order: Order }
  | { readonly kind: 'archived'; readonly ref: Ref }
  | { readonly kind: 'stale' };

export interface Batch {
  /** Takes one change in, on top of those before it; throws RangeError for one whose money does not add up. */
  apply(change: Change): Verdict;
  /** Orders that this batch closes: they belong in the archive before `next` is written. */
  closed(): readonly OrderRecord[];
  changed(): boolean;
  /** The state with everything taken in so far. */
  next(): HotOrders;
}

/** What an order's own entries must add up to: its price held until it settles, and taken only if it was fulfilled. */
function expectedBooks(order: Order): Books {
  const held = isSettled(order) ? ZERO : order.price;
  return { held, taken: order.state.name === 'fulfilled' ? order.price : ZERO };
}

/** Whether an order's entries say about its money what its state says. */
export const isBalanced = ({ order, entries }: Pick<OrderRecord, 'order' | 'entries'>): boolean =>
  agree(sum(entries), expectedBooks(order));

/** The entries of `more` that are not there yet, by id. */
function unposted(entries: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  const added = new Map(more.map((entry) => [entry.id, entry]));
  for (const { id } of entries) added.delete(id);
  return [...added.values()];
}

/** Begins a batch on a committed state. `archived` tells whether a closed order has that reference. */
export function startBatch(from: HotOrders, records: OrderRecords, archived: (ref: Ref) => boolean): Batch {
  const hot = new Map(from.records);
  const closed = new Map<Ref, OrderRecord>();
  let { nextNo, books } = from;
  let changed = false;

  function put(order: Order, before: readonly Entry[], more: readonly Entry[]): Verdict {
    const added = unposted(before, more);
    const record = records.make(order, [...before, ...added]);
    const foreign = added.find((entry) => entry.ref !== order.ref);
    if (foreign !== undefined) throw new RangeError(`entry ${foreign.id} is not of order ${order.ref}`);
    if (!isBalanced(record)) throw new RangeError(`the entries of order ${order.ref} do not match its state`);
    books = added.reduce(post, books);
    if (isClosed(record.order)) {
      hot.delete(order.ref);
      closed.set(order.ref, record);
    } else hot.set(order.ref, record);
    changed = true;
    return { kind: 'done', order: record.order };
  }

  function open({ order, entries }: Extract<Change, { kind: 'open' }>): Verdict {
    const there = hot.get(order.ref) ?? closed.get(order.ref);
    if (there !== undefined) return { kind: 'exists', order: there.order };
    if (archived(order.ref)) return { kind: 'archived', ref: order.ref };
    const verdict = put({ ...order, no: nextNo, rev: 1 }, [], entries);
    nextNo += 1;
    return verdict;
  }

  function step({ order, entries }: Extract<Change, { kind: 'step' }>): Verdict {
    const there = hot.get(order.ref);
    if (there?.order.rev !== order.rev - 1) return { kind: 'stale' };
    if (there.order.no !== order.no) throw new RangeError(`order ${order.ref} can't change its number`);
    return put(order, there.entries, entries);
  }

  return {
    apply: (change) => (change.kind === 'open' ? open(change) : step(change)),
    closed: () => [...closed.values()],
    changed: () => changed,
    next: () => ({ nextNo, books, records: hot }),
  };
}

const amount = z.custom<Centimes>((value) => Number.isSafeInteger(value) && Number(value) >= 0, 'no amount');
const fileSchema = z.strictObject({
  version: z.literal(1),
  nextNo: z.int().min(FIRST_NO),
  books: z.strictObject({ held: amount, taken: amount }),
  orders: z.array(z.unknown()),
});

/** The file's text, put together from the texts of its records. */
export function writeHotOrders({ nextNo, books, records }: HotOrders): string {
  const head = `{"version":1,"nextNo":${nextNo},"books":${JSON.stringify(books)},"orders":[`;
  const texts = [...records.values()].map(({ text }) => text);
  return texts.length === 0 ? `${head}]}\n` : `${head}\n${texts.join(',\n')}\n]}\n`;
}

/** Reads the file's text; throws DamagedFile that names `file` and, for a bad record, the order's ref. */
export function readHotOrders(text: string, file: string, reader: OrderRecords): HotOrders {
  const data = readVersioned(text, { file, schema: fileSchema, not: 'not a file of orders' });
  const records = new Map<Ref, OrderRecord>();
  for (const one of data.orders) {
    const record = reader.read(one, file);
    if (records.has(record.order.ref))
      throw new DamagedFile(`${file}: order ${record.order.ref} is there twice`);
    records.set(record.order.ref, record);
  }
  return { nextNo: data.nextNo, books: data.books, records };
}
