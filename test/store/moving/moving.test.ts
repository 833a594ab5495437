// A shop moves from a folder into a database and back, with everything it has, or it stays where it is.

import fc from 'fast-check';
import { readdir, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../../src/app/ports.ts';
import { walletOf } from '../../../src/domain/ledger.ts';
import { openDialogues } from '../../../src/store/dialogues.ts';
import { openKeyMemory } from '../../../src/store/key-memory.ts';
import { acquireLock } from '../../../src/store/lock.ts';
import { openLowdbStore } from '../../../src/store/lowdb-store.ts';
import { fromDatabase } from '../../../src/store/moving/from-database.ts';
import { fromFolder } from '../../../src/store/moving/from-folder.ts';
import { toDatabase } from '../../../src/store/moving/to-database.ts';
import { toFolder } from '../../../src/store/moving/to-folder.ts';
import { openPeople } from '../../../src/store/people.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { migrate } from '../../../src/store/postgres/migrate.ts';
import { expectEvenBooks } from '../even-books.ts';
import { advance, buy, DELIVERED, GIVEN_BACK, NOW, opening, orderIn, SENT, SHOWN } from '../orders.ts';
import { describeOnPostgres } from '../postgres/with-postgres.ts';
import { aMember, auditLine, deposit, letIn, openingBy, shopChange, transfer } from '../shop-changes.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const A_MOVE = { id: 'a move', at: NOW, folder: 'data' };
const unmarked = (): Promise<void> => Promise.resolve();

const MONTH = 31 * 24 * 3_600_000;

/** Everything that a store can be asked. */
async function everythingIn(store: Store): Promise<unknown> {
  const people = [7, 8, 9];
  return {
    orders: (await store.orders({}, null, 100_000)).rows,
    books: await store.books(),
    wallets: await Promise.all(people.map((one) => store.wallet(one))),
    statements: await Promise.all(
      people.map(async (one) => (await store.statement(walletOf(one), null, 100_000)).rows),
    ),
    trail: (await store.auditTrail(null, 100_000)).rows,
    shop: await Promise.all(
      (['member', 'invite', 'house', 'kept', 'group'] as const).map((kind) => store.records(kind)),
    ),
    next: orderIn(await store.commit(opening('next-of-all'))).no,
  };
}

/** A shop of three months: owners and buyers, open, delivered and refunded orders, transfers, an audit trail. */
async function liveIn(dir: string, orders: number): Promise<void> {
  let now = NOW;
  const { store, close } = await openLowdbStore({ dir, clock: () => now });
  for (const person of [7, 8, 9]) await letIn(store, person, 100_000);
  async function live(i: number): Promise<void> {
    const order = orderIn(await store.commit(openingBy(7 + (i % 3), `m${i}`, 10 + (i % 5))));
    if (i % 11 === 0) return;
    await advance(
      store,
      order,
      i % 7 === 0 ? [...SENT, GIVEN_BACK, SHOWN] : [...SENT, DELIVERED, SHOWN],
      now,
    );
    if (i % 13 === 0) await store.change({ ...transfer(`t${i}`, 7, 8, 1), audit: [auditLine(String(i))] });
  }
  const TOGETHER = 100;
  for (let from = 0; from < orders; from += TOGETHER) {
    now = NOW + Math.floor((from / orders) * 3 * MONTH);
    await Promise.all(Array.from({ length: Math.min(TOGETHER, orders - from) }, (_, i) => live(from + i)));
  }
  await buy(store, 'owner');
  await close();
  const flows = await openDialogues({ dir, clock: () => NOW });
  flows.dialogues.setPrompt('7:7:0', { chatId: 7, threadId: null, messageId: 3, language: 'fr' });
  await flows.dialogues.write('7:7:0', { step: 1 }, 41);
  await flows.close();
  const settings = await openPeople({ dir, clock: () => NOW });
  await settings.people.setLanguage(8, 'ar');
  await settings.close();
  const provider = await openKeyMemory({ dir, clock: () => NOW, apiKey: 'a key' });
  await provider.memory.keep(true);
  await provider.close();
}

let shops = 0;
describeOnPostgres('a shop that moves', ({ server, open, ask }) => {
  const clock = () => NOW + 4 * MONTH;

  async function emptyDatabase() {
    const name = `moved${(shops += 1)}`;
    await ask('public', `CREATE SCHEMA ${name}`);
    const database = openDatabase({ url: server().url, schema: name, sleep, as: 'mover' });
    onTestFinished(() => database.close());
    await migrate(database);
    return { name, database };
  }
  async function moveIn(dir: string) {
    const { name, database } = await emptyDatabase();
    const { belongings, close } = await fromFolder(dir, clock);
    const moved = await toDatabase(database, belongings, A_MOVE);
    await close();
    return { name, database, moved };
  }

  test(
    'has everything in the database that it had in the folder, and everything again when it moves back',
    { timeout: 120_000 },
    async () => {
      const dir = await temporaryFolder();
      await liveIn(dir, 400);
      const { name, database, moved } = await moveIn(dir);
      expect(moved).toMatchObject({ orders: 401, wallets: 3, people: 1 });
      const back = await temporaryFolder();
      expect(
        await fromDatabase(database, (belongings) => toFolder(back, belongings, clock, unmarked)),
      ).toEqual(moved);
      const { store: there } = await open(clock, name);
      const told = await everythingIn((await openLowdbStore({ dir, clock })).store);
      expect(await everythingIn(there)).toEqual(told);
      const opened = await openLowdbStore({ dir: back, clock });
      expect([opened.faults, opened.recovered]).toEqual([[], false]);
      expect(await everythingIn(opened.store)).toEqual(told);
      await expectEvenBooks(back, opened.store);
      const { dialogues } = await openDialogues({ dir: back, clock });
      expect(dialogues.read('7:7:0')).toEqual({ step: 1 });
      expect(dialogues.prompt('7:7:0')?.messageId).toBe(3);
      expect([dialogues.handled(41), dialogues.handled(42)]).toEqual([true, false]);
      expect((await openPeople({ dir: back, clock })).people.language(8)).toBe('ar');
      const { memory } = await openKeyMemory({ dir: back, clock, apiKey: 'a key' });
      expect(memory.sandbox()).toBe(true);
    },
  );

  test('of ten thousand orders is moved there and back with even books', { timeout: 300_000 }, async () => {
    const dir = await temporaryFolder();
    await liveIn(dir, 10_000);
    const { database, moved } = await moveIn(dir);
    expect(moved.orders).toBe(10_001);
    const back = await temporaryFolder();
    await fromDatabase(database, (belongings) => toFolder(back, belongings, clock, unmarked));
    const { store, faults } = await openLowdbStore({ dir: back, clock });
    expect(faults).toEqual([]);
    await expectEvenBooks(back, store);
  });

  test('goes on in the database: money that was moved before is not moved again', async () => {
    const dir = await temporaryFolder();
    const { store, close } = await openLowdbStore({ dir, clock });
    await letIn(store, 7, 100);
    await store.change(deposit('again', 7, 5));
    await close();
    const { name } = await moveIn(dir);
    const there = await open(clock, name);
    expect(await there.store.change(deposit('again', 7, 5))).toEqual({ kind: 'exists' });
    expect(await there.store.change(shopChange({ puts: [aMember(7)] }))).toEqual({ kind: 'stale' });
  });

  test('takes with it the order of somebody with a name that no database text can hold', async () => {
    const dir = await temporaryFolder();
    const { store, close } = await openLowdbStore({ dir, clock });
    await letIn(store, 7, 100);
    const buyerName = 'a\u0000b \ud800 "price":1,';
    const order = orderIn(await store.commit(openingBy(7, 'odd', 40, { buyerName })));
    await close();
    const { name, moved } = await moveIn(dir);
    expect(moved.orders).toBe(1);
    const there = await open(clock, name);
    expect(await there.store.byRef(order.ref)).toEqual(order);
  });

  test('stays where it is while a bot works in the folder, or another shop is in the database', async () => {
    const dir = await temporaryFolder();
    await liveIn(dir, 5);
    const lock = await acquireLock(dir, { clock: Date.now });
    await expect(fromFolder(dir, clock)).rejects.toThrow('stop it first');
    await lock.release();
    const { database } = await moveIn(dir);
    const { belongings, close } = await fromFolder(dir, clock);
    await expect(toDatabase(database, belongings, A_MOVE)).rejects.toThrow(
      'There is a shop in the database already',
    );
    await close();
    await expect(fromDatabase(database, (all) => toFolder(dir, all, clock, unmarked))).rejects.toThrow(
      'something of a shop',
    );
    await expect(fromFolder(await temporaryFolder(), clock)).rejects.toThrow('There is no shop');
  });

  test('leaves nothing behind when it can not move in as a whole, and can try again', async () => {
    const dir = await temporaryFolder();
    await liveIn(dir, 20);
    const { database } = await emptyDatabase();
    const { belongings, close } = await fromFolder(dir, clock);
    onTestFinished(close);
    const bent = { ...belongings, wallets: belongings.wallets.slice(1) };
    await expect(toDatabase(database, bent, A_MOVE)).rejects.toThrow('Nothing was moved');
    expect((await toDatabase(database, belongings, A_MOVE)).orders).toBe(21);
    const back = await temporaryFolder();
    const broken = fromDatabase(database, (all) =>
      toFolder(back, { ...all, books: { ...all.books, held: all.books.taken } }, clock, unmarked),
    );
    await expect(broken).rejects.toThrow('not be even');
    expect(await readdir(back)).toEqual([]);
    await fromDatabase(database, (all) => toFolder(back, all, clock, unmarked));
    await rm(join(back, 'orders.json'));
    await expect(fromDatabase(database, (all) => toFolder(back, all, clock, unmarked))).rejects.toThrow(
      'something of a shop',
    );
  });

  test('whatever its history was', { timeout: 120_000 }, async () => {
    const amount = fc.integer({ min: 1, max: 30 });
    const act = fc.record({
      person: fc.constantFrom(7, 8),
      amount,
      end: fc.constantFrom('open', 'delivered', 'refunded'),
      gap: fc.integer({ min: 0, max: MONTH }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 15 }), async (acts) => {
        const dir = await temporaryFolder();
        let now = NOW;
        const { store, close } = await openLowdbStore({ dir, clock: () => now });
        for (const person of [7, 8]) await letIn(store, person, 200);
        for (const [i, one] of acts.entries()) {
          now += one.gap;
          const answer = await store.commit(openingBy(one.person, `p${i}`, one.amount));
          if (answer.kind !== 'done' || one.end === 'open') continue;
          await advance(
            store,
            answer.order,
            [...SENT, one.end === 'delivered' ? DELIVERED : GIVEN_BACK, SHOWN],
            now,
          );
        }
        await close();
        const { database } = await moveIn(dir);
        const back = await temporaryFolder();
        await fromDatabase(database, (belongings) => toFolder(back, belongings, clock, unmarked));
        const [a, b] = await Promise.all([dir, back].map((one) => openLowdbStore({ dir: one, clock })));
        expect(b?.faults).toEqual([]);
        if (a !== undefined && b !== undefined)
          expect(await everythingIn(b.store)).toEqual(await everythingIn(a.store));
      }),
      { numRuns: 15 },
    );
  });
});
