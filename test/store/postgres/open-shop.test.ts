// What several bots share in a database, opened by one of them: with the right key, while nobody moves it, and with one at
// a time that asks Telegram.

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Turn } from '../../../src/app/lanes.ts';
import { UnusableDatabase, type Folder } from '../../../src/store/open-folder.ts';
import { openSharedShop, type ShopOptions } from '../../../src/store/postgres/open-shop.ts';
import { MOVING_LOCK } from '../../../src/store/postgres/residents.ts';
import { NOW } from '../orders.ts';
import { describeOnPostgres } from './with-postgres.ts';

const KEY = 'ab'.repeat(32);
let databases = 0;
let processes = 0;

describeOnPostgres('a shop that several bots share', ({ server, ask }) => {
  async function place(): Promise<string> {
    const name = `opened_${(databases += 1)}`;
    await ask('public', `CREATE DATABASE ${name}`);
    const url = new URL(server().url);
    url.pathname = name;
    return url.href;
  }

  async function enter(
    url: string,
    more: Partial<Pick<ShopOptions, 'cardKey' | 'apiKey' | 'leftIn' | 'moved' | 'clock'>> = {},
  ): Promise<Folder> {
    const opened = await openSharedShop({
      ...{ url, cardKey: KEY, apiKey: 'pk-of-the-shop', clock: Date.now, sleep },
      ...{ holder: `process${(processes += 1)}`, log: () => undefined, moved: () => undefined },
      ...more,
    });
    onTestFinished(() => opened.close());
    return opened;
  }

  /** Somebody who works in the database by hand, or moves it. */
  async function worker(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    onTestFinished(() => client.end().catch(() => undefined));
    return client;
  }
  const mayMove = async (client: pg.Client): Promise<unknown> => {
    const sql = 'SELECT pg_try_advisory_xact_lock($1) AS alone';
    return (await client.query<{ alone: boolean }>(sql, [MOVING_LOCK])).rows[0]?.alone;
  };
  /** How many live there. */
  const residents = async (client: pg.Client): Promise<number> => {
    const sql = `SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
      WHERE locktype = 'advisory' AND mode = 'ShareLock' AND datname = current_database()`;
    return (await client.query(sql)).rows.length;
  };

  const pidOf = async (client: pg.Client): Promise<unknown> =>
    (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;

  const turnOf = async ({ updates }: Folder): Promise<Turn['kind']> => {
    if (updates.kind !== 'shared') throw new TypeError('this one is alone');
    return (await updates.asking.turn()).kind;
  };

  test('several are in at once, and what one keeps the others find', async () => {
    const url = await place();
    const [a, b] = await Promise.all([enter(url), enter(url)]);
    await a.people.setLanguage(7, 'fr');
    await vi.waitFor(() => expect(b.people.language(7)).toBe('fr'));
    expect(await b.store.active()).toEqual([]);
    expect([a.recovered, a.updates.kind]).toEqual([false, 'shared']);
  });

  test('a word is heard by all, and a broken line means that one may have been missed', async () => {
    const url = await place();
    const [a, b] = [await enter(url), await enter(url)];
    if (a.updates.kind !== 'shared' || b.updates.kind !== 'shared') throw new TypeError('one is alone');
    const [waits, came] = [vi.fn(), vi.fn()];
    b.updates.bells.on('updates', waits);
    b.updates.bells.on('came_back', came);
    await a.updates.lanes.receive([{ id: 1, key: 'x', update: { update_id: 1 } }]);
    await vi.waitFor(() => expect(waits).toHaveBeenCalledOnce());
    a.updates.bells.ring('came_back', '7');
    await vi.waitFor(() => expect(came.mock.calls).toEqual([['7']]));
    await server().cut();
    await vi.waitFor(() => expect(came.mock.calls).toEqual([['7'], [undefined]]), { timeout: 10_000 });
  });

  test('the card key is asked for, and another one than sealed the codes is refused', async () => {
    const url = await place();
    await expect(enter(url, { cardKey: undefined })).rejects.toThrow(/^CARD_KEY is missing: /);
    await (await enter(url)).close();
    const refused = enter(url, { cardKey: 'cd'.repeat(32) });
    await expect(refused).rejects.toThrow(/^CARD_KEY is not the key that sealed the card codes/);
    await expect(refused).rejects.toBeInstanceOf(UnusableDatabase);
    await enter(url);
  });

  test.each([
    ['that is not there', (url: URL) => (url.pathname = 'nowhere'), 'is not there'],
    ['that nobody serves', (url: URL) => (url.port = '1'), "can't be reached (ECONNREFUSED)"],
  ])('a database %s is refused in one line without the password', async (_, spoil, why) => {
    const url = new URL(await place());
    url.password = 'hunter2';
    spoil(url);
    const refused = enter(url.href);
    await expect(refused).rejects.toBeInstanceOf(UnusableDatabase);
    await expect(refused).rejects.toThrow(why);
    await expect(refused).rejects.not.toThrow('hunter2');
  });

  test.each([
    ['fast', 34_000],
    ['slow', -34_000],
  ])('nobody begins by a clock that is %s', async (_, wrong) => {
    const url = await place();
    const refused = enter(url, { clock: () => Date.now() + wrong });
    await expect(refused).rejects.toBeInstanceOf(UnusableDatabase);
    await expect(refused).rejects.toThrow(
      /^The clocks of this machine \(.* UTC\) and of the database \(.* UTC\) are 3[345] seconds apart\. Set/,
    );
    await expect(enter(url, { clock: () => Date.now() + wrong / 2 })).resolves.toBeDefined();
  });

  test('an answer that comes late is not taken for a wrong clock', async () => {
    const times = [Date.now() - 60_000, Date.now() + 60_000];
    const clock = () => times.shift() ?? Date.now();
    await expect(enter(await place(), { clock })).resolves.toBeDefined();
  });

  test('nobody comes in while it is being moved, and nobody moves it while somebody is in', async () => {
    const url = await place();
    const mover = await worker(url);
    await mover.query('SELECT pg_advisory_lock($1)', [MOVING_LOCK]);
    await expect(enter(url)).rejects.toThrow(/^The shop is just being moved/);
    await mover.query('SELECT pg_advisory_unlock_all()');
    const [a, b] = [await enter(url), await enter(url)];
    expect(await mayMove(mover)).toBe(false);
    await a.close();
    expect(await mayMove(mover)).toBe(false);
    await b.close();
    await vi.waitFor(async () => expect(await mayMove(mover)).toBe(true));
  });

  test('after the line broke it lives there again, or hears that the shop is being moved', async () => {
    const url = await place();
    const moved = vi.fn();
    await enter(url, { moved });
    await server().cut();
    const mover = await worker(url);
    await vi.waitFor(async () => expect(await residents(mover)).toBe(1), { timeout: 10_000 });
    expect(moved).not.toHaveBeenCalled();
    // Somebody who moves it gets in while the line is broken.
    const ready = await worker(url);
    const others = [await pidOf(ready), await pidOf(mover)];
    const lock = ready.query('SELECT pg_advisory_lock($1)', [MOVING_LOCK]);
    await mover.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> ALL ($1) AND datname = current_database()',
      [others],
    );
    await lock;
    await vi.waitFor(() => expect(moved).toHaveBeenCalled(), { timeout: 10_000 });
  });

  test('one at a time asks Telegram; when it stops or its line breaks, another does', async () => {
    const url = await place();
    const [a, b] = [await enter(url), await enter(url)];
    expect([await turnOf(a), await turnOf(b), await turnOf(a)]).toEqual(['mine', 'other', 'mine']);
    if (a.updates.kind !== 'shared') throw new TypeError('this one is alone');
    await a.updates.asking.giveUp();
    expect([await turnOf(b), await turnOf(a)]).toEqual(['mine', 'other']);
    await b.close();
    await vi.waitFor(async () => expect(await turnOf(a)).toBe('mine'));
    const turn = await a.updates.asking.turn();
    if (turn.kind !== 'mine') throw new TypeError('nobody else is there');
    await server().cut();
    await vi.waitFor(() => expect(turn.lost.aborted).toBe(true));
    await vi.waitFor(async () => expect(await turnOf(a)).toBe('mine'), { timeout: 10_000 });
  });

  test('an empty database is not opened while a shop that was never moved is in the folder', async () => {
    const url = await place();
    await expect(enter(url, { leftIn: 'data' })).rejects.toThrow(/empty.*data.*migrate-store/u);
    const { store } = await enter(url);
    await store.change({
      puts: [],
      entries: [],
      audit: [{ by: '7', at: NOW, what: 'pause', about: '', why: '' }],
    });
    await expect(enter(url, { leftIn: 'data' })).resolves.toBeDefined();
  });

  test('what the provider said of a key is known after a restart, and of that key alone', async () => {
    const url = await place();
    const { keyMemory } = await enter(url);
    expect(keyMemory.sandbox()).toBeUndefined();
    await keyMemory.keep(true);
    expect((await enter(url)).keyMemory.sandbox()).toBe(true);
    expect((await enter(url, { apiKey: 'pk-another' })).keyMemory.sandbox()).toBeUndefined();
    const kept = await (await worker(url)).query('SELECT value::text FROM facts');
    expect(JSON.stringify(kept.rows)).not.toContain('pk-of-the-shop');
  });
});
