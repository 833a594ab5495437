// Wallets over a store in memory: two owners, an agent and a customer, and what is done to their money.

import { createAccounts } from '../../src/app/accounts.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import { newMember, type GivenRole, type Member } from '../../src/domain/shop.ts';
import { openShop } from './shop.ts';

export const OWNER = 7;
export const COLLEAGUE = 8;
export const AGENT = 21;
export const CUSTOMER = 22;
export const salim = { id: OWNER, name: 'Salim' };
export const lila = { id: COLLEAGUE, name: 'Lila' };

export async function openAccounts() {
  const shop = openShop();
  const { store, clock } = shop;
  const standings = createStandings({ store, ownerIds: [OWNER, COLLEAGUE], open: false, clock: clock.now });
  /** Whose wallets have more than before, each time that this was told. */
  const filled: number[] = [];
  let drawn = 0;
  const accounts = createAccounts({
    ...{ store, standings, clock: clock.now, newId: () => `m${(drawn += 1)}` },
    filled: (person) => void filled.push(person),
  });

  async function letIn(id: number, role: GivenRole | null, more: Partial<Member> = {}): Promise<void> {
    const member = { ...newMember({ id, name: `P${id}`, username: null }, 0), role, rev: 1, ...more };
    await store.change({ puts: [member], entries: [], audit: [] });
  }

  const deposit = (amount: number, person = CUSTOMER, by = OWNER) =>
    accounts.byOwner(accounts.newMove(), {
      ...{ by, person, kind: 'deposit', amount: dinars(amount), reason: '' },
    });

  const correct = (amount: number, reason = 'counted twice') =>
    accounts.byOwner(accounts.newMove(), {
      ...{ by: OWNER, person: CUSTOMER, kind: 'correction', amount: dinars(amount), reason },
    });

  const balance = async (person = CUSTOMER): Promise<number> =>
    (await accounts.balance(person)).balance / 100;

  async function ask(amount: number, id = 'r1') {
    const result = await accounts.ask({ id, person: CUSTOMER, amount: dinars(amount), slip: null });
    if (result.kind !== 'asked') throw new Error(result.kind);
    return result;
  }

  await letIn(AGENT, 'agent');
  await letIn(CUSTOMER, 'customer');
  return { shop, accounts, filled, letIn, deposit, correct, balance, ask };
}

export type OpenAccounts = Awaited<ReturnType<typeof openAccounts>>;
