// Money that no order moves: who may, how often, and what becomes of the wallet.

import { beforeEach, describe, expect, it } from 'vitest';
import { createAccounts, MOVE_WITHIN_MS, type Accounts } from '../../src/app/accounts.ts';
import { createKeptOrders, type Lacking } from '../../src/app/kept-orders.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import { KEPT_MS, newMember, type GivenRole, type Member } from '../../src/domain/shop.ts';
import { line, purchase } from '../domain/an-order.ts';
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
async function ask(amount: number, id = 'r1') {
  const result = await accounts.ask({ id, person: CUSTOMER, amount: dinars(amount), slip: null });
  if (result.kind !== 'asked') throw new Error(result.kind);
  return result;
}
const lacking = (more: Pick<Lacking, 'flow' | 'missing'>): Lacking => ({
  ...{ id: CUSTOMER, service: 'ADSL', line: line('036362608'), offer: null, value: dinars(1000) },
  ...{ price: dinars(1000), chatId: CUSTOMER, threadId: null, ...more },
});
const salim = { id: OWNER, name: 'Salim' };
const lila = { id: COLLEAGUE, name: 'Lila' };

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
      accounts.decide(salim, request.id, true),
      accounts.decide(lila, request.id, true),
      accounts.decide(salim, request.id, false),
    ]);
    expect(verdicts.map(({ kind }) => kind).toSorted()).toEqual([
      'decided',
      'decided-before',
      'decided-before',
    ]);
    expect(await balance()).toBe(2000);
  });

  it('that comes twice is the same request', async () => {
    await ask(2000, 'a');
    const again = await accounts.ask({ id: 'a', person: CUSTOMER, amount: dinars(2000), slip: null });
    expect(again).toEqual({ kind: 'asked-before' });
    expect(await accounts.requests()).toHaveLength(1);
  });

  it('that was refused moves nothing, and can’t be approved later', async () => {
    const { request } = await ask(2000);
    await accounts.decide(salim, request.id, false);
    expect(await accounts.decide(lila, request.id, true)).toMatchObject({
      kind: 'decided-before',
      request: { verdict: { approved: false, by: OWNER, name: 'Salim' } },
    });
    expect(await balance()).toBe(0);
    expect(filled).toEqual([]);
  });

  it('is decided by owners alone', async () => {
    const { request } = await ask(2000);
    expect(await accounts.decide({ id: CUSTOMER, name: 'Nadia' }, request.id, true)).toEqual({
      kind: 'refused',
      why: 'owners-only',
    });
    expect(await accounts.decide(salim, 'nothing', true)).toEqual({
      kind: 'refused',
      why: 'no-such-request',
    });
  });

  it('is dropped once it is closed; the trail keeps it, and it moves nothing when it comes again', async () => {
    await ask(2000);
    await accounts.decide(salim, 'r1', true);
    await accounts.close('r1');
    expect(await shop.store.records('request')).toEqual([]);
    const { rows } = await shop.store.auditTrail(null, 9);
    expect(rows.map(({ what }) => what)).toEqual(['deposit', 'credit-asked']);
    await ask(2000);
    expect(await accounts.decide(lila, 'r1', true)).toEqual({ kind: 'refused', why: 'no-such-request' });
    expect(await accounts.requests()).toEqual([]);
    expect(await balance()).toBe(2000);
  });

  it('remembers its cards and that the person was told', async () => {
    await ask(2000);
    await accounts.rememberCard('r1', { owner: OWNER, messageId: 5 });
    await accounts.rememberCard('r1', { owner: COLLEAGUE, messageId: 6 });
    await accounts.decide(salim, 'r1', false);
    await accounts.rememberTold('r1');
    expect(await accounts.request('r1')).toMatchObject({
      cards: [
        { owner: OWNER, messageId: 5 },
        { owner: COLLEAGUE, messageId: 6 },
      ],
      verdict: { told: true },
    });
    expect(await accounts.rememberTold('gone')).toEqual({ kind: 'refused', why: 'gone' });
  });
});

describe('a request for what a purchase lacks', () => {
  beforeEach(async () => {
    const kept = createKeptOrders({ store: shop.store, clock: shop.clock.now });
    await kept.keep(lacking({ flow: 'f1', missing: dinars(600) }));
  });

  it('asks for that, once', async () => {
    expect(await accounts.askMissing('r1', CUSTOMER, 'f1')).toMatchObject({
      kind: 'asked',
      request: { amount: dinars(600) },
      kept: { flow: 'f1' },
    });
    expect(await accounts.askMissing('r2', CUSTOMER, 'f1')).toMatchObject({ kind: 'asked-before' });
    await accounts.decide(salim, 'r1', false);
    await accounts.close('r1');
    expect(await accounts.askMissing('r1', CUSTOMER, 'f1')).toMatchObject({ kind: 'asked-before' });
    expect(await accounts.requests()).toEqual([]);
  });

  it.each([
    ['another purchase', CUSTOMER, 'f2', 0],
    ['somebody else', AGENT, 'f1', 0],
    ['half an hour later', CUSTOMER, 'f1', KEPT_MS],
  ])('is not made for %s', async (_why, person, flow, ms) => {
    shop.clock.pass(ms);
    expect(await accounts.askMissing('r1', person, flow)).toEqual({ kind: 'not-kept' });
  });
});

describe('a correction that waits for its yes', () => {
  const draft = { id: 'm9', by: OWNER, person: CUSTOMER, amount: dinars(-300), reason: 'counted twice' };
  const keep = () => accounts.keepDraft({ ...draft, at: shop.clock.now() });

  it('is on disk until it is carried out', async () => {
    await deposit(1000);
    await keep();
    expect(await accounts.draft('m9')).toMatchObject(draft);
    expect(await accounts.wasMoved(CUSTOMER, draft)).toBe(false);
    const move = { id: 'm9', at: shop.clock.now() };
    await accounts.byOwner(move, { ...draft, kind: 'correction' });
    expect(await accounts.draft('m9')).toBeUndefined();
    expect(await accounts.wasMoved(CUSTOMER, move)).toBe(true);
  });

  it('stays when there is too little to take, so that it can be confirmed later', async () => {
    await keep();
    await accounts.byOwner({ id: 'm9', at: shop.clock.now() }, { ...draft, kind: 'correction' });
    expect(await accounts.draft('m9')).toMatchObject(draft);
  });

  it('is dropped by its owner, and a day later', async () => {
    await keep();
    await accounts.dropDraft(COLLEAGUE, 'm9');
    expect(await accounts.draft('m9')).toMatchObject(draft);
    await accounts.dropDraft(OWNER, 'm9');
    expect(await accounts.draft('m9')).toBeUndefined();
    await keep();
    shop.clock.pass(MOVE_WITHIN_MS);
    await accounts.sweepDrafts();
    expect(await accounts.draft('m9')).toMatchObject(draft);
    shop.clock.pass(1);
    await accounts.sweepDrafts();
    expect(await accounts.draft('m9')).toBeUndefined();
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

describe('a transfer that is decided while somebody changes the people in it', () => {
  /** What happens between the decision and its commit, once. */
  let meanwhile: (() => Promise<unknown>) | undefined;

  beforeEach(async () => {
    await deposit(1000, AGENT);
    const { store, clock } = shop;
    const standings = createStandings({ store, ownerIds: [OWNER], open: false, clock: clock.now });
    accounts = createAccounts({
      ...{ standings, clock: clock.now, newId: () => 'x1', filled: () => undefined },
      store: {
        ...store,
        change: async (change) => {
          const first = meanwhile;
          meanwhile = undefined;
          await first?.();
          return store.change(change);
        },
      },
    });
  });

  const alter = (id: number, more: Partial<Member>) => async () => {
    const known = await shop.store.record('member', id);
    if (known === undefined) throw new Error(`nobody is ${id}`);
    const next = { ...known, ...more, rev: known.rev + 1 };
    expect(await shop.store.change({ puts: [next], entries: [], audit: [] })).toEqual({ kind: 'done' });
  };
  const give = () => accounts.transfer(accounts.newMove(), AGENT, CUSTOMER, dinars(500));

  it.each([
    ['the agent is frozen', AGENT, { frozen: true }, 'frozen'],
    ['the agent becomes a customer', AGENT, { role: 'customer' }, 'agents-to-customers'],
    ['the agent is removed', AGENT, { role: null }, 'not-a-member'],
    ['the customer becomes an agent', CUSTOMER, { role: 'agent' }, 'agents-to-customers'],
    ['the customer is removed', CUSTOMER, { role: null }, 'no-such-person'],
  ] as const)('%s: nothing moves', async (_what, person, more, why) => {
    meanwhile = alter(person, more);
    expect(await give()).toEqual({ kind: 'refused', why });
    expect([await balance(AGENT), await balance()]).toEqual([1000, 0]);
  });

  it('a new name changes nothing: it is decided again, and moves once', async () => {
    meanwhile = alter(AGENT, { name: 'Karim B.' });
    expect(await give()).toEqual({ kind: 'moved', balance: dinars(500) });
    expect([await balance(AGENT), await balance()]).toEqual([500, 500]);
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
