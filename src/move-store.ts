// `npm run migrate-store -- to-database` and `-- to-folder`: moves the shop between DATA_DIR and DATABASE_URL while no bot
// runs. What it says is for the person who runs the shop; on any fault nothing was changed.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { OutcomeUnknown, StoreFault } from './app/ports.ts';
import { DamagedFile, errorCode, UnusableDatabase, UnusableFolder } from './store/disk.ts';
import { CannotMove, type Moved } from './store/moving/belongings.ts';
import { placeOf } from './store/moving/folder-mark.ts';
import { moveToDatabase, moveToFolder } from './store/moving/move.ts';
import { openDatabase } from './store/postgres/database.ts';
import { migrate } from './store/postgres/migrate.ts';
import { unusable } from './store/postgres/open-shop.ts';

const USAGE = 'Say which way: npm run migrate-store -- to-database, or: npm run migrate-store -- to-folder';
const EXAMPLE = 'Example: postgresql://counter:password@localhost:5432/counter';
const NO_DATABASE = `DATABASE_URL is missing. ${EXAMPLE}`;
const NO_ADDRESS = `DATABASE_URL is no address of a database. ${EXAMPLE}`;

const UNKNOWN =
  'The database went away at the last moment: it is not known whether the shop was moved. Give the same command again: it finds out, and moves what was not moved. Until then no bot begins on the folder.';

const told = ({ orders, entries, audit, wallets, people }: Moved): string =>
  `Moved. Orders: ${orders}; movements of money: ${entries}; wallets: ${wallets}; lines of the audit trail: ${audit}; people and their languages: ${people}. The books are even on both sides.`;

const NEXT = {
  'to-database': (dir: string) =>
    `The card key stays the same: before you start the bot on the database, set CARD_KEY to the line in ${dir}/card.key, unless it is set already. The folder was left as it is, as a backup: no bot begins on it any more.`,
  'to-folder': (dir: string) =>
    `Remove DATABASE_URL, and keep CARD_KEY set or put its line into ${dir}/card.key. The database was left as it is: no bot begins on it any more.`,
};

async function move(way: keyof typeof NEXT, dir: string, url: string): Promise<string> {
  const database = openDatabase({ url, sleep, as: 'mover' });
  try {
    await migrate(database);
    const moving = { dir, database, place: placeOf(url), clock: () => Date.now(), newId: randomUUID };
    return told(await (way === 'to-folder' ? moveToFolder(moving) : moveToDatabase(moving)));
  } finally {
    await database.close();
  }
}

/** What went wrong, in one line. */
function inWords(error: unknown): string {
  if (error instanceof OutcomeUnknown) return UNKNOWN;
  const refused = error instanceof StoreFault ? unusable(error) : error;
  if (refused instanceof UnusableDatabase) return `${refused.message}. Nothing was changed.`;
  if (error instanceof CannotMove || error instanceof UnusableFolder || error instanceof DamagedFile)
    return error.message;
  const code = errorCode(error);
  if (code !== undefined) return `The folder can't be used (${code}). Nothing was changed.`;
  return 'The move failed for a reason of this program’s own. Nothing was changed.';
}

/** Moves, and says what it did. Resolves to the process's exit code. */
export async function moveStore(deps: {
  way: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  say: (line: string) => void;
}): Promise<number> {
  const { way, env, say } = deps;
  const given = (name: string): string | undefined => (env[name] ?? '').trim() || undefined;
  const [dir, url] = [given('DATA_DIR') ?? 'data', given('DATABASE_URL')];
  try {
    if (way !== 'to-database' && way !== 'to-folder') throw new CannotMove(USAGE);
    if (url === undefined) throw new CannotMove(NO_DATABASE);
    if (!/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? '')) throw new CannotMove(NO_ADDRESS);
    say(await move(way, dir, url));
    say(NEXT[way](dir));
    return 0;
  } catch (error) {
    say(inWords(error));
    return 1;
  }
}
