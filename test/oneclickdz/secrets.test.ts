import { inspect } from 'node:util';

import { expect, test } from 'vitest';

import { createTopups } from '../../src/oneclickdz/client.ts';
import { dinars } from '../../src/domain/money.ts';
import { KEY, line, openBench, ref, type Bench } from './bench.ts';
import { no, ok, page, type Reply } from './scripted-server.ts';

const CODE = '998877665544';
const NUMBER = line('ADSL', '036362608');

const delivered = { _id: 'a1', card_code: CODE, num_trans: 'AT-1', number: NUMBER };

const replies: [about: string, reply: Reply][] = [
  ['dropped', 'drop'],
  ['hang', 'hang'],
  ['page that quotes the request', { ...page(500), body: `<pre>${KEY} ${CODE} ${NUMBER}</pre>` }],
  [
    'error that quotes the request',
    no(500, KEY, `token ${KEY} card ${CODE}`, { details: { number: NUMBER } }),
  ],
  [
    'id that is the key',
    { status: 503, body: { success: false, requestId: KEY }, headers: { 'x-request-id': KEY } },
  ],
  ['wrong key', no(401, 'INVALID_ACCESS_TOKEN', `${KEY} is wrong`)],
  ['recharge that can’t be read', ok(delivered)],
  ['recharge with a number for a status', ok({ ...delivered, status: 7 })],
  ['list that is none', ok({ topups: delivered })],
  ['text', { body: `${KEY}${CODE}` }],
  ['account that can’t be read', ok({ apiKey: { key: KEY } })],
  ['moved', { status: 302, headers: { location: `/x?key=${KEY}` } }],
];

const calls = (topups: Bench['topups']): (() => Promise<unknown>)[] => [
  () => topups.validate(),
  () => topups.byId('a1', 'worker'),
  () => topups.byRef(ref('adsl-7-lq2x-9f3kd2'), 'worker'),
  () => topups.list({ from: 0, to: 1 }, 1, 'worker'),
  () => topups.balance('worker'),
  () => topups.checkLine('ADSL', NUMBER),
  () => topups.send({ service: 'ADSL', line: NUMBER, value: dinars(500), ref: ref('adsl-7-lq2x-9f3kd2') }),
];

test.each(replies)('neither key, code nor number is in any error or log: %s', async (_about, reply) => {
  await using bench = await openBench(() => reply, { deadlines: { getMs: 30, sendMs: 30 } });
  const shown: unknown[] = [];
  for (const call of calls(bench.topups)) {
    await call().catch((error: unknown) => shown.push(error));
  }
  expect(shown.length).toBeGreaterThan(3);
  const everything = [...shown, ...bench.facts];
  for (const text of [inspect(everything, { depth: 10, showHidden: true }), JSON.stringify(everything)]) {
    expect(text).not.toContain(KEY);
    expect(text.toUpperCase()).not.toContain('NEVER_SHOWN');
    expect(text).not.toContain(CODE);
    expect(text).not.toContain(NUMBER);
  }
});

test('a key that can’t stand in a header is refused without being quoted', () => {
  const open = (): unknown =>
    createTopups({ apiKey: 'secret\nkey', baseUrl: 'http://127.0.0.1:9/v3', onHalt: () => undefined });
  expect(open).toThrow(TypeError);
  expect(open).not.toThrow(/secret/);
});
