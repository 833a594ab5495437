// One process of several does what is done once: on a real database, at the same moment.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createIncidents, CREDIT_EVERY_MS } from '../../../src/app/incidents.ts';
import type { OwnerAlert } from '../../../src/domain/report.ts';
import { dinars } from '../../../src/domain/money.ts';
import { NEW_HOUSE } from '../../../src/domain/shop.ts';
import { createClaims } from '../../../src/store/postgres/claims.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import type { PostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { still } from '../../contract/under-test.ts';
import { NOW } from '../orders.ts';
import { describeOnPostgres } from './with-postgres.ts';

let shops = 0;
const MINUTE = 60_000;

describeOnPostgres('a name that processes claim', ({ ask, open, server }) => {
  async function processes(count: number) {
    const schema = `claims${(shops += 1)}`;
    const stores: PostgresStore[] = [];
    while (stores.length < count) stores.push(await open(still, schema));
    const claims = stores.map((_, index) => {
      const database = openDatabase({ url: server().url, schema, sleep });
      onTestFinished(() => database.close());
      return createClaims(database, `process${index}`);
    });
    return { schema, stores, claims };
  }

  test('is one’s, who may keep it, until its time is over', async () => {
    const { schema, claims } = await processes(5);
    const all = () => Promise.all(claims.map((one) => one.claim('a', MINUTE)));
    const first = await all();
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await all()).toEqual(first);
    expect(await claims[0]?.claim('b', MINUTE)).toBe(true);
    await ask(schema, `UPDATE claims SET until = now() WHERE name = 'a'`);
    const second = await Promise.all(
      claims.map((one, index) => (first[index] === true ? Promise.resolve(false) : one.claim('a', MINUTE))),
    );
    expect(second.filter(Boolean)).toHaveLength(1);
  });

  test('is forgotten when nobody has had it for long', async () => {
    const { schema, claims } = await processes(1);
    await claims[0]?.claim('old', MINUTE);
    await ask(schema, `UPDATE claims SET until = now() - interval '2 days'`);
    expect(await claims[0]?.claim('new', MINUTE)).toBe(true);
    expect(await ask(schema, 'SELECT name FROM claims')).toEqual([{ name: 'new' }]);
    expect(await claims[0]?.claim('new', MINUTE)).toBe(true);
  });

  test('makes two processes tell a trouble of the shop once, its end once, and again when it comes again', async () => {
    const { stores, claims } = await processes(2);
    const told: OwnerAlert['kind'][] = [];
    let now = NOW;
    let credit = dinars(10);
    const watches = stores.map(({ store }, index) =>
      createIncidents({
        ...{ store, claims: claims[index], clock: () => now },
        topups: { halted: () => false },
        credit: () => Promise.resolve(credit),
        house: () => Promise.resolve({ ...NEW_HOUSE, threshold: dinars(1_000) }),
        pulse: { silentSince: () => undefined, answers: () => true },
        tell: ({ kind }) => {
          told.push(kind);
          return Promise.resolve(true);
        },
        failed: (error) => expect.fail(String(error)),
      }),
    );
    for (const next of [10, 5_000, 10]) {
      credit = dinars(next);
      now += CREDIT_EVERY_MS;
      for (let looks = 0; looks < 2; looks += 1) await Promise.all(watches.map((one) => one.check()));
    }
    expect(told).toEqual(['credit-low', 'credit-back', 'credit-low']);
  });
});
