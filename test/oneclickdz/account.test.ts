// Who the key belongs to, whether it may buy, and what the provider's books say.

import { expect, test } from 'vitest';
import { readAccount, readPing, readTransactions } from '../../src/oneclickdz/account.ts';

const apiKey = { key: 'k', isEnabled: true, type: 'SANDBOX', allowedips: [], scope: 'READ-WRITE' };

test.each([
  [apiKey, { account: { username: '+213', sandbox: true } }],
  [{ ...apiKey, type: 'PRODUCTION' }, { account: { username: '+213', sandbox: false } }],
  [{ ...apiKey, type: 'sandbox', scope: undefined }, { account: { username: '+213', sandbox: true } }],
  [
    { ...apiKey, isEnabled: false },
    { account: { username: '+213', sandbox: true }, flaw: 'disabled' },
  ],
  [
    { ...apiKey, scope: 'read_only' },
    { account: { username: '+213', sandbox: true }, flaw: 'read-only' },
  ],
  [undefined, { account: { username: '+213', sandbox: false } }],
])('account with %j', (key, read) => {
  expect(readAccount({ username: ' +213 ', apiKey: key })).toEqual(read);
});

test('an account without a name is none', () => {
  expect(readAccount({ username: '', apiKey })).toBeUndefined();
});

test('reads movements and health', () => {
  const item = {
    _id: 't1',
    type: 'REFUND-ADSL',
    operation: 'increment',
    amount: 980,
    oldBalance: '1.5',
    time: 'x',
  };
  expect(
    readTransactions({ data: { items: [item], pagination: { totalPages: 1 } }, meta: undefined }, 1),
  ).toEqual({
    transactions: [
      {
        id: 't1',
        type: 'REFUND-ADSL',
        operation: 'INCREMENT',
        amount: 98_000,
        before: 150,
        after: null,
        about: null,
        note: null,
        at: 'x',
      },
    ],
    hasMore: false,
  });
  expect(readPing({ api: 'ok' })).toEqual({ up: true });
  expect(readPing({ api: 'error' })).toEqual({ up: false });
});
