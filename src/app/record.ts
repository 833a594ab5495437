// The one way an order changes: load, let the domain decide, commit; decided again when somebody was faster.

import type { Order, OrderEvent, Ref } from '../domain/order.ts';
import { step } from '../domain/transitions.ts';
import type { Clock, Store } from './ports.ts';

/** Applies a fact to an order. Resolves to the order as committed, or undefined when the fact changed nothing. */
export type Record = (ref: Ref, event: OrderEvent) => Promise<Order | undefined>;

const MAX_ATTEMPTS = 10;

/** `changed` hears of every committed order; it must not throw. StoreFault of the commit reaches the caller. */
export function createRecord(deps: { store: Store; clock: Clock; changed: (order: Order) => void }): Record {
  const { store, clock, changed } = deps;
  return async (ref, event) => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const order = await store.byRef(ref);
      if (order === undefined) return undefined;
      const next = step(order, event, clock());
      if (next === undefined) return undefined;
      const committed = await store.commit({ kind: 'step', ...next });
      if (committed.kind === 'done') {
        changed(committed.order);
        return committed.order;
      }
    }
    return undefined;
  };
}
