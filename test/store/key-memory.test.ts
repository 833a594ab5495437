import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openKeyMemory } from '../../src/store/key-memory.ts';
import { NOW } from './orders.ts';
import { breakableDisk, temporaryFolder } from './temporary-folder.ts';

const KEY = 'pk-secret-of-the-shop';
const open = (dir: string, apiKey = KEY) => openKeyMemory({ dir, clock: () => NOW, apiKey });

test.each([true, false])(
  'what was said of the key is remembered over a restart (sandbox: %s)',
  async (sandbox) => {
    const dir = await temporaryFolder();
    const { memory, close } = await open(dir);
    expect(memory.sandbox()).toBeUndefined();
    await memory.keep(sandbox);
    await close();
    expect((await open(dir)).memory.sandbox()).toBe(sandbox);
  },
);

test('it says nothing of another key', async () => {
  const dir = await temporaryFolder();
  await (await open(dir)).memory.keep(true);
  const { memory } = await open(dir, 'pk-the-real-one');
  expect(memory.sandbox()).toBeUndefined();
  await memory.keep(false);
  expect((await open(dir)).memory.sandbox()).toBeUndefined();
});

test('the key is nowhere in the file', async () => {
  const dir = await temporaryFolder();
  await (await open(dir)).memory.keep(true);
  const text = await readFile(join(dir, 'provider.json'), 'utf8');
  for (let at = 0; at + 5 <= KEY.length; at += 1) expect(text).not.toContain(KEY.slice(at, at + 5));
});

test('what is known already is not written again', async () => {
  const dir = await temporaryFolder();
  const { memory } = await open(dir);
  await memory.keep(true);
  const { ino } = await stat(join(dir, 'provider.json'));
  await memory.keep(true);
  expect((await stat(join(dir, 'provider.json'))).ino).toBe(ino);
});

test('a failed write leaves things as they were', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  const { memory } = await openKeyMemory({ dir, clock: () => NOW, apiKey: KEY, files: disk.files });
  disk.breakDown('ENOSPC', /provider/);
  await expect(memory.keep(true)).rejects.toMatchObject({ code: 'disk-full' });
  expect(memory.sandbox()).toBeUndefined();
});

test.each(['{"vers', '{"version":1,"key":7}'])('a file that says %s counts as none', async (text) => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'provider.json'), text);
  expect((await open(dir)).memory.sandbox()).toBeUndefined();
});

test('a file of a newer version stops the start', async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'provider.json'), '{"version":2}');
  await expect(open(dir)).rejects.toThrow('newer version');
});
