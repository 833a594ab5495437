// What people have not heard of yet: money that an owner or an agent moved on their wallet. It is written down with the
// movement and let go of once they have heard, so that a kill in between leaves nobody untold.

import { recordKey, type MoneyNews } from '../domain/shop.ts';
import type { Movement } from './movement.ts';
import type { Store } from './ports.ts';

/** The news of a movement, to be put down in the same commit. */
export const newsOf = (
  id: string,
  { person, amount, by, reason }: Omit<Movement, 'kind' | 'at'>,
  what: MoneyNews['what'],
): MoneyNews => ({ kind: 'news', id, rev: 1, person, what, amount, by, reason });

export function createMoneyNews({ store }: { store: Store }) {
  return {
    /** Undefined once the person has heard. */
    newsOf: (moveId: string): Promise<MoneyNews | undefined> => store.record('news', moveId),

    allNews: (): Promise<readonly MoneyNews[]> => store.records('news'),

    /** The person has heard it, or never will. */
    heard: (moveId: string) =>
      store.change({ puts: [], drops: [recordKey({ kind: 'news', id: moveId })], entries: [], audit: [] }),
  };
}
