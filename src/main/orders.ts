// Orders: from the confirmation to the end, the worker that moves them, and what owners hear of them.

import { setTimeout as sleepFor } from 'node:timers/promises';
import { createAdvance } from '../app/advance-order.ts';
import { createCatalog } from '../app/catalog.ts';
import { createHurry } from '../app/hurry.ts';
import { createIncidents } from '../app/incidents.ts';
import { withOthers } from '../app/others.ts';
import { createCounter } from '../app/place-order.ts';
import type { Topups } from '../app/ports.ts';
import { createPrices } from '../app/prices.ts';
import type { Pulse } from '../app/pulse.ts';
import { createRecord } from '../app/record.ts';
import { createStandings } from '../app/standing.ts';
import { createSweep } from '../app/sweep-orders.ts';
import { createDiskAlert } from '../bot/disk-alert.ts';
import { createNotifier } from '../bot/notifier.ts';
import { createOwners } from '../bot/owners.ts';
import { tellOnce } from '../bot/tell-once.ts';
import { isClosed, type Order } from '../domain/order.ts';
import { createWorker, type Worker } from '../worker.ts';
import type { ChatSide } from './chat.ts';
import type { Ground } from './ground.ts';

/** Each look is the sign of life for the orders that this process looks after, and finds those of one that died. */
const SHARED_REST_MS = 5_000;

/** Half of what passes before another process takes an order over. */
const SENDS_WITHIN_MS = 10_000;

export type OrderSide = ReturnType<typeof openOrders>;

export function openOrders(
  ground: Ground,
  topups: Topups,
  chatSide: ChatSide,
  { pulse, moved }: { readonly pulse: Pulse; readonly moved: (order: Order) => void },
) {
  const { bot, chat, lateEdits, names, languageFor } = chatSide;
  const { config, log, folder, life, clock } = ground;
  const { store, vault, sharing, updates } = folder;
  const changed = (order: Order): void => {
    // Where others share the orders, what is ours is noticed when the worker asks for it.
    if (others === undefined || isClosed(order)) notifier.changed(order);
    incidents.changed(order);
    worker.wake();
    moved(order);
  };
  const diskAlert = createDiskAlert({
    clock,
    tell: () => void owners.tell({ kind: sharing === undefined ? 'disk' : 'database' }),
    speaks: () => incidents.speaks(),
  });
  const failed = (order: Order | undefined, error: unknown): void => {
    log.error({ err: error, ref: order?.ref }, 'an order could not be written down or moved');
    diskAlert(error);
  };
  const privateLink = (order: Order): string | undefined =>
    bot.isInited() ? `https://t.me/${bot.botInfo.username}?start=order-${order.no}` : undefined;

  const record = createRecord({
    ...{ store, clock },
    changed: (order) => {
      changed(order);
      others?.changed(order);
    },
  });
  const advance = createAdvance({
    ...{ store, topups, vault, clock, record },
    ...(sharing && { sendsWithinMs: SENDS_WITHIN_MS }),
  });
  const sweep = createSweep({ topups, vault, clock, record, stopping: life.stopping });
  const catalog = createCatalog({ topups, clock });
  const prices = createPrices({ store, unsold: (terms) => incidents.unsold(terms) });
  const counter = createCounter({
    ...{ store, topups, catalog, prices, clock },
    placed: (order) => {
      log.info({ ref: order.ref, no: order.no }, 'an order was placed');
      changed(order);
    },
    shopShort: (cost) => incidents.shopShort(cost),
    // While no order is open, nobody else meets the full disk.
    unwritten: (error) => failed(undefined, error),
  });
  const standings = createStandings({
    store,
    ownerIds: config.ownerIds,
    open: config.access === 'open',
    clock,
  });
  const owners = createOwners({
    ...{ ids: config.ownerIds, chat, names, languageOf: languageFor },
    sleep: (ms) => sleepFor(ms, undefined, { ref: false }),
  });
  const notifier = createNotifier({
    ...{ store, vault, chat, lateEdits, record, clock, failed, privateLink },
    tellOwners: tellOnce(sharing?.claims, (order, alert) => owners.tellAbout(order, alert)),
    wake: () => worker.wake(),
  });
  const incidents = createIncidents({
    ...{ store, topups, pulse, clock, house: () => prices.house() },
    credit: (priority) => counter.credit(priority),
    tell: (alert) => owners.tellNow(alert),
    claims: sharing?.claims,
    failed: (error) => log.error({ err: error }, 'the incidents could not be looked at'),
  });
  const others =
    updates.kind === 'alone'
      ? undefined
      : withOthers({ bells: updates.bells, store, shower: notifier, wake: () => worker.wake(), clock });
  const worker: Worker = createWorker({
    ...{ advance, sweep, showing: notifier, clock, failed },
    ...(others === undefined
      ? { store }
      : { store: { mine: others.mine, renew: () => store.renew() }, longestRestMs: SHARED_REST_MS }),
  });
  const hurry = createHurry({ record, clock });
  const heard = {
    ...notifier,
    ...(others && { cameBack: others.cameBack, telegramIsBack: others.telegramIsBack }),
  };
  return { catalog, prices, counter, standings, owners, notifier: heard, worker, record, hurry, incidents };
}
