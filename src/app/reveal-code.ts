// Shows a card code to its buyer where it could not be brought: written down before it is shown, so that nobody can say
// later that it was never seen.

import type { Order } from '../domain/order.ts';
import { StoreFault, type Clock, type Store } from './ports.ts';

export type Revealed =
  | {
      readonly kind: 'code';
      readonly order: Order;
      readonly code: string;
      readonly transactionNo: string | null;
    }
  | { readonly kind: 'refused'; readonly why: 'not-yours' | 'no-code' | 'cannot-record' };

/** Opens the code of an order for a person, or says why not. */
export type RevealCode = (person: number, no: number) => Promise<Revealed>;

const refused = (why: Extract<Revealed, { kind: 'refused' }>['why']): Revealed => ({ kind: 'refused', why });

export function createRevealCode(deps: {
  store: Store;
  clock: Clock;
  /** The code in the clear; null when there is none, or it can't be opened. */
  codeOf: (order: Order) => string | null;
}): RevealCode {
  const { store, clock, codeOf } = deps;
  return async (person, no) => {
    const order = await store.byNo(no);
    if (order?.buyer !== person) return refused(order === undefined ? 'no-code' : 'not-yours');
    const code = codeOf(order);
    if (code === null || order.state.name !== 'fulfilled') return refused('no-code');
    const note = { kind: 'in-group' } as const;
    const line = {
      by: String(person),
      at: clock(),
      what: 'reveal',
      about: String(no),
      note,
      why: '',
    } as const;
    try {
      const changed = await store.change({ puts: [], entries: [], audit: [line] });
      if (changed.kind !== 'done') return refused('cannot-record');
    } catch (error) {
      if (error instanceof StoreFault) return refused('cannot-record');
      throw error;
    }
    return { kind: 'code', order, code, transactionNo: order.state.transactionNo };
  };
}
