import { expect } from 'vitest';
import { audit } from '../../src/store/audit.ts';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { storeContract } from './store.contract.ts';

storeContract('the store on disk', async (clock) => {
  const dir = await temporaryFolder();
  const { store } = await openLowdbStore({ dir, clock });
  return {
    store,
    audit: async () => {
      const counted = await audit(dir);
      expect(counted).toMatchObject({
        held: counted.openTotal,
        taken: counted.fulfilledTotal,
        entries: await store.books(),
        duplicates: 0,
        walletFaults: 0,
        walletEntries: counted.wallets,
      });
      expect((await openLowdbStore({ dir, clock })).faults).toEqual([]);
    },
  };
});
