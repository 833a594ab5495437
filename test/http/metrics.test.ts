// The figures as Prometheus reads them.

import { describe, expect, it } from 'vitest';
import { backlogOf } from '../../src/app/backlog.ts';
import { createMetrics, type Look, type Metrics } from '../../src/http/metrics.ts';
import type { Answered, Asked } from '../../src/http/server.ts';
import { NOW, inState } from '../domain/an-order.ts';
import { readExposition, type Family } from './exposition.ts';

const ASKED: Asked = { header: () => undefined, body: () => Promise.resolve('') };
const NOTHING: Look = { backlog: () => Promise.resolve(backlogOf([], NOW)), updatesWaiting: () => 0 };

async function scrape(metrics: Metrics, look: Look = NOTHING): Promise<ReadonlyMap<string, Family>> {
  const answered: Answered | undefined = await metrics.routes(look)['GET /metrics']?.(ASKED);
  expect(answered).toMatchObject({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' });
  return readExposition(answered?.text ?? '');
}

const valueOf = (
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined => {
  const family = [...families.values()].find((one) => name.startsWith(one.name));
  return family?.samples.find(
    (one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  )?.value;
};

describe('the figures', () => {
  it('are nought, not unknown, before anything has happened', async () => {
    const families = await scrape(createMetrics({ now: () => 0 }));
    expect(valueOf(families, 'recharge_telegram_requests_total', { result: 'throttled' })).toBe(0);
    expect(valueOf(families, 'recharge_order_duration_seconds_count', { end: 'refunded' })).toBe(0);
    expect(valueOf(families, 'recharge_orders', { state: 'review' })).toBe(0);
    expect(valueOf(families, 'recharge_worker_lag_seconds')).toBe(0);
  });

  it('tell what is looked up when they are asked for', async () => {
    const open = [inState('handling', { dueAt: NOW - 1_500 }), inState('fulfilled')];
    const families = await scrape(createMetrics({ now: () => 0 }), {
      backlog: () => Promise.resolve(backlogOf(open, NOW)),
      updatesWaiting: () => 3,
    });
    expect(valueOf(families, 'recharge_orders', { state: 'handling' })).toBe(1);
    expect(valueOf(families, 'recharge_worker_lag_seconds')).toBe(1.5);
    expect(valueOf(families, 'recharge_ends_unseen')).toBe(1);
    expect(valueOf(families, 'recharge_updates_waiting')).toBe(3);
    expect(valueOf(families, 'recharge_store_up')).toBe(1);
  });

  it('are left out, rather than old, where they come from the store and it does not answer', async () => {
    const metrics = createMetrics({ now: () => 0 });
    await scrape(metrics);
    const backlog = (): Promise<never> => Promise.reject(new Error('gone'));
    const families = await scrape(metrics, { backlog, updatesWaiting: () => 3 });
    expect(valueOf(families, 'recharge_store_up')).toBe(0);
    expect(valueOf(families, 'recharge_updates_waiting')).toBe(3);
    for (const name of ['recharge_orders', 'recharge_worker_lag_seconds', 'recharge_ends_unseen'])
      expect(families.get(name)?.samples).toEqual([]);
    expect(valueOf(await scrape(metrics), 'recharge_ends_unseen')).toBe(0);
  });

  const WAITING = ['recharge_updates_unhandled', 'recharge_updates_lag_seconds'];

  it('tell what waits for all copies, and leave it out where it is not known or there is one alone', async () => {
    const metrics = createMetrics({ now: () => 0 });
    const alone = await scrape(metrics);
    for (const name of WAITING) expect(alone.get(name)?.samples).toEqual([]);
    const shared = { ...NOTHING, unhandled: () => Promise.resolve({ count: 4, oldestMs: 2_500 }) };
    const families = await scrape(metrics, shared);
    expect(WAITING.map((name) => valueOf(families, name))).toEqual([4, 2.5]);
    const gone = (): Promise<never> => Promise.reject(new Error('gone'));
    const away = await scrape(metrics, { ...NOTHING, unhandled: gone });
    for (const name of WAITING) expect(away.get(name)?.samples).toEqual([]);
  });

  it.each([
    [200, 'ok'],
    [404, 'refused'],
    [429, 'throttled'],
    [502, 'broken'],
    [undefined, 'unanswered'],
  ])('sort a request that ended with %s as %s', async (status, result) => {
    const metrics = createMetrics({ now: () => 0 });
    const endpoint = 'POST internet/send';
    metrics.providerAnswered({ endpoint, ms: 300, ...(status !== undefined && { status }) });
    metrics.telegramAnswered(status);
    const families = await scrape(metrics);
    expect(valueOf(families, 'recharge_provider_requests_total', { endpoint, result })).toBe(1);
    expect(valueOf(families, 'recharge_telegram_requests_total', { result })).toBe(1);
    const took = valueOf(families, 'recharge_provider_request_duration_seconds_sum', { endpoint });
    expect(took).toBe(0.3);
  });

  it('time commits, ends and answers in seconds', async () => {
    let now = 0;
    const metrics = createMetrics({ now: () => now });
    metrics.committed('order', true, 4);
    metrics.committed('shop', false, 900);
    metrics.ended('fulfilled', 12_000);
    const routes = metrics.timed({
      'POST /telegram': () => {
        now += 30;
        return { status: 503 };
      },
    });
    expect(await routes['POST /telegram']?.(ASKED)).toEqual({ status: 503 });
    const families = await scrape(metrics);
    const commits = 'recharge_store_commit_duration_seconds';
    expect(valueOf(families, `${commits}_bucket`, { change: 'order', result: 'ok', le: '0.005' })).toBe(1);
    expect(valueOf(families, `${commits}_count`, { change: 'shop', result: 'refused' })).toBe(1);
    expect(valueOf(families, 'recharge_order_duration_seconds_sum', { end: 'fulfilled' })).toBe(12);
    const call = { route: 'POST /telegram', status: '503' };
    expect(valueOf(families, 'recharge_http_request_duration_seconds_sum', call)).toBe(0.03);
  });

  it('of two bots in one process are their own', async () => {
    const [one, other] = [createMetrics({ now: () => 0 }), createMetrics({ now: () => 0 })];
    one.telegramAnswered(429);
    const families = await scrape(other);
    expect(valueOf(families, 'recharge_telegram_requests_total', { result: 'throttled' })).toBe(0);
  });
});
