// Finds due orders on pages of the provider's list (100 recharges a page) as soon as that is cheaper than asking about
// each. A page also refreshes orders that were not due yet.

import { isSettled, type Order } from '../domain/order.ts';
import { heardBy, sealTopup } from './advance-order.ts';
import { ProviderFault, type Clock, type TopupPage, type Topups, type Topup, type Vault } from './ports.ts';
import type { Record } from './record.ts';

/** From this many due orders on, a page of the list is tried first. */
const LIST_FROM = 3;
/** Pages are worth it while there are at least so many orders to find for each: else asking one by one is cheaper. */
const PAGE_PAYS_FROM = 2;
/** And a page that shows none of them is forgiven once for each so many orders. */
const MISS_COSTS = 10;
const MARGIN_MS = 5 * 60_000;

/** An order that could not be moved for a reason of ours (disk, bug). */
export interface Failure {
  readonly order: Order;
  readonly error: unknown;
}

/** What a sweep leaves behind: orders that failed, and those that no page has answered for. */
export interface Swept {
  readonly failures: readonly Failure[];
  readonly left: readonly Order[];
}

/**
 * `due`: orders to ask about or look up; `open`: every unsettled order, for what a page happens to show. What is left
 * is asked about one by one, each for itself: an answer that is slow to come delays no other order.
 */
export type Sweep = (due: readonly Order[], open: readonly Order[]) => Promise<Swept>;

/** What the pages are searched for, and what they have shown. */
interface Search {
  readonly orderOf: (topup: Topup) => Order | undefined;
  /** References of due orders that no page has shown yet. */
  readonly wanted: Set<string>;
  /** References that a page has shown without settling what became of them. */
  readonly unproven: Set<string>;
  readonly failures: Failure[];
}

export function createSweep(deps: {
  topups: Topups;
  vault: Vault;
  clock: Clock;
  record: Record;
  /** Set while the process is stopping: the sweep ends after the request in hand. */
  stopping: () => boolean;
}): Sweep {
  const { topups, vault, clock, record, stopping } = deps;

  /** Records what a page shows of our orders; resolves to how many of the wanted ones it has shown. */
  async function adopt(page: TopupPage, search: Search): Promise<number> {
    const { orderOf, wanted, unproven, failures } = search;
    const wantedBefore = wanted.size;
    const recorded: Promise<unknown>[] = [];
    for (const topup of page.topups) {
      const order = orderOf(topup);
      if (order === undefined) continue;
      wanted.delete(order.ref);
      const snapshot = sealTopup(vault, order, topup);
      // The list may leave out what the order's own answer tells: a page can't say that there is no code.
      if (snapshot.status.kind === 'fulfilled' && snapshot.code === null) {
        unproven.add(order.ref);
        continue;
      }
      recorded.push(
        record(order.ref, { type: 'found', snapshot }, heardBy('list', page)).catch((error: unknown) =>
          failures.push({ order, error }),
        ),
      );
    }
    await Promise.all(recorded);
    return wantedBefore - wanted.size;
  }

  async function turnPages(due: readonly Order[], search: Search): Promise<void> {
    const from = Math.min(...due.map((order) => order.confirmedAt)) - MARGIN_MS;
    const to = clock() + MARGIN_MS;
    let misses = 0;
    for (let page = 1; search.wanted.size >= PAGE_PAYS_FROM && !stopping(); page += 1) {
      const shown = await topups.list({ from, to }, page, 'worker');
      const hits = await adopt(shown, search);
      if (hits === 0) misses += 1;
      // Going on may cost about as much as asking one by one would, and no more.
      if (!shown.hasMore || page * PAGE_PAYS_FROM >= due.length || misses * MISS_COSTS > due.length) break;
    }
  }

  return async (due, open) => {
    if (due.length < LIST_FROM) return { failures: [], left: due };
    const search: Search = {
      orderOf: indexOf(open.filter((order) => !isSettled(order))),
      wanted: new Set(due.map((order) => order.ref)),
      unproven: new Set(),
      failures: [],
    };
    const { wanted, unproven, failures } = search;
    try {
      await turnPages(due, search);
      return { failures, left: due.filter(({ ref }) => wanted.has(ref) || unproven.has(ref)) };
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      return { failures, left: due };
    }
  };
}

/** Open orders by everything the list may call them: our reference, bare or behind a prefix, and the provider's id. */
function indexOf(open: readonly Order[]): (topup: Topup) => Order | undefined {
  const byRef = new Map<string, Order>(open.map((order) => [order.ref, order]));
  const byId = new Map<string, Order>();
  for (const order of open) {
    if ('topupId' in order.state && order.state.topupId !== null) byId.set(order.state.topupId, order);
  }
  const bare = (ref: string): string => ref.slice(ref.lastIndexOf('-') + 1);
  return (topup) => byRef.get(topup.ref) ?? byRef.get(bare(topup.ref)) ?? byId.get(topup.topupId);
}
