// The hands on the stand-in: faults of the road, outages, hooks, the journal, waiting, starting over, closing.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startProviderStandIn } from '../../../src/playground/oneclickdz/server.ts';
import type { StandInEvent } from '../../../src/playground/oneclickdz/server.ts';
import { noon, openCaller, purchase } from './caller.ts';
import type { Caller } from './caller.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openCaller();
});
afterEach(() => caller.standIn.close());

it('fails the next matching requests, as many as were asked for, and lets others pass', async () => {
  caller.standIn.faultNext({
    path: '/account',
    times: 2,
    fault: { kind: 'status', status: 429, retryAfterSeconds: 7 },
  });
  expect(await caller.get('/validate')).toMatchObject({ status: 200 });
  for (let time = 0; time < 2; time += 1) {
    const answer = await caller.get('/account/balance');
    expect(answer).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMIT_EXCEEDED' } } });
    expect(answer.headers.get('retry-after')).toBe('7');
  }
  expect(await caller.get('/account/balance')).toMatchObject({ status: 200 });
});

it('matches faults by pattern and method, and carries a code of its own', async () => {
  const fault = { kind: 'status', status: 503, code: 'AUTH_UNAVAILABLE', message: 'later' } as const;
  caller.standIn.faultNext({ path: /check-(id|ref)/, method: 'get', fault });
  caller.standIn.faultNext({ method: 'POST', fault: { kind: 'html', status: 502 } });
  expect(await caller.get('/internet/check-ref/x')).toMatchObject({
    status: 503,
    body: { error: { code: 'AUTH_UNAVAILABLE', message: 'later' } },
  });
  expect(await caller.send(purchase())).toMatchObject({ status: 502 });
  expect(caller.standIn.orders()).toEqual([]);
});

it('cuts the line before or after the work is done', async () => {
  caller.standIn.faultNext({ path: '/internet/send', fault: { kind: 'drop-before' } });
  await expect(caller.send(purchase())).rejects.toThrow();
  expect(caller.standIn.orders()).toEqual([]);
  caller.standIn.faultNext({ path: '/internet/send', fault: { kind: 'drop-after' } });
  await expect(caller.send(purchase())).rejects.toThrow();
  expect(caller.standIn.orders()).toHaveLength(1);
  expect(caller.standIn.calls.map((call) => call.status)).toEqual(['dropped', 'dropped']);
});

it('hangs for a time on its own schedule and then does the work', async () => {
  const waking: (() => void)[] = [];
  const standIn = await startProviderStandIn({ schedule: (_ms, fn) => void waking.push(fn) });
  standIn.faultNext({ fault: { kind: 'hang', ms: 9000 } });
  const answer = fetch(`${standIn.url}/ping`);
  const wake = await standIn.until(() => waking[0]);
  expect(standIn.calls).toMatchObject([{ status: 'pending' }]);
  wake();
  expect((await answer).status).toBe(200);
  await standIn.close();
});

it('is out of order as a whole while an outage lasts', async () => {
  caller.standIn.outage(true);
  expect(await caller.get('/ping')).toMatchObject({
    status: 503,
    body: { success: false, error: { code: 'SERVICE_UNAVAILABLE' } },
  });
  caller.standIn.outage('drop');
  await expect(caller.get('/ping')).rejects.toThrow();
  caller.standIn.outage(false);
  expect(await caller.get('/ping')).toMatchObject({ status: 200 });
});

it('stops at a hook before and after the work of each request', async () => {
  const steps: string[] = [];
  const remove = caller.standIn.onRequest(async ({ phase, method, path, body }) => {
    await Promise.resolve();
    steps.push(`${phase} ${method} ${path} ${JSON.stringify(body)} ${caller.standIn.orders().length}`);
  });
  await caller.send(purchase());
  remove();
  await caller.get('/ping');
  const body = JSON.stringify(purchase());
  expect(steps).toEqual([`before POST /internet/send ${body} 0`, `after POST /internet/send ${body} 1`]);
});

it('does the work of a caller that died while the hook held it', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  caller.standIn.onRequest(({ phase }) => (phase === 'before' ? held : undefined));
  const dying = new AbortController();
  const sent = caller.send(purchase(), { signal: dying.signal }).catch(() => 'died');
  await caller.standIn.until(() => caller.standIn.calls.length);
  dying.abort();
  expect(await sent).toBe('died');
  release();
  expect(await caller.standIn.until(() => caller.standIn.orders()[0])).toMatchObject({ ref: 'adsl-1' });
});

it('answers 500 when a hook throws', async () => {
  caller.standIn.onRequest(() => Promise.reject(new Error('broken hook')));
  expect(await caller.get('/ping')).toMatchObject({
    status: 500,
    body: { error: { code: 'INTERNAL_ERROR' } },
  });
});

it('writes down every call with its reference and without its key', async () => {
  await caller.send(purchase());
  await caller.get('/internet/check-ref/adsl%2D1?x=1');
  expect(caller.standIn.calls).toMatchObject([
    {
      seq: 1,
      at: noon,
      method: 'POST',
      path: '/internet/send',
      body: purchase(),
      ref: 'adsl-1',
      status: 200,
    },
    { seq: 2, method: 'GET', path: '/internet/check-ref/adsl%2D1', query: { x: '1' }, ref: 'adsl-1' },
  ]);
  expect(JSON.stringify(caller.standIn.calls)).not.toContain(caller.standIn.key);
});

it('tells listeners of calls, orders and balances until they leave', async () => {
  const heard: StandInEvent['kind'][] = [];
  const off = caller.standIn.on((event) => heard.push(event.kind));
  await caller.send(purchase());
  expect(heard).toEqual(['call', 'balance', 'order', 'call']);
  off();
  caller.standIn.setBalance(1);
  expect(heard).toHaveLength(4);
});

it('waits for a fact that only the clock brings, and says what it waited for in vain', async () => {
  await caller.send(purchase());
  const { standIn } = caller;
  const delivered = standIn.until(() => standIn.orders().find(({ status }) => status === 'FULFILLED'));
  caller.pass(3000);
  expect((await delivered).ref).toBe('adsl-1');
  await expect(standIn.until(() => false, { timeoutMs: 30, what: 'a miracle' })).rejects.toThrow(
    'waited 30 ms in vain for a miracle',
  );
  const broken = (): never => {
    throw new Error('broken question');
  };
  await expect(standIn.until(broken)).rejects.toThrow('broken question');
});

it('credits a refund once although a listener looks at the orders in the middle of it', async () => {
  for (const ref of ['one', 'two']) await caller.send(purchase({ ref, number: '036000003' }));
  caller.standIn.on(() => void caller.standIn.orders());
  caller.pass(3000);
  expect(caller.standIn.balance()).toBe(12_450);
  expect((await caller.get('/account/transactions')).body).toMatchObject({
    data: { pagination: { totalResults: 5 } },
  });
});

it('starts over with nothing but its settings and its listeners', async () => {
  const { standIn } = caller;
  let heard = 0;
  standIn.on(() => (heard += 1));
  await caller.send(purchase());
  standIn.nextSend({ kind: 'throttled', retryAfterSeconds: 1 });
  standIn.outage(true);
  standIn.setShape({ products: 'bare-array' });
  standIn.startOver();
  expect(standIn.calls).toEqual([]);
  expect(standIn.orders()).toEqual([]);
  expect(standIn.balance()).toBe(12_450);
  const before = heard;
  expect(await caller.send(purchase())).toMatchObject({ status: 200 });
  expect(heard).toBeGreaterThan(before);
});

it('ends hanging connections at once when closed', async () => {
  caller.standIn.faultNext({ fault: { kind: 'hang' } });
  const waiting = caller.get('/ping').catch(() => 'cut');
  await caller.standIn.until(() => caller.standIn.calls.some((call) => call.status === 'hanging'));
  await caller.standIn.close();
  expect(await waiting).toBe('cut');
});

it('says so when its port is taken', async () => {
  const port = Number(new URL(caller.standIn.url).port);
  await expect(startProviderStandIn({ port })).rejects.toThrow('EADDRINUSE');
});
