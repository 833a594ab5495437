import { expect, test } from 'vitest';

import { judge, type Complaint, type Verdict } from '../../src/oneclickdz/errors.ts';

type Row = [about: string, complaint: Partial<Complaint> & { status: number }, send: Verdict, read: Verdict];

const refused = (reason: 'wrong-number' | 'out-of-stock' | 'shop-balance' | 'bad-request'): Verdict => ({
  kind: 'refused',
  refusal: { reason },
});
const halt = (detail: 'key' | 'address' | 'disabled', certain = true): Verdict => ({
  kind: 'halt',
  detail,
  certain,
});
const doubt: Verdict = { kind: 'doubt' };
const duplicate: Verdict = { kind: 'duplicate-ref' };
const notFound: Verdict = { kind: 'not-found' };
const wait = (waitMs: number): Verdict => ({ kind: 'not-executed', waitMs });
const fault = (
  code: 'server' | 'unreadable' | 'throttled',
  repeatable = false,
  waitMs?: number,
): Verdict => ({
  kind: 'fault',
  code,
  repeatable,
  ...(repeatable && { waitMs }),
});
const page = { envelope: false, readable: false };
const router = { envelope: false };

const rows: Row[] = [
  ['wrong number', { status: 400, code: 'ERR_PHONE' }, refused('wrong-number'), refused('wrong-number')],
  [
    'wrong number, sample code',
    { status: 422, code: 'INVALID_PHONE' },
    refused('wrong-number'),
    refused('wrong-number'),
  ],
  [
    'wrong number with a 500',
    { status: 500, code: 'ERR_PHONE' },
    refused('wrong-number'),
    refused('wrong-number'),
  ],
  [
    'wrong number in words',
    { status: 400, message: 'Error: err_phone' },
    refused('wrong-number'),
    refused('wrong-number'),
  ],
  [
    'words in a 500',
    { status: 500, code: 'INTERNAL_ERROR', message: 'err_phone' },
    doubt,
    fault('server', true),
  ],
  ['out of stock', { status: 403, code: 'ERR_STOCK' }, refused('out-of-stock'), refused('out-of-stock')],
  [
    'out of stock with a 200',
    { status: 200, code: 'ERR_STOCK' },
    refused('out-of-stock'),
    refused('out-of-stock'),
  ],
  [
    'out of stock in words',
    { status: 400, code: 'ERROR', message: 'Err-Stock!' },
    refused('out-of-stock'),
    refused('out-of-stock'),
  ],
  ['balance', { status: 403, code: 'NO_BALANCE' }, refused('shop-balance'), refused('shop-balance')],
  [
    'balance, other code',
    { status: 403, code: 'INSUFFICIENT_BALANCE' },
    refused('shop-balance'),
    refused('shop-balance'),
  ],
  [
    'balance in words',
    { status: 403, message: 'insufficient_balance' },
    refused('shop-balance'),
    refused('shop-balance'),
  ],
  [
    'balance in other words',
    { status: 403, message: 'no_balance' },
    refused('shop-balance'),
    refused('shop-balance'),
  ],
  [
    'code before words',
    { status: 403, code: 'ERR_STOCK', message: 'err_phone' },
    refused('out-of-stock'),
    refused('out-of-stock'),
  ],
  ['duplicate', { status: 403, code: 'DUPLICATED_REF' }, duplicate, duplicate],
  ['duplicate in words', { status: 403, message: 'duplicated-ref' }, duplicate, duplicate],
  ['validation', { status: 400, code: 'ERR_VALIDATION' }, refused('bad-request'), refused('bad-request')],
  ['unknown code', { status: 400, code: 'SOMETHING_NEW' }, refused('bad-request'), refused('bad-request')],
  ['unknown 403', { status: 403, code: 'FORBIDDEN' }, refused('bad-request'), fault('server')],
  ['no code at all', { status: 422 }, refused('bad-request'), fault('server')],
  ['conflict', { status: 409, code: 'IN_PROGRESS' }, doubt, fault('server')],
  ['timed out over there', { status: 408 }, doubt, fault('server', true)],
  ['not found', { status: 404, code: 'NOT_FOUND' }, refused('bad-request'), notFound],
  ['not found, no code', { status: 404 }, refused('bad-request'), notFound],
  [
    'no such route, wrapped',
    { status: 404, code: 'ROUTE_NOT_FOUND' },
    refused('bad-request'),
    fault('server'),
  ],
  ['no such route', { status: 404, ...router }, doubt, fault('unreadable')],
  ['not found as a page', { status: 404, ...page }, doubt, fault('unreadable')],
  ['throttled', { status: 429, code: 'RATE_LIMIT_EXCEEDED' }, wait(5_000), fault('throttled', true)],
  [
    'throttled with a hint',
    { status: 429, retryAfterMs: 7_000 },
    wait(7_000),
    fault('throttled', true, 7_000),
  ],
  ['throttled for a moment', { status: 429, retryAfterMs: 0 }, wait(1_000), fault('throttled', true, 0)],
  [
    'throttled for long',
    { status: 429, retryAfterMs: 3_600_000 },
    wait(60_000),
    fault('throttled', true, 3_600_000),
  ],
  ['throttled by a page', { status: 429, ...page }, wait(5_000), fault('throttled', true)],
  [
    'key could not be looked up',
    { status: 503, code: 'AUTH_UNAVAILABLE' },
    wait(5_000),
    fault('server', true),
  ],
  ['unavailable', { status: 503, code: 'SERVICE_UNAVAILABLE' }, doubt, fault('server', true)],
  ['internal error', { status: 500, code: 'INTERNAL_ERROR' }, doubt, fault('server', true)],
  ['bad gateway page', { status: 502, ...page }, doubt, fault('server', true)],
  ['gateway timeout page', { status: 504, ...page }, doubt, fault('server', true)],
  ['odd 5xx', { status: 520, ...page }, doubt, fault('server')],
  ['page with a 200', { status: 200, ...page }, doubt, fault('unreadable')],
  ['redirect', { status: 302, ...page }, doubt, fault('unreadable')],
  ['blocked by a page', { status: 403, ...page }, doubt, fault('unreadable')],
  ['no with a 200', { status: 200, code: 'SOMETHING_NEW' }, doubt, fault('server')],
  ['wrong key', { status: 401, code: 'INVALID_ACCESS_TOKEN' }, halt('key'), halt('key')],
  ['wrong key, other code', { status: 401, code: 'ERR_AUTH' }, halt('key'), halt('key')],
  ['no key', { status: 401, code: 'MISSING_ACCESS_TOKEN' }, halt('key'), halt('key')],
  ['wrong key with a 403', { status: 403, code: 'INVALID_ACCESS_TOKEN' }, halt('key'), halt('key')],
  ['401 of a router', { status: 401, ...router }, halt('key'), halt('key')],
  ['401 page', { status: 401, ...page }, halt('key', false), halt('key', false)],
  ['address blocked', { status: 403, code: 'IP_BLOCKED' }, halt('address'), halt('address')],
  ['address not allowed', { status: 403, code: 'IP_NOT_ALLOWED' }, halt('address'), halt('address')],
  ['switched off', { status: 403, code: 'API_DISABLED' }, halt('disabled'), halt('disabled')],
];

test.each(rows)('%s', (_about, complaint, send, read) => {
  const whole = { envelope: true, readable: true, ...complaint };
  expect(judge({ ...whole, purpose: 'send' })).toEqual(send);
  expect(judge({ ...whole, purpose: 'read' })).toEqual(read);
});
