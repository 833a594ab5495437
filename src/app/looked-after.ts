// The orders that a process looks after, where several share them: one may come from a process that has died, and people
// may have changed one through another process. Whatever is new about one is told as soon as it is seen.

import type { Order, Ref } from '../domain/order.ts';
import type { Store } from './ports.ts';

/** `mine` that tells of each order that is there for the first time, or in another revision than before. */
export function noticing({ mine }: Pick<Store, 'mine'>, changed: (order: Order) => void): Store['mine'] {
  let seen: ReadonlyMap<Ref, number> = new Map();
  return async () => {
    const orders = await mine();
    for (const order of orders) if (seen.get(order.ref) !== order.rev) changed(order);
    seen = new Map(orders.map(({ ref, rev }) => [ref, rev]));
    return orders;
  };
}
