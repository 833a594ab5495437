import { expect, test } from 'vitest';

import type { ProviderFaultCode } from '../../src/app/ports.ts';
import { codeOf, fault, heldTime, openBench, until } from './bench.ts';
import { no, ok, page, type Reply, type Script } from './scripted-server.ts';

const failing =
  (times: number, reply: Reply): Script =>
  (_asked, count) =>
    count <= times ? reply : ok({ balance: '12.5' });

test.each<[about: string, reply: Reply]>([
  ['dropped connection', 'drop'],
  ['request timeout', no(408, 'TIMEOUT')],
  ['throttled', no(429, 'RATE_LIMIT_EXCEEDED')],
  ['throttled by a page', page(429)],
  ['internal error', no(500, 'INTERNAL_ERROR')],
  ['bad gateway', page(502)],
  ['unavailable', page(503)],
  ['gateway timeout', page(504)],
])('a read is repeated twice, with growing waits: %s', async (_about, reply) => {
  await using bench = await openBench(failing(2, reply));
  expect(await bench.topups.balance('person')).toBe(1_250);
  expect(bench.server.asked).toHaveLength(3);
  expect(bench.time.slept).toEqual([500, 1_500]);
});

test('the waits are jittered by the random source', async () => {
  const draws = [0, 0.999];
  await using bench = await openBench(failing(2, page(503)), { random: () => draws.shift() ?? 0 });
  await bench.topups.balance('person');
  expect(bench.time.slept).toEqual([250, 2249]);
});

test('polling repeats once, a person’s call twice, and then it is a fault', async () => {
  await using bench = await openBench(() => no(503, 'SERVICE_UNAVAILABLE'));
  const end = await fault(bench.topups.balance('worker'));
  expect(bench.server.asked).toHaveLength(2);
  expect(end).toMatchObject({ code: 'server', requestId: 'req-fpg', retryable: true });
  expect(end.message).toBe('GET account/balance: server');
  expect(await codeOf(bench.topups.balance('person'))).toBe('server');
  expect(bench.server.asked).toHaveLength(5);
});

test.each<[about: string, reply: Reply, code: ProviderFaultCode]>([
  ['page', page(200), 'unreadable'],
  ['empty', { body: '' }, 'unreadable'],
  ['router', { status: 404, body: { message: 'Route', error: 'Not Found', statusCode: 404 } }, 'unreadable'],
  ['no amount', ok({}), 'unreadable'],
  ['array', { body: [] }, 'unreadable'],
  ['no with a 200', no(200, 'SOMETHING_NEW'), 'server'],
  ['not found', no(404, 'NOT_FOUND'), 'server'],
  ['bad request', no(400, 'ERR_VALIDATION'), 'server'],
  ['odd 5xx', page(520), 'server'],
  ['moved', { status: 302, headers: { location: '/v3/account/balance' } }, 'unreadable'],
  ['huge', ok({ balance: 1, padding: 'x'.repeat(3_000_000) }), 'unreadable'],
])('not repeated, a fault at once: %s', async (_about, reply, code) => {
  await using bench = await openBench(() => reply);
  expect(await codeOf(bench.topups.balance('person'))).toBe(code);
  expect(bench.server.asked).toHaveLength(1);
});

test('nobody listening is unreachable', async () => {
  const bench = await openBench(() => ok({}));
  await bench[Symbol.asyncDispose]();
  const end = await fault(bench.topups.balance('person'));
  expect(end).toMatchObject({ code: 'unreachable', cause: { message: 'Error ECONNREFUSED' } });
  expect(bench.facts).toHaveLength(3);
});

test('Retry-After is honoured up to ten seconds, in seconds or as a date, and not multiplied', async () => {
  await using bench = await openBench((_asked, count) => {
    const until = new Date(bench.time.clock() + 4_000).toUTCString();
    const hints: Record<number, string> = { 1: '6', 2: until };
    const hint = hints[count];
    return hint === undefined
      ? ok({ balance: 1 })
      : { status: 429, body: '', headers: { 'retry-after': hint } };
  });
  expect(await bench.topups.balance('person')).toBe(100);
  expect(bench.time.slept).toEqual([6_000, 4_000]);
});

test('a longer Retry-After is a fault at once', async () => {
  await using bench = await openBench(() => ({ status: 429, body: '', headers: { 'retry-after': '11' } }));
  expect(await codeOf(bench.topups.balance('person'))).toBe('throttled');
  expect(bench.server.asked).toHaveLength(1);
});

test('a read that hangs ends at its deadline and is not repeated', async () => {
  await using bench = await openBench(() => 'hang', { deadlines: { getMs: 40, sendMs: 40 } });
  const end = await fault(bench.topups.balance('person'));
  expect(end).toMatchObject({ code: 'timeout', cause: { message: 'the deadline passed' } });
  expect(bench.server.asked).toHaveLength(1);
});

test('all repeats share one deadline', async () => {
  await using bench = await openBench(() => page(503), { deadlines: { getMs: 1_900, sendMs: 40 } });
  expect(await codeOf(bench.topups.balance('person'))).toBe('server');
  expect(bench.server.asked).toHaveLength(2);
});

test('every repeat pays the budget', async () => {
  await using bench = await openBench(failing(2, page(503)), { rate: { perSecond: 0.2, burst: 1 } });
  const start = bench.time.clock();
  await bench.topups.balance('person');
  expect(bench.time.clock() - start).toBeGreaterThanOrEqual(10_000);
});

test('a person who would wait too long for the budget is told so, a worker waits', async () => {
  const time = heldTime();
  await using bench = await openBench(() => ok({ balance: 1 }), {
    time,
    rate: { perSecond: 0.05, burst: 1 },
  });
  await bench.topups.balance('worker');
  const polling = bench.topups.balance('worker');
  expect(await codeOf(bench.topups.balance('person'))).toBe('throttled');
  await time.advance(20_000);
  expect(await polling).toBe(100);
  expect(bench.server.asked).toHaveLength(2);
});

test('closing ends the wait for somebody else’s first call', async () => {
  let answer: (reply: Reply) => void = () => undefined;
  const reply = new Promise<Reply>((resolve) => (answer = resolve));
  await using bench = await openBench(() => reply);
  const first = bench.topups.balance('worker');
  await until(() => bench.server.asked.length === 1);
  const waiting = codeOf(bench.topups.balance('worker'));
  bench.topups.close();
  expect(await waiting).toBe('unreachable');
  answer(ok({ balance: 1 }));
  expect(await first).toBe(100);
});

test('goes through the fetch that it is given', async () => {
  let fetched = 0;
  await using bench = await openBench(() => ok({ balance: 1 }), {
    fetch(input, init) {
      fetched += 1;
      return fetch(input, init);
    },
  });
  await bench.topups.balance('worker');
  expect(fetched).toBe(1);
});

test('closing ends every wait', async () => {
  const time = heldTime();
  await using bench = await openBench(() => ok({ balance: 1 }), {
    time,
    rate: { perSecond: 0.05, burst: 1 },
  });
  await bench.topups.balance('worker');
  const waiting = codeOf(bench.topups.balance('worker'));
  await time.advance(0);
  bench.topups.close();
  expect(await waiting).toBe('unreachable');
});

test('asks for the products of the service and for a page of the list in ISO times', async () => {
  await using bench = await openBench(({ path }) =>
    path === 'internet/list'
      ? ok({ topups: [{ _id: 'a1', status: 'QUEUED' }] }, { meta: { pagination: { hasNextPage: true } } })
      : ok([{ value: 500, cost: 490, available: true }]),
  );
  expect(await bench.topups.offers('4G', 'person')).toEqual([
    { value: 50_000, cost: 49_000, available: true },
  ]);
  const from = Date.UTC(2026, 8, 1);
  const read = await bench.topups.list({ from, to: from + 60_000 }, 2, 'worker');
  expect(read).toMatchObject({ topups: [{ topupId: 'a1', status: { kind: 'queued' } }], hasMore: true });
  expect(bench.server.asked.map(({ query }) => query)).toEqual([
    { type: '4G' },
    { page: '2', pageSize: '100', from: '2026-09-01T00:00:00.000Z', to: '2026-09-01T00:01:00.000Z' },
  ]);
});

test('reads movements with the key, and health without it', async () => {
  await using bench = await openBench(({ path }) =>
    path === 'ping' ? ok({ api: 'ok', operators: {} }) : ok({ items: [], pagination: {} }),
  );
  expect(await bench.topups.ping()).toEqual({ up: true });
  expect(await bench.topups.transactions(1)).toEqual({ transactions: [], hasMore: false });
  expect(bench.server.asked.map(({ key }) => key !== undefined)).toEqual([false, true]);
});

test('over the wire too, people go before polling that came first', async () => {
  const time = heldTime();
  await using bench = await openBench(
    ({ path }) => (path === 'ping' ? ok({ api: 'ok' }) : ok({ balance: 1, products: [] })),
    {
      time,
      rate: { perSecond: 2, burst: 1 },
    },
  );
  await bench.topups.balance('person');
  const calls = [
    bench.topups.balance('worker'),
    bench.topups.offers('ADSL', 'worker'),
    bench.topups.offers('4G', 'person'),
  ];
  for (const count of [2, 3, 4]) {
    await time.advance(500);
    await until(() => bench.server.asked.length === count);
  }
  await Promise.all(calls);
  expect(bench.server.asked.map(({ path, query }) => query['type'] ?? path)).toEqual([
    'account/balance',
    '4G',
    'account/balance',
    'ADSL',
  ]);
});
