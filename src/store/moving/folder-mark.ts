// What a folder says of the shop that moves out of it or into it, in `moved.json`: no bot begins there meanwhile, and none
// where the shop is no more. The database's commit is what decides; whoever is cut short there is told to move once more.

import { join } from 'node:path';
import * as z from 'zod';
import { errorCode, REAL_FILES, removeFile, syncFolder, UnusableFolder } from '../disk.ts';
import { readVersioned } from '../versioned-json.ts';

export const MARK_FILE = 'moved.json';

const markSchema = z.object({
  version: z.literal(1),
  what: z.enum(['leaving', 'left', 'arriving']),
  /** Of one move, the same in the database. */
  id: z.string(),
  /** Epoch ms. */
  at: z.int(),
  /** Where the other side is, without its password. */
  database: z.string(),
});

export type FolderMark = Readonly<Omit<z.infer<typeof markSchema>, 'version'>>;

/** `localhost:5432/counter`; of the address nothing that is nobody's business. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export async function readMark(dir: string): Promise<FolderMark | undefined> {
  const file = join(dir, MARK_FILE);
  try {
    const text = await REAL_FILES.readFile(file, 'utf8');
    return readVersioned(text, { file, schema: markSchema, not: 'no mark of a move' });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** On disk when it resolves, whole or not at all. */
export async function writeMark(dir: string, mark: FolderMark): Promise<void> {
  const temporary = join(dir, `${MARK_FILE}.tmp`);
  {
    await using handle = await REAL_FILES.open(temporary, 'w', 0o600);
    await handle.writeFile(`${JSON.stringify({ version: 1, ...mark })}\n`);
    await handle.sync();
  }
  await REAL_FILES.rename(temporary, join(dir, MARK_FILE));
  await syncFolder(REAL_FILES, dir);
}

export async function removeMark(dir: string): Promise<void> {
  await removeFile(REAL_FILES, join(dir, MARK_FILE));
  await syncFolder(REAL_FILES, dir);
}

/** Why no bot begins in a folder, and what to do. */
export function whyNotHere(dir: string, { what, at, database }: FolderMark): string {
  switch (what) {
    case 'left':
      return `The shop in ${dir} was moved to the database at ${database} on ${dayOf(at)}. Start the bot with DATABASE_URL. To have the shop in a folder again: npm run migrate-store -- to-folder, with DATA_DIR at an empty one.`;
    case 'leaving':
      return `A move of the shop in ${dir} to the database at ${database} was cut short. Finish it: npm run migrate-store -- to-database.`;
    case 'arriving':
      return `A move of the shop into ${dir} from the database at ${database} was cut short. Finish it: npm run migrate-store -- to-folder.`;
  }
}

/** Throws UnusableFolder where the shop is no more, or not yet. */
export async function refuseWhereMoved(dir: string): Promise<void> {
  const mark = await readMark(dir);
  if (mark !== undefined) throw new UnusableFolder(whyNotHere(dir, mark));
}
