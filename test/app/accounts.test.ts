// Money that an owner moves: who may, how often, and what becomes of the wallet.

import { beforeEach, describe, expect, it } from 'vitest';
import { MOVE_WITHIN_MS } from '../../src/app/accounts.ts';
import { dinars } from '../../src/domain/money.ts';
import { purchase } from '../domain/an-order.ts';
import { OWNER, AGENT, CUSTOMER, openAccounts, type OpenAccounts } from './open-accounts.ts';

let shop: OpenAccounts['shop'];
let accounts: OpenAccounts['accounts'];
let filled: OpenAccounts['filled'];
let deposit: OpenAccounts['deposit'];
let correct: OpenAccounts['correct'];
let balance: OpenAccounts['balance'];

beforeEach(async () => {
  ({ shop, accounts, filled, deposit, correct, balance } = await openAccounts());
});

describe('a deposit', () => {
  it('is an owner’s, to somebody who is known', async () => {
    expect(await deposit(500)).toEqual({ kind: 'moved', balance: dinars(500) });
    expect(await deposit(500, CUSTOMER, AGENT)).toEqual({ kind: 'refused', why: 'owners-only' });
    expect(await deposit(500, 555)).toEqual({ kind: 'refused', why: 'no-such-person' });
    expect(await balance()).toBe(500);
    expect(filled).toEqual([CUSTOMER]);
  });

  it('counts once however often it is confirmed, and not at all when that is a day old', async () => {
    const move = accounts.newMove();
    const made = { by: OWNER, person: CUSTOMER, kind: 'deposit', amount: dinars(500), reason: '' } as const;
    const all = await Promise.all([accounts.byOwner(move, made), accounts.byOwner(move, made)]);
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(['moved', 'moved-before']);
    const old = accounts.newMove();
    shop.clock.pass(MOVE_WITHIN_MS + 1);
    expect(await accounts.byOwner(old, made)).toEqual({ kind: 'refused', why: 'too-late' });
    expect(await balance()).toBe(500);
  });

  it('leaves a line in the audit', async () => {
    await deposit(500);
    const { rows } = await shop.store.auditTrail(null, 1);
    expect(rows[0]).toMatchObject({ by: '7', what: 'deposit', about: '22' });
  });
});

describe('a correction', () => {
  it('needs a reason', async () => {
    expect(await correct(-100, '  ')).toEqual({ kind: 'refused', why: 'no-reason' });
  });

  it('may take what is free and no more: it can’t hide what an open order holds', async () => {
    await deposit(1000);
    const bought = purchase({ buyer: CUSTOMER, role: 'customer', price: dinars(980), chatId: CUSTOMER });
    await shop.store.change({
      ...{ puts: [], audit: [] },
      entries: [
        {
          ...{ id: 'x', account: `wallet:${CUSTOMER}`, kind: 'hold', amount: bought.price, at: 0 },
          ...{ by: '22', reason: '', ref: bought.ref },
        },
      ],
    });
    expect(await correct(-100)).toEqual({ kind: 'short', available: dinars(20) });
    expect(await correct(-20)).toEqual({ kind: 'moved', balance: dinars(0) });
  });

  it('that gives wakes what waits for money, one that takes does not', async () => {
    await correct(100);
    await correct(-100);
    expect(filled).toEqual([CUSTOMER]);
  });
});

describe('a statement', () => {
  it('has running balances that go on from page to page', async () => {
    for (const amount of [100, 200, 300]) await deposit(amount);
    await correct(-50);
    const first = await accounts.statementPage(CUSTOMER, null, 2);
    expect(first.rows.map((row) => row.balance)).toEqual([dinars(550), dinars(600)]);
    await deposit(1000);
    const second = await accounts.statementPage(CUSTOMER, first.next, 2);
    expect(second.rows.map((row) => row.balance)).toEqual([dinars(300), dinars(100)]);
    expect(second.next).toBeNull();
  });
});
