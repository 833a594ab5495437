// What the store can be asked. Every answer is taken from one committed state; an order that is both there and in the
// archive (closed by a write that has not come through) counts as it is there.

import type { OrderFilter, Store } from '../app/ports.ts';
import { EMPTY_WALLET, walletOf } from '../domain/ledger.ts';
import { isSettled, isUnheard, type Order } from '../domain/order.ts';
import type { RecordKind, RecordOf, ShopRecord } from '../domain/shop.ts';
import type { Archive } from './archive.ts';
import type { HotState } from './hot-state.ts';
import type { JournalPages } from './journal-pages.ts';
import { tracesOf } from './order-record.ts';

export interface Readable {
  readonly archive: Archive;
  readonly journal: JournalPages;
  readonly state: () => HotState;
}

const isOf = <K extends RecordKind>(record: ShopRecord, kind: K): record is RecordOf<K> =>
  record.kind === kind;

const byNumber = (a: Order, b: Order): number => b.no - a.no;

const fits =
  ({ buyer, line, since, settledSince, open, state }: OrderFilter) =>
  (order: Order): boolean =>
    (buyer === undefined || order.buyer === buyer) &&
    (line === undefined || order.line === line) &&
    (since === undefined || order.confirmedAt >= since) &&
    (settledSince === undefined || ('at' in order.state && order.state.at >= settledSince)) &&
    (open === undefined || open === !isSettled(order)) &&
    (state === undefined || order.state.name === state);

const ENDS: ReadonlySet<string> = new Set<Order['state']['name']>(['fulfilled', 'refunded', 'rejected']);

/** Only settled orders are ever archived. */
const mayBeArchived = ({ open, state }: OrderFilter): boolean =>
  open !== true && (state === undefined || ENDS.has(state));

type Reads = Omit<Store, 'commit' | 'change' | 'mine' | 'renew'>;

/** Reading orders; a damaged archive line rejects with DamagedFile. */
function orderReads({ archive, state }: Readable) {
  const open = (): Order[] => [...state().records.values()].map(({ order }) => order);

  return {
    async byRef(ref) {
      return (state().records.get(ref) ?? (await archive.byRef(ref)))?.order;
    },
    async byNo(no) {
      return open().find((order) => order.no === no) ?? (await archive.byNo(no))?.order;
    },
    active: () => Promise.resolve(open()),
    unheard: () => Promise.resolve(open().filter(isUnheard)),
    async history(buyer, limit) {
      const here = open().filter((order) => order.buyer === buyer);
      const except = new Set(here.map(({ no }) => no));
      const closed = await archive.newest(buyer, limit, except);
      const all = [...here, ...closed.map(({ order }) => order)];
      return all.sort(byNumber).slice(0, limit);
    },
    async orders(filter, before, limit) {
      const below = before ?? Infinity;
      const here = open();
      const found = here.filter((order) => order.no < below).filter(fits(filter));
      if (mayBeArchived(filter)) {
        const closed = await archive.search({
          below,
          // One more than fits tells whether there is another page.
          limit: limit + 1,
          except: new Set(here.map(({ no }) => no)),
          buyer: filter.buyer,
          // What was confirmed since then can't have settled before.
          since: filter.settledSince ?? filter.since,
          traces: tracesOf(filter),
          fits: fits(filter),
        });
        found.push(...closed.map(({ order }) => order));
      }
      const rows = found.sort(byNumber).slice(0, limit);
      return { rows, next: found.length > limit ? (rows.at(-1)?.no ?? before) : null };
    },
    books: () => Promise.resolve(state().books),
  } satisfies Partial<Reads>;
}

/** The reading half of the port; a damaged line of the archive or the journal rejects with DamagedFile. */
export function storeReads(readable: Readable): Reads {
  const { journal, state } = readable;
  return {
    ...orderReads(readable),
    wallet: (person) => Promise.resolve(state().wallets.get(walletOf(person))?.wallet ?? EMPTY_WALLET),
    statement: journal.statement,
    auditTrail: journal.auditTrail,
    record<K extends RecordKind>(kind: K, id: string | number) {
      const kept = state().shop.get(`${kind}:${id}`);
      return Promise.resolve(kept !== undefined && isOf(kept.record, kind) ? kept.record : undefined);
    },
    records<K extends RecordKind>(kind: K) {
      const all = [...state().shop.values()].map(({ record }) => record);
      return Promise.resolve(all.filter((record) => isOf(record, kind)));
    },
  };
}
