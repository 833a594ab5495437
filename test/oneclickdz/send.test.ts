import { expect, test } from 'vitest';

import type { SendResult } from '../../src/app/ports.ts';
import { centimes } from '../../src/domain/money.ts';
import { heldTime, openBench, order, until } from './bench.ts';
import { no, ok, page, type Reply } from './scripted-server.ts';

const refused = (reason: 'wrong-number' | 'bad-request' | 'no-access'): SendResult => ({
  kind: 'refused',
  refusal: { reason },
});
const doubt: SendResult = { kind: 'doubt' };

test('sends the order as the provider wants it, with the key in its header', async () => {
  await using bench = await openBench(() => ok({ topupId: 'a1', topupRef: 'API-+213-x' }));
  expect(await bench.topups.send(order)).toMatchObject({
    kind: 'accepted',
    topupId: 'a1',
    topupRef: 'API-+213-x',
  });
  const [asked] = bench.server.asked;
  expect(asked).toMatchObject({ method: 'POST', path: 'internet/send', key: 'live-key-3f9a1c-never-shown' });
  expect(JSON.parse(asked?.body ?? '')).toEqual({
    type: 'ADSL',
    number: '036362608',
    value: 1000,
    ref: 'adsl-7-lq2x-9f3kd2',
  });
  expect(bench.facts).toMatchObject([{ endpoint: 'POST internet/send', status: 200, ref: order.ref }]);
});

test('tells the provider’s id of the call, whatever it came to', async () => {
  const replies = [
    { body: { success: true, data: { topupId: 'a1' }, meta: { requestId: 'req-yes' } } },
    { status: 400, body: { success: false, error: { code: 'ERR_PHONE' }, requestId: 'req-no' } },
  ];
  await using bench = await openBench((_asked, count) => replies[count - 1] ?? ok({}));
  expect(await bench.topups.send(order)).toMatchObject({ kind: 'accepted', requestId: 'req-yes' });
  expect(await bench.topups.send(order)).toMatchObject({ kind: 'refused', requestId: 'req-no' });
});

const huge = { body: { success: true, data: { topupId: 'a1', padding: 'x'.repeat(3_000_000) } } };
const redirect = (status: number): Reply => ({ status, headers: { location: '/v3/internet/send' } });

test.each<[about: string, reply: Reply, result: SendResult]>([
  [
    'accepted without a reference',
    ok({ topupId: 'a1' }),
    { kind: 'accepted', topupId: 'a1', topupRef: null },
  ],
  [
    'accepted with a 201',
    { status: 201, body: { success: true, data: { topupId: 'a1' } } },
    { kind: 'accepted', topupId: 'a1', topupRef: null },
  ],
  [
    'accepted without `success`',
    { body: { data: { topupId: 'a1' } } },
    { kind: 'accepted', topupId: 'a1', topupRef: null },
  ],
  ['yes without an id', ok({}), doubt],
  ['yes without data', { body: { success: true } }, doubt],
  ['yes with a 500', { status: 500, body: { success: true, data: { topupId: 'a1' } } }, doubt],
  ['wrong number', no(400, 'ERR_PHONE'), refused('wrong-number')],
  [
    'router 404',
    { status: 404, body: { message: 'Route not found', error: 'Not Found', statusCode: 404 } },
    doubt,
  ],
  ['bad request', no(400, 'ERR_VALIDATION'), refused('bad-request')],
  ['duplicate', no(403, 'DUPLICATED-REF'), { kind: 'duplicate-ref' }],
  [
    'throttled',
    { ...no(429, 'RATE_LIMIT_EXCEEDED'), headers: { 'retry-after': '7' } },
    { kind: 'not-executed', waitMs: 7_000 },
  ],
  ['key not looked up', no(503, 'AUTH_UNAVAILABLE'), { kind: 'not-executed', waitMs: 5_000 }],
  ['dropped', 'drop', doubt],
  ['internal error', no(500, 'INTERNAL_ERROR'), doubt],
  ['unavailable', no(503, 'SERVICE_UNAVAILABLE'), doubt],
  ['bad gateway page', page(502), doubt],
  ['page with a 200', page(200), doubt],
  ['empty 200', { status: 200 }, doubt],
  ['half an answer', { body: '{"success":true,"data":{"topu' }, doubt],
  ['huge body', huge, doubt],
  ['moved', redirect(301), doubt],
  ['moved, same method', redirect(307), doubt],
  // Node's fetch repeats a request with a replayable body after a 421 on its own.
  ['misdirected', { status: 421, body: '' }, doubt],
  ['401 page', page(401), doubt],
  ['wrong key', no(401, 'INVALID_ACCESS_TOKEN'), refused('no-access')],
])('%s: one POST, and the result says no more than is known', async (_about, reply, result) => {
  await using bench = await openBench(() => reply);
  expect(await bench.topups.send(order)).toMatchObject(result);
  expect(bench.server.asked).toHaveLength(1);
});

test('a POST on a kept connection that the other side has given up is not repeated', async () => {
  await using bench = await openBench(({ method }) => (method === 'GET' ? ok({ balance: 1 }) : 'drop'));
  await bench.topups.balance('person');
  expect(await bench.topups.send(order)).toMatchObject(doubt);
  expect(bench.server.asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
});

test('a POST that hangs ends in doubt at its deadline', async () => {
  await using bench = await openBench(() => 'hang', { deadlines: { getMs: 40, sendMs: 40 } });
  expect(await bench.topups.send(order)).toMatchObject(doubt);
  expect(bench.server.asked).toHaveLength(1);
  expect(bench.facts).toMatchObject([{ code: 'timeout' }]);
});

test('nobody listening is doubt too', async () => {
  const bench = await openBench(() => ok({}));
  await bench[Symbol.asyncDispose]();
  expect(await bench.topups.send(order)).toMatchObject(doubt);
});

test('an amount that is no whole number of dinars never leaves the house', async () => {
  await using bench = await openBench(() => ok({ topupId: 'a1' }));
  expect(await bench.topups.send({ ...order, value: centimes(100_050) })).toEqual(refused('bad-request'));
  expect(bench.server.asked).toHaveLength(0);
});

test('while halted a send is refused without a request', async () => {
  await using bench = await openBench(() => no(403, 'API_DISABLED'));
  expect(await bench.topups.send(order)).toMatchObject(refused('no-access'));
  expect(await bench.topups.send(order)).toMatchObject(refused('no-access'));
  expect(bench.server.asked).toHaveLength(1);
  expect(bench.halts).toEqual(['disabled']);
});

test('a send that finds no room in the budget, or a client that is closed, was not executed', async () => {
  const time = heldTime();
  await using bench = await openBench(() => ok({ topupId: 'a1' }), {
    time,
    rate: { perSecond: 0.05, burst: 1 },
  });
  await bench.topups.send(order);
  expect(await bench.topups.send(order)).toMatchObject({ kind: 'not-executed', waitMs: 5_000 });
  bench.topups.close();
  expect(await bench.topups.send(order)).toMatchObject({ kind: 'not-executed', waitMs: 5_000 });
  expect(bench.server.asked).toHaveLength(1);
});

test('a throw while the answer is looked at is doubt, never an exception', async () => {
  await using bench = await openBench(() => no(401, 'ERR_AUTH'), {
    onHalt() {
      throw new Error('the chat is down');
    },
  });
  expect(await bench.topups.send(order)).toMatchObject(doubt);
});

test('closing lets the send that is out end', async () => {
  let answer: (reply: Reply) => void = () => undefined;
  const reply = new Promise<Reply>((resolve) => (answer = resolve));
  await using bench = await openBench(() => reply);
  const sending = bench.topups.send(order);
  await until(() => bench.server.asked.length === 1);
  bench.topups.close();
  answer(ok({ topupId: 'a1' }));
  expect(await sending).toMatchObject({ kind: 'accepted' });
});

test('what has slept while it waited for its turn does not go out any more', async () => {
  const time = heldTime();
  await using bench = await openBench(() => ok({ topupId: 'a1' }), { time });
  const late = await bench.topups.send(order, time.clock() - 1);
  expect(late).toMatchObject({ kind: 'not-executed' });
  expect(bench.server.asked).toEqual([]);
  expect(await bench.topups.send(order, time.clock())).toMatchObject({ kind: 'accepted' });
});
