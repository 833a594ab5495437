// One process per data folder: two would overwrite each other's orders without noticing. A lock whose owner was killed is
// taken over at once, and of several that start together exactly one gets it.

import {
  constants,
  copyFile,
  link,
  mkdir,
  readFile,
  rename,
  stat,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../app/ports.ts';
import { errorCode, hasNoLinks, UnusableFolder } from './disk.ts';
import { holderSchema, lifeOf, ownIdentity, type Holder } from './process-identity.ts';

const LOCK_FILE = 'bot.lock';
const HEARTBEAT_MS = 5_000;
/** A lock from another machine without a sign of life for this long is taken over. */
const SILENT_MS = 20_000;

/** Another bot uses the folder. */
export class LockedError extends UnusableFolder {
  override readonly name = 'LockedError';
}

export interface Lock {
  /** Gives the folder back; safe to call twice. */
  release(): Promise<void>;
}

interface Found {
  /** Undefined when the file can't be read as a lock. */
  readonly holder: Holder | undefined;
  /** Stands for this very taking of the lock. */
  readonly id: string;
  readonly touchedAt: number;
}

async function readLock(path: string): Promise<Found | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    const { mtimeMs, ino } = await stat(path);
    const holder = parseHolder(text);
    return { holder, id: holder?.id ?? `unreadable-${ino}`, touchedAt: mtimeMs };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Gives a file a further name, unless that is taken: the one step here that only one process can win. */
async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    // Without hard links the name is won just as exclusively; only what it says comes a moment later.
    await link(from, to).catch((error: unknown) => {
      if (!hasNoLinks(error)) throw error;
      return copyFile(from, to, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}

interface Claim {
  readonly dir: string;
  readonly own: Holder;
  /** A file that says who we are; linked or moved to where the claim is won. */
  readonly ticket: string;
  readonly clock: Clock;
}

async function refuseIfAlive({ dir, own, clock }: Claim, { holder, touchedAt }: Found): Promise<void> {
  const age = clock() - touchedAt;
  // A lock that can't be read was torn by a power cut, and after one the clock may well show an earlier time.
  const silentMs = holder === undefined ? Math.abs(age) : age;
  const life = holder === undefined ? 'elsewhere' : await lifeOf(holder, own);
  if (life === 'dead' || (life === 'elsewhere' && silentMs > SILENT_MS)) return;
  const who = holder === undefined ? 'an unknown process' : `process ${holder.pid}`;
  const where = life === 'elsewhere' && holder !== undefined ? ` on ${holder.host}` : '';
  throw new LockedError(`another bot (${who}${where}) is using the folder ${dir}; stop it first`);
}

/**
 * Makes `path` ours or throws LockedError. The right to replace a dead owner's lock is itself a lock, named after that very
 * owner: whoever judged an owner dead long ago can then never remove the lock of the one who came after it.
 */
async function claim(claiming: Claim, path: string): Promise<void> {
  const { dir, ticket } = claiming;
  for (;;) {
    if (await linkNew(ticket, path)) return;
    const found = await readLock(path);
    if (found === undefined) continue;
    await refuseIfAlive(claiming, found);
    const succession = join(dir, `${LOCK_FILE}.after-${found.id}`);
    await claim(claiming, succession);
    try {
      if ((await readLock(path))?.id !== found.id) continue;
      const copy = `${ticket}-copy`;
      await writeFile(copy, JSON.stringify(claiming.own));
      await rename(copy, path);
      return;
    } finally {
      await remove(succession);
    }
  }
}

/**
 * Takes the folder for this process; a missing folder is made. Throws LockedError when another living bot has it, and
 * what the system said when the folder can't be used. `clock`: epoch ms, for the sign of life that other machines look at.
 */
export async function acquireLock(dir: string, { clock }: { clock: Clock }): Promise<Lock> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const own = await ownIdentity();
  const path = join(dir, LOCK_FILE);
  const ticket = join(dir, `${LOCK_FILE}.${own.id}`);
  const touch = (): Promise<void> => utimes(path, clock() / 1000, clock() / 1000);

  await writeFile(ticket, JSON.stringify(own), { mode: 0o600 });
  try {
    await utimes(ticket, clock() / 1000, clock() / 1000);
    await claim({ dir, own, ticket, clock }, path);
  } finally {
    await remove(ticket);
  }
  await touch();

  // A sign of life that fails once is made up for by the next.
  const heartbeat = setInterval(() => void touch().catch(() => undefined), HEARTBEAT_MS).unref();
  let released: Promise<void> | undefined;
  const give = async (): Promise<void> => {
    clearInterval(heartbeat);
    if ((await readLock(path))?.id === own.id) await remove(path);
  };
  return { release: () => (released ??= give()) };
}
