// The orders that a process looks after, where several share them: one may come from a process that has died, and people
// may have changed one through another process. Whatever is new about one is told as soon as it is seen.

import type { Order, Ref } from '../domain/order.ts';
import type { Store } from './ports.ts';

export interface LookedAfter {
  /** Tells of each order that is there for the first time, or in another revision than before. */
  readonly mine: Store['mine'];
  /** Whether it was there when they were last asked for. */
  readonly has: (ref: Ref) => boolean;
}

export function noticing(store: Pick<Store, 'mine'>, changed: (order: Order) => void): LookedAfter {
  let seen: ReadonlyMap<Ref, number> = new Map();
  return {
    mine: async () => {
      const orders = await store.mine();
      for (const order of orders) if (seen.get(order.ref) !== order.rev) changed(order);
      seen = new Map(orders.map(({ ref, rev }) => [ref, rev]));
      return orders;
    },
    has: (ref) => seen.has(ref),
  };
}
