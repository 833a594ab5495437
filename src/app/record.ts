// The one way an order changes: load, let the domain decide, commit; decided again when somebody was faster.

import type { Order, Ref } from '../domain/order.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { AuditLine } from '../domain/shop.ts';
import type { Heard } from '../domain/story.ts';
import { step } from '../domain/transitions.ts';
import type { Clock, Store } from './ports.ts';

/**
 * Applies a fact to an order. Resolves to the order as committed, or undefined when the fact changed nothing. `heard`: by
 * which call to the provider it was learnt.
 */
export type Record = (ref: Ref, event: OrderEvent, heard?: Heard) => Promise<Order | undefined>;

const MAX_ATTEMPTS = 10;

/** `changed` hears of every committed order; it must not throw. StoreFault of the commit reaches the caller. */
export function createRecord(deps: { store: Store; clock: Clock; changed: (order: Order) => void }): Record {
  const { store, clock, changed } = deps;
  return async (ref, event, heard) => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const order = await store.byRef(ref);
      if (order === undefined) return undefined;
      const now = clock();
      const next = step(order, event, now, heard);
      if (next === undefined) return undefined;
      const audit = auditOf(order, event, now);
      const committed = await store.commit({ kind: 'step', ...next, ...(audit && { audit }) });
      if (committed.kind === 'done') {
        changed(committed.order);
        return committed.order;
      }
    }
    return undefined;
  };
}

/** What a person did to the order, for the audit; written in the same commit. */
function auditOf({ no }: Order, event: OrderEvent, at: number): AuditLine | undefined {
  if (event.type !== 'settled-by-hand') return undefined;
  const { by, outcome, reason } = event;
  const what = 'settled-by-hand' as const;
  return { by: String(by), at, what, about: String(no), note: { kind: 'outcome', outcome }, why: reason };
}
