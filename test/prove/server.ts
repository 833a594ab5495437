// The PostgreSQL server that histories with a shop in a database are played on. Whatever it does by itself, and when, would
// make two of the same history differ.

import { findPostgres, startPostgres, type PostgresServer } from '../store/postgres/server.ts';

const SETTINGS = [
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  // Waits for each other in a circle are seen before a wait counts as one that nobody ends.
  'deadlock_timeout=5ms',
  'max_connections=400',
];

/** Throws where the machine has none. */
export async function startServer(): Promise<PostgresServer> {
  const programs = await findPostgres();
  if (programs === undefined) throw new Error('PostgreSQL is not on this machine');
  return startPostgres(programs, { more: SETTINGS });
}
