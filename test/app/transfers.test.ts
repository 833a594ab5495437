// An agent gives a customer credit: who may, how often, and what becomes of both wallets.

import { beforeEach, describe, expect, it } from 'vitest';
import { createAccounts } from '../../src/app/accounts.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import type { Member } from '../../src/domain/shop.ts';
import { OWNER, AGENT, CUSTOMER, openAccounts, type OpenAccounts } from './open-accounts.ts';

let shop: OpenAccounts['shop'];
let accounts: OpenAccounts['accounts'];
let filled: OpenAccounts['filled'];
let letIn: OpenAccounts['letIn'];
let deposit: OpenAccounts['deposit'];
let balance: OpenAccounts['balance'];

beforeEach(async () => {
  ({ shop, accounts, filled, letIn, deposit, balance } = await openAccounts());
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

  it('by an id that has moved money before, as whatever, moves nothing', async () => {
    const move = accounts.newMove();
    const made = { by: OWNER, person: AGENT, kind: 'deposit', amount: dinars(1000), reason: '' } as const;
    await accounts.byOwner(move, made);
    expect(await accounts.transfer(move, AGENT, CUSTOMER, dinars(500))).toEqual({ kind: 'moved-before' });
    expect([await balance(AGENT), await balance()]).toEqual([1000, 0]);
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
