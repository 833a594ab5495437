import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PromptPlace } from '../../src/app/chat-memory.ts';
import { REAL_FILES, type Files } from '../../src/store/disk.ts';
import { openDialogues, type OpenedDialogues } from '../../src/store/dialogues.ts';
import { NOW } from './orders.ts';
import { breakableDisk, temporaryFolder, watchedFiles } from './temporary-folder.ts';

const open = (dir: string, files: Files = REAL_FILES): Promise<OpenedDialogues> =>
  openDialogues({ dir, clock: () => NOW, files });

const PROMPT: PromptPlace = { chatId: 1, threadId: null, messageId: 5, language: 'ar' };

test('what was written is read, also after a restart, and no copy is shared', async () => {
  const dir = await temporaryFolder();
  const { dialogues } = await open(dir);
  const state = { version: [0, 1], log: [{ text: 'مرحبا "😀"' }] };
  const written = dialogues.write('7:7', state, 100);
  state.log.length = 0;
  await written;
  const expected = { version: [0, 1], log: [{ text: 'مرحبا "😀"' }] };
  const read = dialogues.read('7:7');
  expect(read).toEqual(expected);
  Object.assign(Object(read), { version: 'altered' });
  expect(dialogues.read('7:7')).toEqual(expected);
  const again = await open(dir);
  expect(again.comeback).toBe('whole');
  expect(again.dialogues.read('7:7')).toEqual(expected);
  expect(again.dialogues.read('other')).toBeUndefined();
});

test('an update counts as handled with the write that it caused, with a deletion, and alone', async () => {
  const dir = await temporaryFolder();
  const { dialogues } = await open(dir);
  await dialogues.write('a', 1, 100);
  await dialogues.delete('a', 101);
  await dialogues.markHandled(102);
  const { dialogues: again } = await open(dir);
  expect([100, 101, 102, 103].map((id) => again.handled(id))).toEqual([true, true, true, false]);
  expect(again.read('a')).toBeUndefined();
});

test('the latest thousand handled updates are remembered', async () => {
  const dir = await temporaryFolder();
  const { dialogues } = await open(dir);
  await Promise.all(Array.from({ length: 1_200 }, (_, i) => dialogues.markHandled(i)));
  const { dialogues: again } = await open(dir);
  expect([0, 199, 200, 1_199].map((id) => again.handled(id))).toEqual([false, false, true, true]);
});

test('many who write at the same time share a few writes', async () => {
  const dir = await temporaryFolder();
  let writes = 0;
  const files = watchedFiles((operation) => {
    if (operation === 'rename') writes += 1;
  });
  const { dialogues } = await open(dir, files);
  await Promise.all(Array.from({ length: 300 }, (_, i) => dialogues.write(`key-${i}`, { i }, i)));
  expect(writes).toBeLessThan(5);
  const { dialogues: again } = await open(dir);
  expect(again.read('key-299')).toEqual({ i: 299 });
});

test('what changes nothing is not written', async () => {
  const dir = await temporaryFolder();
  const { dialogues } = await open(dir);
  await dialogues.delete('nobody');
  await dialogues.setUnfinished([]);
  expect(await readdir(dir)).toEqual([]);
});

test('a failed write rejects its callers, is forgotten, and the next one works', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  const { dialogues } = await open(dir, disk.files);
  await dialogues.write('a', 'before', 1);
  disk.breakDown('ENOSPC', /conversations/);
  const both = [dialogues.write('a', 'after', 2), dialogues.markHandled(3)];
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(dialogues.delete('a')).rejects.toMatchObject({ name: 'StoreFault', code: 'disk-full' });
  expect(dialogues.read('a')).toBe('before');
  expect([1, 2, 3].map((id) => dialogues.handled(id))).toEqual([true, false, false]);
  disk.repair();
  await dialogues.write('a', 'again', 4);
  expect((await open(dir)).dialogues.read('a')).toBe('again');
});

test('a prompt drawn before the first write of its flow is kept with it', async () => {
  const dir = await temporaryFolder();
  const { dialogues } = await open(dir);
  dialogues.setPrompt('a', PROMPT);
  expect(dialogues.prompt('a')).toEqual(PROMPT);
  await dialogues.markHandled(1);
  expect(dialogues.prompt('a')).toEqual(PROMPT);
  await dialogues.write('a', {}, 2);
  const { dialogues: again } = await open(dir);
  expect(again.prompt('a')).toEqual(PROMPT);
  await again.write('a', { next: true }, 3);
  expect((await open(dir)).dialogues.prompt('a')).toEqual(PROMPT);
});

test('the newest prompt takes the place of the one before, also when a write fails in between', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  const { dialogues } = await open(dir, disk.files);
  dialogues.setPrompt('a', PROMPT);
  await dialogues.write('a', {}, 1);
  dialogues.setPrompt('a', { ...PROMPT, messageId: 6 });
  disk.breakDown('EIO', /conversations/);
  await expect(dialogues.write('a', {}, 2)).rejects.toThrow();
  disk.repair();
  expect(dialogues.prompt('a')?.messageId).toBe(6);
  await dialogues.write('a', {}, 2);
  expect((await open(dir)).dialogues.prompt('a')?.messageId).toBe(6);
});

test('a deleted flow takes its prompt along', async () => {
  const dir = await temporaryFolder();
  const { dialogues } = await open(dir);
  dialogues.setPrompt('a', PROMPT);
  await dialogues.write('a', {}, 1);
  dialogues.setPrompt('b', PROMPT);
  await dialogues.delete('a', 2);
  await dialogues.delete('b', 3);
  expect([dialogues.prompt('a'), dialogues.prompt('b')]).toEqual([undefined, undefined]);
  expect((await open(dir)).dialogues.prompt('a')).toBeUndefined();
});

test('idle flows are those not touched since, also after a restart', async () => {
  const dir = await temporaryFolder();
  let now = 1_000;
  const { dialogues } = await openDialogues({ dir, clock: () => now });
  await dialogues.write('old', {}, 1);
  now = 2_000;
  await dialogues.write('new', {}, 2);
  expect(await dialogues.idle(1_000)).toEqual([]);
  expect(await dialogues.idle(1_001)).toEqual(['old']);
  expect(await (await open(dir)).dialogues.idle(2_001)).toEqual(['old', 'new']);
  expect(['old', 'new', 'none'].map((key) => dialogues.touchedAt(key))).toEqual([1_000, 2_000, undefined]);
});

test('unfinished updates are kept as they were given', async () => {
  const dir = await temporaryFolder();
  const { dialogues } = await open(dir);
  const updates = [{ update_id: 5, message: { text: 'x' } }];
  await dialogues.setUnfinished(updates);
  updates.length = 0;
  const { dialogues: again } = await open(dir);
  expect(again.unfinished()).toEqual([{ update_id: 5, message: { text: 'x' } }]);
});

test('a torn file gives way to its previous copy', async () => {
  const dir = await temporaryFolder();
  const { dialogues } = await open(dir);
  await dialogues.write('a', 'one', 1);
  await dialogues.write('a', 'two', 2);
  await truncate(join(dir, 'conversations.json'), 20);
  const again = await open(dir);
  expect(again.comeback).toBe('previous');
  expect(again.dialogues.read('a')).toBe('one');
});

test('without a good copy everybody begins anew, and the torn file is kept', async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'conversations.json'), '{"version":1,"hand');
  const opened = await open(dir);
  expect(opened.comeback).toBe('empty');
  await opened.dialogues.write('a', 1, 1);
  expect(await readFile(join(dir, `conversations.json.torn-${NOW}`), 'utf8')).toBe('{"version":1,"hand');
  expect((await open(dir)).dialogues.read('a')).toBe(1);
});

test('a file of a newer version stops the start', async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'conversations.json'), '{"version":2}');
  await expect(open(dir)).rejects.toThrow('newer version');
});

test('keys with any characters are kept apart', async () => {
  const dir = await temporaryFolder();
  const { dialogues } = await open(dir);
  const keys = ['__proto__', 'constructor', '-100:7:3', '"', ''];
  for (const [i, key] of keys.entries()) await dialogues.write(key, i, i);
  const { dialogues: again } = await open(dir);
  expect(keys.map((key) => again.read(key))).toEqual([0, 1, 2, 3, 4]);
});

test('closing waits for what is being written', async () => {
  const dir = await temporaryFolder();
  const { dialogues, close } = await open(dir);
  const written = dialogues.write('a', 1, 1);
  await close();
  expect((await open(dir)).dialogues.read('a')).toBe(1);
  await written;
  await expect(dialogues.write('a', 2, 2)).rejects.toMatchObject({ name: 'StoreFault' });
});
