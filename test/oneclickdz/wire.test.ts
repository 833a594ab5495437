// What the provider sends about cards, credit and recharges, read whatever it looks like.

import { expect, test } from 'vitest';
import {
  readBalance,
  readLineOffer,
  readOffers,
  readSent,
  readTopup,
  readTopups,
} from '../../src/oneclickdz/wire.ts';

const product = (value: unknown, cost: unknown, available: unknown = true): object => ({
  value,
  cost,
  available,
});

test.each([
  ['under products', { products: [product(1000, 980)], type: 'ADSL' }],
  ['bare', [product(1000, 980)]],
  ['numbers as strings', { products: [product('1000', '980.00', 'true')] }],
  [
    'bad items among good ones',
    [null, 7, {}, product('many', 980), product(1000, 980), product(2000, null), product(0, 1)],
  ],
])('reads the product list: %s', (_about, data) => {
  expect(readOffers(data)).toEqual([{ value: 100_000, cost: 98_000, available: true }]);
});

test('a card code is one clean line, and what could not be shown as one is none', () => {
  const codeOf = (card_code: unknown) => readTopup({ _id: 'a1', status: 'FULFILLED', card_code })?.code;
  expect(codeOf(' 9988\u202E7766\n5544\uD800 ')).toBe('9988 7766 5544\uFFFD');
  expect(codeOf(998877665544)).toBe('998877665544');
  expect(codeOf('9'.repeat(200))).toBe('9'.repeat(200));
  expect(codeOf('9'.repeat(201))).toBeNull();
});

test('sorts cards by value and keeps one of each: in stock before out of it, dearer before cheaper', () => {
  const data = [
    product(2000, 1960, false),
    product(500, 450),
    product(500, 470),
    product(500, 440),
    product(1000, 979.99, false),
    product(1000, 980.001),
  ];
  expect(readOffers(data)).toEqual([
    { value: 50_000, cost: 47_000, available: true },
    { value: 100_000, cost: 98_001, available: true },
    { value: 200_000, cost: 196_000, available: false },
  ]);
});

test('a card that does not say that it is there is not there', () => {
  expect(readOffers([{ value: 500, cost: 490 }])).toEqual([
    { value: 50_000, cost: 49_000, available: false },
  ]);
});

test.each([[undefined], [null], ['x'], [{}], [{ products: 'none' }]])('no product list: %j', (data) => {
  expect(readOffers(data)).toBeUndefined();
});

test.each([
  [1326.13, 132_613],
  ['1326.139', 132_613],
  ['-12.5', -1_250],
  [1326.1299999999999, 132_612],
  [2.2737367544323206e-13, 0],
  [0, 0],
])('reads the balance %s downwards', (balance, centimes) => {
  expect(readBalance({ balance, currency: 'DZD' })).toBe(centimes);
});

test.each([[null], [{}], [{ balance: null }], [{ balance: 'plenty' }], [{ balance: 1e30 }]])(
  'no balance: %j',
  (data) => {
    expect(readBalance(data)).toBeUndefined();
  },
);

test('a cost that is a hair above a centime is rounded up, float noise below it is not', () => {
  const costs = [979.9999999999999, 980.01, '980.011'].map(
    (cost) => readOffers([product(1000, cost)])?.[0]?.cost,
  );
  expect(costs).toEqual([98_000, 98_001, 98_002]);
});

const topup = {
  _id: '6710c0ffee6710c0ffee6710',
  ref: 'API-+213658535537-adsl-1',
  status: 'FULFILLED',
  type: 'ADSL',
  number: '036362608',
  topup_amount: 1000,
  created_at: '2026-09-01T10:00:00.000Z',
  card_code: '123456789012',
  num_trans: 'AT-2025-12345',
  date_traitement: '2026-09-01T10:00:20.000Z',
};

test('reads a fulfilled recharge whole', () => {
  expect(readTopup(topup)).toEqual({
    topupId: '6710c0ffee6710c0ffee6710',
    ref: 'API-+213658535537-adsl-1',
    status: { kind: 'fulfilled' },
    service: 'ADSL',
    number: '036362608',
    value: 100_000,
    code: '123456789012',
    transactionNo: 'AT-2025-12345',
    processedAt: '2026-09-01T10:00:20.000Z',
    note: null,
  });
});

test('what is missing or empty is null', () => {
  const bare = {
    _id: 'a1',
    status: 'HANDLING',
    card_code: '',
    num_trans: ' ',
    refund_message: null,
    number: 7n,
  };
  expect(readTopup(bare)).toEqual({
    topupId: 'a1',
    ref: '',
    status: { kind: 'handling' },
    service: null,
    number: null,
    value: null,
    code: null,
    transactionNo: null,
    processedAt: null,
    note: null,
  });
});

test.each([
  ['HANDLING', { kind: 'handling' }],
  [' handling ', { kind: 'handling' }],
  ['PENDING', { kind: 'handling' }],
  ['QUEUED', { kind: 'queued' }],
  ['FULFILLED', { kind: 'fulfilled' }],
  ['REFUNDED', { kind: 'refunded' }],
  ['FAILED', { kind: 'odd', word: 'FAILED' }],
  ['UNKNOWN_ERROR', { kind: 'odd', word: 'UNKNOWN_ERROR' }],
  ['in <b>review</b>', { kind: 'odd', word: 'IN BREVIEWB' }],
  ['قيد', { kind: 'odd', word: '' }],
  ['x'.repeat(99), { kind: 'odd', word: 'X'.repeat(40) }],
])('status word %s', (status, kind) => {
  expect(readTopup({ ...topup, status })?.status).toEqual(kind);
});

test.each([
  [{ card_code: '1', num_trans: '' }, { kind: 'fulfilled' }],
  [{ card_code: null, num_trans: 'AT-1' }, { kind: 'fulfilled' }],
  [
    { card_code: ' ', num_trans: null },
    { kind: 'odd', word: 'SUCCESS' },
  ],
])('SUCCESS counts only with something delivered: %j', (fields, kind) => {
  expect(readTopup({ ...topup, status: 'success', ...fields })?.status).toEqual(kind);
});

test.each([
  ['4GLTE', '213472731602', '4G', '213472731602'],
  ['4g', '+213 472 73 16 02', '4G', '213472731602'],
  ['4G', 213472731602, '4G', '213472731602'],
  ['adsl', 36362608, 'ADSL', '036362608'],
  ['ADSL', '036****08', 'ADSL', '036****08'],
  ['FIBRE', '036362608', null, '036362608'],
])('type %s and number %s', (type, number, service, form) => {
  expect(readTopup({ ...topup, type, number })).toMatchObject({ service, number: form });
});

test('a note is one clean line of at most 200 characters', () => {
  const note = (message: string) => readTopup({ ...topup, refund_message: message })?.note;
  expect(note(' تعذر\u0000 التعبئة\n\u202Eabc ')).toBe('تعذر  التعبئة abc');
  expect(note('😀'.repeat(300))).toBe('😀'.repeat(200));
});

test.each([
  [null],
  [[]],
  [{ ...topup, _id: '' }],
  [{ ...topup, _id: '..' }],
  [{ ...topup, status: undefined }],
])('no recharge: %j', (data) => {
  expect(readTopup(data)).toBeUndefined();
});

const rows = [topup, { nonsense: true }, { ...topup, _id: 'b2' }];

test.each<[about: string, answer: { data: unknown; meta: unknown }, page: number, hasMore: boolean]>([
  [
    'topups, more',
    { data: { topups: rows }, meta: { pagination: { totalPages: 3, hasNextPage: true } } },
    1,
    true,
  ],
  ['topups, last', { data: { topups: rows }, meta: { pagination: { hasNextPage: false } } }, 1, false],
  ['items, more', { data: { items: rows, pagination: { totalPages: '2' } }, meta: undefined }, 1, true],
  [
    'items, last',
    { data: { items: rows, pagination: { page: 2, totalPages: 2 } }, meta: undefined },
    2,
    false,
  ],
  ['items with meta', { data: { items: rows }, meta: { pagination: { totalPages: 1 } } }, 1, false],
  ['nothing said', { data: { topups: rows }, meta: undefined }, 1, true],
])('reads a page: %s', (_about, answer, page, hasMore) => {
  const read = readTopups(answer, page);
  expect(read?.topups.map(({ topupId }) => topupId)).toEqual([topup._id, 'b2']);
  expect(read?.hasMore).toBe(hasMore);
});

test('an empty page is the last one whatever it says, and no list is no page', () => {
  expect(readTopups({ data: { items: [] }, meta: { pagination: { hasNextPage: true } } }, 1)).toEqual({
    topups: [],
    hasMore: false,
  });
  expect(readTopups({ data: {}, meta: {} }, 1)).toBeUndefined();
});

test('an accepted purchase has a topupId, and maybe a reference', () => {
  expect(readSent({ topupId: 'a1', topupRef: 'API-+213-x' })).toEqual({
    topupId: 'a1',
    topupRef: 'API-+213-x',
  });
  expect(readSent({ topupId: 42 })).toEqual({ topupId: '42', topupRef: null });
  for (const data of [undefined, {}, { topupId: '' }, { topupId: null }, { topupId: '../x' }]) {
    expect(readSent(data)).toBeUndefined();
  }
});

test('of a line only the offer and the type are kept', () => {
  expect(readLineOffer({ ncli: '11022*****', offre: ' FTTC 10M ', type: 'ADSL' })).toEqual({
    offer: 'FTTC 10M',
    type: 'ADSL',
  });
  expect(readLineOffer({ ncli: '11022*****', type: '4GLTE' })).toEqual({ offer: null, type: '4GLTE' });
  expect(readLineOffer(undefined)).toBeUndefined();
});
