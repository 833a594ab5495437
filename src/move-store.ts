// `npm run migrate-store -- to-database` and `-- to-folder`: moves the shop between DATA_DIR and DATABASE_URL while no bot
// runs. What it says is for the person who runs the shop; on any fault nothing was changed.

import { setTimeout as sleep } from 'node:timers/promises';
import { StoreFault } from './app/ports.ts';
import { DamagedFile, errorCode, UnusableDatabase, UnusableFolder } from './store/disk.ts';
import { CannotMove, type Moved } from './store/moving/belongings.ts';
import { fromDatabase } from './store/moving/from-database.ts';
import { fromFolder } from './store/moving/from-folder.ts';
import { toDatabase } from './store/moving/to-database.ts';
import { toFolder } from './store/moving/to-folder.ts';
import { openDatabase } from './store/postgres/database.ts';
import { migrate } from './store/postgres/migrate.ts';
import { unusable } from './store/postgres/open-shop.ts';

const USAGE = 'Say which way: npm run migrate-store -- to-database, or: npm run migrate-store -- to-folder';
const EXAMPLE = 'Example: postgresql://counter:password@localhost:5432/counter';
const NO_DATABASE = `DATABASE_URL is missing. ${EXAMPLE}`;
const NO_ADDRESS = `DATABASE_URL is no address of a database. ${EXAMPLE}`;

const told = ({ orders, entries, audit, wallets, people }: Moved): string =>
  `Moved. Orders: ${orders}; movements of money: ${entries}; wallets: ${wallets}; lines of the audit trail: ${audit}; people and their languages: ${people}. The books are even on both sides.`;

const NEXT = {
  'to-database': (dir: string) =>
    `The card key stays the same: before you start the bot on the database, set CARD_KEY to the line in ${dir}/card.key, unless it is set already. The folder was left as it is: keep it as a backup, and start no bot on it.`,
  'to-folder': (dir: string) =>
    `Remove DATABASE_URL, and keep CARD_KEY set or put its line into ${dir}/card.key. The database was left as it is: start no bot on it.`,
};

/** A full disk is the folder's trouble, not the database's. */
async function intoFolder(...given: Parameters<typeof toFolder>): Promise<Moved> {
  try {
    return await toFolder(...given);
  } catch (error) {
    throw error instanceof StoreFault ? (error.cause ?? error) : error;
  }
}

async function move(way: keyof typeof NEXT, dir: string, url: string): Promise<string> {
  const clock = (): number => Date.now();
  const database = openDatabase({ url, sleep });
  try {
    await migrate(database);
    if (way === 'to-folder')
      return told(await fromDatabase(database, (belongings) => intoFolder(dir, belongings, clock)));
    const { belongings, close } = await fromFolder(dir, clock);
    try {
      return told(await toDatabase(database, belongings));
    } finally {
      await close();
    }
  } finally {
    await database.close();
  }
}

/** What went wrong, in one line. */
function inWords(error: unknown): string {
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
