// The town's shop in a database that several bots share; and a witness in it, who writes down which bot took which order
// into its hands, and when, and how long each update waited.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import * as z from 'zod';
import { databaseAudit } from '../../src/store/postgres/audit.ts';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Storehouse } from './storehouse.ts';

/** An order came into the hands of a bot, or was closed in them. */
export interface Taking {
  readonly ref: string;
  /** What the bot is called in the database. */
  readonly holder: string;
  /** The `PGAPPNAME` of whoever wrote it: when an order comes into other hands, theirs. */
  readonly writer: string;
  readonly closed: boolean;
  /** Epoch ms. */
  readonly at: number;
}

export interface SharedStorehouse extends Storehouse {
  /** In the order in which they happened. */
  takings(): Promise<readonly Taking[]>;
  /** From when each update was written down until it was handled, ms, the shortest first. */
  waits(): Promise<readonly number[]>;
  /** The `PGAPPNAME` of the bot that looks after an order. */
  holderOf(ref: string): Promise<string | undefined>;
}

const CARD_KEY = 'ab'.repeat(32);

/** Only ever added to: bots must not wait for each other here. */
const WITNESS = `
  CREATE TABLE takings (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref text NOT NULL, holder text NOT NULL, writer text NOT NULL, closed boolean NOT NULL, at float8 NOT NULL
  );
  CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO takings (ref, holder, writer, closed, at) VALUES (
      NEW.ref, NEW.holder, current_setting('application_name'), NEW.closed,
      extract(epoch FROM clock_timestamp()) * 1000
    );
    RETURN NULL;
  END $$;
  CREATE TRIGGER opened AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION witness();
  CREATE TRIGGER taken AFTER UPDATE OF holder, closed ON orders FOR EACH ROW
    WHEN (OLD.holder IS DISTINCT FROM NEW.holder OR OLD.closed IS DISTINCT FROM NEW.closed) EXECUTE FUNCTION witness();
  ALTER TABLE updates ADD COLUMN handled_at timestamptz;
  CREATE FUNCTION clerk() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.handled_at = clock_timestamp();
    RETURN NEW;
  END $$;
  CREATE TRIGGER handled BEFORE UPDATE OF handled ON updates FOR EACH ROW
    WHEN (NEW.handled AND NOT OLD.handled) EXECUTE FUNCTION clerk()`;

const WAITS = `
  SELECT extract(epoch FROM handled_at - received_at)::float8 * 1000 AS ms FROM updates
  WHERE handled_at IS NOT NULL ORDER BY ms`;

const takingRow = z.object({
  ref: z.string(),
  holder: z.string(),
  writer: z.string(),
  closed: z.boolean(),
  at: z.number(),
});

/** By whose hand it first took anything. */
const HOLDER = `
  SELECT writer FROM takings WHERE holder = (SELECT holder FROM orders WHERE ref = $1) ORDER BY seq LIMIT 1`;

/** Telegram numbers what it brings without a gap. */
const LEFT = `
  SELECT 'the update ' || update_id || ' was never handled' AS fault FROM updates WHERE NOT handled
  UNION ALL
  SELECT 'the update after ' || update_id || ' never came' FROM updates
  WHERE update_id < (SELECT max(update_id) FROM updates)
    AND update_id + 1 NOT IN (SELECT update_id FROM updates)
  UNION ALL
  SELECT 'the lane ' || key || ' is still in the hands of ' || holder FROM lanes WHERE held_until > now()
  UNION ALL
  SELECT 'order ' || no || ' is not closed' FROM orders WHERE NOT closed
  UNION ALL
  SELECT account || ' still holds ' || held || ' centimes' FROM accounts WHERE held <> 0
  UNION ALL
  SELECT 'the entry ' || id || ' of ' || account || ' is there twice' FROM entries
  GROUP BY id, account HAVING count(*) > 1`;

const faultRow = z.object({ fault: z.string() });

/** An empty database on a server (its address), as an owner finds it who has just made it. */
async function makeDatabase(server: string): Promise<string> {
  const name = `town_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

/** A shop in a new database on a server, with its tables. */
export async function openSharedStorehouse(server: string): Promise<SharedStorehouse> {
  const url = await makeDatabase(server);
  const { store, database, close } = await openPostgresStore({
    ...{ url, clock: Date.now, sleep, holder: 'the judge' },
  });
  await database.write((query) => query.run(WITNESS));
  return {
    env: { DATABASE_URL: url, CARD_KEY },
    visit: (work) => work(store),
    openOrders: () => store.active(),
    waiting: async () => {
      const sql = 'SELECT count(*)::int AS waiting FROM updates WHERE NOT handled';
      return (await database.read(z.object({ waiting: z.int() }), sql))[0]?.waiting ?? 0;
    },
    takings: () =>
      database.read(takingRow, 'SELECT ref, holder, writer, closed, at FROM takings ORDER BY seq'),
    waits: async () => (await database.read(z.object({ ms: z.number() }), WAITS)).map(({ ms }) => ms),
    holderOf: async (ref) =>
      (await database.read(z.object({ writer: z.string() }), HOLDER, [ref]))[0]?.writer,
    faults: async () => [
      ...(await databaseAudit({ rows: database.read })),
      ...(await database.read(faultRow, LEFT)).map(({ fault }) => fault),
    ],
    close,
  };
}
