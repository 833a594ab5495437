// The customers that an agent gives credit to: the last ones, as her own entries have them, and those that she names. A
// piece of a name finds only whom she gave to before; nobody learns by trying who else buys here.

import type { Accounts } from '../app/accounts.ts';
import { findMembers, isCalled } from '../app/find-members.ts';
import type { Entry } from '../domain/ledger.ts';
import type { Member } from '../domain/shop.ts';
import type { Found, Several, WalletPeople } from './wallet-people.ts';

/** How many are offered, and how many entries are looked through for them. */
const OFFERED = 8;
const LATEST = 200;

/** The other side of a transfer: `to 42`, `from 42`; 0 for any other entry. */
export const otherSide = ({ reason }: Pick<Entry, 'reason'>): number =>
  Number(/^(?:to|from) (\d+)$/.exec(reason)?.[1] ?? 0);

export type WalletCustomers = ReturnType<typeof createWalletCustomers>;

export function createWalletCustomers(deps: {
  accounts: Pick<Accounts, 'statementPage'>;
  people: WalletPeople;
}) {
  const { accounts, people } = deps;

  /** Those she gave to, the last one first; whoever is no customer any more is left out. */
  async function given(agent: number): Promise<readonly Member[]> {
    const { rows } = await accounts.statementPage(agent, null, LATEST);
    const out = rows.filter(({ entry }) => entry.kind === 'transfer-out');
    const ids = [...new Set(out.map(({ entry }) => otherSide(entry)))];
    const found = await Promise.all(ids.map((id) => people.byId(id)));
    return found.flatMap((one) =>
      one.kind === 'found' && one.member.role === 'customer' ? [one.member] : [],
    );
  }

  return {
    /** To be offered on buttons. */
    last: async (agent: number): Promise<readonly Member[]> => (await given(agent)).slice(0, OFFERED),

    /** Whom a text begins with, and what is left of it. */
    startOf: async (agent: number, text: string): Promise<readonly [who: Found | Several, rest: string]> => {
      const known = await given(agent);
      return people.startOf(text, (all, name) => {
        const hers = findMembers(known, name);
        return hers.length > 0 ? hers : all.filter((one) => one.role === 'customer' && isCalled(one, name));
      });
    },
  };
}
