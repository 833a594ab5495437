// The endpoints that only read: the account, the cards, the numbers, the orders and their lists.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noon, openCaller, purchase } from './caller.ts';
import type { Caller } from './caller.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openCaller();
});
afterEach(() => caller.standIn.close());

describe('the account', () => {
  it('is described by validate without meta or request id', async () => {
    expect((await caller.get('/validate')).body).toMatchObject({
      success: true,
      data: {
        username: '+213000000000',
        apiKey: {
          key: caller.standIn.key,
          isEnabled: true,
          type: 'PRODUCTION',
          allowedips: [],
          scope: 'READ-WRITE',
        },
      },
    });
    expect((await caller.get('/validate')).body).not.toHaveProperty('meta');
  });

  it('tells its balance in dinars', async () => {
    expect((await caller.get('/account/balance')).body).toMatchObject({
      data: { balance: 12_450 },
      meta: { timestamp: new Date(noon).toISOString() },
    });
    caller.standIn.setBalance(1326.13);
    expect((await caller.get('/account/balance')).body).toMatchObject({ data: { balance: 1326.13 } });
  });

  it('lists its movements newest first, each explaining the next balance', async () => {
    await caller.send(purchase());
    const { body } = await caller.get('/account/transactions?page=1&pageSize=1');
    const order = caller.standIn.orders()[0];
    expect(body).toMatchObject({
      data: {
        items: [
          {
            type: 'ADSL',
            operation: 'decrement',
            amount: 980,
            oldBalance: 12_450,
            newBalance: 11_470,
            objid: order?.id,
          },
        ],
        pagination: { page: 1, pageSize: 1, totalPages: 2, totalResults: 2 },
      },
    });
  });
});

describe('the cards', () => {
  it('are listed per service with cost and stock', async () => {
    expect((await caller.get('/internet/products?type=4G')).body).toMatchObject({
      success: true,
      data: {
        type: '4G',
        products: [
          { value: 500, cost: 490, available: true },
          { value: 1000, cost: 980, available: true },
          { value: 2000, cost: 1960, available: true },
          { value: 5000, cost: 4900, available: false },
        ],
      },
    });
  });

  it.each(['', '?type=adsl', '?type=FIBRE'])('need a type spelled as documented (%s)', async (query) => {
    expect(await caller.get(`/internet/products${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'ERR_VALIDATION' } },
    });
  });

  it('change when the script changes them', async () => {
    caller.standIn.setProducts('ADSL', [{ value: 500, cost: 450.5, available: true }]);
    expect((await caller.get('/internet/products?type=ADSL')).body).toMatchObject({
      data: { products: [{ value: 500, cost: 450.5, available: true }] },
    });
  });
});

describe('check-number', () => {
  it('recognises an ADSL line and shows its offer', async () => {
    expect((await caller.get('/internet/check-number?type=ADSL&number=036362608')).body).toMatchObject({
      success: true,
      data: { ncli: '11022*****', offre: 'IDOOM FTTC 10M', type: 'ADSL' },
    });
  });

  it('calls a 4G line 4GLTE and knows no offer for it', async () => {
    const { body } = await caller.get('/internet/check-number?type=4G&number=213472731602');
    expect(body).toMatchObject({ data: { ncli: '11022*****', type: '4GLTE' } });
    expect(body).not.toHaveProperty('data.offre');
  });

  it.each([
    ['ADSL', '36362608'],
    ['ADSL', '0363626080'],
    ['ADSL', '213472731602'],
    ['4G', '036362608'],
    ['4G', '0472731602'],
    ['4G', '2134727316020'],
  ])('refuses, as %s, the number %s', async (type, number) => {
    expect(await caller.get(`/internet/check-number?type=${type}&number=${number}`)).toMatchObject({
      status: 400,
      body: { success: false, error: { code: 'ERR_PHONE', details: { number, type } } },
    });
  });

  it.each(['number=036362608', 'type=adsl&number=036362608', 'type=ADSL', 'type=ADSL&number='])(
    'needs both parameters (%s)',
    async (query) => {
      expect(await caller.get(`/internet/check-number?${query}`)).toMatchObject({
        status: 400,
        body: { error: { code: 'ERR_VALIDATION' } },
      });
    },
  );

  it('says what the script says about a number', async () => {
    caller.standIn.forLookup('031417237', { kind: 'not-a-line', reason: 'cut' });
    expect(await caller.get('/internet/check-number?type=ADSL&number=031417237')).toMatchObject({
      status: 400,
      body: { error: { code: 'ERR_PHONE', details: { reason: 'cut' } } },
    });
  });
});

describe('an order', () => {
  it('is found by id and by reference, with seven fields while it is handled', async () => {
    await caller.send(purchase({ ref: 'a/b+c' }));
    const id = caller.standIn.orders()[0]?.id ?? '';
    const byId = await caller.get(`/internet/check-id/${id}`);
    expect(byId.body).toMatchObject({
      success: true,
      data: {
        _id: id,
        ref: 'a/b+c',
        status: 'HANDLING',
        type: 'ADSL',
        number: '036362608',
        topup_amount: 1000,
        created_at: new Date(noon).toISOString(),
      },
    });
    expect(byId.body).not.toHaveProperty('data.card_code');
    expect(byId.body).not.toHaveProperty('meta');
    expect((await caller.get('/internet/check-ref/a%2Fb%2Bc')).body).toMatchObject({ data: { _id: id } });
  });

  it('that nobody knows is NOT_FOUND', async () => {
    for (const path of ['/internet/check-id/000000000000000000000000', '/internet/check-ref/never-sent']) {
      expect(await caller.get(path)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    }
    expect(await caller.get('/internet/check-ref/%E0%A4%A')).toMatchObject({ status: 400 });
  });
});

describe('the list', () => {
  beforeEach(async () => {
    for (const ref of ['first', 'second', 'third']) {
      await caller.send(purchase({ ref }));
      caller.pass(60_000);
    }
  });

  it('is newest first and paged, with the paging in meta', async () => {
    expect((await caller.get('/internet/list?pageSize=2')).body).toMatchObject({
      data: { topups: [{ ref: 'third' }, { ref: 'second', status: 'FULFILLED' }] },
      meta: { pagination: { currentPage: 1, totalPages: 2, totalItems: 3, hasNextPage: true } },
    });
    expect((await caller.get('/internet/list?pageSize=2&page=2')).body).toMatchObject({
      data: { topups: [{ ref: 'first' }] },
      meta: { pagination: { currentPage: 2, hasNextPage: false } },
    });
    expect((await caller.get('/internet/list?page=9')).body).toMatchObject({ data: { topups: [] } });
  });

  it('has the other documented container when asked to', async () => {
    caller.standIn.setShape({ list: 'items' });
    const { body } = await caller.get('/internet/list?pageSize=2&page=2');
    expect(body).toMatchObject({
      data: {
        items: [{ ref: 'first' }],
        pagination: { page: 2, pageSize: 2, totalPages: 2, totalResults: 3 },
      },
    });
    expect(body).not.toHaveProperty('meta.pagination');
  });

  it('keeps to a window of time, both ends included', async () => {
    const from = new Date(noon + 60_000).toISOString();
    const to = new Date(noon + 120_000).toISOString();
    expect((await caller.get(`/internet/list?from=${from}&to=${from}`)).body).toMatchObject({
      data: { topups: [{ ref: 'second' }] },
    });
    expect((await caller.get(`/internet/list?from=${from}&to=${to}`)).body).toMatchObject({
      data: { topups: [{ ref: 'third' }, { ref: 'second' }] },
    });
  });

  it.each([
    'page=0',
    'page=x',
    'pageSize=0',
    'pageSize=101',
    'pageSize=1.5',
    'from=2026-03-01',
    'to=2026-03-01',
    'from=yesterday&to=2026-03-01',
    'from=2026-13-01&to=2026-03-01',
  ])('refuses %s', async (query) => {
    for (const path of ['/internet/list', '/account/transactions']) {
      expect(await caller.get(`${path}?${query}`)).toMatchObject({
        status: 400,
        body: { error: { code: 'ERR_VALIDATION' } },
      });
    }
  });
});
