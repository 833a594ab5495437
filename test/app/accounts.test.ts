// Money that no order moves: who may, how often, and what becomes of the wallet.

import { beforeEach, describe, expect, it } from 'vitest';
import { createAccounts, MOVE_WITHIN_MS, type Accounts } from '../../src/app/accounts.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import { newMember, type GivenRole, type Member } from '../../src/domain/shop.ts';
import { purchase } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

const OWNER = 7;
const COLLEAGUE = 8;
const AGENT = 21;
const CUSTOMER = 22;

let shop: Shop;
let accounts: Accounts;
let filled: number[];

async function letIn(id: number, role: GivenRole | null, more: Partial<Member> = {}): Promise<void> {
  const member = { ...newMember({ id, name: `P${id}`, username: null }, 0), role, rev: 1, ...more };
  await shop.store.change({ puts: [member], entries: [], audit: [] });
}

const deposit = (amount: number, person = CUSTOMER, by = OWNER) =>
  accounts.byOwner(accounts.newMove(), {
    ...{ by, person, kind: 'deposit', amount: dinars(amount), reason: '' },
  });
const correct = (amount: number, reason = 'counted twice') =>
  accounts.byOwner(accounts.newMove(), {
    ...{ by: OWNER, person: CUSTOMER, kind: 'correction', amount: dinars(amount), reason },
  });
const balance = async (person = CUSTOMER): Promise<number> => (await accounts.balance(person)).balance / 100;
async function ask(amount: number, id?: string) {
  const wish = { person: CUSTOMER, amount: dinars(amount), slip: null };
  const result = await accounts.ask(id === undefined ? wish : { ...wish, id });
  if (result.kind === 'refused') throw new Error(result.why);
  return result;
}

beforeEach(async () => {
  shop = openShop();
  filled = [];
  let drawn = 0;
  const { store, clock } = shop;
  const standings = createStandings({ store, ownerIds: [OWNER, COLLEAGUE], open: false, clock: clock.now });
  const newId = () => `m${(drawn += 1)}`;
  accounts = createAccounts({
    ...{ store, standings, clock: clock.now, newId },
    filled: (person) => void filled.push(person),
  });
  await letIn(AGENT, 'agent');
  await letIn(CUSTOMER, 'customer');
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

describe('a request', () => {
  it('is approved once, whoever is asked first', async () => {
    const { request } = await ask(2000);
    const verdicts = await Promise.all([
      accounts.decide(OWNER, request.id, true),
      accounts.decide(COLLEAGUE, request.id, true),
      accounts.decide(OWNER, request.id, false),
    ]);
    expect(verdicts.map(({ kind }) => kind).toSorted()).toEqual([
      'decided',
      'decided-before',
      'decided-before',
    ]);
    expect(await balance()).toBe(2000);
  });

  it('with the same id is the same request', async () => {
    expect((await ask(2000, 'a')).kind).toBe('asked');
    expect((await ask(2000, 'a')).kind).toBe('asked-before');
    expect(await shop.store.records('request')).toHaveLength(1);
  });

  it('that was refused moves nothing, and can’t be approved later', async () => {
    const { request } = await ask(2000);
    await accounts.decide(OWNER, request.id, false);
    expect(await accounts.decide(COLLEAGUE, request.id, true)).toMatchObject({
      kind: 'decided-before',
      request: { verdict: { approved: false, by: OWNER } },
    });
    expect(await balance()).toBe(0);
    expect(filled).toEqual([]);
  });

  it('is decided by owners alone', async () => {
    const { request } = await ask(2000);
    expect(await accounts.decide(CUSTOMER, request.id, true)).toEqual({
      kind: 'refused',
      why: 'owners-only',
    });
    expect(await accounts.decide(OWNER, 'nothing', true)).toEqual({
      kind: 'refused',
      why: 'no-such-request',
    });
  });

  it('that was decided is forgotten after a week', async () => {
    const { request } = await ask(2000);
    await accounts.decide(OWNER, request.id, true);
    shop.clock.pass(8 * 24 * 3_600_000);
    await ask(100);
    expect(await accounts.request(request.id)).toBeUndefined();
  });
});

describe('a transfer', () => {
  const give = (from: number, to: number, amount = 500) =>
    accounts.transfer(accounts.newMove(), from, to, dinars(amount));

  it('goes from an agent to a customer', async () => {
    await deposit(1000, AGENT);
    expect(await give(AGENT, CUSTOMER)).toEqual({ kind: 'moved', balance: dinars(500) });
    expect(await balance()).toBe(500);
    expect(filled).toEqual([AGENT, CUSTOMER]);
  });

  it('is refused to everybody else', async () => {
    await letIn(30, null);
    await letIn(31, 'agent', { frozen: true });
    await deposit(1000, AGENT);
    const why = async (from: number, to: number) => {
      const result = await give(from, to);
      return result.kind === 'refused' ? result.why : result.kind;
    };
    expect(await why(AGENT, AGENT)).toBe('to-oneself');
    expect(await why(CUSTOMER, AGENT)).toBe('agents-to-customers');
    expect(await why(AGENT, 31)).toBe('agents-to-customers');
    expect(await why(AGENT, 30)).toBe('no-such-person');
    expect(await why(AGENT, 555)).toBe('no-such-person');
    expect(await why(30, CUSTOMER)).toBe('not-a-member');
    expect(await why(31, CUSTOMER)).toBe('frozen');
    expect(await give(AGENT, CUSTOMER, 2000)).toEqual({ kind: 'short', available: dinars(1000) });
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
