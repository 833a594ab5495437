// All money of a data folder counted again, as every test that has been hard on a store ends.

import { expect } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { audit } from '../../src/store/audit.ts';

/** Held equals open orders, taken equals fulfilled ones, and every wallet is the sum of its entries, to the centime. */
export async function expectEvenBooks(dir: string, store: Store): Promise<void> {
  const counted = await audit(dir);
  expect(counted).toMatchObject({
    held: counted.openTotal,
    taken: counted.fulfilledTotal,
    entries: await store.books(),
    duplicates: 0,
    walletFaults: 0,
    walletEntries: counted.wallets,
  });
}
