import { memoryStore } from '../app/memory-store.ts';
import { storeContract } from './store.contract.ts';

storeContract('the store in memory', (clock) => {
  const store = memoryStore(clock);
  const audit = (): Promise<void> => Promise.resolve().then(() => store.audit());
  return Promise.resolve({ store, audit });
});
