// Words between the processes on a database, each with a channel of its own.

import * as z from 'zod';
import type { Bell, Bells } from '../../app/lanes.ts';
import type { Database } from './database.ts';
import type { Listener } from './listener.ts';

const BELLS: readonly Bell[] = ['updates', 'orders', 'came_back', 'telegram_back'];

/** Before the listener starts. */
export function createBells(deps: {
  database: Pick<Database, 'read'>;
  listener: Pick<Listener, 'on'>;
  failed: (error: unknown) => void;
}): Bells {
  const { database, listener, failed } = deps;
  const hearing = new Map<Bell, ((about: string | undefined) => void)[]>();
  for (const bell of BELLS)
    listener.on(bell, (about) => {
      for (const heard of hearing.get(bell) ?? []) heard(about);
    });
  return {
    ring: (bell, about = '') => {
      database.read(z.unknown(), 'SELECT pg_notify($1, $2)', [bell, about]).catch(failed);
    },
    on: (bell, heard) => void hearing.set(bell, [...(hearing.get(bell) ?? []), heard]),
  };
}
