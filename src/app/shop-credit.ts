// What the shop may still spend at the provider: its balance there less what is spoken for, orders that the provider has
// not been heard of and commits that are under way.

import { total } from '../domain/ledger.ts';
import { subtract, type Centimes } from '../domain/money.ts';
import type { Order, Ref } from '../domain/order.ts';
import type { Priority, Store, Topups } from './ports.ts';

type Costs = ReadonlyMap<Ref, Centimes>;

/** The balance, and what was spoken for before it was read: an order accepted meanwhile may be in neither. */
export interface BalanceRead {
  readonly balance: Centimes;
  readonly before: Costs;
}

const costs = (orders: readonly Order[]): [Ref, Centimes][] => orders.map(({ ref, cost }) => [ref, cost]);

export function createShopCredit({ store, topups }: { store: Store; topups: Topups }) {
  /** Costs of commits under way: two people confirming together must not both spend the last dinar. */
  const committing = new Map<Ref, Centimes>();

  /** What will leave the provider's balance and is not known to have left it. */
  const spoken = async (): Promise<Costs> =>
    new Map([...committing, ...costs(await store.unheard()), ...committing]);

  /** Throws ProviderFault. */
  async function read(priority: Priority = 'person'): Promise<BalanceRead> {
    const before = await spoken();
    return { balance: await topups.balance(priority), before };
  }

  /** What of it is left now. */
  async function left({ balance, before }: BalanceRead): Promise<Centimes> {
    const now = await spoken();
    return subtract(balance, total(new Map([...before, ...now]).values()));
  }

  return {
    read,
    left,
    /** Throws ProviderFault. */
    now: async (priority?: Priority): Promise<Centimes> => left(await read(priority)),
    /** From now on this order's cost is spoken for, until its commit is over. */
    reserve: (ref: Ref, cost: Centimes): void => void committing.set(ref, cost),
    release: (ref: Ref): void => void committing.delete(ref),
  };
}
