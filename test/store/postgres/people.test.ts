// What is remembered of people is the same in every process, soon after any of them was told.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { createListener } from '../../../src/store/postgres/listener.ts';
import { createPeople } from '../../../src/store/postgres/people.ts';
import { still } from '../../contract/under-test.ts';
import { describeOnPostgres } from './with-postgres.ts';

let shops = 0;

describeOnPostgres('what is remembered of people in PostgreSQL', ({ open, server }) => {
  async function process(schema: string) {
    const { url } = server();
    const database = openDatabase({ url, schema, sleep });
    const listener = createListener({ url, sleep });
    const opened = createPeople({ database, listener, failed: (error) => expect.fail(String(error)) });
    await opened.load();
    await listener.start();
    onTestFinished(async () => {
      await listener.close();
      await database.close();
    });
    return opened.people;
  }
  async function two() {
    const name = `people${(shops += 1)}`;
    await open(still, name);
    return { name, a: await process(name), b: await process(name) };
  }

  test('a language that was chosen in one process is known in the others and after a restart', async () => {
    const { name, a, b } = await two();
    await a.setLanguage(7, 'fr');
    expect(a.language(7)).toBe('fr');
    await vi.waitFor(() => expect(b.language(7)).toBe('fr'));
    await b.hear(7, 'ar');
    await vi.waitFor(() => expect(a.heard(7)).toBe('ar'));
    expect(a.language(7)).toBe('fr');
    const later = await process(name);
    expect([later.language(7), later.heard(7), later.language(8)]).toEqual(['fr', 'ar', undefined]);
  });

  test('what was said while the line was broken is known once it is back', async () => {
    const { a, b } = await two();
    await server().cut();
    await a.setLanguage(9, 'en');
    await vi.waitFor(() => expect(b.language(9)).toBe('en'), { timeout: 10_000 });
  });
});
