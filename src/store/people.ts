// What people have chosen for good, in `settings.json`: so far, their language.

import { join } from 'node:path';
import * as z from 'zod';
import type { People } from '../app/ports.ts';
import type { Language } from '../domain/order.ts';
import { DamagedFile, NewerFile, type Place } from './disk.ts';
import { openReplaceable, type Comeback } from './replaceable-file.ts';

export const SETTINGS_FILE = 'settings.json';

export interface OpenedPeople {
  readonly people: People;
  /** `empty`: everybody is asked or guessed anew; the torn file is kept beside as `.torn-<time>`. */
  readonly comeback: Comeback;
  readonly close: () => Promise<void>;
}

type Languages = Map<number, Language>;

const fileSchema = z.object({
  version: z.literal(1),
  languages: z.array(z.tuple([z.int(), z.enum(['ar', 'fr', 'en'])])),
});

const newerSchema = z.looseObject({ version: z.int().min(2) });

const writeSettings = (languages: Languages): string =>
  `${JSON.stringify({ version: 1, languages: [...languages] })}\n`;

function readSettings(text: string, file: string): Languages {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    throw new DamagedFile(`${file}: cut short or not JSON`);
  }
  if (newerSchema.safeParse(stored).success)
    throw new NewerFile(`${file}: written by a newer version of this program`);
  const { data } = fileSchema.safeParse(stored);
  if (data === undefined) throw new DamagedFile(`${file}: not a file of settings`);
  return new Map(data.languages);
}

/** Opens `settings.json`; `setLanguage` is on disk when it resolves and throws StoreFault when it can't be. */
export async function openPeople({ dir, clock, files }: Place): Promise<OpenedPeople> {
  const path = join(dir, SETTINGS_FILE);
  const file = await openReplaceable<Languages>({
    path,
    parse: (text) => readSettings(text, path),
    stringify: writeSettings,
    empty: new Map(),
    copy: (languages) => new Map(languages),
    clock,
    ...(files && { files }),
  });
  const people: People = {
    language: (person) => file.now().get(person),
    setLanguage: (person, language) =>
      file.edit((draft) => {
        const same = draft.get(person) === language;
        draft.set(person, language);
        return !same;
      }),
  };
  return { people, comeback: file.comeback, close: file.close };
}
