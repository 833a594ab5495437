import { expect } from 'vitest';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { expectEvenBooks } from '../store/even-books.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { storeContract } from './store.contract.ts';

storeContract('the store on disk', async (clock) => {
  const dir = await temporaryFolder();
  const { store } = await openLowdbStore({ dir, clock });
  return {
    store,
    audit: async () => {
      await expectEvenBooks(dir, store);
      expect((await openLowdbStore({ dir, clock })).faults).toEqual([]);
    },
  };
});
