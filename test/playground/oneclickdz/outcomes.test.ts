// What becomes of an order: by the number typed, by script, by hand, and as the clock moves.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testNumbers } from '../../../src/playground/oneclickdz/server.ts';
import { noon, openCaller, purchase } from './caller.ts';
import type { Answer, Caller } from './caller.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openCaller();
});
afterEach(() => caller.standIn.close());

const someText: unknown = expect.any(String);
const twelveDigits: unknown = expect.stringMatching(/^[0-9]{12}$/);
const transaction: unknown = expect.stringMatching(/^AT-2026-[0-9]{5}$/);

const services = [
  { service: 'ADSL', sample: '036362608', prefix: '0360000' },
  { service: '4G', sample: '213472731602', prefix: '2134700000' },
] as const;

it('lists each test number once, in the form of its service', () => {
  expect(new Set(testNumbers.map((row) => row.number)).size).toBe(testNumbers.length);
  for (const { service, number } of testNumbers) {
    expect(number).toMatch(service === 'ADSL' ? /^0[0-9]{8}$/ : /^213[0-9]{9}$/);
  }
  expect(testNumbers.filter((row) => row.service === 'ADSL')).toHaveLength(testNumbers.length / 2);
});

describe.each(services)('with the $service test numbers', ({ service, sample, prefix }) => {
  const buy = (nn: string, init?: RequestInit): Promise<Answer> =>
    caller.send(purchase({ type: service, number: nn === '' ? sample : `${prefix}${nn}` }), init);
  const check = async (): Promise<unknown> => (await caller.get('/internet/check-ref/adsl-1')).body;
  const status = async (): Promise<unknown> => caller.standIn.orders()[0]?.status ?? (await check());
  const checkNumber = (nn: string): Promise<Answer> =>
    caller.get(`/internet/check-number?type=${service}&number=${prefix}${nn}`);

  it('delivers the sample after three seconds, with code, transaction number and date', async () => {
    await buy('');
    caller.pass(2999);
    expect(await check()).toMatchObject({ data: { status: 'HANDLING' } });
    caller.pass(1);
    expect(await check()).toMatchObject({
      data: {
        status: 'FULFILLED',
        card_code: twelveDigits,
        num_trans: transaction,
        date_traitement: new Date(noon + 3000).toISOString(),
      },
    });
  });

  it('delivers 01 at once and 02 after forty seconds', async () => {
    await buy('01');
    expect(await status()).toBe('FULFILLED');
    caller.standIn.startOver();
    await buy('02');
    caller.pass(39_999);
    expect(await status()).toBe('HANDLING');
    caller.pass(1);
    expect(await status()).toBe('FULFILLED');
  });

  it('refunds 03 with a reason', async () => {
    await buy('03');
    caller.pass(3000);
    const body = await check();
    expect(body).toMatchObject({ data: { status: 'REFUNDED', refund_message: someText } });
    expect(body).not.toHaveProperty('data.card_code');
  });

  it('queues 04 until it is finished by hand', async () => {
    await buy('04');
    caller.pass(3000);
    expect(await check()).toMatchObject({ data: { status: 'QUEUED' } });
    caller.pass(72 * 3_600_000);
    expect(await status()).toBe('QUEUED');
    caller.standIn.finish('adsl-1');
    expect(await check()).toMatchObject({ data: { status: 'FULFILLED', card_code: someText } });
  });

  it('shows a word nobody knows for 05 and stays in HANDLING for 20', async () => {
    await buy('05');
    caller.pass(3000);
    expect(await status()).toBe('PENDING_REVIEW');
    caller.standIn.startOver();
    await buy('20');
    caller.pass(96 * 3_600_000);
    expect(await status()).toBe('HANDLING');
  });

  it('never answers 06 but has accepted it', async () => {
    const giveUp = new AbortController();
    const waiting = buy('06', { signal: giveUp.signal }).catch(() => 'gave up');
    await caller.standIn.until(() => caller.standIn.calls.some((call) => call.status === 'hanging'));
    giveUp.abort();
    expect(await waiting).toBe('gave up');
    expect(await status()).toBe('HANDLING');
  });

  it('cuts 07 before and 08 after acceptance', async () => {
    await expect(buy('07')).rejects.toThrow();
    expect(caller.standIn.orders()).toEqual([]);
    expect(await buy('07')).toMatchObject({ status: 200 });
    caller.standIn.startOver();
    await expect(buy('08')).rejects.toThrow();
    expect(caller.standIn.orders()).toHaveLength(1);
    expect(await buy('08')).toMatchObject({ status: 403, body: { error: { code: 'DUPLICATED_REF' } } });
  });

  it.each([
    { nn: '09', http: 500, code: 'INTERNAL_ERROR', accepted: 1 },
    { nn: '10', http: 500, code: 'INTERNAL_ERROR', accepted: 0 },
    { nn: '11', http: 503, code: 'SERVICE_UNAVAILABLE', accepted: 0 },
    { nn: '12', http: 429, code: 'RATE_LIMIT_EXCEEDED', accepted: 0 },
  ])('answers $nn with $http, having accepted $accepted', async ({ nn, http, code, accepted }) => {
    const first = await buy(nn);
    expect(first).toMatchObject({ status: http, body: { success: false, error: { code } } });
    expect(first.headers.get('retry-after')).toBe(nn === '12' ? '2' : null);
    expect(caller.standIn.orders()).toHaveLength(accepted);
    expect(await buy(nn)).toMatchObject({ status: accepted === 1 ? 403 : 200 });
    caller.pass(3000);
    expect(await status()).toBe('FULFILLED');
  });

  it('answers 13 with a page although it was accepted', async () => {
    const answer = await buy('13');
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.body).toContain('<html>');
    expect(caller.standIn.orders()).toHaveLength(1);
  });

  it('loses the answer to 14 and knows it only by the prefixed reference', async () => {
    await expect(buy('14')).rejects.toThrow();
    expect(await caller.get('/internet/check-ref/adsl-1')).toMatchObject({ status: 404 });
    expect(await caller.get('/internet/check-ref/API-%2B213000000000-adsl-1')).toMatchObject({
      status: 200,
      body: { data: { ref: 'API-+213000000000-adsl-1' } },
    });
  });

  it.each([
    { nn: '15', http: 400, error: { code: 'ERR_STOCK', details: { value: 1000 } } },
    { nn: '16', http: 403, error: { code: 'NO_BALANCE', details: { required: 980, available: 970 } } },
    {
      nn: '17',
      http: 400,
      error: { code: 'ERR_PHONE', details: { reason: 'no active line has this number' } },
    },
  ])('refuses $nn at send', async ({ nn, http, error }) => {
    expect(await buy(nn)).toMatchObject({ status: http, body: { error } });
    expect(await buy(nn)).toMatchObject({ status: http, body: { error } });
    expect(caller.standIn.orders()).toEqual([]);
    expect(caller.standIn.balance()).toBe(12_450);
  });

  it('refuses 17 and 18 at check-number, saying why, and cannot check 19', async () => {
    expect(await checkNumber('01')).toMatchObject({ status: 200 });
    expect(await checkNumber('17')).toMatchObject({ status: 400, body: { error: { code: 'ERR_PHONE' } } });
    const reason = service === 'ADSL' ? 'this number is a 4G line' : 'this number is an ADSL line';
    expect(await checkNumber('18')).toMatchObject({
      body: { error: { code: 'ERR_PHONE', details: { reason } } },
    });
    expect(await checkNumber('19')).toMatchObject({
      status: 503,
      body: { error: { code: 'SERVICE_UNAVAILABLE' } },
    });
    expect(await buy('19')).toMatchObject({ status: 200 });
  });
});

describe('by script', () => {
  it('outcomes are used up one send at a time, whatever the number', async () => {
    caller.standIn.nextSend({ kind: 'refused', code: 'ERR_STOCK', status: 400 });
    caller.standIn.nextSend({ kind: 'queued', afterMs: 0, thenFulfilledAfterMs: 1000 });
    expect(await caller.send(purchase())).toMatchObject({ status: 400 });
    await caller.send(purchase());
    expect(caller.standIn.orders()).toMatchObject([{ status: 'QUEUED' }]);
    caller.pass(1000);
    expect(caller.standIn.orders()).toMatchObject([{ status: 'FULFILLED', statusSince: noon + 1000 }]);
  });

  it('the answer to a repeated reference can be lost too', async () => {
    await caller.send(purchase());
    caller.standIn.nextSend({ kind: 'lost', how: 'drop', accepted: true, then: { kind: 'stuck' } });
    await expect(caller.send(purchase())).rejects.toThrow();
    expect(caller.standIn.orders()).toHaveLength(1);
  });

  it('a number can be given any outcome, and a lost send the course of its next try', async () => {
    const then = { kind: 'refunded', afterMs: 10, message: 'late' } as const;
    caller.standIn.forNumber('021123456', { kind: 'lost', how: '500', accepted: false, then });
    expect(await caller.send(purchase({ number: '021123456' }))).toMatchObject({ status: 500 });
    expect(await caller.send(purchase({ number: '021123456' }))).toMatchObject({ status: 200 });
    caller.pass(10);
    expect(caller.standIn.orders()).toMatchObject([{ status: 'REFUNDED', message: 'late' }]);
  });

  it('a refusal can carry any code and status', async () => {
    caller.standIn.nextSend({ kind: 'refused', code: 'SOMETHING_NEW', status: 409, message: 'new rule' });
    expect(await caller.send(purchase())).toMatchObject({
      status: 409,
      body: { error: { code: 'SOMETHING_NEW', message: 'new rule' } },
    });
  });

  it('queued orders leave the queue after the time the stand-in was started with', async () => {
    await caller.standIn.close();
    caller = await openCaller({ queuedForMs: 5000, defaultDelayMs: 100 });
    await caller.send(purchase({ number: '036000004' }));
    caller.pass(100);
    expect(caller.standIn.orders()).toMatchObject([{ status: 'QUEUED' }]);
    caller.pass(5000);
    expect(caller.standIn.orders()).toMatchObject([{ status: 'FULFILLED' }]);
  });
});

describe('by hand', () => {
  beforeEach(async () => {
    await caller.send(purchase());
  });

  it('an order can be queued, shown under any word, and finished, by reference or id', async () => {
    const { standIn } = caller;
    const id = standIn.orders()[0]?.id ?? '';
    expect(standIn.queue(id).status).toBe('QUEUED');
    caller.pass(60_000);
    expect(standIn.setStatus('adsl-1', 'UNKNOWN_ERROR').status).toBe('UNKNOWN_ERROR');
    const shown = standIn.setStatus('adsl-1', 'SUCCESS', { card: true });
    expect((await caller.get(`/internet/check-id/${id}`)).body).toMatchObject({
      data: { status: 'SUCCESS', card_code: shown.cardCode },
    });
    expect(standIn.finish(id)).toMatchObject({ status: 'FULFILLED', statusSince: noon + 60_000 });
  });

  it('a refund gives the money back once and forbids a delivery', () => {
    const { standIn } = caller;
    expect(standIn.refund('adsl-1', 'line cut')).toMatchObject({ status: 'REFUNDED', refunded: 980 });
    standIn.setStatus('adsl-1', 'REFUNDED');
    expect(standIn.balance()).toBe(12_450);
    expect(() => standIn.finish('adsl-1')).toThrow(/was refunded/);
  });

  it('an unknown order is a clear error', () => {
    expect(() => caller.standIn.finish('nope')).toThrow('The stand-in has no order nope');
  });
});
