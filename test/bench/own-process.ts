// A measured process from outside: the core it may use, the time it has used and the memory it holds, as Linux tells them.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { sum } from './figure.ts';

/** Linux counts processor time in hundredths of a second, whatever its clock does. */
const TICK_MS = 10;

function pin(pid: number, core: number): boolean {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', String(core), String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Gives the process one core and the bench, with the stand-ins in it, another; false where that can't be done. */
export function giveOneCore(pid: number): boolean {
  return availableParallelism() > 1 && pin(process.pid, 0) && pin(pid, 1);
}

/** Lets the bench use every core again. */
export function takeAllCores(): void {
  try {
    execFileSync('taskset', ['-a', '-p', 'ffffffff', String(process.pid)], { stdio: 'ignore' });
  } catch {
    // Where there is no taskset nothing was taken.
  }
}

/** A process's own processor time so far, and that of its children that have ended, in ms. */
function cpuOf(pid: number): { own: number; ended: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in the second field may hold spaces; counting starts behind its bracket.
  const [own = 0, system = 0, ended = 0, endedSystem = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return { own: (own + system) * TICK_MS, ended: (ended + endedSystem) * TICK_MS };
}

/** Processor time of a process so far, all its threads, in ms. */
export const cpuMs = (pid: number): number => cpuOf(pid).own;

/** The same of a child, which may have ended by now. */
function childCpuMs(pid: string): number {
  try {
    return cpuMs(Number(pid));
  } catch {
    return 0;
  }
}

/** The same of a process with all its children, also those that have ended. */
export function familyCpuMs(pid: number): number {
  const { own, ended } = cpuOf(pid);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return own + ended + sum(children.map(childCpuMs));
}

/** Memory now and at its highest, in MB of 1 000 000 bytes. */
export function memoryMb(pid: number): { rss: number; highest: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string): number =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  return { rss: field('VmRSS'), highest: field('VmHWM') };
}
