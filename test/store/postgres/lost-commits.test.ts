// What a process believes of a commit whose answer was lost: what the database itself shows under the commit's own id,
// whatever has crashed, comes late or stays away.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { OutcomeUnknown, StoreFault } from '../../../src/app/ports.ts';
import { openDatabase, type DatabaseOptions } from '../../../src/store/postgres/database.ts';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { still } from '../../contract/under-test.ts';
import { opening, orderIn, ref } from '../orders.ts';
import { losingProxy } from './losing-proxy.ts';
import { describeOnPostgres } from './with-postgres.ts';

let shops = 0;

describeOnPostgres('a commit whose answer is lost', ({ server, open, ask }) => {
  /** A shop behind a network that loses things; nobody waits between two looks unless told so. */
  async function behindProxy(options: Partial<DatabaseOptions> = {}) {
    const name = `lost${(shops += 1)}`;
    const { store: direct } = await open(still, name);
    const proxy = await losingProxy(server().url);
    const opened = await openPostgresStore({
      ...{ url: proxy.url, schema: name, clock: still, holder: `behind ${name}`, sleep: () => sleep(5) },
      ...options,
    });
    onTestFinished(() => opened.close());
    return { name, direct, proxy, ...opened };
  }
  const fates = (name: string) => ask(name, 'SELECT fate FROM commits ORDER BY at');

  test('is not taken for another’s that came to its number after the server crashed', async () => {
    const { name, proxy, database } = await behindProxy();
    await ask(name, 'CREATE TABLE marks (who text, xid text)');
    await ask(name, 'CHECKPOINT');
    const mark = `INSERT INTO marks VALUES ($1, pg_current_xact_id()::text)`;
    const lost = proxy.loseNextAndAll('the commit');
    const written = database.write((query) => query.run(mark, ['lost']));
    const refused = expect(written).rejects.toThrow(StoreFault);
    await lost;
    await server().crash();
    await server().start();
    const others = openDatabase({ url: server().url, schema: name, sleep });
    onTestFinished(() => others.close());
    for (let i = 0; i < 20; i += 1) await others.write((query) => query.run(mark, ['another']));
    proxy.mend();
    await refused;
    expect(await ask(name, `SELECT who FROM marks WHERE who = 'lost'`)).toEqual([]);
  });

  test('and that comes late, when it was told as a fault, is not made any more', async () => {
    const { name, direct, proxy, store } = await behindProxy();
    const { deliver } = proxy.delayNext();
    await expect(store.commit(opening('one'))).rejects.toThrow(StoreFault);
    await deliver();
    expect(await direct.byRef(ref('order-one'))).toBeUndefined();
    expect(orderIn(await store.commit(opening('one'))).no).toBe(1001);
    expect(await fates(name)).toContainEqual({ fate: 'aborted' });
  });

  test('is looked for until the database is there again', async () => {
    const { proxy, store } = await behindProxy();
    const lost = proxy.loseNextAndAll('its answer');
    const placed = store.commit(opening('one'));
    await lost;
    proxy.mend();
    expect(orderIn(await placed).no).toBe(1001);
  });

  test('is left as unknown when the process ends and the database stays away', async () => {
    let ending = false;
    const { direct, proxy, store } = await behindProxy({ stopping: () => ending });
    const lost = proxy.loseNextAndAll('its answer');
    const unknown = expect(store.commit(opening('one'))).rejects.toThrow(OutcomeUnknown);
    await lost;
    ending = true;
    await unknown;
    expect((await direct.byRef(ref('order-one')))?.no).toBe(1001);
  });

  test('does not keep a store from being closed', async () => {
    const { proxy, store, close } = await behindProxy();
    const lost = proxy.loseNextAndAll('the commit');
    const unknown = expect(store.commit(opening('one'))).rejects.toThrow(OutcomeUnknown);
    await lost;
    await close();
    await unknown;
  });

  test('leaves a first start that made no tables as it found things', async () => {
    const name = `lost${(shops += 1)}`;
    await ask('public', `CREATE SCHEMA ${name}`);
    const proxy = await losingProxy(server().url);
    proxy.loseNext('the commit');
    await expect(open(still, name, proxy.url)).rejects.toThrow(StoreFault);
    expect(orderIn(await (await open(still, name, proxy.url)).store.commit(opening('one'))).no).toBe(1001);
  });

  test('is the only one that leaves something behind for long', async () => {
    const { name, proxy, store, database } = await behindProxy();
    for (let i = 0; i < 10; i += 1) await store.commit(opening(`o${i}`));
    expect(await fates(name)).toHaveLength(2);
    await database.write(async (query) => query.run('SELECT 1'));
    await database.write(async (query) => query.run('SELECT 1'));
    expect(await fates(name)).toHaveLength(1);
    proxy.loseNext('its answer');
    await store.commit(opening('lost'));
    await store.commit(opening('after'));
    expect(await fates(name)).toHaveLength(2);
    await ask(name, `UPDATE commits SET at = now() - interval '31 days'`);
    await open(still, name);
    expect(await fates(name)).toEqual([{ fate: 'committed' }]);
  });
});
