import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LockedError } from '../../src/store/lock.ts';
import { openFolder, UnusableFolder } from '../../src/store/open-folder.ts';
import { temporaryFolder } from './temporary-folder.ts';

const options = (dir: string, cardKey?: string) => ({
  ...{ dir, cardKey, apiKey: 'pk-of-the-shop' },
  clock: Date.now,
  log: () => undefined,
});

test('a folder belongs to one bot at a time, and to the next one after it was closed', async () => {
  const dir = await temporaryFolder();
  const folder = await openFolder(options(dir));
  await expect(openFolder(options(dir))).rejects.toBeInstanceOf(LockedError);
  await folder.close();
  await (await openFolder(options(dir))).close();
});

test('another card key than the one that sealed the codes is refused, and the folder is free again', async () => {
  const dir = await temporaryFolder();
  await (await openFolder(options(dir, 'ab'.repeat(32)))).close();
  await expect(openFolder(options(dir, 'cd'.repeat(32)))).rejects.toThrow(/^CARD_KEY is not the key/);
  await (await openFolder(options(dir, 'ab'.repeat(32)))).close();
});

test('a key check that can not be read is not taken for none, which would seal the next codes with any key', async () => {
  const dir = await temporaryFolder();
  await (await openFolder(options(dir, 'ab'.repeat(32)))).close();
  expect((await readdir(dir)).filter((name) => name.startsWith('card.'))).toEqual(['card.check']);
  await rm(join(dir, 'card.check'));
  await mkdir(join(dir, 'card.check'));
  await expect(openFolder(options(dir, 'cd'.repeat(32)))).rejects.toThrow(/EISDIR/);
});

test('a DATA_DIR that is a file is named in the refusal', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  await expect(openFolder(options(file))).rejects.toThrow(/^DATA_DIR can't be used/);
  await expect(openFolder(options(file))).rejects.toBeInstanceOf(UnusableFolder);
});
