// The move of a shop as the person makes it who runs it: what is said, what is refused, and that nothing changes when it
// can't be made. That everything arrives is in test/store/moving.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { StoreFault, type Store } from '../src/app/ports.ts';
import { dinars } from '../src/domain/money.ts';
import { moveStore } from '../src/move-store.ts';
import { openFolder, type Folder } from '../src/store/open-folder.ts';
import { acquireLock } from '../src/store/lock.ts';
import { openSharedShop } from '../src/store/postgres/open-shop.ts';
import { openPostgresStore } from '../src/store/postgres/postgres-store.ts';
import { MOVING_LOCK } from '../src/store/postgres/residents.ts';
import { expectEvenBooks } from './store/even-books.ts';
import { advance, DELIVERED, NOW, opening, orderIn, SENT, SHOWN } from './store/orders.ts';
import { describeOnPostgres } from './store/postgres/with-postgres.ts';
import { deposit, letIn, openingBy } from './store/shop-changes.ts';
import { temporaryFolder } from './store/temporary-folder.ts';

const clock = () => NOW;
const open = (dir: string): Promise<Folder> =>
  openFolder({ dir, cardKey: undefined, apiKey: 'a key', clock, log: () => undefined });

/** A folder with an owner's and a customer's orders, one of them open. */
async function shopIn(dir: string): Promise<void> {
  const folder = await open(dir);
  const { store, dialogues, people } = folder;
  await letIn(store, 7, 500);
  await advance(store, orderIn(await store.commit(openingBy(7, 'done', 100))), [...SENT, DELIVERED, SHOWN]);
  await store.commit(openingBy(7, 'open', 30));
  await advance(store, orderIn(await store.commit(opening('owners'))), SENT);
  await store.change(deposit('d1', 7, 20));
  await dialogues.write('7:7:0', { step: 2 }, 9);
  await people.setLanguage(7, 'fr');
  await folder.close();
}

/** What the shop is asked before and after. */
const told = async (store: Store) => ({
  orders: (await store.orders({}, null, 100)).rows,
  books: await store.books(),
  wallet: await store.wallet(7),
  statement: (await store.statement('wallet:7', null, 100)).rows,
  trail: (await store.auditTrail(null, 100)).rows,
  member: await store.record('member', 7),
});

let databases = 0;

describeOnPostgres('npm run migrate-store', ({ ask, server }) => {
  async function emptyDatabase(): Promise<string> {
    const name = `moving${(databases += 1)}`;
    await ask('public', `CREATE DATABASE ${name}`);
    return server().url.replace(/postgres$/, name);
  }
  async function connect(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }
  const openDatabase = (url: string) => openPostgresStore({ url, clock, sleep, holder: 'a bot' });
  const enter = (url: string): Promise<Folder> =>
    openSharedShop({
      ...{ url, cardKey: 'ab'.repeat(32), apiKey: 'a key', clock: Date.now, sleep, holder: 'another bot' },
      ...{ log: () => undefined, moved: () => undefined },
    });
  async function move(way: string | undefined, env: Record<string, string>) {
    const said: string[] = [];
    const code = await moveStore({ way, env, say: (line) => void said.push(line) });
    return { code, said: said.join('\n') };
  }
  async function ready() {
    const [dir, url] = [await temporaryFolder(), await emptyDatabase()];
    await shopIn(dir);
    return { dir, url, env: { DATA_DIR: dir, DATABASE_URL: url } };
  }
  const filesOf = async (dir: string): Promise<Record<string, string>> => {
    const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    );
    const paths = names.map(({ parentPath, name }) => join(parentPath, name)).sort();
    return Object.fromEntries(
      await Promise.all(paths.map(async (path) => [path, await readFile(path, 'latin1')] as const)),
    );
  };

  test('takes a shop there and back, and says what it did and what is to do', async () => {
    const { dir, url, env } = await ready();
    const source = await open(dir);
    const before = await told(source.store);
    await source.close();
    const kept = await filesOf(dir);
    const there = await move('to-database', env);
    expect(there).toEqual({
      code: 0,
      said: `Moved. Orders: 3; movements of money: 5; wallets: 1; lines of the audit trail: 0; people and their languages: 1. The books are even on both sides.
The card key stays the same: before you start the bot on the database, set CARD_KEY to the line in ${dir}/card.key, unless it is set already. The folder was left as it is, as a backup: no bot begins on it any more.`,
    });
    const { [join(dir, 'moved.json')]: mark, ...others } = await filesOf(dir);
    expect([JSON.parse(mark ?? ''), others]).toEqual([expect.objectContaining({ what: 'left' }), kept]);
    const opened = await openDatabase(url);
    expect(await told(opened.store)).toEqual(before);
    await opened.close();

    const back = await temporaryFolder();
    const again = await move('to-folder', { DATA_DIR: back, DATABASE_URL: url });
    expect(again.said).toContain('Orders: 3;');
    expect(again.said).toContain(`put its line into ${back}/card.key`);
    expect(again.code).toBe(0);
    await writeFile(join(back, 'card.key'), await readFile(join(dir, 'card.key')));
    const folder = await open(back);
    onTestFinished(() => folder.close());
    expect(await told(folder.store)).toEqual(before);
    expect([folder.recovered, folder.people.language(7)]).toEqual([false, 'fr']);
    expect(folder.dialogues.read('7:7:0')).toEqual({ step: 2 });
    await expectEvenBooks(back, folder.store);
  });

  test('works as the command that the package knows, with the settings of the environment', async () => {
    const { env } = await ready();
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '..', 'src', 'start.js'), 'migrate-store', 'to-database'],
      { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(said).toMatch(/^Moved\. Orders: 3;/);
  });

  test('says what is missing', async () => {
    const dir = await temporaryFolder();
    const url = await emptyDatabase();
    const env = { DATA_DIR: dir, DATABASE_URL: url };
    expect(await move(undefined, env)).toMatchObject({ code: 1 });
    expect((await move('away', env)).said).toContain('Say which way');
    expect((await move('to-database', { DATA_DIR: dir, DATABASE_URL: ' ' })).said).toContain(
      'DATABASE_URL is missing',
    );
    expect((await move('to-database', { ...env, DATABASE_URL: 'localhost' })).said).toContain('no address');
    expect((await move('to-database', env)).said).toBe(
      `There is no shop in ${dir}: no orders.json. Name the right folder.`,
    );
    expect((await move('to-folder', env)).said).toBe('There is no shop in the database. Name the right one.');
    const nobody = { DATA_DIR: dir, DATABASE_URL: 'postgresql://counter:secret@127.0.0.1:9/none' };
    expect((await move('to-folder', nobody)).said).toBe(
      "DATABASE_URL names a database that can't be reached (ECONNREFUSED). Example: postgresql://counter:password@localhost:5432/counter. Nothing was changed.",
    );
    await mkdir(join(dir, 'orders.json'));
    expect((await move('to-database', env)).said).toBe(
      "The folder can't be used (EISDIR). Nothing was changed.",
    );
  });

  test('refuses while a bot runs, on either side', async () => {
    const { dir, url, env } = await ready();
    const lock = await acquireLock(dir, { clock: Date.now });
    expect((await move('to-database', env)).said).toContain('stop it first');
    await lock.release();
    const bot = await connect(url);
    await bot.query('SELECT pg_advisory_lock_shared($1)', [MOVING_LOCK]);
    const busy = 'A bot works on the database. Stop all of them, then move.';
    expect(await move('to-database', env)).toEqual({ code: 1, said: busy });
    await bot.query('SELECT pg_advisory_unlock_shared($1)', [MOVING_LOCK]);
    expect((await move('to-database', env)).code).toBe(0);
    await bot.query('SELECT pg_advisory_lock_shared($1)', [MOVING_LOCK]);
    const back = await temporaryFolder();
    expect(await move('to-folder', { ...env, DATA_DIR: back })).toEqual({ code: 1, said: busy });
    expect(await readdir(back)).toEqual([]);
    await bot.query('SELECT pg_advisory_unlock_shared($1)', [MOVING_LOCK]);
    const other = await acquireLock(back, { clock: Date.now });
    expect((await move('to-folder', { ...env, DATA_DIR: back })).said).toContain('stop it first');
    await other.release();
  });

  test('moves nothing over a shop that is there', async () => {
    const { dir, url, env } = await ready();
    const there = await ready();
    await move('to-database', { ...there.env, DATABASE_URL: url });
    const full = 'There is a shop in the database already. Name an empty database.';
    expect((await move('to-database', env)).said).toBe(full);
    expect((await move('to-folder', env)).said).toMatch(
      /^There is something of a shop in .* already: archive/,
    );
    // Somebody who only wrote to the bot makes it a shop, a bot that was only started does not.
    const tried = await emptyDatabase();
    const second = { DATA_DIR: dir, DATABASE_URL: tried };
    await (await openDatabase(tried)).close();
    const client = await connect(tried);
    await client.query(`INSERT INTO facts VALUES ('card-check', '"of a trial"')`);
    await client.query(`INSERT INTO people VALUES (7, 'ar', NULL)`);
    expect((await move('to-database', second)).said).toBe(full);
    await client.query('DELETE FROM people');
    expect((await move('to-database', second)).code).toBe(0);
    const { rows } = await client.query(`SELECT value FROM facts WHERE name = 'card-check'`);
    expect(rows).toEqual([{ value: await readFile(join(dir, 'card.check'), 'utf8') }]);
    expect(url).not.toBe(tried);
  });

  test('fails in the middle without a trace, and can be made again', async () => {
    const { dir, url, env } = await ready();
    await (await openDatabase(url)).close();
    const client = await connect(url);
    await client.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE TRIGGER no BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const kept = await filesOf(dir);
    expect(await move('to-database', env)).toEqual({
      code: 1,
      said: 'The database of DATABASE_URL refused (P0001). Nothing was changed.',
    });
    const count = 'SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM entries) AS count';
    expect((await client.query(count)).rows).toEqual([{ count: '0' }]);
    expect(await filesOf(dir)).toEqual(kept);
    await client.query('DROP TRIGGER no ON people');
    expect((await move('to-database', env)).code).toBe(0);

    const back = await temporaryFolder();
    const home = { ...env, DATA_DIR: back };
    const damage = (what: string) =>
      client.query(
        `UPDATE orders SET record = (record::jsonb #- '{order,${what}}')::json WHERE ref = 'order-open'`,
      );
    await damage('service');
    expect((await move('to-folder', home)).said).toMatch(/^the database/);
    expect(await readdir(back)).toEqual([]);
    await damage('price');
    expect((await move('to-folder', home)).said).toContain('The books in the database are not even');
    expect(await readdir(back)).toEqual([]);
  });

  test('clears away what a move that was killed has left, and does not take it for a shop', async () => {
    const { env } = await ready();
    await move('to-database', env);
    const back = await temporaryFolder();
    await mkdir(join(back, 'moving-killed', 'archive'), { recursive: true });
    expect((await move('to-folder', { ...env, DATA_DIR: back })).code).toBe(0);
    expect((await readdir(back)).filter((name) => name.startsWith('moving'))).toEqual([]);
    expect((await move('to-folder', { ...env, DATA_DIR: back })).said).toContain('was moved out of');
  });

  test('goes there, back and there again, each time from the store that is alive, and no bot begins on the other', async () => {
    const { dir, url, env } = await ready();
    expect((await move('to-database', env)).code).toBe(0);
    await expect(open(dir)).rejects.toThrow(/was moved to the database at 127\.0\.0\.1:.* DATABASE_URL/);
    expect((await move('to-database', env)).said).toContain('was moved to the database');
    const asleep = await openDatabase(url);
    onTestFinished(asleep.close);
    const back = await temporaryFolder();
    const home = { ...env, DATA_DIR: back };
    expect((await move('to-folder', home)).code).toBe(0);
    expect(await readdir(back)).not.toContain('moved.json');
    await expect(enter(url)).rejects.toThrow(
      /^The shop was moved out of the database .* without DATABASE_URL/,
    );
    expect((await move('to-folder', { ...env, DATA_DIR: await temporaryFolder() })).said).toContain(
      'was moved out of',
    );
    await expect(asleep.store.change(deposit('d2', 7, 20))).rejects.toThrow(StoreFault);
    await writeFile(join(back, 'card.key'), await readFile(join(dir, 'card.key')));
    const folder = await open(back);
    await folder.store.change(deposit('d3', 7, 70));
    await folder.close();
    expect((await move('to-database', home)).code).toBe(0);
    expect((await asleep.store.wallet(7)).put).toBe(dinars(590));
    await asleep.store.change(deposit('d4', 7, 1));
    expect((await move('to-folder', { ...env, DATA_DIR: await temporaryFolder() })).code).toBe(0);
  });

  /** As a kill leaves it. */
  async function markedIn(dir: string, mark: object): Promise<void> {
    await writeFile(join(dir, 'moved.json'), JSON.stringify({ version: 1, at: NOW, ...mark }));
  }
  const place = (url: string): string => url.replace(/^.*@/, '');

  test('to the database, cut short before or after the commit, is finished by the same command', async () => {
    const { dir, url, env } = await ready();
    await markedIn(dir, { what: 'leaving', id: 'never made', database: place(url) });
    await expect(open(dir)).rejects.toThrow('cut short. Finish it: npm run migrate-store -- to-database');
    const elsewhere = { ...env, DATABASE_URL: await emptyDatabase() };
    expect((await move('to-database', elsewhere)).said).toContain('names another one now');
    const made = await move('to-database', env);
    expect(made.code).toBe(0);
    const { rows } = await (
      await connect(url)
    ).query<{ id: string }>(`SELECT value->>'id' AS id FROM facts WHERE name = 'arrived'`);
    await markedIn(dir, { what: 'leaving', ...rows[0], database: place(url) });
    const bot = await connect(url);
    await bot.query('SELECT pg_advisory_lock_shared($1)', [MOVING_LOCK]);
    expect(await move('to-database', env)).toEqual(made);
    await expect(open(dir)).rejects.toThrow('was moved to the database');
  });

  test('to a folder, cut short before or after the commit, is finished by the same command', async () => {
    const { dir, url, env } = await ready();
    await move('to-database', env);
    const back = await temporaryFolder();
    const home = { ...env, DATA_DIR: back };
    await mkdir(join(back, 'archive'));
    await markedIn(back, { what: 'arriving', id: 'never made', database: place(url) });
    await expect(open(back)).rejects.toThrow('cut short. Finish it: npm run migrate-store -- to-folder');
    const made = await move('to-folder', home);
    expect(made.code).toBe(0);
    const { rows } = await (
      await connect(url)
    ).query<{ id: string }>(`SELECT value->>'id' AS id FROM facts WHERE name = 'left'`);
    await markedIn(back, { what: 'arriving', ...rows[0], database: place(url) });
    expect(await move('to-folder', home)).toEqual(made);
    await writeFile(join(back, 'card.key'), await readFile(join(dir, 'card.key')));
    await (await open(back)).close();
  });

  test('waits for what people wrote last to be handled', async () => {
    const { url, env } = await ready();
    await move('to-database', env);
    const client = await connect(url);
    await client.query(`INSERT INTO updates (update_id, key, update) VALUES (77, '7:7:0', '{}')`);
    const back = await temporaryFolder();
    expect((await move('to-folder', { ...env, DATA_DIR: back })).said).toContain('not finished yet');
  });
});
