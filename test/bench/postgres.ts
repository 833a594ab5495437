// A PostgreSQL server for one figure, whose commits reach the disk as they do in a shop. A machine without its programs
// measures nothing there.

import pg from 'pg';
import { findPostgres, startPostgres } from '../store/postgres/server.ts';
import type { Measured } from './figure.ts';
import { familyCpuMs } from './own-process.ts';

export interface BenchServer {
  /** Makes an empty database; resolves to its address. */
  readonly database: (name: string) => Promise<string>;
  /** Processor time of all its processes so far, in ms. */
  readonly cpuMs: () => number;
}

export const NOT_MEASURED = 'not measured: no PostgreSQL here (apt-get install postgresql).';

/** Runs statements one by one on a connection of their own, each for as long as it takes. */
export async function runAlone(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const one of statements) await client.query(one);
  } finally {
    await client.end();
  }
}

/** What comes of the measurement on a server of its own; undefined where there is none. */
export async function onPostgres<T>(measure: (server: BenchServer) => Promise<T>): Promise<T | undefined> {
  const programs = await findPostgres();
  if (programs === undefined) return undefined;
  const server = await startPostgres(programs, { durable: true });
  // A bench that fails must not leave a server behind.
  const stop = (): void => void server.crash();
  process.on('exit', stop);
  try {
    return await measure({
      database: async (name) => {
        await runAlone(server.url, `CREATE DATABASE ${name}`);
        const url = new URL(server.url);
        url.pathname = name;
        return url.href;
      },
      cpuMs: () => familyCpuMs(server.pid()),
    });
  } finally {
    process.off('exit', stop);
    await server.close();
  }
}

/** For a figure that has nothing to say without it. */
export const onlyOnPostgres = async (
  measure: (server: BenchServer) => Promise<Measured>,
): Promise<Measured> => (await onPostgres(measure)) ?? { rows: [], notes: [NOT_MEASURED] };
