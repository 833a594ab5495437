// Who holds a lock, and whether that process still lives. A pid alone is not enough: pids are used again, in a container
// after every restart, so the moment the process started belongs to its name.

import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import * as z from 'zod';
import { errorCode } from './disk.ts';

export const holderSchema = z.object({
  /** Unique for every taking of the lock. */
  id: z.uuid(),
  pid: z.int().positive(),
  /** Clock ticks from boot to the start of the process; null where the system does not tell. */
  startTicks: z.string().nullable(),
  /** When the process says that it began. Epoch ms. */
  began: z.number(),
  host: z.string(),
});

export type Holder = z.output<typeof holderSchema>;

/** `elsewhere`: on another machine, where only a sign of life can tell. */
export type Life = 'alive' | 'dead' | 'elsewhere';

async function startTicksOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may hold spaces and brackets itself; field 22 is the 20th after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** This process, under a name of its own for one lock. */
export async function ownIdentity(): Promise<Holder> {
  return {
    id: crypto.randomUUID(),
    pid: process.pid,
    startTicks: await startTicksOf(process.pid),
    began: performance.timeOrigin,
    host: hostname(),
  };
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Whether the process that took a lock is still that process. */
export async function lifeOf(holder: Holder, own: Holder): Promise<Life> {
  if (holder.host !== own.host) return 'elsewhere';
  if (holder.pid === own.pid) {
    const same = holder.startTicks === own.startTicks && holder.began === own.began;
    return same ? 'alive' : 'dead';
  }
  if (!exists(holder.pid)) return 'dead';
  const ticks = await startTicksOf(holder.pid);
  return holder.startTicks !== null && ticks !== null && ticks !== holder.startTicks ? 'dead' : 'alive';
}
