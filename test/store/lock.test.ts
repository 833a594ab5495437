import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { expect, onTestFinished, test } from 'vitest';
import { acquireLock, LockedError } from '../../src/store/lock.ts';
import { temporaryFolder } from './temporary-folder.ts';

const clock = Date.now;
const STARTER = join(import.meta.dirname, 'lock-starter.ts');

/** Starts a process that takes the lock; resolves with what it said. */
async function start(dir: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [STARTER, dir], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const [said] = z.tuple([z.string()]).parse(await once(lines, 'line'));
  return { child, said };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const holderSchema = z.looseObject({ id: z.string(), pid: z.number(), host: z.string() });
const holderIn = async (dir: string): Promise<z.output<typeof holderSchema>> =>
  holderSchema.parse(JSON.parse(await readFile(join(dir, 'bot.lock'), 'utf8')));

/** Takes and gives back a lock, and writes it into the folder again as if somebody else held it. */
async function forge(dir: string, changes: Record<string, unknown>, touchedAt = clock()): Promise<void> {
  const lock = await acquireLock(dir, { clock });
  const holder = await holderIn(dir);
  await lock.release();
  const path = join(dir, 'bot.lock');
  await writeFile(path, JSON.stringify({ ...holder, ...changes }));
  await utimes(path, touchedAt / 1000, touchedAt / 1000);
}

test('a folder is locked once, and free again after its release', async () => {
  const dir = join(await temporaryFolder(), 'data');
  const lock = await acquireLock(dir, { clock });
  await expect(acquireLock(dir, { clock })).rejects.toThrow(LockedError);
  await lock.release();
  await lock.release();
  expect(await readdir(dir)).toEqual([]);
  await (await acquireLock(dir, { clock })).release();
});

test('a living process keeps its lock, and the refusal names folder and process in one line', async () => {
  const dir = await temporaryFolder();
  const { child, said } = await start(dir);
  expect(said).toBe('won');
  const refused: unknown = await acquireLock(dir, { clock }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LockedError);
  expect(String(refused)).toBe(
    `LockedError: another bot (process ${String(child.pid)}) is using the folder ${dir}; stop it first`,
  );
});

test('the lock of a killed process is taken over at once', async () => {
  const dir = await temporaryFolder();
  const { child } = await start(dir);
  await kill(child);
  const lock = await acquireLock(dir, { clock });
  expect((await holderIn(dir)).pid).toBe(process.pid);
  expect(await readdir(dir)).toEqual(['bot.lock']);
  await lock.release();
});

test('of many that start together on a dead lock exactly one wins', async () => {
  const dir = await temporaryFolder();
  const { child } = await start(dir);
  await kill(child);
  const starters = await Promise.all(Array.from({ length: 5 }, () => start(dir)));
  expect(starters.map(({ said }) => said).sort()).toEqual([...Array<string>(4).fill('locked'), 'won']);
  const winner = starters.find(({ said }) => said === 'won');
  expect((await holderIn(dir)).pid).toBe(winner?.child.pid);
  expect(await readdir(dir)).toEqual(['bot.lock']);
});

test('of many that start together in a new folder exactly one wins', async () => {
  const dir = await temporaryFolder();
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(dir, { clock })));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('our own process number in a stale lock is not us: containers use numbers again', async () => {
  const dir = await temporaryFolder();
  await forge(dir, { began: 5 });
  await (await acquireLock(dir, { clock })).release();
  await forge(dir, { startTicks: '1' });
  await (await acquireLock(dir, { clock })).release();
});

test("another living process under the dead owner's number does not keep the lock", async () => {
  const dir = await temporaryFolder();
  await forge(dir, { pid: process.ppid, startTicks: '1' });
  await (await acquireLock(dir, { clock })).release();
  await forge(dir, { pid: process.ppid, startTicks: null });
  await expect(acquireLock(dir, { clock })).rejects.toThrow(LockedError);
});

test('a lock from another machine counts until it has shown no sign of life for 20 s', async () => {
  const dir = await temporaryFolder();
  const now = clock();
  await forge(dir, { host: `not-${hostname()}`, pid: 5 }, now);
  const at = (ms: number) => acquireLock(dir, { clock: () => now + ms });
  await expect(at(19_000)).rejects.toThrow(`process 5 on not-${hostname()}`);
  await (await at(21_000)).release();
});

test('a lock that can not be read counts as long as it is fresh', async () => {
  const dir = await temporaryFolder();
  const now = clock();
  await writeFile(join(dir, 'bot.lock'), '');
  await expect(acquireLock(dir, { clock })).rejects.toThrow('an unknown process');
  await (await acquireLock(dir, { clock: () => now + 60_000 })).release();
});

test('a lock that can not be read is taken over, too, when the clock was set back after the power cut', async () => {
  const dir = await temporaryFolder();
  const now = clock();
  await writeFile(join(dir, 'bot.lock'), '');
  await expect(acquireLock(dir, { clock: () => now - 1_000 })).rejects.toThrow('an unknown process');
  await (await acquireLock(dir, { clock: () => now - 3_600_000 })).release();
});

test('a successor that was killed halfway is succeeded in turn', async () => {
  const dir = await temporaryFolder();
  await forge(dir, { began: 5 });
  const dead = await holderIn(dir);
  const successor = { ...dead, id: crypto.randomUUID() };
  await writeFile(join(dir, `bot.lock.after-${dead.id}`), JSON.stringify(successor));
  const lock = await acquireLock(dir, { clock });
  expect(await readdir(dir)).toEqual(['bot.lock']);
  await lock.release();
});

test('who judged the owner dead before another took over does not take the lock from that one', async () => {
  const dir = await temporaryFolder();
  await forge(dir, { began: 5 });
  const living = JSON.stringify({
    ...(await holderIn(dir)),
    id: crypto.randomUUID(),
    pid: process.ppid,
    startTicks: null,
  });
  let calls = 0;
  const meanwhile = (): number => {
    calls += 1;
    // The third look at the clock comes after the dead owner's lock was read.
    if (calls === 3) writeFileSync(join(dir, 'bot.lock'), living);
    return clock();
  };
  await expect(acquireLock(dir, { clock: meanwhile })).rejects.toThrow(LockedError);
  expect(await readFile(join(dir, 'bot.lock'), 'utf8')).toBe(living);
  expect(await readdir(dir)).toEqual(['bot.lock']);
});

test('a release does not remove the lock of a successor', async () => {
  const dir = await temporaryFolder();
  const lock = await acquireLock(dir, { clock });
  await writeFile(
    join(dir, 'bot.lock'),
    JSON.stringify({ ...(await holderIn(dir)), id: crypto.randomUUID() }),
  );
  await lock.release();
  expect(await readdir(dir)).toEqual(['bot.lock']);
});
