import { expect } from 'vitest';
import { UNEVEN } from '../store/postgres/uneven.ts';
import { describeOnPostgres } from '../store/postgres/with-postgres.ts';
import { storeContract } from './store.contract.ts';

let shops = 0;
describeOnPostgres('on PostgreSQL', ({ open, ask }) => {
  storeContract('the store in PostgreSQL', async (clock) => {
    const name = `shop${(shops += 1)}`;
    const { store } = await open(clock, name);
    return { store, audit: async () => expect(await ask(name, UNEVEN)).toEqual([]) };
  });
});
