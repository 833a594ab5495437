// What is remembered of people, in the database: all of it in memory too, because it is asked for at every turn, and read
// again when another process says that it changed somebody.

import * as z from 'zod';
import type { People } from '../../app/chat-memory.ts';
import type { Language } from '../../domain/order.ts';
import type { Database } from './database.ts';
import type { Listener } from './listener.ts';

interface Person {
  readonly chosen: Language | null;
  readonly heard: Language | null;
}

const UNKNOWN: Person = { chosen: null, heard: null };
const CHANNEL = 'people';

const language = z.enum(['ar', 'fr', 'en']).nullable();
const row = z.object({ id: z.int(), chosen: language, heard: language });

const PUT = `
  INSERT INTO people (id, chosen, heard) VALUES ($1, $2, $3)
  ON CONFLICT (id) DO UPDATE SET
    chosen = coalesce(excluded.chosen, people.chosen), heard = coalesce(excluded.heard, people.heard)`;

export interface DatabasePeople {
  readonly people: People;
  /** Reads everybody; before anything else. */
  load(): Promise<void>;
}

/** What is set is committed when that resolves; throws StoreFault when it can't be. */
export function createPeople(deps: {
  database: Database;
  listener: Listener;
  failed: (error: unknown) => void;
}): DatabasePeople {
  const { database, listener, failed } = deps;
  const all = new Map<number, Person>();
  const of = (person: number): Person => all.get(person) ?? UNKNOWN;

  async function read(where = '', values: readonly unknown[] = []): Promise<void> {
    const rows = await database.read(row, `SELECT id, chosen, heard FROM people ${where}`, values);
    for (const { id, chosen, heard } of rows) all.set(id, { chosen, heard });
  }

  listener.on(CHANNEL, (payload) => {
    (payload === undefined ? read() : read('WHERE id = $1', [payload])).catch(failed);
  });

  async function remember(person: number, more: Partial<Person>): Promise<void> {
    const known = of(person);
    const next = { ...known, ...more };
    if (next.chosen === known.chosen && next.heard === known.heard) return;
    await database.write(async (query) => {
      await query.run(PUT, [person, more.chosen ?? null, more.heard ?? null]);
      await query.run('SELECT pg_notify($1, $2)', [CHANNEL, String(person)]);
    });
    all.set(person, { ...of(person), ...more });
  }

  return {
    load: () => read(),
    people: {
      language: (person) => of(person).chosen ?? undefined,
      setLanguage: (person, chosen) => remember(person, { chosen }),
      heard: (person) => of(person).heard ?? undefined,
      hear: (person, heard) => remember(person, { heard }),
    },
  };
}
