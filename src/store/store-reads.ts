// What the store can be asked. Every answer is taken from one committed state; an order that is both there and in the
// archive (closed by a write that has not come through) counts as it is there.

import type { Store } from '../app/ports.ts';
import type { Order } from '../domain/order.ts';
import type { Archive } from './archive.ts';
import type { HotOrders } from './hot-orders.ts';

export interface Readable {
  readonly archive: Archive;
  readonly state: () => HotOrders;
  /** Closed orders that settled so recently that they may be somebody's twin. */
  readonly recent: () => readonly Order[];
}

const mayHaveBeenBought = ({ state }: Order): boolean =>
  state.name !== 'rejected' && state.name !== 'refunded';

/** The reading half of the port; a damaged archive line rejects with DamagedFile. */
export function storeReads({ archive, state, recent }: Readable): Omit<Store, 'commit'> {
  const open = (): Order[] => [...state().records.values()].map(({ order }) => order);

  return {
    async byRef(ref) {
      return (state().records.get(ref) ?? (await archive.byRef(ref)))?.order;
    },
    async byNo(no) {
      return open().find((order) => order.no === no) ?? (await archive.byNo(no))?.order;
    },
    active: () => Promise.resolve(open()),
    async history(buyer, limit) {
      const here = open().filter((order) => order.buyer === buyer);
      const except = new Set(here.map(({ no }) => no));
      const closed = await archive.newest(buyer, limit, except);
      const all = [...here, ...closed.map(({ order }) => order)];
      return all.sort((a, b) => b.no - a.no).slice(0, limit);
    },
    twin(service, line, value, since) {
      const twins = [...recent(), ...open()].filter(
        (order) =>
          order.service === service &&
          order.line === line &&
          order.value === value &&
          order.confirmedAt >= since &&
          mayHaveBeenBought(order),
      );
      const newest = twins.sort((a, b) => b.confirmedAt - a.confirmedAt || b.no - a.no || b.rev - a.rev);
      return Promise.resolve(newest[0]);
    },
    books: () => Promise.resolve(state().books),
  };
}
