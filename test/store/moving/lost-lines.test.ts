// A shop whose backup left its journal without its last lines, or its archive without some orders, moves like any other:
// everybody has what they had, orders are all told of, and a correction stands where nobody can say any more what was.

import { cp } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Opening, Store } from '../../../src/app/ports.ts';
import { effectOf, walletOf } from '../../../src/domain/ledger.ts';
import { dinars } from '../../../src/domain/money.ts';
import { openLowdbStore } from '../../../src/store/lowdb-store.ts';
import { fromDatabase } from '../../../src/store/moving/from-database.ts';
import { fromFolder } from '../../../src/store/moving/from-folder.ts';
import { toDatabase } from '../../../src/store/moving/to-database.ts';
import { toFolder } from '../../../src/store/moving/to-folder.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { migrate } from '../../../src/store/postgres/migrate.ts';
import { expectEvenBooks } from '../even-books.ts';
import { advance, buy, DELIVERED, GIVEN_BACK, NOW, opening, orderIn, SENT, SHOWN } from '../orders.ts';
import { describeOnPostgres } from '../postgres/with-postgres.ts';
import { auditLine, correction, deposit, letIn, transfer } from '../shop-changes.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let now = NOW;
const clock = () => (now += 1000);

const ordering = (name: string, amount: number): Opening =>
  opening(name, { buyer: 7, role: 'customer', price: dinars(amount) }, clock());

/** Does it in the shop of a folder, and stops. */
async function working(dir: string, work: (store: Store) => Promise<unknown>): Promise<void> {
  const { store, close } = await openLowdbStore({ dir, clock });
  await work(store);
  await close();
}

/** An order of 7's from its beginning to its end. */
async function sold(store: Store, name: string, end = DELIVERED, amount = 100): Promise<void> {
  const order = orderIn(await store.commit(ordering(name, amount)));
  await advance(store, order, [...SENT, end, SHOWN], clock());
}

/** The folder as it is put back whose parts were copied before something was done, and the rest of it after. */
async function backedUp(
  dir: string,
  before: readonly string[],
  work: (store: Store) => Promise<unknown>,
): Promise<string> {
  const backup = await temporaryFolder();
  for (const name of before) await cp(join(dir, name), join(backup, name), { recursive: true });
  await working(dir, work);
  await cp(dir, backup, { recursive: true, force: false });
  return backup;
}

const people = [7, 8];

/** What everybody has, and what they are told came of it. */
async function everybody(store: Store) {
  const all = people.map(async (person) => {
    const { put, held, taken } = await store.wallet(person);
    const { rows } = await store.statement(walletOf(person), null, 100);
    return { available: put - taken - held, held, told: rows.reduce((sum, one) => sum + effectOf(one), 0) };
  });
  return Promise.all(all);
}

const statement = async (store: Store, person = 7) =>
  (await store.statement(walletOf(person), null, 100)).rows.map(({ id, kind, amount, reason }) =>
    kind === 'correction' ? [reason, amount] : id,
  );

let shops = 0;
describeOnPostgres('a shop that was put back from a backup', ({ server, open, ask }) => {
  /** Moves it there and back; gives the shop in the database and the one in the folder that it came back to. */
  async function thereAndBack(dir: string): Promise<{ there: Store; again: Store }> {
    const name = `lost${(shops += 1)}`;
    await ask('public', `CREATE SCHEMA ${name}`);
    const database = openDatabase({ url: server().url, schema: name, sleep, as: 'mover' });
    onTestFinished(() => database.close());
    await migrate(database);
    const { belongings, close } = await fromFolder(dir, clock);
    onTestFinished(close);
    const moved = await toDatabase(database, belongings, { id: 'a move', at: NOW, folder: dir });
    const back = await temporaryFolder();
    const returned = await fromDatabase(database, (all) =>
      toFolder(back, all, clock, () => Promise.resolve()),
    );
    expect(returned).toEqual(moved);
    const { store: there } = await open(clock, name);
    const { store: again, faults } = await openLowdbStore({ dir: back, clock });
    expect(faults).toEqual([]);
    await expectEvenBooks(back, again);
    expect(await everybody(again)).toEqual(await everybody(there));
    expect(await statement(again)).toEqual(await statement(there));
    return { there, again };
  }
  async function remembered(dir: string) {
    const { store, close } = await openLowdbStore({ dir, clock });
    const all = await everybody(store);
    await close();
    return all.map(({ available, held }) => ({ available, held, told: available }));
  }

  test('without the journal’s last lines: a deposit of which no line is left is a correction', async () => {
    const dir = await temporaryFolder();
    await working(dir, (store) => letIn(store, 7, 1000));
    const backup = await backedUp(dir, ['journal'], (store) => store.change(deposit('gone', 7, 50)));
    await working(backup, (store) => store.change(deposit('since', 7, 5)));
    const had = await remembered(backup);
    const { there, again } = await thereAndBack(backup);
    expect(await everybody(there)).toMatchObject([had[0], { available: 0 }]);
    expect((await there.wallet(7)).put).toBe(dinars(1055));
    expect(await statement(there)).toEqual(['since', ['…', dinars(50)], 'first-7']);
    expect(await again.change(deposit('since', 7, 5))).toEqual({ kind: 'exists' });
  });

  test('without the journal’s last lines, and nothing written since: moves as well', async () => {
    const dir = await temporaryFolder();
    await working(dir, (store) => letIn(store, 7, 1000));
    const backup = await backedUp(dir, ['journal'], (store) => store.change(deposit('gone', 7, 50)));
    await working(backup, () => Promise.resolve());
    const { there } = await thereAndBack(backup);
    expect(await statement(there)).toEqual([['…', dinars(50)], 'first-7']);
  });

  test('without the journal’s last lines, twice: orders are told of by themselves', async () => {
    const dir = await temporaryFolder();
    await working(dir, async (store) => {
      await letIn(store, 7, 1000);
      await letIn(store, 8, 1000);
      await store.commit(ordering('open', 30));
      await store.change({ ...transfer('t1', 7, 8, 1), audit: [auditLine('t1')] });
    });
    const first = await backedUp(dir, ['journal'], async (store) => {
      await sold(store, 'untold');
      await sold(store, 'given-back', GIVEN_BACK);
      await store.change(transfer('t2', 7, 8, 2));
      await buy(store, 'owners');
    });
    await working(first, (store) => sold(store, 'between'));
    const second = await backedUp(first, ['journal'], async (store) => {
      await store.commit(ordering('held', 20));
      await store.change(correction('c1', 8, -3));
    });
    await working(second, (store) => sold(store, 'last'));
    const had = await remembered(second);
    const { there } = await thereAndBack(second);
    expect(await everybody(there)).toEqual(had);
    expect(await there.wallet(7)).toEqual({ put: dinars(997), held: dinars(50), taken: dinars(300) });
    expect(await statement(there)).toEqual([
      'order-last:hold',
      'order-held:hold',
      'order-between:hold',
      ['…', dinars(-2)],
      'order-given-back:release',
      'order-given-back:hold',
      'order-untold:hold',
      't1:out',
      'order-open:hold',
      'first-7',
    ]);
    expect(await statement(there, 8)).toEqual([['…', dinars(-3)], ['…', dinars(2)], 't1:in', 'first-8']);
  });

  test('without some closed orders: what they cost stays paid, as corrections', async () => {
    for (const copied of [['archive'], ['archive', 'journal']]) {
      const dir = await temporaryFolder();
      await working(dir, async (store) => {
        await letIn(store, 7, 1000);
        await sold(store, 'kept');
        await store.commit(ordering('open', 30));
      });
      const backup = await backedUp(dir, copied, async (store) => {
        await sold(store, 'gone');
        await sold(store, 'given-back', GIVEN_BACK);
        await buy(store, 'owners');
      });
      await working(backup, (store) => sold(store, 'since', DELIVERED, 200));
      const had = await remembered(backup);
      const { there, again } = await thereAndBack(backup);
      expect(await everybody(there)).toEqual(had);
      expect(await there.wallet(7)).toEqual({ put: dinars(900), held: dinars(30), taken: dinars(300) });
      expect(await there.books()).toEqual({ held: dinars(30), taken: dinars(300) });
      const corrected = await statement(there);
      const told = copied.includes('journal') ? [-100] : [100, -100, -100];
      expect(corrected.filter(Array.isArray)).toEqual(told.map((amount) => ['…', dinars(amount)]));
      expect(corrected.filter((one) => !Array.isArray(one))).toEqual([
        ...['order-since:hold', 'order-open:hold', 'order-kept:hold', 'first-7'],
      ]);
      await sold(again, 'after');
      expect((await again.wallet(7)).taken).toBe(dinars(400));
    }
  });
});
