// The door of every JSON file that is replaced whole: tells a torn text from one that a later version of this program
// wrote, and gives what the file's own schema makes of the rest.

import * as z from 'zod';
import { DamagedFile, NewerFile } from './disk.ts';

const numbered = z.looseObject({ version: z.int() });

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // JSON's own message quotes the text, which holds people's numbers.
    throw new DamagedFile(`${file}: cut short or not JSON`);
  }
}

/** Reads a text of at most this version, 1 if not told. Throws DamagedFile, which says that `file` is `not` what it should be, or NewerFile. */
export function readVersioned<T>(
  text: string,
  { file, schema, not, version = 1 }: { file: string; schema: z.ZodType<T>; not: string; version?: number },
): T {
  const stored = parseJson(text, file);
  if ((numbered.safeParse(stored).data?.version ?? 0) > version)
    throw new NewerFile(`${file}: written by a newer version of this program`);
  const { data } = schema.safeParse(stored);
  if (data === undefined) throw new DamagedFile(`${file}: ${not}`);
  return data;
}
