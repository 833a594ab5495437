// The store, watched from outside: how long its commits take, how orders end, and whether it takes anything.

import type { Change, Clock, Store } from '../app/ports.ts';
import { isSettledState, type Order } from '../domain/order.ts';
import type { Metrics } from '../http/metrics.ts';

export interface Measured {
  readonly store: Store;
  /** Whether it answers, and took the last change or has had a while since it refused one. */
  readonly isFit: () => Promise<boolean>;
}

/** After a refusal the store counts as unfit for so long, unless it takes something before, ms. */
const DOUBT_MS = 60_000;
/** Nobody's: asking for it is a read like any other. */
const NOBODY = 0;

/** Money moves for good once for each order, with the step that ends it. */
const isEnd = (change: Change): boolean =>
  change.kind === 'step' && change.entries.some(({ kind }) => kind === 'capture' || kind === 'release');

export function measured(deps: {
  store: Store;
  metrics: Metrics;
  clock: Clock;
  /** A clock for durations, ms. */
  now: () => number;
  ended: (order: Order) => void;
}): Measured {
  const { store, metrics, clock, now, ended } = deps;
  let refusedAt = -Infinity;

  async function timed<T>(what: 'order' | 'shop', write: () => Promise<T>): Promise<T> {
    const began = now();
    try {
      const written = await write();
      refusedAt = -Infinity;
      metrics.committed(what, true, now() - began);
      return written;
    } catch (error) {
      refusedAt = clock();
      metrics.committed(what, false, now() - began);
      throw error;
    }
  }

  return {
    store: {
      ...store,
      commit: async (change) => {
        const committed = await timed('order', () => store.commit(change));
        if (committed.kind !== 'done' || !isEnd(change)) return committed;
        const { state, confirmedAt } = committed.order;
        if (isSettledState(state)) metrics.ended(state.name, state.at - confirmedAt);
        ended(committed.order);
        return committed;
      },
      change: (change) => timed('shop', () => store.change(change)),
    },
    isFit: async () => {
      await store.wallet(NOBODY);
      return clock() - refusedAt >= DOUBT_MS;
    },
  };
}
