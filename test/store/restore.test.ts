// Backups made by the README's own commands while the bot works, put back into an empty place by its commands: the books are
// even, and of a quiet moment everything is there.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { audit } from '../../src/store/audit.ts';
import { writeMark } from '../../src/store/moving/folder-mark.ts';
import { openFolder, type Folder } from '../../src/store/open-folder.ts';
import { databaseAudit } from '../../src/store/postgres/audit.ts';
import { openDatabase } from '../../src/store/postgres/database.ts';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import { expectEvenBooks } from './even-books.ts';
import { advance, DELIVERED, GIVEN_BACK, NOW, opening, orderIn, ref, SENT, SHOWN } from './orders.ts';
import { findPostgres } from './postgres/server.ts';
import { describeOnPostgres } from './postgres/with-postgres.ts';
import { deposit, letIn, openingBy } from './shop-changes.ts';
import { temporaryFolder } from './temporary-folder.ts';

const README = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const programs = (await findPostgres()) ?? '';
const clock = () => NOW;

/** The README's one command that has this in it. */
function command(part: string): string {
  const blocks = [...README.matchAll(/^```sh\n([^`]*)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const found = blocks.filter((line) => line.includes(part));
  expect(found, part).toHaveLength(1);
  return found[0] ?? '';
}

/** Runs it as an operator would, in a folder; rejects when it fails. */
const run = (line: string, cwd: string, env: Readonly<Record<string, string>> = {}): Promise<unknown> =>
  promisify(execFile)('sh', ['-ec', line], {
    cwd,
    env: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`, ...env },
  });

/** Orders of every kind, and money. */
async function live(store: Store, name: string): Promise<void> {
  const own = orderIn(await store.commit(openingBy(7, `own-${name}`, 3)));
  await advance(store, own, [...SENT, DELIVERED, SHOWN]);
  const back = orderIn(await store.commit(openingBy(7, `back-${name}`, 5)));
  await advance(store, back, [...SENT, GIVEN_BACK, SHOWN]);
  await advance(store, orderIn(await store.commit(opening(`open-${name}`))), SENT);
  await store.change(deposit(`d-${name}`, 7, 4));
}

const told = async (store: Store) => ({
  orders: (await store.orders({}, null, 1000)).rows,
  books: await store.books(),
  wallet: await store.wallet(7),
  statement: (await store.statement('wallet:7', null, 1000)).rows,
  member: await store.record('member', 7),
});

/** Does something while the shop goes on selling. */
async function meanwhile<T>(store: Store, round: string, what: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const selling = (async () => {
    for (let i = 0; !over.signal.aborted; i += 1) await live(store, `${round}-${i}`);
  })();
  try {
    return await what();
  } finally {
    over.abort();
    await selling;
  }
}

const openAt = async (dir: string): Promise<Folder> => {
  const folder = await openFolder({ dir, cardKey: undefined, apiKey: 'a key', clock, log: () => undefined });
  onTestFinished(() => folder.close());
  return folder;
};

/** A bot's folder in a place of its own. */
async function shopFolder() {
  const cwd = await temporaryFolder();
  const folder = await openAt(join(cwd, 'data'));
  await letIn(folder.store, 7, 100_000);
  await live(folder.store, 'first');
  return { cwd, folder };
}

async function restored(cwd: string): Promise<string> {
  const place = await temporaryFolder();
  await run(command('tar -x').replace('counter.tgz', join(cwd, 'counter.tgz')), place);
  return join(place, 'data');
}

test('a folder that was backed up beside a bot that rests has everything, and can read its card codes', async () => {
  const { cwd, folder } = await shopFolder();
  const sealed = folder.vault.seal('1234', ref('order-own-first'));
  await run(command('tar -c'), cwd);
  const dir = await restored(cwd);
  const again = await openAt(dir);
  expect(again.recovered).toBe(false);
  expect(await told(again.store)).toEqual(await told(folder.store));
  expect(again.vault.open(sealed, ref('order-own-first'))).toBe('1234');
  await expectEvenBooks(dir, again.store);
});

test('a folder that was backed up while the bot sold opens with even books, and goes on', async () => {
  const { cwd, folder } = await shopFolder();
  for (let round = 0; round < 5; round += 1) {
    await meanwhile(folder.store, String(round), () => run(command('tar -c'), cwd));
    const dir = await restored(cwd);
    const again = await openAt(dir);
    await live(again.store, `after-${round}`);
    const counted = await audit(dir);
    expect(counted).toMatchObject({
      held: counted.openTotal,
      taken: counted.fulfilledTotal,
      duplicates: 0,
      walletEntries: counted.wallets,
    });
    await again.close();
    await rm(dir, { recursive: true });
  }
});

test('a volume that was copied out and moved is marked by the README’s command, and no bot begins there', async () => {
  const { cwd, folder } = await shopFolder();
  await folder.close();
  const volume = await temporaryFolder();
  await cp(join(cwd, 'data'), volume, { recursive: true });
  const database = 'localhost:5432/counter';
  await writeMark(join(cwd, 'data'), { what: 'left', id: 'a move', at: NOW, database });
  // Stands in for Docker: what is to run in the container runs here, on the volume.
  const docker = 'docker() { while test "$1" != counter; do shift; done; shift; "$@"; }';
  const line = command('/data/moved.json').split(' && ')[1]?.replace('/data/', `${volume}/`) ?? '';
  await run(`${docker}\n${line}`, cwd);
  await expect(openAt(volume)).rejects.toThrow(`was moved to the database at ${database}`);
});

let databases = 0;

describeOnPostgres('a database that was dumped', ({ ask, server }) => {
  async function emptyDatabase(): Promise<string> {
    const name = `backup${(databases += 1)}`;
    await ask('public', `CREATE DATABASE ${name}`);
    return server().url.replace(/postgres$/, name);
  }
  async function openAt(url: string): Promise<Store> {
    const { store, close } = await openPostgresStore({ url, clock, sleep, holder: `bot at ${url}` });
    onTestFinished(close);
    return store;
  }
  async function expectEven(url: string): Promise<void> {
    const database = openDatabase({ url, sleep });
    expect(await databaseAudit({ rows: database.read })).toEqual([]);
    await database.close();
  }
  async function shop() {
    const url = await emptyDatabase();
    const store = await openAt(url);
    await letIn(store, 7, 100_000);
    await live(store, 'first');
    return { store, cwd: await temporaryFolder(), env: { DATABASE_URL: url } };
  }
  async function restored(cwd: string): Promise<string> {
    const url = await emptyDatabase();
    await run(command('pg_restore'), cwd, { DATABASE_URL: url });
    return url;
  }

  test('beside bots that rest has everything', async () => {
    const { store, cwd, env } = await shop();
    await run(command('pg_dump'), cwd, env);
    const url = await restored(cwd);
    expect(await told(await openAt(url))).toEqual(await told(store));
    await expectEven(url);
  });

  test('while bots sold has even books, and goes on', async () => {
    const { store, cwd, env } = await shop();
    await meanwhile(store, 'sold', () => run(command('pg_dump'), cwd, env));
    const url = await restored(cwd);
    await expectEven(url);
    await live(await openAt(url), 'after');
    await expectEven(url);
  });

  test('does not go into a database that has a shop', async () => {
    const { cwd, env } = await shop();
    await run(command('pg_dump'), cwd, env);
    await expect(run(command('pg_restore'), cwd, env)).rejects.toThrow('already exists');
    await expectEven(env.DATABASE_URL);
  });
});
