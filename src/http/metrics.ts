// The figures that the shop is watched by, for Prometheus. No label ever holds a person, a line or a reference: each has a
// handful of values that are known here.

import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Backlog } from '../app/backlog.ts';
import type { Unhandled } from '../app/lanes.ts';
import type { Settled } from '../domain/order.ts';
import { inTime } from './patience.ts';
import type { Answered, Routes } from './server.ts';

/** What is looked up when the figures are asked for. */
export interface Look {
  /** The store's; rejects where it does not answer. */
  readonly backlog: () => Promise<Backlog>;
  readonly updatesWaiting: () => number;
  /** Of all processes; absent where there is only one. Rejects where the store does not answer. */
  readonly unhandled?: () => Promise<Unhandled>;
}

export interface Metrics {
  /** A request to the provider ended; without a status when there was no answer. `endpoint` is a path's pattern. */
  providerAnswered(fact: { readonly endpoint: string; readonly status?: number; readonly ms: number }): void;
  /** A request to Telegram ended; undefined when there was no answer. */
  telegramAnswered(status: number | undefined): void;
  /** The store took a change, or did not. */
  committed(what: 'order' | 'shop', isTaken: boolean, ms: number): void;
  /** An order came to its end, so long after it was confirmed. */
  ended(end: Settled['name'], ms: number): void;
  /** The same routes, timed. */
  timed(routes: Routes): Routes;
  /** `GET /metrics`. Where the store does not answer, its figures are left out. */
  routes(look: Look): Routes;
}

const ENDS = ['fulfilled', 'refunded', 'rejected'] as const satisfies readonly Settled['name'][];
const RESULTS = ['ok', 'throttled', 'refused', 'broken', 'unanswered'] as const;
type Result = (typeof RESULTS)[number];

const CALL_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40];
const ORDER_SECONDS = [2, 5, 10, 20, 45, 90, 180, 300, 600, 1800, 3600, 21_600, 86_400, 172_800];
const COMMIT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const ANSWER_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

function resultOf(status: number | undefined): Result {
  if (status === undefined) return 'unanswered';
  if (status === 429) return 'throttled';
  return status < 400 ? 'ok' : status < 500 ? 'refused' : 'broken';
}

/** What a shop is watched by, all at nothing yet, in a registry of its own. */
function createFigures(registers: Registry[]) {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const figures = {
    orders: new Gauge({
      ...{ name: 'recharge_orders', help: 'Orders that are not closed, by state.', registers },
      labelNames: ['state'] as const,
    }),
    late: gauge('recharge_worker_lag_seconds', 'How late the next step is that is overdue the longest.'),
    unseen: gauge('recharge_ends_unseen', 'Orders at their end whose buyer has not seen it.'),
    waiting: gauge('recharge_updates_waiting', 'Updates from Telegram that are taken and not finished.'),
    unhandled: gauge(
      'recharge_updates_unhandled',
      'Updates that are written down and that no copy has finished.',
    ),
    updatesLate: gauge(
      'recharge_updates_lag_seconds',
      'How long the update has waited that has waited longest.',
    ),
    storeUp: gauge('recharge_store_up', 'Whether the store answered when these figures were asked for.'),
    ends: new Histogram({
      name: 'recharge_order_duration_seconds',
      help: 'From the confirmation of an order to its end.',
      ...{ labelNames: ['end'] as const, buckets: ORDER_SECONDS, registers },
    }),
    provider: new Counter({
      ...{ name: 'recharge_provider_requests_total', help: 'Requests to the provider.', registers },
      labelNames: ['endpoint', 'result'] as const,
    }),
    providerTime: new Histogram({
      name: 'recharge_provider_request_duration_seconds',
      help: 'Time of a request to the provider, waiting for its turn left out.',
      ...{ labelNames: ['endpoint'] as const, buckets: CALL_SECONDS, registers },
    }),
    telegram: new Counter({
      ...{ name: 'recharge_telegram_requests_total', help: 'Requests to Telegram.', registers },
      labelNames: ['result'] as const,
    }),
    commits: new Histogram({
      name: 'recharge_store_commit_duration_seconds',
      help: 'Time until a change is durable, or refused by the disk or database.',
      ...{ labelNames: ['change', 'result'] as const, buckets: COMMIT_SECONDS, registers },
    }),
    answers: new Histogram({
      name: 'recharge_http_request_duration_seconds',
      help: 'Time until a request to this port is answered.',
      ...{ labelNames: ['route', 'status'] as const, buckets: ANSWER_SECONDS, registers },
    }),
  };
  // What has not happened yet is nought and not unknown.
  for (const end of ENDS) figures.ends.zero({ end });
  for (const result of RESULTS) figures.telegram.inc({ result }, 0);
  return figures;
}

/** `now`: a clock for durations, ms. */
export function createMetrics({ now }: { now: () => number }): Metrics {
  const registry = new Registry();
  const figures = createFigures([registry]);
  const { orders, late, unseen, storeUp, waiting, unhandled, updatesLate } = figures;

  function show({ byState, lateMs, unseen: ends }: Backlog): void {
    storeUp.set(1);
    for (const [state, count] of Object.entries(byState)) orders.set({ state }, count);
    late.set(lateMs / 1000);
    unseen.set(ends);
  }

  /** An old figure would pass for a new one. */
  function hide(): void {
    storeUp.set(0);
    for (const gauge of [orders, late, unseen]) gauge.reset();
    for (const gauge of [late, unseen]) gauge.remove();
  }

  function showUnhandled({ count, oldestMs }: Unhandled): void {
    unhandled.set(count);
    updatesLate.set(oldestMs / 1000);
  }

  function hideUnhandled(): void {
    for (const gauge of [unhandled, updatesLate]) gauge.remove();
  }

  async function tellUnhandled(look: Look['unhandled']): Promise<void> {
    if (look === undefined) hideUnhandled();
    else await inTime(look()).then(showUnhandled, hideUnhandled);
  }

  async function figuresNow({ backlog, updatesWaiting, unhandled: shared }: Look): Promise<Answered> {
    await Promise.all([inTime(backlog()).then(show, hide), tellUnhandled(shared)]);
    waiting.set(updatesWaiting());
    return { status: 200, type: registry.contentType, text: await registry.metrics() };
  }

  return {
    providerAnswered: ({ endpoint, status, ms }) => {
      figures.provider.inc({ endpoint, result: resultOf(status) });
      figures.providerTime.observe({ endpoint }, ms / 1000);
    },
    telegramAnswered: (status) => figures.telegram.inc({ result: resultOf(status) }),
    committed: (change, isTaken, ms) =>
      figures.commits.observe({ change, result: isTaken ? 'ok' : 'refused' }, ms / 1000),
    ended: (end, ms) => figures.ends.observe({ end }, Math.max(0, ms) / 1000),
    timed: (routes) =>
      Object.fromEntries(
        Object.entries(routes).map(([route, handler]) => [
          route,
          async (asked) => {
            const began = now();
            const answered = await handler(asked);
            figures.answers.observe({ route, status: answered.status }, (now() - began) / 1000);
            return answered;
          },
        ]),
      ),
    routes: (look) => ({ 'GET /metrics': () => figuresNow(look) }),
  };
}
