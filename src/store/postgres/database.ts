// The door to PostgreSQL: a pool of connections, rows that are checked as they come in, faults in the store's own words,
// and the one way to write, which knows even after a lost answer what became of it.

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import * as z from 'zod';
import { OutcomeUnknown, StoreFault } from '../../app/ports.ts';
import { errorCode } from '../disk.ts';
import { createFates, type Fate, type Fates } from './fates.ts';

export interface Query {
  /** Runs one statement and reads its rows. */
  readonly rows: <T>(shape: z.ZodType<T>, sql: string, values?: readonly unknown[]) => Promise<readonly T[]>;
  /** Runs one statement, or several without values. */
  readonly run: (sql: string, values?: readonly unknown[]) => Promise<void>;
}

export interface Database {
  readonly read: Query['rows'];
  /**
   * Runs `work` in one transaction, again when it collides with another. Throws StoreFault when nothing was changed,
   * OutcomeUnknown when the answer to the commit was lost and the process ends before it is known.
   */
  readonly write: <V>(work: (query: Query) => Promise<V>) => Promise<V>;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  /** `postgresql://user:password@host:5432/name` */
  readonly url: string;
  /** Waits between two looks for what became of a transaction whose answer was lost. */
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly log?: (fact: string, details: object) => void;
  /** The tables' schema, `public` by default. */
  readonly schema?: string;
  /** Whether the process ends: then what became of a commit is not looked for much longer. */
  readonly stopping?: () => boolean;
  /**
   * A resident is answered soon or not at all, and changes nothing once the shop has moved away; a mover takes the time
   * that the whole shop needs.
   */
  readonly as?: 'resident' | 'mover';
}

/** Of each kind. */
const CONNECTIONS = 10;
/** An answer that takes longer than this is lost, ms. */
const ANSWER_MS = 20_000;
/** Who says nothing for so long in the middle of a transaction sleeps, and others wait for what it holds, ms. */
const SILENT_MS = 8_000;
const CONNECT_MS = 5_000;
const LOOK_AGAIN_MS = 1_000;
/** So often it is looked for once nobody waits for it any more. */
const LAST_LOOKS = 3;
const TRIES = 10;

const SERIALIZATION = '40001';
const DEADLOCK = '40P01';
const DISK_FULL = '53100';
const COLLISIONS: ReadonlySet<string | undefined> = new Set([SERIALIZATION, DEADLOCK]);

/** bigint comes as text; everything of ours is a whole number that fits. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** What the database answers, or the fault as the store tells it. */
const asked = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw new StoreFault(errorCode(error) === DISK_FULL ? 'disk-full' : 'unwritable', error);
  });

const isCollision = (error: unknown): boolean =>
  error instanceof StoreFault && COLLISIONS.has(errorCode(error.cause));

const queryOf = (client: Pick<pg.ClientBase, 'query'>): Query => ({
  rows: async (shape, sql, values = []) => {
    const { rows } = await asked(client.query<Record<string, unknown>>(sql, [...values]));
    return rows.map((row) => shape.parse(row));
  },
  run: async (sql, values) => {
    await asked(client.query(sql, values && [...values]));
  },
});

/** How a transaction ended. `lost`: its commit went unanswered, and by `id` it is found out what became of it. */
type Ended<V> =
  | { readonly kind: 'committed'; readonly result: V }
  | { readonly kind: 'lost'; readonly result: V; readonly id: string; readonly cause: unknown };

/** A server that goes on after its "no" has undone everything; one that goes down may have kept it all the same. */
const isRefused = async (query: Query, cause: unknown): Promise<boolean> =>
  cause instanceof StoreFault &&
  cause.cause instanceof pg.DatabaseError &&
  query.run('ROLLBACK').then(
    () => true,
    () => false,
  );

async function transaction<V>(
  client: pg.PoolClient,
  fates: Fates,
  work: (query: Query) => Promise<V>,
): Promise<Ended<V>> {
  const query = queryOf(client);
  await query.run('BEGIN ISOLATION LEVEL READ COMMITTED');
  const result = await work(query);
  const { id, sql, ended } = fates.commit();
  try {
    await query.run(sql);
    ended('committed');
    return { kind: 'committed', result };
  } catch (cause) {
    ended('lost');
    if (await isRefused(query, cause)) throw cause;
    return { kind: 'lost', result, id, cause };
  }
}

/** Opens the pool; connects only when it is used. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, sleep, log = () => undefined, schema, stopping = () => false, as = 'resident' } = options;
  const isMover = as === 'mover';
  const idleMs = isMover ? 0 : SILENT_MS;
  const broken = (error: Error): void => log('a connection to the database was lost', { err: error });
  function openPool(): pg.Pool {
    const pool = new pg.Pool({
      ...{ connectionString: url, max: CONNECTIONS, types },
      ...{ connectionTimeoutMillis: CONNECT_MS, keepAlive: true },
      ...(!isMover && { query_timeout: ANSWER_MS }),
      options: `-c idle_in_transaction_session_timeout=${idleMs}${schema === undefined ? '' : ` -c search_path=${schema}`}`,
    });
    // From its first moment: the server may end a connection in the same breath in which it opens it, and an error that nobody
    // is told of ends the process.
    pool.on('connect', (client) => void client.on('error', broken));
    // Of one that nobody is using: told already, and the pool replaces it by itself.
    return pool.on('error', () => undefined);
  }
  // A transaction keeps its connection while it goes to and fro: a single statement does not wait for that.
  const [statements, transactions] = [openPool(), openPool()];
  const anywhere = queryOf(statements);
  const fates = createFates({ newId: randomUUID, isMover });
  let closed = false;
  const isEnding = (): boolean => closed || isMover || stopping();

  async function became(id: string): Promise<Fate> {
    for (let left = LAST_LOOKS; ;) {
      try {
        return await fates.of(anywhere, id);
      } catch (error) {
        log('what became of a commit is not known yet', { err: error });
        if (isEnding()) left -= 1;
        if (left === 0) throw new OutcomeUnknown(error);
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }

  async function attempt<V>(work: (query: Query) => Promise<V>): Promise<Ended<V>> {
    const client = await asked(transactions.connect());
    try {
      const ended = await transaction(client, fates, work);
      client.release(ended.kind === 'lost');
      return ended;
    } catch (error) {
      // A connection in an unknown state is not used again; the server undoes what was not committed.
      client.release(true);
      throw error;
    }
  }

  async function write<V>(work: (query: Query) => Promise<V>, triesLeft = TRIES): Promise<V> {
    try {
      const ended = await attempt(work);
      if (ended.kind === 'committed' || (await became(ended.id)) === 'committed') return ended.result;
      throw ended.cause;
    } catch (error) {
      if (!isCollision(error) || triesLeft === 1) throw error;
      return write(work, triesLeft - 1);
    }
  }

  return {
    read: (shape, sql, values) => anywhere.rows(shape, sql, values),
    write: (work) => write(work),
    close: async () => {
      closed = true;
      await Promise.all([statements.end(), transactions.end()]);
    },
  };
}
