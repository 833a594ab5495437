// The use cases over the ports in memory, wired as the composition root wires them.

import { createAdvance, type Advance } from '../../src/app/advance-order.ts';
import { createCatalog, type Catalog } from '../../src/app/catalog.ts';
import { createCounter, type Counter } from '../../src/app/place-order.ts';
import type { Store, Topups } from '../../src/app/ports.ts';
import { createPrices, type Prices } from '../../src/app/prices.ts';
import { createRecord, type Record } from '../../src/app/record.ts';
import { createSweep, type Sweep } from '../../src/app/sweep-orders.ts';
import type { Terms } from '../../src/domain/report.ts';
import { isSettled, type Order, type Ref } from '../../src/domain/order.ts';
import type { Purchase } from '../../src/domain/purchase.ts';
import { purchase, ref } from '../domain/an-order.ts';
import { handClock, plainVault, type HandClock } from './in-memory.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';
import { scriptedTopups, type ScriptedTopups } from './scripted-topups.ts';

export interface UseCases {
  readonly record: Record;
  readonly advance: Advance;
  readonly sweep: Sweep;
  readonly catalog: Catalog;
  readonly prices: Prices;
  readonly counter: Counter;
  /** How often a buyer was turned away because the shop's credit does not reach. */
  readonly shopShort: () => number;
  /** The faults of the disk that kept a purchase from being written down. */
  readonly unwritten: () => readonly unknown[];
  /** For which prices nothing could be sold without going below cost, each time that somebody was turned away. */
  readonly unsold: () => readonly Terms[];
  /** Every committed order that was told of, in order. */
  readonly changed: readonly Order[];
}

export interface Shop extends UseCases {
  readonly store: MemoryStore;
  readonly topups: ScriptedTopups;
  readonly clock: HandClock;
  /** The use cases of another process over the same store and provider, or over what stands between them. */
  restart(ports?: { store: Store; topups: Topups }): UseCases;
  /** Confirms a purchase as its buyer would. */
  buy(more?: Partial<Purchase>): Promise<Order>;
  /** The order as the store has it. */
  order(ref: Ref): Promise<Order>;
  /** Lets the worker's time pass for one order until it is settled, or in review. */
  follow(ref: Ref, advance?: Advance): Promise<Order>;
}

function useCases(store: Store, topups: Topups, clock: HandClock, stopping: () => boolean): UseCases {
  const changed: Order[] = [];
  const record = createRecord({ store, clock: clock.now, changed: (order) => void changed.push(order) });
  const advance = createAdvance({ store, topups, vault: plainVault, clock: clock.now, record });
  const pages = createSweep({ topups, vault: plainVault, clock: clock.now, record, stopping });
  /** As the worker goes on: what no page has answered for is asked about one by one. */
  const sweep: Sweep = async (due, open) => {
    const swept = await pages(due, open);
    for (const order of swept.left) if (!stopping()) await advance(order);
    return swept;
  };
  const catalog = createCatalog({ topups, clock: clock.now });
  const unsold: Terms[] = [];
  const prices = createPrices({ store, unsold: (terms) => void unsold.push(terms) });
  let turnedAway = 0;
  const unwritten: unknown[] = [];
  return {
    record,
    advance,
    catalog,
    prices,
    shopShort: () => turnedAway,
    unwritten: () => unwritten,
    unsold: () => unsold,
    changed,
    sweep,
    counter: createCounter({
      ...{ store, topups, catalog, prices, clock: clock.now },
      placed: (order) => void changed.push(order),
      shopShort: () => void (turnedAway += 1),
      unwritten: (error) => void unwritten.push(error),
    }),
  };
}

export function openShop(stopping: () => boolean = () => false): Shop {
  const store = memoryStore();
  const topups = scriptedTopups();
  const clock = handClock();
  const mine = useCases(store, topups, clock, stopping);
  let bought = 0;

  async function order(name: Ref): Promise<Order> {
    const known = await store.byRef(name);
    if (known === undefined) throw new Error(`there is no order ${name}`);
    return known;
  }

  return {
    ...mine,
    store,
    topups,
    clock,
    order,
    restart: (ports = { store, topups }) => useCases(ports.store, ports.topups, clock, stopping),
    buy: async (more = {}) => {
      bought += 1;
      const agreed = purchase({ ref: ref(`t${String(bought).padStart(7, '0')}`), ...more });
      const placed = await mine.counter.place({ purchase: agreed, twinAccepted: true });
      if (placed.kind === 'refused') throw new Error(`not placed: ${placed.refusal.reason}`);
      return placed.order;
    },
    follow: async (name, advance = mine.advance) => {
      let last = await order(name);
      for (let turns = 0; !isSettled(last) && last.state.name !== 'review'; turns += 1) {
        if (turns > 1_000) throw new Error('the order goes in circles');
        clock.reach(last.dueAt ?? 0);
        await advance(last);
        last = await order(name);
      }
      return last;
    },
  };
}
