// Requests to the provider per minute with 1, 100 and 1,000 open orders that never end: the real worker, sweep and client
// against the stand-in over HTTP, on a clock that jumps from one due moment to the next, counted where they arrive.

import { createAdvance } from '../../src/app/advance-order.ts';
import type { Store } from '../../src/app/ports.ts';
import { createRecord } from '../../src/app/record.ts';
import { createSweep } from '../../src/app/sweep-orders.ts';
import { isUnheard, type Order, type Ref } from '../../src/domain/order.ts';
import { EMPTY_BOOKS, EMPTY_WALLET } from '../../src/domain/ledger.ts';
import { createTopups, type TopupsClient } from '../../src/oneclickdz/client.ts';
import { startProviderStandIn } from '../../src/playground/oneclickdz/server.ts';
import { createVault } from '../../src/store/vault.ts';
import { createWorker } from '../../src/worker.ts';
import { HOUR, lineOf, MINUTE, openOrder, refOf } from './books.ts';
import { fixed, type Figure, type Row } from './figure.ts';
import { createJumpingTime, type JumpingTime } from './jumping-time.ts';
import { accept } from './accept.ts';

const BUDGET = { perSecond: 2, burst: 5 };
const BUDGET_PER_MINUTE = BUDGET.perSecond * 60 + BUDGET.burst;
const SLOW_TARGET = 30;
const COUNTS = [1, 100, 1_000] as const;
const BEGAN = Date.UTC(2026, 10, 21, 8);

/** How long before the count the orders were accepted, and for how many minutes is counted. */
interface Phase {
  readonly name: string;
  readonly oldest: number;
  readonly youngest: number;
  readonly minutes: number;
}

const FAST: Phase = { name: 'in their first 5 minutes', oldest: MINUTE, youngest: 0, minutes: 4 };
const SLOW: Phase = { name: 'an hour or more old', oldest: 2 * HOUR, youngest: HOUR, minutes: 60 };

interface Minutes {
  readonly mean: number;
  readonly most: number;
}

const NO_PAGE = { rows: [], next: null };

/** The store's manners without its disk, which is not what is counted here. */
function memoryStore(orders: readonly Order[]): Store {
  const byRef = new Map<Ref, Order>(orders.map((order) => [order.ref, order]));
  return {
    commit: (change) => {
      if (change.kind === 'open') return Promise.reject(new Error('nothing is bought here'));
      const { order } = change;
      if (byRef.get(order.ref)?.rev !== order.rev - 1) return Promise.resolve({ kind: 'stale' });
      byRef.set(order.ref, order);
      return Promise.resolve({ kind: 'done', order });
    },
    change: () => Promise.reject(new Error('nothing of the shop is changed here')),
    byRef: (ref) => Promise.resolve(byRef.get(ref)),
    byNo: () => Promise.resolve(undefined),
    active: () => Promise.resolve([...byRef.values()]),
    unheard: () => Promise.resolve([...byRef.values()].filter(isUnheard)),
    mine: () => Promise.resolve([...byRef.values()]),
    renew: () => Promise.resolve(),
    history: () => Promise.resolve([]),
    orders: () => Promise.resolve(NO_PAGE),
    books: () => Promise.resolve(EMPTY_BOOKS),
    wallet: () => Promise.resolve(EMPTY_WALLET),
    statement: () => Promise.resolve(NO_PAGE),
    auditTrail: () => Promise.resolve(NO_PAGE),
    record: () => Promise.resolve(undefined),
    records: () => Promise.resolve([]),
  };
}

async function work(time: JumpingTime, client: TopupsClient, store: Store, until: number): Promise<void> {
  const { clock } = time;
  const vault = createVault(Buffer.alloc(32, 1));
  const topups = time.watch(client);
  let stopping = false;
  const record = createRecord({ store, clock, changed: () => worker.wake() });
  const advance = createAdvance({ store, topups, vault, clock, record });
  const worker = createWorker({
    store,
    advance,
    sweep: createSweep({ topups, vault, clock, record, stopping: () => stopping }),
    showing: { showDue: () => undefined, nextAt: () => undefined, settled: () => Promise.resolve() },
    clock,
    failed: (_, error) => {
      throw error;
    },
  });
  const running = worker.run();
  const due = async (): Promise<number> =>
    Math.min(...(await store.active()).map(({ dueAt }) => dueAt ?? Infinity));
  while (await time.jump(due, until)) worker.wake();
  stopping = true;
  // Ends the wait for the budget that a sweep may be in.
  client.close();
  await Promise.all([worker.stop(), running]);
}

async function count(orders: number, phase: Phase): Promise<Minutes> {
  const time = createJumpingTime(BEGAN - phase.oldest);
  const { clock } = time;
  const provider = await startProviderStandIn({ now: clock, defaultDelayMs: 30 * 24 * HOUR, balance: 1e9 });
  const open: Order[] = [];
  for (let i = 0; i < orders; i += 1) {
    time.set(BEGAN - phase.oldest + Math.round(((phase.oldest - phase.youngest) * (i + 0.5)) / orders));
    const asked = { ref: refOf(`open-${String(i).padStart(7, '0')}`), line: lineOf(i) };
    const topupId = await accept(provider, asked.ref, asked.line);
    open.push(openOrder({ ...asked, topupId, acceptedAt: clock() }, i + 1, BEGAN).order);
  }
  time.set(BEGAN);
  const before = provider.calls.length;
  const client = createTopups({
    apiKey: provider.key,
    baseUrl: provider.url,
    rate: BUDGET,
    clock,
    sleep: time.sleep,
    onHalt: () => undefined,
  });
  try {
    await work(time, client, memoryStore(open), BEGAN + phase.minutes * MINUTE);
    const counts = Array.from({ length: phase.minutes }, () => 0);
    for (const { at } of provider.calls.slice(before)) {
      const minute = Math.floor((at - BEGAN) / MINUTE);
      if (minute < counts.length) counts[minute] = (counts[minute] ?? 0) + 1;
    }
    return { mean: counts.reduce((all, one) => all + one, 0) / counts.length, most: Math.max(...counts) };
  } finally {
    await provider.close();
  }
}

export const requests: Figure = {
  name: 'requests',
  measure: async () => {
    const rows: Row[] = [];
    for (const phase of [FAST, SLOW]) {
      for (const orders of COUNTS) {
        const { mean, most } = await count(orders, phase);
        const target = phase === SLOW && orders === 1_000 ? SLOW_TARGET : BUDGET_PER_MINUTE;
        rows.push({
          what: `provider requests per minute, ${orders} open ${phase.name}`,
          ours: `${fixed(mean, 2)}, at most ${most}`,
          against: `${target} a minute`,
          ratio: fixed(mean / target, 2),
          target: '≤ 1',
          met: mean <= target && most <= BUDGET_PER_MINUTE,
        });
      }
    }
    return {
      rows,
      notes: [
        `budget ${BUDGET.perSecond}/s, burst ${BUDGET.burst}; orders accepted one after the other, counted at the stand-in per minute of a clock that jumps, for ${FAST.minutes} and ${SLOW.minutes} minutes.`,
      ],
    };
  },
};
