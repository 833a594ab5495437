import { expect, test } from 'vitest';

import type { ProviderFaultCode } from '../../src/app/ports.ts';
import { codeOf, openBench, ref } from './bench.ts';
import { account, no, ok, page, type Reply, type Script } from './scripted-server.ts';

const own = ref('adsl-7-lq2x-9f3kd2');
const OWN_PATH = `internet/check-ref/${own}`;
const PREFIXED_PATH = `internet/check-ref/API-%2B213658535537-${own}`;

const topup = { _id: 'a1', ref: own, status: 'HANDLING', type: 'ADSL' };
const missing = no(404, 'NOT_FOUND');

const by =
  (answers: Record<string, Reply>): Script =>
  ({ path }) =>
    answers[path] ?? missing;

test('finds an order by its own reference without asking who we are', async () => {
  await using bench = await openBench(by({ [OWN_PATH]: ok(topup) }));
  expect(await bench.topups.byRef(own, 'worker')).toMatchObject({
    kind: 'found',
    topup: { topupId: 'a1', ref: own },
  });
  expect(bench.server.asked.map(({ path }) => path)).toEqual([OWN_PATH]);
  expect(bench.facts).toMatchObject([{ endpoint: 'GET internet/check-ref', ref: own }]);
});

test('then by the prefixed form, percent-encoded, and tries that form first from then on', async () => {
  await using bench = await openBench(
    by({ validate: account, [PREFIXED_PATH]: ok({ ...topup, ref: `API-+213658535537-${own}` }) }),
  );
  expect(await bench.topups.byRef(own, 'worker')).toMatchObject({ kind: 'found' });
  expect(await bench.topups.byRef(own, 'worker')).toMatchObject({ kind: 'found' });
  expect(bench.server.asked.map(({ path }) => path)).toEqual([
    OWN_PATH,
    'validate',
    PREFIXED_PATH,
    PREFIXED_PATH,
  ]);
});

test('goes back to the own form when that is what works', async () => {
  const answers: Record<string, Reply> = { validate: account, [PREFIXED_PATH]: ok(topup) };
  await using bench = await openBench((asked) => by(answers)(asked, 0));
  await bench.topups.byRef(own, 'worker');
  answers[PREFIXED_PATH] = missing;
  answers[OWN_PATH] = ok(topup);
  await bench.topups.byRef(own, 'worker');
  await bench.topups.byRef(own, 'worker');
  expect(bench.server.asked.slice(-3).map(({ path }) => path)).toEqual([PREFIXED_PATH, OWN_PATH, OWN_PATH]);
});

test('says not found only after a definite no to both forms', async () => {
  await using bench = await openBench(by({ validate: account }));
  expect(await bench.topups.byRef(own, 'worker')).toMatchObject({ kind: 'not-found' });
  expect(bench.server.asked).toHaveLength(3);
});

test('a recharge under some other reference is found all the same', async () => {
  await using bench = await openBench(by({ [OWN_PATH]: ok({ ...topup, ref: 'something-else' }) }));
  expect(await bench.topups.byRef(own, 'worker')).toMatchObject({ topup: { ref: 'something-else' } });
});

test.each<[about: string, answers: Record<string, Reply>, code: ProviderFaultCode]>([
  ['who we are is not told', { validate: page(520) }, 'server'],
  ['who we are is told without a name', { validate: ok({ username: '' }) }, 'unreadable'],
  ['who we are is not known to the router', { validate: page(404) }, 'unreadable'],
  ['the own form meets a page', { validate: account, [OWN_PATH]: page(404) }, 'unreadable'],
  [
    'the own form meets the router',
    { validate: account, [OWN_PATH]: { status: 404, body: { message: 'Route', statusCode: 404 } } },
    'unreadable',
  ],
  ['the prefixed form meets an error', { validate: account, [PREFIXED_PATH]: page(520) }, 'server'],
  ['the recharge has no status', { [OWN_PATH]: ok({ _id: 'a1' }) }, 'unreadable'],
  ['there is no recharge in the yes', { [OWN_PATH]: ok(null) }, 'unreadable'],
  ['not found, but with a 200', { [OWN_PATH]: no(200, 'NOT_FOUND') }, 'server'],
])('a fault, not "not found", when %s', async (_about, answers, code) => {
  await using bench = await openBench(by(answers));
  expect(await codeOf(bench.topups.byRef(own, 'worker'))).toBe(code);
});

test('looks up by id, encoded', async () => {
  await using bench = await openBench(by({ 'internet/check-id/a%2B1': ok({ ...topup, _id: 'a+1' }) }));
  expect(await bench.topups.byId('a+1', 'person')).toMatchObject({ kind: 'found' });
  expect(await bench.topups.byId('b2', 'person')).toMatchObject({ kind: 'not-found' });
});
