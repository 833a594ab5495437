// Everybody's orders as owners work with them: found, read, hurried, and settled by hand when only a person can judge;
// and the trail of what people did. For anybody but an owner there is nothing of it.

import type { Order } from '../domain/order.ts';
import type { AuditLine } from '../domain/shop.ts';
import { cut } from '../domain/text.ts';
import type { Hurry } from './hurry.ts';
import { everyRow } from './pages.ts';
import type { OrderFilter, Page, Store } from './ports.ts';
import type { Record } from './record.ts';
import type { Standings } from './standing.ts';

/** What an owner says about an order that only a person can judge. */
export interface Verdict {
  readonly by: number;
  readonly no: number;
  readonly outcome: 'fulfilled' | 'refunded';
  readonly reason: string;
}

export type Settling =
  | { readonly kind: 'settled'; readonly order: Order }
  | {
      readonly kind: 'refused';
      readonly why: 'owners-only' | 'no-such-order' | 'no-reason';
    }
  /** It settled itself, or goes on by itself. */
  | {
      readonly kind: 'not-asked';
      readonly order: Order;
    };

/** Of a reason, in characters. */
export const LONGEST_REASON = 300;

const TRAIL_PAGE = 500;

export type OrderDesk = ReturnType<typeof createOrderDesk>;

const NOTHING: Page<never> = { rows: [], next: null };

export function createOrderDesk(deps: { store: Store; standings: Standings; record: Record; hurry: Hurry }) {
  const { store, standings, record, hurry } = deps;

  async function settle({ by, no, outcome, reason }: Verdict): Promise<Settling> {
    if (!standings.isOwner(by)) return { kind: 'refused', why: 'owners-only' };
    const why = cut(reason.trim(), LONGEST_REASON);
    if (why === '') return { kind: 'refused', why: 'no-reason' };
    const order = await store.byNo(no);
    if (order === undefined) return { kind: 'refused', why: 'no-such-order' };
    const settled = await record(order.ref, { type: 'settled-by-hand', outcome, by, reason: why });
    return settled === undefined
      ? { kind: 'not-asked', order: (await store.byRef(order.ref)) ?? order }
      : { kind: 'settled', order: settled };
  }

  const trail = (by: number, before: number | null, limit: number): Promise<Page<AuditLine>> =>
    standings.isOwner(by) ? store.auditTrail(before, limit) : Promise.resolve(NOTHING);

  return {
    list: (by: number, filter: OrderFilter, before: number | null, limit: number): Promise<Page<Order>> =>
      standings.isOwner(by) ? store.orders(filter, before, limit) : Promise.resolve(NOTHING),

    find: async (by: number, no: number): Promise<Order | undefined> =>
      standings.isOwner(by) ? store.byNo(no) : undefined,

    /** The order is asked about now rather than when it would be, once a minute. Throws StoreFault. */
    askNow: async (by: number, no: number): Promise<Order | undefined> => {
      const order = standings.isOwner(by) ? await store.byNo(no) : undefined;
      if (order !== undefined) await hurry(order);
      return order;
    },

    settle,
    trail,

    /** The newest lines of the trail, up to so many. */
    wholeTrail: (by: number, most: number): Promise<readonly AuditLine[]> =>
      everyRow((before) => trail(by, before, TRAIL_PAGE), most),
  };
}
