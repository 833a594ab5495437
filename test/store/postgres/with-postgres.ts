// What the suites on PostgreSQL share: one server for a file, and an empty shop for each store.

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { openPostgresStore, type PostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { createLanes, type Lanes } from '../../../src/store/postgres/lanes.ts';
import { NOW } from '../orders.ts';
import { findPostgres, startPostgres, type PostgresServer } from './server.ts';

const programs = await findPostgres();
let processes = 0;

export interface PostgresShop {
  readonly server: () => PostgresServer;
  /** Opens a store on a shop by its name; the same name is the same shop. */
  readonly open: (clock: () => number, name: string, url?: string) => Promise<PostgresStore>;
  /** The lanes of a shop that is open, as another process sees them. */
  readonly lanes: (name: string, holder: string) => Lanes;
  /** Runs one statement in a shop. */
  readonly ask: (name: string, sql: string) => Promise<readonly Record<string, unknown>[]>;
}

/** A suite on a server of its own; left out, visibly, where the machine has no PostgreSQL. */
export function describeOnPostgres(name: string, suite: (shop: PostgresShop) => void): void {
  if (programs === undefined) {
    describe.skip(`${name} (left out: no PostgreSQL on this machine)`, () => undefined);
    return;
  }
  describe(name, () => {
    let server: PostgresServer | undefined;
    beforeAll(async () => {
      server = await startPostgres(programs);
    }, 60_000);
    afterAll(() => server?.close());
    const here = (): PostgresServer => {
      if (server === undefined) throw new Error('PostgreSQL has not started');
      return server;
    };
    const ask = async (schema: string, sql: string) => {
      const client = new pg.Client({ connectionString: here().url, options: `-c search_path=${schema}` });
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(sql);
      await client.end();
      return rows;
    };
    suite({
      server: here,
      ask,
      lanes: (schema, holder) => {
        const database = openDatabase({ url: here().url, schema, sleep });
        onTestFinished(() => database.close());
        return createLanes({ database, holder, clock: () => NOW });
      },
      open: async (clock, schema, url = here().url) => {
        await ask('public', `CREATE SCHEMA IF NOT EXISTS ${schema}`);
        const opened = await openPostgresStore({
          url,
          schema,
          clock,
          sleep,
          holder: `process${(processes += 1)}`,
        });
        onTestFinished(() => opened.close());
        return opened;
      },
    });
  });
}
