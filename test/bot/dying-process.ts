// What a process does to people's money that is killed once it is on disk: nobody hears of it.

import { createAccounts, type Accounts } from '../../src/app/accounts.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import { OWNER, type Counter } from './open-counter.ts';

export function dying({ shop }: Counter): Accounts {
  const { store, clock } = shop;
  const standings = createStandings({ store, ownerIds: [OWNER], open: false, clock: clock.now });
  const newId = () => 'dying';
  return createAccounts({ store, standings, clock: clock.now, newId, filled: () => undefined });
}

/** An owner answers the only request for credit; resolves to its id. */
export async function decideIn(accounts: Accounts, approved: boolean): Promise<string> {
  const id = (await accounts.requests())[0]?.id ?? '';
  await accounts.decide({ id: OWNER, name: 'Owner' }, id, approved);
  return id;
}

/** An owner puts dinars on a wallet. */
export async function fillIn(accounts: Accounts, person: number, amount: number): Promise<void> {
  const made = { by: OWNER, person, kind: 'deposit', amount: dinars(amount), reason: '' } as const;
  await accounts.byOwner(accounts.newMove(), made);
}
