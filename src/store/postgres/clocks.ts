// Deadlines are kept by each machine's own clock, and leases by the database's: where the two disagree, orders are late or
// given up too soon. So nobody begins on a machine whose clock is wrong, or beside a database whose clock is.

import * as z from 'zod';
import type { Clock } from '../../app/ports.ts';
import { UnusableDatabase } from '../disk.ts';
import type { Database } from './database.ts';

const MOST_APART_MS = 30_000;

const nowRow = z.object({ now: z.number() });
const NOW = 'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now';

const shown = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** Throws UnusableDatabase when they show different times. `machine`: this machine's clock. */
export async function compareClocks({ read }: Pick<Database, 'read'>, machine: Clock): Promise<void> {
  const asked = machine();
  const [row] = await read(nowRow, NOW);
  const answered = machine();
  if (row === undefined) throw new TypeError('the database did not tell the time');
  // It was read some time between the two: a slow answer is no fault of the clocks.
  const apart = Math.max(asked - row.now, row.now - answered);
  if (apart <= MOST_APART_MS) return;
  throw new UnusableDatabase(
    `The clocks of this machine (${shown(answered)}) and of the database (${shown(row.now)}) are ${Math.round(apart / 1000)} seconds apart. Set the wrong one by NTP (timedatectl set-ntp true), then start.`,
  );
}
