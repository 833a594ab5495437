// The key that card codes are sealed with: from the environment, or made once and kept beside the data, readable only by
// the bot's own user. Losing it loses the codes that are on disk, so an unreadable key file is never replaced.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DamagedFile, errorCode, REAL_FILES, storeFault, syncFolder } from './disk.ts';

const CARD_KEY_FILE = 'card.key';

export interface CardKey {
  readonly key: Uint8Array;
  /** It was made just now: start-up says where, so that it gets into the backups. */
  readonly made: boolean;
}

/** Reads a key as 64 hex digits or as base64 (43 characters, or 44 with its `=`); undefined for anything else. */
export function parseCardKey(text: string): Uint8Array | undefined {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Uint8Array.from(Buffer.from(trimmed, 'hex'));
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return undefined;
  const key = Buffer.from(trimmed, 'base64');
  return key.length === 32 ? Uint8Array.from(key) : undefined;
}

/** The file's text; undefined when there is none. */
async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    return await REAL_FILES.readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** `flag`: `wx` for a new file; `a` fills an empty one without ever overwriting a key that somebody else put there. */
async function makeKeyFile(dir: string, path: string, flag: 'wx' | 'a'): Promise<Uint8Array> {
  const key = randomBytes(32);
  try {
    await REAL_FILES.mkdir(dir, { recursive: true, mode: 0o700 });
    await using handle = await REAL_FILES.open(path, flag, 0o600);
    await handle.chmod(0o600);
    await handle.writeFile(`${key.toString('hex')}\n`);
    await handle.sync();
    await syncFolder(REAL_FILES, dir);
  } catch (error) {
    throw storeFault(error);
  }
  return Uint8Array.from(key);
}

/**
 * The key of this shop. Throws Error for an unusable `fromEnv`, DamagedFile for an unusable key file, StoreFault when a
 * new one can't be kept; no message holds any part of a key.
 */
export async function loadCardKey({
  dir,
  fromEnv,
}: {
  dir: string;
  fromEnv?: string | undefined;
}): Promise<CardKey> {
  if (fromEnv !== undefined) {
    const key = parseCardKey(fromEnv);
    if (key === undefined) throw new Error('CARD_KEY must be 32 bytes as 64 hex digits or as base64');
    return { key, made: false };
  }
  const path = join(dir, CARD_KEY_FILE);
  const kept = await readKeyFile(path);
  // An empty file is what a kill between making and writing leaves; nothing was ever sealed with it.
  if (kept === undefined || kept === '')
    return { key: await makeKeyFile(dir, path, kept === undefined ? 'wx' : 'a'), made: true };
  const key = parseCardKey(kept);
  if (key === undefined) throw new DamagedFile(`${path}: no card key; put the right one back from a backup`);
  return { key, made: false };
}
