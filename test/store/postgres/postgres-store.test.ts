// What the store in PostgreSQL promises beyond the contract: several processes on one shop, and a network that loses answers.

import { expect, test } from 'vitest';
import { StoreFault, type Store } from '../../../src/app/ports.ts';
import { availableOf } from '../../../src/domain/ledger.ts';
import { dinars } from '../../../src/domain/money.ts';
import { still } from '../../contract/under-test.ts';
import {
  advance,
  change,
  DELIVERED,
  line,
  NOW,
  opening,
  orderIn,
  ref,
  SENT,
  SHOWN,
  unlessTwin,
} from '../orders.ts';
import { aMember, alter, deposit, letIn, openingBy, shopChange } from '../shop-changes.ts';
import { losingProxy } from './losing-proxy.ts';
import { UNEVEN } from './uneven.ts';
import { describeOnPostgres, type PostgresShop } from './with-postgres.ts';

let shops = 0;
const newName = (): string => `shop${(shops += 1)}`;

const kindsOf = async (answers: readonly Promise<{ kind: string }>[]): Promise<string[]> =>
  (await Promise.all(answers)).map(({ kind }) => kind).sort();

function severalProcesses({ open, ask }: PostgresShop): void {
  async function three(): Promise<{ name: string; stores: [Store, Store, Store] }> {
    const name = newName();
    await ask('public', `CREATE SCHEMA ${name}`);
    const [a, b, c] = await Promise.all([open(still, name), open(still, name), open(still, name)]);
    return { name, stores: [a.store, b.store, c.store] };
  }

  test('that start together bring the tables up to date once', async () => {
    const { name, stores } = await three();
    await letIn(stores[0], 7);
    expect(await stores[2].record('member', 7)).toEqual(aMember(7));
    expect(await ask(name, 'SELECT version FROM schema_version')).toEqual([{ version: 1 }]);
  });

  test('of purchases at once from all of them only those come through that there is money for, with numbers in a row', async () => {
    const { name, stores } = await three();
    await letIn(stores[0], 7, 70);
    const all = stores.flatMap((store, s) =>
      Array.from({ length: 20 }, (_, i) => store.commit(openingBy(7, `p${s}-${i}`, 10))),
    );
    const answers = await Promise.all(all);
    const done = answers.filter(({ kind }) => kind === 'done').map(orderIn);
    expect(done.map(({ no }) => no).sort()).toEqual([1001, 1002, 1003, 1004, 1005, 1006, 1007]);
    expect(answers.filter(({ kind }) => kind === 'short')).toHaveLength(53);
    expect(availableOf(await stores[1].wallet(7))).toBe(0);
    expect(await ask(name, UNEVEN)).toEqual([]);
  });

  test('one reference is opened once, whoever is asked and however often', async () => {
    const { name, stores } = await three();
    const same = opening('same');
    const twice = [...stores, ...stores];
    const kinds = await kindsOf(twice.map((store) => store.commit(same)));
    expect(kinds).toEqual(['done', ...Array.from({ length: 5 }, () => 'exists')]);
    expect(await ask(name, UNEVEN)).toEqual([]);
  });

  test('of twins confirmed at once on all of them one is opened, and the others hear of it', async () => {
    const { name, stores } = await three();
    for (let round = 1; round <= 10; round += 1) {
      const same = { line: line(`0363626${String(round).padStart(2, '0')}`) };
      const answers = await Promise.all(
        stores.map((store, s) => store.commit(unlessTwin(opening(`r${round}-${s}`, same), NOW))),
      );
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'twin', 'twin']);
      expect(new Set(answers.map((one) => orderIn(one).ref)).size).toBe(1);
    }
    expect(await stores[0].active()).toHaveLength(10);
    expect(await ask(name, UNEVEN)).toEqual([]);
  });

  test('one deposit is put in once, and one revision of a record is taken once', async () => {
    const { stores } = await three();
    await letIn(stores[0], 7);
    expect(await kindsOf(stores.map((store) => store.change(deposit('d1', 7, 100))))).toEqual([
      'done',
      'exists',
      'exists',
    ]);
    const frozen = shopChange({ puts: [aMember(7, { rev: 2, frozen: true })] });
    expect(await kindsOf(stores.map((store) => store.change(frozen)))).toEqual(['done', 'stale', 'stale']);
    const fresh = shopChange({ puts: [aMember(8)] });
    expect(await kindsOf(stores.map((store) => store.change(fresh)))).toEqual(['done', 'stale', 'stale']);
    expect((await stores[1].wallet(7)).put).toBe(dinars(100));
  });

  test('one step of an order is taken once', async () => {
    const { name, stores } = await three();
    await letIn(stores[0], 7, 1000);
    const sent = await advance(stores[0], orderIn(await stores[0].commit(openingBy(7, 'one'))), SENT);
    const kinds = await kindsOf(stores.map((store) => store.commit(change(sent, DELIVERED))));
    expect(kinds).toEqual(['done', 'stale', 'stale']);
    expect(await ask(name, UNEVEN)).toEqual([]);
  });

  test('nobody who is frozen meanwhile buys elsewhere, and no order is on money that moved meanwhile', async () => {
    const { name, stores } = await three();
    for (let round = 1; round <= 10; round += 1) {
      const person = 100 + round;
      await letIn(stores[0], person, 10);
      await Promise.all([
        alter(stores[0], person, { frozen: true }),
        stores[1].commit(openingBy(person, `f${round}`, 10)),
        stores[2].change(deposit(`again${round}`, person, 5)),
      ]);
      expect((await stores[1].commit(openingBy(person, `late${round}`, 1))).kind).toBe('barred');
    }
    expect(await ask(name, UNEVEN)).toEqual([]);
  });
}

function leases({ open, ask }: PostgresShop): void {
  const refsOf = async (store: Store): Promise<string[]> => (await store.mine()).map((one) => one.ref);
  const lapse = (name: string): Promise<unknown> =>
    ask(name, `UPDATE orders SET held_until = now() - interval '1 s'`);

  async function two() {
    const name = newName();
    return { name, first: await open(still, name), second: await open(still, name) };
  }

  test('an order is looked after by the process that opened it, and by no other while that one lives', async () => {
    const { first, second } = await two();
    await first.store.commit(opening('one'));
    await second.store.commit(opening('two'));
    expect(await refsOf(first.store)).toEqual(['order-one']);
    expect(await refsOf(second.store)).toEqual(['order-two']);
    expect(await second.store.active()).toHaveLength(2);
  });

  test('of a process that shows no sign of life the orders are taken over, each by one', async () => {
    const { name, first, second } = await two();
    const third = await open(still, name);
    for (let i = 0; i < 300; i += 1) await first.store.commit(opening(`o${i}`));
    await lapse(name);
    const [a, b] = await Promise.all([refsOf(second.store), refsOf(third.store)]);
    expect(new Set([...a, ...b]).size).toBe(300);
    expect(a.length + b.length).toBe(300);
    expect(await refsOf(first.store)).toEqual([]);
  });

  test('all that a dead process has left come at once to who finds them alone', async () => {
    const { name, first, second } = await two();
    for (let i = 0; i < 450; i += 1) await first.store.commit(opening(`o${i}`));
    await lapse(name);
    expect(await refsOf(second.store)).toHaveLength(450);
  });

  test('each asking is a sign of life', async () => {
    const { name, first, second } = await two();
    await first.store.commit(opening('one'));
    await ask(name, `UPDATE orders SET held_until = now() + interval '5 s'`);
    expect(await refsOf(first.store)).toEqual(['order-one']);
    const [row] = await ask(name, `SELECT held_until > now() + interval '10 s' AS long FROM orders`);
    expect(row).toEqual({ long: true });
    expect(await refsOf(second.store)).toEqual([]);
  });

  test('a sign of life without asking keeps what a process has, takes nothing, and brings nothing back', async () => {
    const { name, first, second } = await two();
    const third = await open(still, name);
    await first.store.commit(opening('one'));
    await second.store.commit(opening('two'));
    await ask(name, `UPDATE orders SET held_until = now() + interval '5 s' WHERE ref = 'order-one'`);
    await ask(name, `UPDATE orders SET held_until = now() - interval '1 s' WHERE ref = 'order-two'`);
    await first.store.renew();
    await second.store.renew();
    const long = `SELECT ref, held_until > now() + interval '10 s' AS long FROM orders ORDER BY ref`;
    expect(await ask(name, long)).toEqual([
      { ref: 'order-one', long: true },
      { ref: 'order-two', long: false },
    ]);
    expect(await refsOf(third.store)).toEqual(['order-two']);
  });

  test('whoever stops in order gives its orders back at once, and a closed one is nobody’s', async () => {
    const { first, second } = await two();
    const order = orderIn(await first.store.commit(opening('one')));
    await first.store.commit(opening('two'));
    await advance(first.store, order, [...SENT, DELIVERED, SHOWN]);
    expect(await refsOf(first.store)).toEqual(['order-two']);
    await first.close();
    expect(await refsOf(second.store)).toEqual(['order-two']);
  });
}

function connections({ open }: PostgresShop): void {
  test('whoever asks one thing waits for no transaction, however many are under way', async () => {
    const { store, database } = await open(still, newName());
    const { promise: longEnough, resolve: enough } = Promise.withResolvers<undefined>();
    const transactions = Array.from({ length: 10 }, () => database.write(() => longEnough));
    expect(await store.active()).toEqual([]);
    enough(undefined);
    await Promise.all(transactions);
  });
}

function lostAnswers({ server, open, ask }: PostgresShop): void {
  test('an answer to a commit that is lost is looked for: what was written is told as done', async () => {
    const name = newName();
    const proxy = await losingProxy(server().url);
    const { store } = await open(still, name, proxy.url);
    proxy.loseNext('its answer');
    const order = orderIn(await store.commit(opening('one')));
    expect(await store.byRef(ref('order-one'))).toEqual(order);
    expect((await store.commit(opening('one'))).kind).toBe('exists');
    expect(await ask(name, UNEVEN)).toEqual([]);
  });

  test('a commit that never arrived is told as a fault, nothing is changed, and it can be made again', async () => {
    const name = newName();
    const proxy = await losingProxy(server().url);
    const { store } = await open(still, name, proxy.url);
    proxy.loseNext('the commit');
    await expect(store.commit(opening('one'))).rejects.toThrow(StoreFault);
    expect(await store.byRef(ref('order-one'))).toBeUndefined();
    expect(orderIn(await store.commit(opening('one'))).no).toBe(1001);
    expect(await ask(name, UNEVEN)).toEqual([]);
  });

  test('connections that break under way cost nobody an order or a centime', async () => {
    const name = newName();
    const { store } = await open(still, name);
    await letIn(store, 7, 10_000);
    const answers: Promise<string>[] = [];
    for (let i = 0; i < 60; i += 1) {
      answers.push(
        store.commit(openingBy(7, `cut${i}`, 10)).then(
          ({ kind }) => kind,
          (error: unknown) => (error instanceof StoreFault ? 'fault' : String(error)),
        ),
      );
      if (i % 10 === 5) await server().cut();
    }
    const kinds = await Promise.all(answers);
    for (const [i, kind] of kinds.entries())
      expect(await store.byRef(ref(`order-cut${i}`)).then((found) => found !== undefined)).toBe(
        kind === 'done',
      );
    expect(await ask(name, UNEVEN)).toEqual([]);
  });

  test('a server that is gone is told as a fault; once it is back everything is there', async () => {
    const name = newName();
    const { store } = await open(still, name);
    const order = await advance(store, orderIn(await store.commit(opening('one'))), [
      ...SENT,
      DELIVERED,
      SHOWN,
    ]);
    await server().crash();
    await expect(store.commit(opening('two'))).rejects.toThrow(StoreFault);
    await expect(store.active()).rejects.toThrow(StoreFault);
    await server().start();
    expect(await store.byRef(order.ref)).toEqual(order);
    expect(orderIn(await store.commit(opening('two'))).no).toBe(1002);
  });

  test('a database that a newer version wrote is left alone', async () => {
    const name = newName();
    await open(still, name);
    await ask(name, 'UPDATE schema_version SET version = 99');
    await expect(open(still, name)).rejects.toThrow('newer version');
  });
}

describeOnPostgres('several processes on one shop in PostgreSQL', severalProcesses);
describeOnPostgres('orders shared by processes in PostgreSQL', leases);
describeOnPostgres('connections to PostgreSQL', connections);
describeOnPostgres('PostgreSQL behind a bad network', lostAnswers);
