// What is remembered of people, in `settings.json`: the language they chose, and the one their app speaks.

import { join } from 'node:path';
import * as z from 'zod';
import type { People } from '../app/chat-memory.ts';
import type { Language } from '../domain/order.ts';
import type { Place } from './disk.ts';
import { openReplaceable, type Comeback } from './replaceable-file.ts';
import { readVersioned } from './versioned-json.ts';

export const SETTINGS_FILE = 'settings.json';

export interface OpenedPeople {
  readonly people: People;
  /** `empty`: everybody is asked or guessed anew; the torn file is kept beside as `.torn-<time>`. */
  readonly comeback: Comeback;
  readonly close: () => Promise<void>;
}

export interface Person {
  readonly chosen: Language | null;
  readonly heard: Language | null;
}

export type Persons = Map<number, Person>;

const UNKNOWN: Person = { chosen: null, heard: null };

const language = z.enum(['ar', 'fr', 'en']).nullable();

const fileSchema = z.object({
  version: z.literal(1),
  people: z.array(z.tuple([z.int(), z.object({ chosen: language, heard: language })])),
});

export const writeSettings = (people: Persons): readonly string[] => [
  JSON.stringify({ version: 1, people: [...people] }),
  '\n',
];

export const readSettings = (text: string, file: string): Persons =>
  new Map(readVersioned(text, { file, schema: fileSchema, not: 'not a file of settings' }).people);

/** Opens `settings.json`; what is set is on disk when that resolves; throws StoreFault when it can't be. */
export async function openPeople({ dir, clock, files }: Place): Promise<OpenedPeople> {
  const path = join(dir, SETTINGS_FILE);
  const file = await openReplaceable<Persons>({
    path,
    parse: (text) => readSettings(text, path),
    pieces: writeSettings,
    empty: new Map(),
    copy: (people) => new Map(people),
    clock,
    ...(files && { files }),
  });
  const of = (person: number): Person => file.now().get(person) ?? UNKNOWN;
  const remember = (person: number, more: Partial<Person>): Promise<void> =>
    file.edit((draft) => {
      const known = draft.get(person) ?? UNKNOWN;
      const next = { ...known, ...more };
      draft.set(person, next);
      return next.chosen !== known.chosen || next.heard !== known.heard;
    });
  const people: People = {
    language: (person) => of(person).chosen ?? undefined,
    setLanguage: (person, chosen) => remember(person, { chosen }),
    heard: (person) => of(person).heard ?? undefined,
    hear: (person, heard) => remember(person, { heard }),
  };
  return { people, comeback: file.comeback, close: file.close };
}
