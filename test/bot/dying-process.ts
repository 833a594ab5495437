// What a process does to people's money that is killed once it is on disk: nobody hears of it.

import { createAccounts, type Accounts } from '../../src/app/accounts.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import { OWNER, type Counter } from './open-counter.ts';

/** The accounts of a process that tells nobody. */
export function dying({ shop }: Counter): Accounts {
  const { store, clock } = shop;
  const standings = createStandings({ store, ownerIds: [OWNER], open: false, clock: clock.now });
  const newId = () => 'dying';
  return createAccounts({ store, standings, clock: clock.now, newId, filled: () => undefined });
}

/** An owner answers the only request for credit, and the process dies; resolves to the request's id. */
export async function decideAndDie(counter: Counter, approved: boolean): Promise<string> {
  const accounts = dying(counter);
  const id = (await accounts.requests())[0]?.id ?? '';
  await accounts.decide({ id: OWNER, name: 'Owner' }, id, approved);
  return id;
}

/** An owner puts dinars on a wallet, and the process dies. */
export async function fillAndDie(counter: Counter, person: number, amount: number): Promise<void> {
  const accounts = dying(counter);
  const made = { by: OWNER, person, kind: 'deposit', amount: dinars(amount), reason: '' } as const;
  await accounts.byOwner(accounts.newMove(), made);
}

/** The process that comes after it, gone on with what it found. */
export async function nextProcess(counter: Counter): Promise<Counter> {
  const next = await counter.restart();
  await next.resume();
  return next;
}
