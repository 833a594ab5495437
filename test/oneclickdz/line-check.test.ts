import { expect, test } from 'vitest';

import type { LineCheck } from '../../src/domain/refusal.ts';
import type { Service } from '../../src/domain/service.ts';
import { line, openBench } from './bench.ts';
import { no, ok, page, type Reply } from './scripted-server.ts';

const adsl = line('ADSL', '036362608');
const lte = line('4G', '213472731602');

test.each<[about: string, service: Service, reply: Reply, check: LineCheck]>([
  [
    'an offer',
    'ADSL',
    ok({ ncli: '11022*****', offre: ' FTTC 10M ', type: 'ADSL' }),
    { kind: 'found', offer: 'FTTC 10M' },
  ],
  ['no offer', '4G', ok({ ncli: '11022*****', type: '4GLTE' }), { kind: 'found' }],
  ['a yes for 4G to ADSL', 'ADSL', ok({ offre: 'LTE 20', type: '4GLTE' }), { kind: 'wrong', other: '4G' }],
  ['a yes for ADSL to 4G', '4G', ok({ type: ' adsl ' }), { kind: 'wrong', other: 'ADSL' }],
  ['a yes without a type', 'ADSL', ok({ ncli: '11022*****' }), { kind: 'found' }],
  ['a yes of no known type', '4G', ok({ type: 'WIMAX' }), { kind: 'found' }],
  ['a yes with a strange type', '4G', ok({ type: { name: 'ADSL' } }), { kind: 'found' }],
  ['a yes that names both', 'ADSL', ok({ type: '4G or ADSL' }), { kind: 'found' }],
  ['a long offer', 'ADSL', ok({ offre: 'x'.repeat(99) }), { kind: 'found', offer: 'x'.repeat(60) }],
  ['yes without data', 'ADSL', { body: { success: true } }, { kind: 'unavailable' }],
  ['ERR_PHONE', 'ADSL', no(400, 'ERR_PHONE'), { kind: 'wrong' }],
  ['ERR_PHONE with a 200', 'ADSL', no(200, 'ERR-PHONE'), { kind: 'wrong' }],
  ['ERR_PHONE with a 404', 'ADSL', no(404, 'ERR_PHONE'), { kind: 'wrong' }],
  ['INVALID_PHONE', '4G', no(422, 'INVALID_PHONE'), { kind: 'wrong' }],
  ['any 400', 'ADSL', no(400, 'WHO_KNOWS'), { kind: 'wrong' }],
  [
    'the other type',
    'ADSL',
    no(400, 'ERR_PHONE', '', { details: { type: '4GLTE', number: adsl } }),
    { kind: 'wrong', other: '4G' },
  ],
  [
    'the other type in the reason',
    '4G',
    no(400, 'ERR_PHONE', '', { details: { type: '4G', reason: 'is an ADSL line' } }),
    { kind: 'wrong', other: 'ADSL' },
  ],
  [
    'the other type in words',
    'ADSL',
    no(400, 'ERR_PHONE', 'This is a 4G number'),
    { kind: 'wrong', other: '4G' },
  ],
  ['both types in words', 'ADSL', no(400, 'ERR_PHONE', 'This is 4G, not ADSL'), { kind: 'wrong' }],
  ['the asked type in words', 'ADSL', no(400, 'ERR_PHONE', 'Invalid ADSL number'), { kind: 'wrong' }],
  ['no balance', 'ADSL', no(400, 'NO_BALANCE'), { kind: 'unavailable' }],
  ['a 400 page', 'ADSL', page(400), { kind: 'unavailable' }],
  ['forbidden', 'ADSL', no(403, 'FORBIDDEN'), { kind: 'unavailable' }],
  ['throttled', 'ADSL', { ...no(429, 'X'), headers: { 'retry-after': '60' } }, { kind: 'unavailable' }],
  ['server error', 'ADSL', no(500, 'INTERNAL_ERROR'), { kind: 'unavailable' }],
  ['a page', 'ADSL', page(200), { kind: 'unavailable' }],
  ['dropped', 'ADSL', 'drop', { kind: 'unavailable' }],
  ['wrong key', 'ADSL', no(401, 'ERR_AUTH'), { kind: 'unavailable' }],
])('%s', async (_about, service, reply, check) => {
  await using bench = await openBench(() => reply);
  expect(await bench.topups.checkLine(service, service === 'ADSL' ? adsl : lte)).toEqual(check);
  expect(bench.server.asked.every(({ method }) => method === 'GET')).toBe(true);
});

test('asks by GET with the type and the number', async () => {
  await using bench = await openBench(() => ok({}));
  await bench.topups.checkLine('4G', lte);
  expect(bench.server.asked).toMatchObject([
    { method: 'GET', path: 'internet/check-number', query: { type: '4G', number: lte } },
  ]);
});

test.each([404, 405])('where GET is not known (%i) it asks by POST, and remembers', async (status) => {
  await using bench = await openBench(({ method }) =>
    method === 'GET' ? { status, body: { message: 'Route', statusCode: status } } : ok({ offre: 'FTTH' }),
  );
  expect(await bench.topups.checkLine('ADSL', adsl)).toEqual({ kind: 'found', offer: 'FTTH' });
  expect(await bench.topups.checkLine('ADSL', adsl)).toEqual({ kind: 'found', offer: 'FTTH' });
  expect(bench.server.asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
  expect(JSON.parse(bench.server.asked[1]?.body ?? '')).toEqual({ type: 'ADSL', number: adsl });
});

test('where neither is known it stays with GET', async () => {
  await using bench = await openBench(() => page(404));
  expect(await bench.topups.checkLine('ADSL', adsl)).toEqual({ kind: 'unavailable' });
  expect(await bench.topups.checkLine('ADSL', adsl)).toEqual({ kind: 'unavailable' });
  expect(bench.server.asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'POST']);
});

test('goes back to GET when POST is no longer known, and never repeats the POST', async () => {
  let known: 'GET' | 'POST' = 'POST';
  await using bench = await openBench(({ method }) => (method === known ? ok({}) : page(405)));
  await bench.topups.checkLine('ADSL', adsl);
  known = 'GET';
  expect(await bench.topups.checkLine('ADSL', adsl)).toEqual({ kind: 'unavailable' });
  expect(await bench.topups.checkLine('ADSL', adsl)).toEqual({ kind: 'found' });
  expect(bench.server.asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST', 'GET']);
});

test('a POST that fails for a moment is not repeated', async () => {
  await using bench = await openBench(({ method }) => (method === 'GET' ? page(405) : page(503)));
  await bench.topups.checkLine('ADSL', adsl);
  expect(bench.server.asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
});
