import { randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCardKey, parseCardKey } from '../../src/store/card-key.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('without one in the environment a key is made once, for the owner of the process only', async () => {
  const dir = join(await temporaryFolder(), 'data');
  const made = await loadCardKey({ dir });
  expect(made.made).toBe(true);
  expect(made.key).toHaveLength(32);
  expect((await stat(join(dir, 'card.key'))).mode & 0o777).toBe(0o600);
  expect(await loadCardKey({ dir })).toEqual({ key: made.key, made: false });
});

test('a key from the environment is taken as hex or base64, and no file is made', async () => {
  const dir = await temporaryFolder();
  const key = randomBytes(32);
  const spellings = [key.toString('hex'), key.toString('base64'), key.toString('base64url')];
  for (const fromEnv of spellings) {
    expect(await loadCardKey({ dir, fromEnv })).toEqual({ key: Uint8Array.from(key), made: false });
  }
  await expect(stat(join(dir, 'card.key'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('an unusable key stops the start without being repeated', async () => {
  const dir = await temporaryFolder();
  for (const fromEnv of ['', 'short-secret', `${'a'.repeat(63)}g`]) {
    expect(parseCardKey(fromEnv)).toBeUndefined();
    const fault: unknown = await loadCardKey({ dir, fromEnv }).catch((error: unknown) => error);
    expect(String(fault)).toContain('CARD_KEY');
    expect(String(fault)).not.toContain('secret');
  }
});

test('a damaged key file is not replaced, an empty one is filled', async () => {
  const dir = await temporaryFolder();
  const path = join(dir, 'card.key');
  await writeFile(path, 'half a key');
  await expect(loadCardKey({ dir })).rejects.toThrow('card.key');
  expect(await readFile(path, 'utf8')).toBe('half a key');
  await writeFile(path, '');
  expect((await loadCardKey({ dir })).made).toBe(true);
  expect((await loadCardKey({ dir })).made).toBe(false);
});

test('a folder that can not be written is told as a fault of the store', async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'data'), '');
  await expect(loadCardKey({ dir: join(dir, 'data', 'deep') })).rejects.toBeInstanceOf(Error);
  await mkdir(join(dir, 'ok'));
  expect((await loadCardKey({ dir: join(dir, 'ok') })).made).toBe(true);
});
