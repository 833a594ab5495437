// Who may call: the key, the lockout, the allow-list, the switched-off key, unknown paths.
import { afterEach, expect, it } from 'vitest';
import { openCaller, purchase } from './caller.ts';
import type { Answer, Caller } from './caller.ts';

let caller: Caller;
afterEach(() => caller.standIn.close());

function withKey(key?: string): Promise<Answer> {
  return caller.call('GET', '/account/balance', {
    headers: key === undefined ? {} : { 'x-access-token': key },
  });
}

it('asks for the key when the header is missing, and does not count it as a bad one', async () => {
  caller = await openCaller();
  for (let i = 0; i < 10; i += 1) {
    expect(await withKey()).toMatchObject({
      status: 401,
      body: { success: false, error: { code: 'MISSING_ACCESS_TOKEN' } },
    });
  }
  expect(await caller.get('/account/balance')).toMatchObject({ status: 200 });
});

it('counts down bad keys, blocks the address whatever the key, and opens again after fifteen minutes', async () => {
  caller = await openCaller();
  for (const attemptsLeft of [4, 3, 2, 1, 0]) {
    expect(await withKey('pk-wrong')).toMatchObject({
      status: 401,
      body: { error: { code: 'INVALID_ACCESS_TOKEN', details: { attemptsLeft } } },
    });
  }
  expect(await caller.get('/account/balance')).toMatchObject({
    status: 403,
    body: { error: { code: 'IP_BLOCKED' } },
  });
  caller.pass(15 * 60_000 - 1);
  expect(await caller.get('/validate')).toMatchObject({ status: 403 });
  caller.pass(1);
  expect(await caller.get('/validate')).toMatchObject({ status: 200 });
});

it('forgets bad keys once a good one was used', async () => {
  caller = await openCaller({ lockoutAfter: 2 });
  await withKey('pk-wrong');
  await caller.get('/account/balance');
  expect(await withKey('pk-wrong')).toMatchObject({ body: { error: { details: { attemptsLeft: 1 } } } });
});

it('refuses an address that is not on the allow-list', async () => {
  caller = await openCaller({ allowedIps: ['192.0.2.1'] });
  expect(await caller.get('/validate')).toMatchObject({
    status: 403,
    body: { error: { code: 'IP_NOT_ALLOWED' } },
  });
});

it('accepts an address that is on the allow-list', async () => {
  caller = await openCaller({ allowedIps: ['127.0.0.1'] });
  expect(await caller.get('/validate')).toMatchObject({
    status: 200,
    body: { data: { apiKey: { allowedips: ['127.0.0.1'] } } },
  });
});

it('answers ping without a key, but not with a wrong one', async () => {
  caller = await openCaller();
  expect(await caller.call('GET', '/ping', { headers: {} })).toMatchObject({
    status: 200,
    body: { success: true, data: { api: 'ok', operators: { mobilis: 'up' } } },
  });
  expect(await caller.call('GET', '/ping', { headers: { 'x-access-token': 'pk-wrong' } })).toMatchObject({
    status: 401,
  });
});

it('lets a switched-off key ask only what it is', async () => {
  caller = await openCaller({ keyEnabled: false });
  expect(await caller.get('/validate')).toMatchObject({ body: { data: { apiKey: { isEnabled: false } } } });
  expect(await caller.get('/account/balance')).toMatchObject({
    status: 403,
    body: { error: { code: 'API_DISABLED' } },
  });
});

it('lets a read-only key read but not buy', async () => {
  caller = await openCaller({ scope: 'READ-ONLY' });
  expect(await caller.get('/account/balance')).toMatchObject({ status: 200 });
  expect(await caller.send(purchase())).toMatchObject({ status: 403 });
  expect(caller.standIn.orders()).toEqual([]);
});

it('answers unknown paths and methods like a router, without an envelope', async () => {
  caller = await openCaller();
  expect(await caller.get('/internet/list-products')).toMatchObject({
    status: 404,
    body: { message: 'Route GET:/v3/internet/list-products not found', error: 'Not Found', statusCode: 404 },
  });
  const outside = await fetch(caller.standIn.url.replace('/v3', '/v2/validate'));
  expect(await outside.json()).toMatchObject({
    message: 'Route GET:/v2/validate not found',
    statusCode: 404,
  });
  expect(await caller.call('POST', '/internet/check-number')).toMatchObject({
    status: 405,
    body: { error: 'Method Not Allowed', statusCode: 405 },
  });
});

it('gives every answer a short request id, in the body and as a header', async () => {
  caller = await openCaller();
  const answer = await caller.get('/account/balance');
  expect(answer.headers.get('x-request-id')).toMatch(/^req-[a-z]{3,}$/);
  expect(answer.body).toMatchObject({ requestId: answer.headers.get('x-request-id') });
});
