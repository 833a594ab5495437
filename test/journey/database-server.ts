// Runs around the journeys on PostgreSQL: one server for all of them. Each day at the counter has a database of its own.

import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres } from '../store/postgres/server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the server on which the journeys are played; undefined where they are played on folders. */
    journeysOn: string | undefined;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const programs = await findPostgres();
  if (programs === undefined) throw new Error('this machine has no PostgreSQL');
  const server = await startPostgres(programs);
  project.provide('journeysOn', server.url);
  return () => server.close();
}
