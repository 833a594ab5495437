import { expect, test } from 'vitest';

import { dinars } from '../../src/domain/money.ts';
import { codeOf, heldTime, line, openBench, ref, until, type Bench } from './bench.ts';
import { account, no, ok, page, type Reply } from './scripted-server.ts';

const PAUSE = 16 * 60_000;

const order = {
  service: '4G',
  line: line('4G', '213472731602'),
  value: dinars(500),
  ref: ref('4g-7-lq2x-9f3kd2'),
} as const;

const everything = (bench: Bench): Promise<unknown>[] => [
  bench.topups.validate(),
  bench.topups.balance('person'),
  bench.topups.balance('worker'),
  bench.topups.offers('ADSL', 'person'),
  bench.topups.byId('a1', 'worker'),
  bench.topups.byRef(order.ref, 'worker'),
  bench.topups.list({ from: 0, to: 1 }, 1, 'worker'),
  bench.topups.transactions(1),
];

test('a wrong key, whoever calls at the same moment and afterwards, is one request and one alarm', async () => {
  await using bench = await openBench(
    () => no(401, 'INVALID_ACCESS_TOKEN', '', { details: { attemptsLeft: 4 } }),
    {
      time: heldTime(),
    },
  );
  const sending = bench.topups.send(order);
  const checking = bench.topups.checkLine('4G', order.line);
  const codes = await Promise.all(everything(bench).map(codeOf));
  expect(new Set(codes)).toEqual(new Set(['no-access']));
  expect(await sending).toMatchObject({ kind: 'refused', refusal: { reason: 'no-access' } });
  expect(await checking).toEqual({ kind: 'unavailable' });
  expect(await codeOf(bench.topups.ping())).toBe('no-access');
  expect(bench.topups.halted()).toBe(true);
  expect(bench.server.asked).toHaveLength(1);
  expect(bench.halts).toEqual(['key']);
});

test('a wrong key stays wrong until the restart', async () => {
  await using bench = await openBench(() => page(401));
  await codeOf(bench.topups.balance('worker'));
  await bench.time.advance(100 * PAUSE);
  expect(await codeOf(bench.topups.balance('worker'))).toBe('no-access');
  expect(bench.server.asked).toHaveLength(1);
});

test.each<[about: string, reply: Reply, detail: string]>([
  ['switched off', ok({ username: 'x', apiKey: { isEnabled: false, type: 'SANDBOX' } }), 'disabled'],
  [
    'read only',
    ok({ username: 'x', apiKey: { isEnabled: true, type: 'SANDBOX', scope: 'READ-ONLY' } }),
    'read-only',
  ],
  ['disabled', no(403, 'API_DISABLED'), 'disabled'],
  ['expired', no(401, 'ERR_AUTH'), 'key'],
])('validate halts on a key that may not buy: %s', async (_about, reply, detail) => {
  await using bench = await openBench(() => reply);
  expect(await codeOf(bench.topups.validate())).toBe('no-access');
  expect(await codeOf(bench.topups.balance('person'))).toBe('no-access');
  expect(bench.halts).toEqual([detail]);
  expect(bench.server.asked).toHaveLength(1);
});

test('a halt ends the waits of calls that were queued for the budget or for a repeat', async () => {
  const time = heldTime();
  let reply: Reply = ok({ balance: 1 });
  await using bench = await openBench(() => reply, { time, rate: { perSecond: 1, burst: 3 } });
  await bench.topups.balance('person');
  reply = page(503);
  const repeating = codeOf(bench.topups.balance('worker'));
  await until(() => bench.facts.length === 2);
  reply = no(403, 'IP_BLOCKED');
  const hit = codeOf(bench.topups.balance('worker'));
  const queued = codeOf(bench.topups.balance('worker'));
  expect(await Promise.all([repeating, hit, queued])).toEqual(['no-access', 'no-access', 'no-access']);
  expect(bench.server.asked).toHaveLength(3);
});

test.each(['IP_BLOCKED', 'IP_NOT_ALLOWED'])(
  '%s: sixteen minutes of silence, then one probe',
  async (code) => {
    let reply: Reply = no(403, code);
    await using bench = await openBench(() => reply, { time: heldTime() });
    await codeOf(bench.topups.balance('worker'));
    expect(bench.topups.halted()).toBe(true);
    await bench.time.advance(PAUSE - 1);
    await codeOf(bench.topups.balance('worker'));
    expect(bench.server.asked).toHaveLength(1);

    await bench.time.advance(1);
    expect(bench.topups.halted()).toBe(false);
    await Promise.all(everything(bench).map(codeOf));
    expect(bench.server.asked).toHaveLength(2);
    expect(bench.halts).toEqual(['address']);
    expect(bench.topups.halted()).toBe(true);

    await bench.time.advance(PAUSE);
    reply = ok({ balance: 5 });
    expect(await bench.topups.balance('worker')).toBe(500);
    expect(await bench.topups.balance('worker')).toBe(500);
    expect(bench.halts).toEqual(['address']);

    reply = no(403, code);
    await codeOf(bench.topups.balance('worker'));
    expect(bench.halts).toEqual(['address', 'address']);
  },
);

test('a probe that gets no answer keeps the door narrow but open', async () => {
  let reply: Reply = no(403, 'IP_BLOCKED');
  await using bench = await openBench(() => reply);
  await codeOf(bench.topups.balance('worker'));
  await bench.time.advance(PAUSE);
  reply = page(520);
  expect(await codeOf(bench.topups.balance('worker'))).toBe('server');
  reply = ok({ balance: 5 });
  expect(await bench.topups.balance('worker')).toBe(500);
});

test('before the key has proved good calls go one at a time, afterwards side by side', async () => {
  const open: ((reply: Reply) => void)[] = [];
  await using bench = await openBench(() => new Promise<Reply>((resolve) => void open.push(resolve)), {
    time: heldTime(),
  });
  const calls = [1, 2, 3].map(() => bench.topups.balance('worker'));
  await until(() => open.length === 1);
  await bench.time.advance(0);
  expect(bench.server.asked).toHaveLength(1);
  open[0]?.(ok({ balance: 1 }));
  await until(() => open.length === 3);
  open.forEach((answer) => answer(ok({ balance: 1 })));
  await Promise.all(calls);
});

test('a person does not wait for somebody else’s first call for ever', async () => {
  const time = heldTime();
  let answer: (reply: Reply) => void = () => undefined;
  const reply = new Promise<Reply>((resolve) => (answer = resolve));
  await using bench = await openBench(() => reply, { time });
  const first = bench.topups.balance('worker');
  await until(() => bench.server.asked.length === 1);
  const person = codeOf(bench.topups.balance('person'));
  await time.advance(10_000);
  expect(await person).toBe('throttled');
  answer(ok({ balance: 1 }));
  expect(await first).toBe(100);
});

test('a yes that was on its way when the address was blocked does not lift the halt', async () => {
  const late: ((reply: Reply) => void)[] = [];
  let script: () => Reply | Promise<Reply> = () => ok({ balance: 1 });
  await using bench = await openBench(() => script());
  await bench.topups.balance('worker');
  script = () => new Promise((resolve) => void late.push(resolve));
  const early = bench.topups.balance('worker');
  await until(() => late.length === 1);
  script = () => no(403, 'IP_BLOCKED');
  await codeOf(bench.topups.balance('worker'));
  late[0]?.(ok({ balance: 1 }));
  expect(await early).toBe(100);
  expect(bench.topups.halted()).toBe(true);
});

test('validate fills in the account, once for everybody who asks at the same time', async () => {
  await using bench = await openBench(() => account);
  expect(bench.topups.account()).toBeUndefined();
  const answers = await Promise.all([bench.topups.validate(), bench.topups.validate('worker')]);
  expect(answers[0]).toEqual({ username: '+213658535537', sandbox: false });
  expect(bench.topups.account()).toEqual(answers[1]);
  expect(bench.server.asked).toHaveLength(1);
  expect(bench.topups.halted()).toBe(false);
});
