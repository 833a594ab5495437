// What owners must hear of, once when it begins and once when it ends: the provider does not answer, the shop's credit is
// low, an order is late. What was told is remembered in memory only: after a restart what still lasts is told again.

import type { Centimes } from '../domain/money.ts';
import { isSettledState, type Order, type Ref } from '../domain/order.ts';
import type { House } from '../domain/shop.ts';
import { ProviderFault, type Clock, type Priority, type Store, type Topups } from './ports.ts';
import type { OwnerAlert } from '../domain/report.ts';

/** Without a usable answer for so long, the provider is down. */
export const DOWN_AFTER_MS = 3 * 60_000;
/** A scheduled order that takes longer is late. */
export const LATE_AFTER_MS = 48 * 3_600_000;
/** The shop's credit is looked at so often, while a threshold is set. */
export const CREDIT_EVERY_MS = 5 * 60_000;
/** Buyers who are turned away because of the shop's credit are told of so often. */
export const SHORT_EVERY_MS = 3_600_000;
const CHECK_EVERY_MS = 30_000;

export interface Pulse {
  /** A request ended, with a usable answer or without. */
  heard(answered: boolean): void;
  /** Since when there has been no usable answer; undefined while there is. Epoch ms. */
  silentSince(): number | undefined;
}

/** Whether the provider is there, from what its requests came to. */
export function createPulse(clock: Clock): Pulse {
  let since: number | undefined;
  return {
    heard: (answered) => {
      since = answered ? undefined : (since ?? clock());
    },
    silentSince: () => since,
  };
}

export interface Incidents {
  /** Looks whether something has begun or ended; one look at a time. Never throws. */
  check(): Promise<void>;
  /** An order moved: when it is settled, the shop's credit is looked at with the next check. */
  changed(order: Order): void;
  /** A buyer was turned away because the shop's credit does not reach. */
  shopShort(): void;
  start(): void;
  stop(): void;
}

export function createIncidents(deps: {
  store: Pick<Store, 'active' | 'byRef'>;
  topups: Pick<Topups, 'halted'>;
  /** What the shop may still spend. Throws ProviderFault. */
  credit: (priority: Priority) => Promise<Centimes>;
  house: () => Promise<House>;
  pulse: Pick<Pulse, 'silentSince'>;
  tell: (alert: OwnerAlert) => void;
  clock: Clock;
  failed: (error: unknown) => void;
}): Incidents {
  const { store, topups, credit, house, pulse, tell, clock, failed } = deps;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let downSince: number | undefined;
  let wasHalted = false;
  let low = false;
  let creditAt = -Infinity;
  let shortAt = -Infinity;
  /** Orders that were late or in review when last looked at, by what was told of them. */
  const watched = new Set<Ref>();
  const late = new Set<Ref>();

  /** The credit; undefined when there is no answer, which the pulse hears as well. */
  async function ask(): Promise<Centimes | undefined> {
    creditAt = clock();
    try {
      return await credit('worker');
    } catch (error) {
      if (error instanceof ProviderFault) return undefined;
      throw error;
    }
  }

  function checkAccess(): void {
    const halted = topups.halted();
    if (wasHalted && !halted) tell({ kind: 'access-back' });
    wasHalted = halted;
  }

  /** While there is silence we ask ourselves, so that one lost answer at night is not taken for an outage. */
  async function checkProvider(): Promise<void> {
    if (pulse.silentSince() !== undefined) await ask();
    const since = pulse.silentSince();
    if (since === undefined && downSince !== undefined) {
      tell({ kind: 'provider-back', since: downSince });
      downSince = undefined;
    } else if (since !== undefined && downSince === undefined && clock() - since >= DOWN_AFTER_MS) {
      downSince = since;
      tell({ kind: 'provider-down', since });
    }
  }

  async function checkCredit(): Promise<void> {
    const { threshold } = await house();
    if (threshold === null) low = false;
    if (threshold === null || clock() - creditAt < CREDIT_EVERY_MS) return;
    const now = await ask();
    if (now === undefined || now < threshold === low) return;
    low = !low;
    tell({ kind: low ? 'credit-low' : 'credit-back', credit: now, threshold });
  }

  async function checkOrders(): Promise<void> {
    for (const order of await store.active()) {
      const { ref, no, state } = order;
      if (state.name === 'review') watched.add(ref);
      if (state.name !== 'queued' || clock() - state.since <= LATE_AFTER_MS || late.has(ref)) continue;
      late.add(ref);
      watched.add(ref);
      tell({ kind: 'late', no, since: state.since });
    }
    for (const ref of watched) await checkEnd(ref);
  }

  async function checkEnd(ref: Ref): Promise<void> {
    const order = await store.byRef(ref);
    if (order !== undefined && !isSettledState(order.state)) return;
    watched.delete(ref);
    late.delete(ref);
    if (order !== undefined && isSettledState(order.state))
      tell({ kind: 'order-over', no: order.no, end: order.state.name });
  }

  async function checkAll(): Promise<void> {
    checkAccess();
    for (const check of [checkOrders, ...(topups.halted() ? [] : [checkProvider, checkCredit])])
      await check().catch(failed);
  }

  const check = (): Promise<void> => (running ??= checkAll().finally(() => (running = undefined)));

  return {
    check,
    changed: ({ state }) => {
      if (isSettledState(state)) creditAt = -Infinity;
    },
    shopShort: () => {
      if (clock() - shortAt < SHORT_EVERY_MS) return;
      shortAt = clock();
      tell({ kind: 'shop-short' });
    },
    start: () => {
      timer = setInterval(() => void check(), CHECK_EVERY_MS);
    },
    stop: () => clearInterval(timer),
  };
}
