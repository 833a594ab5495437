// Buying: the checks of send in their documented order, the debit, and the money given back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noon, openCaller, purchase } from './caller.ts';
import type { Caller } from './caller.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openCaller();
});
afterEach(() => caller.standIn.close());

it('accepts, debits the cost at once and answers the id and the reference', async () => {
  const { status, body } = await caller.send(purchase());
  const [order] = caller.standIn.orders();
  expect(status).toBe(200);
  expect(body).toMatchObject({
    success: true,
    data: { topupId: order?.id, topupRef: 'adsl-1' },
    meta: { timestamp: new Date(noon).toISOString() },
  });
  expect(order).toMatchObject({
    ref: 'adsl-1',
    status: 'HANDLING',
    debited: 980,
    refunded: 0,
    acceptedAt: noon,
  });
  expect(order?.id).toMatch(/^[0-9a-f]{24}$/);
  expect(caller.standIn.balance()).toBe(11_470);
});

it('makes a reference when none is sent', async () => {
  await caller.send(purchase({ ref: undefined }));
  const ref = caller.standIn.orders()[0]?.ref ?? '';
  expect(await caller.get(`/internet/check-ref/${ref}`)).toMatchObject({ status: 200 });
});

describe('refuses', () => {
  it.each([
    ['no type', { type: undefined }],
    ['a type in small letters', { type: 'adsl' }],
    ['a number that is not text', { number: 36_362_608 }],
    ['no number', { number: undefined }],
    ['a value that is text', { value: '1000' }],
    ['a value of nothing', { value: 0 }],
    ['an empty reference', { ref: '' }],
    ['a reference over 100 characters', { ref: 'r'.repeat(101) }],
  ])('%s', async (_what, change) => {
    expect(await caller.send(purchase(change))).toMatchObject({
      status: 400,
      body: { success: false, error: { code: 'ERR_VALIDATION' } },
    });
    expect(caller.standIn.orders()).toEqual([]);
  });

  it('a body that is not JSON or not declared as JSON', async () => {
    expect(await caller.send('', { body: '{"type":' })).toMatchObject({ status: 400 });
    const headers = { 'x-access-token': caller.standIn.key };
    expect(await caller.send('', { headers, body: JSON.stringify(purchase()) })).toMatchObject({
      status: 400,
      body: { error: { code: 'ERR_VALIDATION' } },
    });
  });

  it('a number of the other service', async () => {
    expect(await caller.send(purchase({ type: '4G' }))).toMatchObject({
      status: 400,
      body: { error: { code: 'ERR_PHONE', details: { number: '036362608', type: '4G' } } },
    });
  });

  it('a card that is out of stock or does not exist', async () => {
    for (const value of [5000, 750]) {
      expect(await caller.send(purchase({ type: '4G', number: '213472731602', value }))).toMatchObject({
        status: 400,
        body: { error: { code: 'ERR_STOCK' } },
      });
    }
  });

  it('a card the balance does not cover', async () => {
    caller.standIn.setBalance(979.99);
    expect(await caller.send(purchase())).toMatchObject({
      status: 403,
      body: { error: { code: 'NO_BALANCE', details: { required: 980, available: 979.99 } } },
    });
    caller.standIn.setBalance(980);
    expect(await caller.send(purchase())).toMatchObject({ status: 200 });
  });

  it('a reference that was used, for whatever number, and takes no more money', async () => {
    await caller.send(purchase());
    expect(await caller.send(purchase({ number: '031417237', value: 500 }))).toMatchObject({
      status: 403,
      body: { error: { code: 'DUPLICATED_REF' } },
    });
    expect(caller.standIn.orders()).toHaveLength(1);
    expect(caller.standIn.balance()).toBe(11_470);
  });
});

it('checks parameters, number, stock, balance and reference in that order', async () => {
  const code = async (change: object): Promise<unknown> => (await caller.send(purchase(change))).body;
  await caller.send(purchase());
  caller.standIn.setBalance(0);
  caller.standIn.setProducts('ADSL', [{ value: 1000, cost: 980, available: false }]);
  expect(await code({ value: '1000', number: '1' })).toMatchObject({ error: { code: 'ERR_VALIDATION' } });
  expect(await code({ number: '1' })).toMatchObject({ error: { code: 'ERR_PHONE' } });
  expect(await code({})).toMatchObject({ error: { code: 'ERR_STOCK' } });
  caller.standIn.setProducts('ADSL', [{ value: 1000, cost: 980, available: true }]);
  expect(await code({})).toMatchObject({ error: { code: 'NO_BALANCE' } });
  caller.standIn.setBalance(980);
  expect(await code({})).toMatchObject({ error: { code: 'DUPLICATED_REF' } });
});

it('lets one of ten simultaneous sends with one reference through', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => caller.send(purchase())));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(caller.standIn.balance()).toBe(11_470);
});

it('credits a refunded order back once, with a movement of its own', async () => {
  await caller.send(purchase({ number: '036000003' }));
  expect(caller.standIn.balance()).toBe(11_470);
  caller.pass(3000);
  expect((await caller.get('/account/balance')).body).toMatchObject({ data: { balance: 12_450 } });
  expect((await caller.get('/account/transactions')).body).toMatchObject({
    data: {
      items: [
        {
          type: 'REFUND-ADSL',
          operation: 'increment',
          amount: 980,
          time: new Date(noon + 3000).toISOString(),
        },
        { type: 'ADSL', operation: 'decrement' },
        { type: 'DEPOSIT', amount: 12_450 },
      ],
    },
  });
  caller.standIn.refund('adsl-1');
  expect(caller.standIn.balance()).toBe(12_450);
  expect(caller.standIn.transactions().map(({ type }) => type)).toEqual(['DEPOSIT', 'ADSL', 'REFUND-ADSL']);
});

it('moves no money with a sandbox key', async () => {
  await caller.standIn.close();
  caller = await openCaller({ keyType: 'SANDBOX', balance: 10 });
  expect(await caller.send(purchase())).toMatchObject({ status: 200 });
  expect(await caller.send(purchase({ ref: 'adsl-2', number: '036000003' }))).toMatchObject({ status: 200 });
  caller.pass(60_000);
  expect(caller.standIn.balance()).toBe(10);
  expect(caller.standIn.orders()).toMatchObject([
    { status: 'FULFILLED' },
    { status: 'REFUNDED', debited: 0 },
  ]);
});
