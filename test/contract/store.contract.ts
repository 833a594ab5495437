// The contract of the store's port as sentences; each store runs them all.

import { describe } from 'vitest';
import { pages } from './pages.contract.ts';
import { shopChanges } from './shop-changes.contract.ts';
import { twins } from './twins.contract.ts';
import type { MakeStore } from './under-test.ts';
import { ordersOnWallets } from './wallet-orders.contract.ts';

/** Runs every sentence against stores that `make` opens. */
export function storeContract(name: string, make: MakeStore): void {
  describe(`${name}: orders on wallets`, () => ordersOnWallets(make));
  describe(`${name}: twins`, () => twins(make));
  describe(`${name}: changes of the shop`, () => shopChanges(make));
  describe(`${name}: pages`, () => pages(make));
}
