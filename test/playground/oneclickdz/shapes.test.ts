// The contradictory shapes of the provider's pages, each switched on alone.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCaller, purchase } from './caller.ts';
import type { Caller } from './caller.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openCaller();
});
afterEach(() => caller.standIn.close());

it('lists cards as a bare array, or with the type in meta', async () => {
  caller.standIn.setShape({ products: 'bare-array' });
  expect((await caller.get('/internet/products?type=ADSL')).body).toMatchObject({
    data: [{ value: 500, cost: 490, available: true }, {}, {}, {}],
  });
  caller.standIn.setShape({ products: 'type-in-meta' });
  const { body } = await caller.get('/internet/products?type=ADSL');
  expect(body).toMatchObject({ data: { products: [{}, {}, {}, {}] }, meta: { type: 'ADSL' } });
  expect(body).not.toHaveProperty('data.type');
});

it('spells codes with a dash', async () => {
  caller.standIn.setShape({ codes: 'dash' });
  await caller.send(purchase());
  expect((await caller.send(purchase())).body).toMatchObject({ error: { code: 'DUPLICATED-REF' } });
});

it('leaves out meta, but not the paging that lives in it', async () => {
  caller.standIn.setShape({ meta: false });
  expect((await caller.get('/account/balance')).body).not.toHaveProperty('meta');
  expect((await caller.get('/internet/list')).body).toHaveProperty('meta.pagination.totalItems', 0);
});

it('leaves out the request id, or moves it into meta', async () => {
  caller.standIn.setShape({ requestId: false });
  const without = await caller.get('/account/balance');
  expect(without.body).not.toHaveProperty('requestId');
  expect(without.headers.has('x-request-id')).toBe(false);
  caller.standIn.setShape({ requestId: 'in-meta' });
  for (const path of ['/account/balance', '/internet/check-ref/none']) {
    const { body } = await caller.get(path);
    expect(body).toHaveProperty('meta.requestId');
    expect(body).not.toHaveProperty('requestId');
  }
});

it('writes money as text, and nothing else', async () => {
  caller.standIn.setShape({ numbersAsStrings: true });
  await caller.send(purchase());
  expect((await caller.get('/account/balance')).body).toMatchObject({ data: { balance: '11470' } });
  expect((await caller.get('/internet/products?type=ADSL')).body).toMatchObject({
    data: { products: [{ value: '500', cost: '490', available: true }, {}, {}, {}] },
  });
  expect((await caller.get('/internet/list')).body).toMatchObject({
    data: { topups: [{ topup_amount: '1000' }] },
    meta: { pagination: { totalItems: 1 } },
  });
});

it('keeps references with the account in front, and finds them only so', async () => {
  caller.standIn.setShape({ prefixedRef: true });
  const stored = 'API-+213000000000-adsl-1';
  expect((await caller.send(purchase())).body).toMatchObject({ data: { topupRef: stored } });
  expect(await caller.get('/internet/check-ref/adsl-1')).toMatchObject({ status: 404 });
  expect((await caller.get(`/internet/check-ref/${encodeURIComponent(stored)}`)).body).toMatchObject({
    data: { ref: stored },
  });
  expect((await caller.send(purchase())).body).toMatchObject({ error: { code: 'DUPLICATED_REF' } });
  expect(caller.standIn.finish('adsl-1').storedRef).toBe(stored);
});
