// People’s wishes for credit: the first answer counts, and the money comes with it, once.

import { beforeEach, describe, expect, it } from 'vitest';
import { createKeptOrders, type Lacking } from '../../src/app/kept-orders.ts';
import { dinars } from '../../src/domain/money.ts';
import { KEPT_MS } from '../../src/domain/shop.ts';
import { line } from '../domain/an-order.ts';
import {
  OWNER,
  COLLEAGUE,
  AGENT,
  CUSTOMER,
  salim,
  lila,
  openAccounts,
  type OpenAccounts,
} from './open-accounts.ts';

let shop: OpenAccounts['shop'];
let accounts: OpenAccounts['accounts'];
let filled: OpenAccounts['filled'];
let letIn: OpenAccounts['letIn'];
let balance: OpenAccounts['balance'];
let ask: OpenAccounts['ask'];

beforeEach(async () => {
  ({ shop, accounts, filled, letIn, balance, ask } = await openAccounts());
});

const lacking = (more: Pick<Lacking, 'flow' | 'missing'>): Lacking => ({
  ...{ id: CUSTOMER, service: 'ADSL', line: line('036362608'), offer: null, value: dinars(1000) },
  ...{ price: dinars(1000), chatId: CUSTOMER, threadId: null, ...more },
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
    const { rows } = await shop.store.auditTrail(null, 10);
    expect(rows.map(({ what }) => what)).toEqual(['credit-refused', 'credit-asked']);
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

describe('who may ask', () => {
  const wish = (person: number, id: string) => accounts.ask({ id, person, amount: dinars(100), slip: null });

  it('nobody who is not in, or not any more', async () => {
    await letIn(30, null);
    for (const person of [30, 555])
      expect(await wish(person, `r${person}`)).toEqual({ kind: 'refused', why: 'not-a-member' });
    expect(await accounts.requests()).toEqual([]);
  });

  it('whoever has three open requests waits; what is answered, and what others ask, does not count', async () => {
    for (const id of ['r1', 'r2', 'r3']) await wish(CUSTOMER, id);
    expect(await wish(CUSTOMER, 'r4')).toEqual({ kind: 'refused', why: 'too-many' });
    expect(await wish(AGENT, 'r5')).toMatchObject({ kind: 'asked' });
    await accounts.decide(salim, 'r1', false);
    expect(await wish(CUSTOMER, 'r6')).toMatchObject({ kind: 'asked' });
  });

  it('somebody who is frozen in that very moment does not', async () => {
    const { store } = shop;
    const change = store.change.bind(store);
    store.change = async (wanted) => {
      store.change = change;
      const member = await store.record('member', CUSTOMER);
      if (member === undefined) throw new Error('nobody');
      await change({ puts: [{ ...member, frozen: true, rev: member.rev + 1 }], entries: [], audit: [] });
      return change(wanted);
    };
    expect(await wish(CUSTOMER, 'r1')).toEqual({ kind: 'refused', why: 'frozen' });
    expect(await accounts.requests()).toEqual([]);
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
