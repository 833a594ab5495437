// Everything that several bots share in one database, as one of them uses it: orders, conversations, settings, and the
// updates that wait. main opens it at start and closes it last.

import { StoreFault, type Clock } from '../../app/ports.ts';
import { parseCardKey } from '../card-key.ts';
import { errorCode, storeFault, UnusableDatabase } from '../disk.ts';
import type { Folder } from '../open-folder.ts';
import { fingerprint } from '../key-memory.ts';
import { createVault } from '../vault.ts';
import { markOf, whyNotThere } from '../moving/database-mark.ts';
import { hasShop } from '../moving/has-shop.ts';
import { createBells } from './bells.ts';
import { compareClocks } from './clocks.ts';
import { hasRightKey, keyMemoryOf } from './facts.ts';
import { createHeldLanes } from './held-lanes.ts';
import { createLanes } from './lanes.ts';
import { createListener, type Session } from './listener.ts';
import { ASKING_LOCK, createOneOfAll } from './one-of-all.ts';
import { createPeople } from './people.ts';
import { openPostgresStore, type PostgresStore } from './postgres-store.ts';
import { MOVING_LOCK } from './residents.ts';
import { openSharing } from './sharing.ts';

export interface ShopOptions {
  /** `postgresql://user:password@host:5432/name` */
  readonly url: string;
  readonly cardKey: string | undefined;
  /** A folder with a shop in it: with none in the database, that one was never moved. */
  readonly leftIn?: string | undefined;
  readonly apiKey: string;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** What this process is called among those that share the database; never used again by another. */
  readonly holder: string;
  readonly stopping?: () => boolean;
  readonly log: (fact: string, details: object) => void;
  /** The shop is being moved to another store, though this process lived here: it has to end. */
  readonly moved: () => void;
}

const NO_KEY =
  'CARD_KEY is missing: with DATABASE_URL every copy of the bot must be given the same one. Example: 64 hexadecimal digits, made by: openssl rand -hex 32';
const WRONG_KEY = 'CARD_KEY is not the key that sealed the card codes in the database. Put the old key back.';
const MOVING = 'The shop is just being moved to or from the database. Start the bot when the move is over.';

const notMoved = (dir: string): string =>
  `The database is empty, and there is a shop in ${dir}. Move it: npm run migrate-store -- to-database. For a new shop, move ${dir} away.`;

const REFUSALS: ReadonlyMap<string | undefined, string> = new Map([
  ['28P01', 'refuses the user or the password'],
  ['28000', 'refuses the user'],
  ['3D000', 'is not there'],
  ['42501', 'does not let this user make tables'],
  ['23514', 'the shop has left'],
]);

const EXAMPLE = 'Example: postgresql://counter:password@localhost:5432/counter';

/** How long a start waits for its line to the other processes, ms. */
const FIRST_LINE_MS = 10_000;

/** What the database refused, for the person who starts the program; never with the address, which holds a password. */
export function unusable(error: unknown): unknown {
  if (!(error instanceof StoreFault)) return error;
  const code = errorCode(error.cause);
  const known = REFUSALS.get(code);
  const cause = { cause: error };
  // Its own codes have five places; what stands between us and it says otherwise.
  if (known === undefined && /^(?=.*\d)[0-9A-Z]{5}$/u.test(code ?? ''))
    return new UnusableDatabase(`The database of DATABASE_URL refused (${code})`, cause);
  const why = known ?? `can't be reached${code === undefined ? '' : ` (${code})`}`;
  return new UnusableDatabase(`DATABASE_URL names a database that ${why}. ${EXAMPLE}`, cause);
}

function vaultOf(cardKey: string | undefined) {
  if (cardKey === undefined) throw new UnusableDatabase(NO_KEY);
  const key = parseCardKey(cardKey);
  if (key === undefined) throw new TypeError('CARD_KEY must be 32 bytes as 64 hex digits or as base64');
  return createVault(key);
}

async function furnish(options: ShopOptions, opened: PostgresStore): Promise<Folder> {
  const { url, cardKey, leftIn, apiKey, clock, sleep, holder, log, moved } = options;
  const { database, store } = opened;
  const vault = vaultOf(cardKey);
  let barred = false;
  const isBarred = (): boolean => barred;
  let isOpen = false;

  /** Everybody who lives here holds this together; whoever moves the shop needs it alone. */
  async function moveIn(session: Session): Promise<void> {
    // It may have moved, from the beginning to the end, while the line was broken.
    const isHere = async (): Promise<boolean> => (await markOf(database.read, 'left')) === undefined;
    if ((await session.tryLock(MOVING_LOCK, 'together')) && (await isHere())) return;
    barred = true;
    if (isOpen) moved();
  }

  const listener = createListener({ url, sleep, begins: moveIn, log });
  const failed = (error: unknown): void => log('what another process said was not read', { err: error });
  const remembered = createPeople({ database, listener, failed });
  const bells = createBells({ database, listener, failed });
  const sharing = await openSharing({
    ...{ database, listener, holder, key: fingerprint(apiKey) },
    ...{ sleep, failed },
  });
  try {
    const left = await markOf(database.read, 'left');
    if (left !== undefined) throw new UnusableDatabase(whyNotThere(left));
    await compareClocks(database, clock);
    // Later it is waited for; at the start somebody waits to hear why the bot does not open.
    await Promise.race([listener.start(), sleep(FIRST_LINE_MS)]);
    if (listener.session() === undefined)
      throw storeFault(new Error('there is no line between the processes'));
    if (isBarred()) throw new UnusableDatabase(MOVING);
    if (leftIn !== undefined && !(await hasShop({ rows: database.read })))
      throw new UnusableDatabase(notMoved(leftIn));
    if (!(await hasRightKey(database, vault))) throw new UnusableDatabase(WRONG_KEY);
    await remembered.load();
    isOpen = true;
    const { dialogues, lanes } = createHeldLanes({ lanes: createLanes({ database, holder, clock }), clock });
    return {
      ...{ store, dialogues, people: remembered.people, vault },
      updates: {
        ...{ kind: 'shared', lanes, bells },
        asking: createOneOfAll(listener, ASKING_LOCK),
      },
      keyMemory: await keyMemoryOf(database, apiKey),
      sharing,
      recovered: false,
      close: async () => {
        await opened.close();
        // Last: until then this process lives here.
        await listener.close();
      },
    };
  } catch (error) {
    await listener.close();
    throw error;
  }
}

/** Throws UnusableDatabase, NewerFile when a newer version of this program was here before. */
export async function openSharedShop(options: ShopOptions): Promise<Folder> {
  vaultOf(options.cardKey);
  let opened: PostgresStore | undefined;
  try {
    opened = await openPostgresStore(options);
    return await furnish(options, opened);
  } catch (error) {
    await opened?.close();
    throw unusable(error);
  }
}
