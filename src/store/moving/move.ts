// A move from beginning to end, so that at each moment exactly one of the two stores takes a bot, or none until the move is
// made once more. The folder is marked before the database commits and told apart after it: whoever is killed in between
// finds out from the database, by the move's id, whether it was made.

import { OutcomeUnknown, StoreFault, type Clock } from '../../app/ports.ts';
import { errorCode } from '../disk.ts';
import type { Database } from '../postgres/database.ts';
import { CannotMove, type Belongings, type Moved } from './belongings.ts';
import { alone, markOf, putMark, type DatabaseMark } from './database-mark.ts';
import { MARK_FILE, readMark, removeMark, whyNotHere, writeMark, type FolderMark } from './folder-mark.ts';
import { fromDatabase } from './from-database.ts';
import { fromFolder } from './from-folder.ts';
import { toDatabase } from './to-database.ts';
import { clearFolder, toFolder } from './to-folder.ts';

export interface Move {
  readonly dir: string;
  readonly database: Database;
  /** Where the database is, for the person who moves: without its password. */
  readonly place: string;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** What a move that was cut short had moved; undefined when it had not, and never will have. */
async function madeBefore(
  { database, dir, place }: Move,
  cut: FolderMark,
  what: 'arrived' | 'left',
): Promise<Moved | undefined> {
  if (cut.database !== place)
    throw new CannotMove(
      `${whyNotHere(dir, cut)} DATABASE_URL names another one now. To give that move up instead, and only if the shop is not in that database: delete ${MARK_FILE} in ${dir}.`,
    );
  const its = (mark: DatabaseMark | undefined): Moved | undefined =>
    mark?.id === cut.id ? mark.moved : undefined;
  // A bot may work there already.
  const made = its(await markOf(database.read, what));
  if (made !== undefined) return made;
  return database.write(async (query) => {
    await alone(query);
    return its(await markOf(query.rows, what));
  });
}

/** After the commit nothing can be taken back, and moving once more makes up for it. */
async function afterwards(marking: Promise<void>, dir: string): Promise<void> {
  await marking.catch((error: unknown) => {
    throw new CannotMove(
      `The shop was moved, but ${dir} could not be marked (${errorCode(error) ?? 'unknown'}). Give the same command again.`,
    );
  });
}

async function outOf(move: Move, belongings: Belongings): Promise<Moved> {
  const { dir, database, place, clock, newId } = move;
  const cut = await readMark(dir);
  if (cut !== undefined) {
    const made = await madeBefore(move, cut, 'arrived');
    if (made !== undefined) {
      await afterwards(writeMark(dir, { ...cut, what: 'left' }), dir);
      return made;
    }
  }
  const mark = { id: newId(), at: clock() };
  await writeMark(dir, { ...mark, what: 'leaving', database: place });
  const moved = await toDatabase(database, belongings, { ...mark, folder: dir }).catch(
    async (error: unknown) => {
      if (!(error instanceof OutcomeUnknown)) await removeMark(dir);
      throw error;
    },
  );
  await afterwards(writeMark(dir, { ...mark, what: 'left', database: place }), dir);
  return moved;
}

/** Throws CannotMove, OutcomeUnknown, and what the stores throw when they can't be read. */
export async function moveToDatabase(move: Move): Promise<Moved> {
  const { belongings, close } = await fromFolder(move.dir, move.clock);
  try {
    return await outOf(move, belongings);
  } finally {
    await close();
  }
}

/** Throws CannotMove, OutcomeUnknown, and what the stores throw when they can't be read. */
export async function moveToFolder(move: Move): Promise<Moved> {
  const { dir, database, place, clock, newId } = move;
  const cut = await readMark(dir);
  if (cut?.what === 'arriving') {
    const made = await madeBefore(move, cut, 'left');
    if (made !== undefined) {
      await afterwards(removeMark(dir), dir);
      return made;
    }
    await clearFolder(dir);
  }
  const mark = { id: newId(), at: clock() };
  let isMarked = false;
  const begins = async (): Promise<void> => {
    isMarked = true;
    await writeMark(dir, { ...mark, what: 'arriving', database: place });
  };
  const moved = await fromDatabase(database, async (belongings, query) => {
    const counts = await toFolder(dir, belongings, clock, begins).catch((error: unknown) => {
      // A full disk is the folder's trouble, not the database's.
      throw error instanceof StoreFault ? error.cause : error;
    });
    await putMark(query, 'left', { ...mark, folder: dir, moved: counts });
    return counts;
  }).catch(async (error: unknown) => {
    if (isMarked && !(error instanceof OutcomeUnknown)) await clearFolder(dir);
    throw error;
  });
  await afterwards(removeMark(dir), dir);
  return moved;
}
