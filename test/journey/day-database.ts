// The database of a day at the counter: empty at first, and on the same clock as the bot, which runs fast and leaps. Its
// `now()` stands before the server's own, so that leases and pauses end when the bot thinks that they do.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { moveStore } from '../../src/move-store.ts';
import type { Audit } from '../../src/store/audit.ts';
import { booksOf } from './books.ts';

export interface DayDatabase {
  /** What a bot needs to work on it. */
  readonly env: Readonly<Record<'DATABASE_URL' | 'CARD_KEY', string>>;
  /** Runs one statement, or several without values. */
  ask(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Lets its time pass up to there, in ms since the day began. */
  leap(leapt: number): Promise<void>;
  /** Resolves once everything that was written down as it came has been handled. */
  caughtUp(): Promise<void>;
  /** Resolves once nobody has asked it anything for so long, ms of the world's time; false when that had to be waited for. */
  quiet(ms: number): Promise<boolean>;
  /** Refuses whatever is written of orders, money and the shop, as a server does whose disk has no room for it; or no more. */
  fill(full: boolean): Promise<void>;
  /** Moves the shop into a folder, as whoever leaves the database would, and counts it there. */
  books(apiKey: string): Promise<Audit & { readonly costs: number }>;
  /** Away with it, whoever still works there. */
  close(): Promise<void>;
}

export interface DayClock {
  /** Epoch ms. */
  readonly began: number;
  readonly speed: number;
  readonly leapt: number;
}

const CARD_KEY = 'ab'.repeat(32);
const LOOK_AGAIN_MS = 5;
const MOST_MS = 20_000;

/** Tables are made in the first schema, functions are found in the first that has them. */
const PATH = 'public, journey, pg_catalog';

const clockOf = ({ began, speed, leapt }: DayClock): string => `
  CREATE SCHEMA journey;
  CREATE TABLE journey.clock AS SELECT ${began}::float8 AS began, ${speed}::float8 AS speed, ${leapt}::float8 AS leapt;
  CREATE FUNCTION journey.moment(world timestamptz) RETURNS timestamptz STABLE LANGUAGE sql AS $$
    SELECT to_timestamp((began + (extract(epoch FROM world)::float8 * 1000 - began) * speed + leapt) / 1000) FROM journey.clock
  $$;
  CREATE FUNCTION journey.now() RETURNS timestamptz STABLE LANGUAGE sql AS 'SELECT journey.moment(pg_catalog.now())';
  CREATE FUNCTION journey.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql
    AS 'SELECT journey.moment(pg_catalog.clock_timestamp())'`;

/** What a server says to a statement that needs another page of a table. */
const REFUSE = `
  CREATE OR REPLACE FUNCTION journey.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END
  $$`;
const FILLED = ['orders', 'entries', 'accounts', 'audit', 'shop'];
const FILL = [
  REFUSE,
  ...FILLED.map(
    (table) =>
      `CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION journey.refuse()`,
  ),
];
const EMPTY = FILLED.map((table) => `DROP TRIGGER refuse ON ${table}`);

const WAITING = 'SELECT update_id FROM updates WHERE NOT handled';
const BUSY = `
  SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    AND (state <> 'idle' OR state_change > pg_catalog.clock_timestamp() - $1 * interval '1 ms')`;

let databases = 0;

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Runs statements on the server itself. */
async function onServer(url: string, ...statements: readonly string[]): Promise<void> {
  const client = await connected(url);
  for (const one of statements) await client.query(one);
  await client.end();
}

async function movedBooks(env: DayDatabase['env'], apiKey: string): ReturnType<DayDatabase['books']> {
  const beside = await mkdtemp(join(tmpdir(), 'moved-'));
  const dir = join(beside, 'data');
  const lines: string[] = [];
  try {
    const code = await moveStore({
      way: 'to-folder',
      env: { ...env, DATA_DIR: dir },
      say: (line) => void lines.push(line),
    });
    if (code !== 0) throw new Error(lines.join('\n'));
    return await booksOf(dir, apiKey, env.CARD_KEY);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** Makes one on a server. */
export async function openDayDatabase(server: string, clock: DayClock): Promise<DayDatabase> {
  const name = `day_${process.pid}_${(databases += 1)}`;
  await onServer(server, `CREATE DATABASE ${name}`, `ALTER DATABASE ${name} SET search_path = ${PATH}`);
  const url = new URL(server);
  url.pathname = name;
  const env = { DATABASE_URL: url.href, CARD_KEY };
  const client = await connected(url.href);
  await client.query(clockOf(clock));

  const ask = async (
    sql: string,
    values?: readonly unknown[],
  ): Promise<readonly Record<string, unknown>[]> => {
    const { rows } = await client.query<Record<string, unknown>>(sql, values && [...values]);
    return rows;
  };
  /** Resolves once a query finds nothing; to whether that was so at once. */
  async function untilNone(what: string, sql: string, values?: readonly unknown[]): Promise<boolean> {
    const from = performance.now();
    for (let isFirst = true; ; isFirst = false) {
      const left = await ask(sql, values);
      if (left.length === 0) return isFirst;
      if (performance.now() - from > MOST_MS) throw new Error(`${left.length} ${what} after ${MOST_MS} ms`);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  return {
    ...{ env, ask },
    leap: async (leapt) => {
      await ask('UPDATE journey.clock SET leapt = $1', [leapt]);
    },
    caughtUp: async () => {
      await untilNone('updates that are not handled', WAITING);
    },
    quiet: (ms) => untilNone('connections at work', BUSY, [ms]),
    fill: async (full) => {
      await ask((full ? FILL : EMPTY).join(';'));
    },
    books: (apiKey) => movedBooks(env, apiKey),
    close: async () => {
      await client.end();
      await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
