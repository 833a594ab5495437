// What an answer says about our key, and which fault a failed read becomes.

import { expect, test } from 'vitest';
import { faultOf, idOf, type Tried } from '../../src/oneclickdz/transport.ts';
import { codeOf, openBench, order, until, type Bench } from './bench.ts';
import { no, ok, page, type Reply } from './scripted-server.ts';

/** Of two calls so many go out together: with one, the other goes once it has been answered. */
async function expectTogether(bench: Bench, count: 1 | 2): Promise<void> {
  const open: ((reply: Reply) => void)[] = [];
  bench.server.script = () => new Promise<Reply>((resolve) => void open.push(resolve));
  const calls = [bench.topups.balance('worker'), bench.topups.balance('worker')];
  await until(() => open.length >= count);
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(open).toHaveLength(count);
  bench.server.script = () => ok({ balance: 1 });
  for (const answer of open) answer(ok({ balance: 1 }));
  await Promise.all(calls);
}

test.each<[string, Reply, 1 | 2]>([
  ['a yes', ok({ balance: 1 }), 2],
  ['a no of the application', no(404, 'NOT_FOUND'), 2],
  ['"too many requests"', no(429, 'RATE_LIMIT_EXCEEDED'), 1],
  ['a fault of the application', no(500, 'INTERNAL'), 1],
  ['somebody else’s page', page(404), 1],
])(
  'after %s so many calls go together: whether it shows that the key is good',
  async (_what, reply, count) => {
    await using bench = await openBench(() => reply);
    await bench.topups.byRef(order.ref, 'worker').catch(() => undefined);
    await expectTogether(bench, count);
  },
);

test('an answer to a call without the key says nothing about the key', async () => {
  await using bench = await openBench(() => ok({ api: 'ok' }));
  expect(await bench.topups.ping()).toEqual({ up: true });
  await expectTogether(bench, 1);
});

test('what the log is told of a call names the pattern of its address, its end and how long it took', async () => {
  await using bench = await openBench(() => no(503, 'busy-now'));
  expect(await codeOf(bench.topups.byId('a1', 'worker'))).toBe('server');
  expect(bench.facts[0]).toMatchObject({ status: 503, code: 'BUSY_NOW', requestId: 'req-fpg' });
  expect(bench.facts[0]?.endpoint).not.toContain('a1');
});

const COMPLAINT = { purpose: 'read', status: 418, envelope: true, readable: true } as const;

test.each<[string, Tried, string]>([
  ['a yes that could not be read', { kind: 'ok', data: 1, meta: 1, ms: 5 }, 'unreadable'],
  ['no answer', { kind: 'no-answer', reason: 'timeout', cause: new Error('late'), ms: 5 }, 'timeout'],
  [
    'a halt',
    { kind: 'said', complaint: COMPLAINT, verdict: { kind: 'halt', detail: 'key', certain: true }, ms: 5 },
    'no-access',
  ],
  [
    'a no that nobody expected',
    { kind: 'said', complaint: COMPLAINT, verdict: { kind: 'not-found' }, ms: 5 },
    'server',
  ],
])('%s becomes the fault that it is', (_what, tried, code) => {
  const fault = faultOf({ ...tried, requestId: 'req-1' }, 'GET /account/balance');
  expect(fault.code).toBe(code);
  expect(fault.message).toBe(`GET /account/balance: ${code}`);
});

test('the provider’s id is told where there is one', () => {
  const tried: Tried = { kind: 'ok', data: 1, meta: 1, ms: 5 };
  expect([idOf(tried), idOf({ ...tried, requestId: 'req-1' })]).toEqual([{}, { requestId: 'req-1' }]);
});
