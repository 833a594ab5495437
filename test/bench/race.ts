// Fifty people press Pay on one wallet's last dinars at the same moment, round after round, on the real store: what its
// commit lets through, and whether every hold can be accounted for afterwards.

import { availableOf } from '../../src/domain/ledger.ts';
import { audit } from '../../src/store/audit.ts';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { letIn, openingBy } from '../store/shop-changes.ts';
import { NOW } from '../store/orders.ts';
import type { Figure } from './figure.ts';
import { makeFolder, removeFolder } from './shop.ts';

const ROUNDS = 200;
const PEOPLE = 50;
const PRICE_DA = 10;
/** Rounds differ in how many of the purchases there is money for. */
const MOST_PAID = 5;

interface Tally {
  /** Rounds after which the wallet was below what it may. */
  below: number;
  /** Purchases that came through, and those that there was money for. */
  placed: number;
  paidFor: number;
}

async function playRounds(dir: string): Promise<Tally> {
  const { store, close } = await openLowdbStore({ dir, clock: () => NOW });
  const tally: Tally = { below: 0, placed: 0, paidFor: 0 };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const enoughFor = 1 + (round % MOST_PAID);
    await letIn(store, round, enoughFor * PRICE_DA);
    const all = Array.from({ length: PEOPLE }, (_, i) => openingBy(round, `r${round}-${i}`, PRICE_DA));
    const kinds = (await Promise.all(all.map((one) => store.commit(one)))).map(({ kind }) => kind);
    tally.placed += kinds.filter((kind) => kind === 'done').length;
    tally.paidFor += enoughFor;
    if (availableOf(await store.wallet(round)) < 0) tally.below += 1;
  }
  await close();
  return tally;
}

export const race: Figure = {
  name: 'race',
  measure: async () => {
    const dir = await makeFolder();
    try {
      const { below, placed, paidFor } = await playRounds(dir);
      const books = await audit(dir);
      const isEven = books.held === books.openTotal && books.walletFaults === 0 && books.orders === placed;
      return {
        rows: [
          {
            what: `${PEOPLE} people racing for one wallet's last dinars, ${ROUNDS} rounds`,
            ours: `${placed} placed`,
            against: `${paidFor} paid for`,
            ratio: (placed / paidFor).toFixed(2),
            target: '= 1',
            met: below === 0 && placed === paidFor && isEven,
          },
        ],
        notes: [
          `${below} rounds ended below what the wallet may; every hold is an open order's, counted again from the files: ${isEven ? 'yes' : 'NO'}.`,
        ],
      };
    } finally {
      await removeFolder(dir);
    }
  },
};
