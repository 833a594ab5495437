// What a day in Algiers came to: what was delivered, for how much, at which cost, by whom; and what open orders hold.

import { add, subtract, ZERO } from '../domain/money.ts';
import { isSettled, type Order } from '../domain/order.ts';
import type { DaySums, Sums } from '../domain/report.ts';
import type { Role } from '../domain/shop.ts';
import { everyRow } from './pages.ts';
import type { Clock, Store } from './ports.ts';
import type { Standings } from './standing.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Algeria keeps UTC+1 all year. */
const ALGIERS_MS = HOUR_MS;
const PAGE = 200;

/** When the day of this moment began in Algiers. Epoch ms. */
export const dayOf = (at: number): number => Math.floor((at + ALGIERS_MS) / DAY_MS) * DAY_MS - ALGIERS_MS;

const NOTHING: Sums = { count: 0, value: ZERO, revenue: ZERO, cost: ZERO, margin: ZERO };

const plus = (sums: Sums, { value, price, cost }: Order): Sums => ({
  count: sums.count + 1,
  value: add(sums.value, value),
  revenue: add(sums.revenue, price),
  cost: add(sums.cost, cost),
  margin: add(sums.margin, subtract(price, cost)),
});

export type Day = ReturnType<typeof createDay>;

export function createDay({ store, standings, clock }: { store: Store; standings: Standings; clock: Clock }) {
  /** Orders that ended since then, however long ago they were confirmed. */
  const ended = (from: number): Promise<readonly Order[]> =>
    everyRow((before) => store.orders({ settledSince: from }, before, PAGE));

  async function openNow(): Promise<DaySums['open']> {
    const open = (await store.active()).filter((order) => !isSettled(order));
    return { count: open.length, held: open.reduce((held, { price }) => add(held, price), ZERO) };
  }

  return {
    /** Undefined for anybody but an owner. */
    today: async (by: number): Promise<DaySums | undefined> => {
      if (!standings.isOwner(by)) return undefined;
      const from = dayOf(clock());
      const [orders, open] = await Promise.all([ended(from), openNow()]);
      const delivered = orders.filter(({ state }) => state.name === 'fulfilled');
      const sums = (role?: Role): Sums =>
        delivered.filter((order) => role === undefined || order.role === role).reduce(plus, NOTHING);
      const byRole = { owner: sums('owner'), agent: sums('agent'), customer: sums('customer') };
      return { from, all: sums(), byRole, returned: orders.length - delivered.length, open };
    },
  };
}
