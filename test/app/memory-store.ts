// A store in memory that keeps the contract of its port: revisions, references that are opened once, entries that count once.

import { StoreFault, type Store } from '../../src/app/ports.ts';
import { agree, EMPTY_BOOKS, post, total, type Books } from '../../src/domain/ledger.ts';
import { isClosed, isSettled, type Order, type Ref } from '../../src/domain/order.ts';

/** A store without a disk. `fail` makes the next commits be refused as by a full disk. */
export interface MemoryStore extends Store {
  fail(times: number): void;
  all(): readonly Order[];
  /** Throws when the books are not what the orders add up to. */
  audit(): void;
}

export function memoryStore(): MemoryStore {
  const orders = new Map<Ref, Order>();
  const entryIds = new Set<string>();
  let books: Books = EMPTY_BOOKS;
  let failures = 0;
  const all = (): Order[] => [...orders.values()];
  const newestFirst = (): Order[] => all().toSorted((a, b) => b.confirmedAt - a.confirmedAt || b.no - a.no);

  return {
    fail: (times) => {
      failures = times;
    },
    all,
    audit: () => {
      const open = total(
        all()
          .filter((order) => !isSettled(order))
          .map(({ price }) => price),
      );
      const taken = total(
        all()
          .filter(({ state }) => state.name === 'fulfilled')
          .map(({ price }) => price),
      );
      if (!agree(books, { held: open, taken })) throw new Error('the books do not agree with the orders');
    },
    commit: (change) => {
      const known = orders.get(change.order.ref);
      if (change.kind === 'open' && known !== undefined)
        return Promise.resolve({ kind: 'exists', order: known });
      if (change.kind === 'step' && known?.rev !== change.order.rev - 1)
        return Promise.resolve({ kind: 'stale' });
      if (failures > 0) {
        failures -= 1;
        return Promise.reject(new StoreFault('disk-full', undefined));
      }
      const order =
        change.kind === 'open' ? { ...change.order, no: 1042 + orders.size, rev: 1 } : change.order;
      for (const entry of change.entries) {
        if (entryIds.has(entry.id)) throw new Error(`the entry ${entry.id} is there already`);
        books = post(books, entry);
        entryIds.add(entry.id);
      }
      orders.set(order.ref, order);
      return Promise.resolve({ kind: 'done', order });
    },
    byRef: (ref) => Promise.resolve(orders.get(ref)),
    byNo: (no) => Promise.resolve(all().find((order) => order.no === no)),
    active: () => Promise.resolve(all().filter((order) => !isClosed(order))),
    history: (buyer, limit) =>
      Promise.resolve(
        newestFirst()
          .filter((order) => order.buyer === buyer)
          .slice(0, limit),
      ),
    twin: (service, line, value, since) =>
      Promise.resolve(
        newestFirst().find(
          (order) =>
            order.service === service &&
            order.line === line &&
            order.value === value &&
            order.confirmedAt >= since &&
            !['refunded', 'rejected'].includes(order.state.name),
        ),
      ),
    books: () => Promise.resolve(books),
  };
}
