import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REAL_FILES, type Files } from '../../src/store/disk.ts';
import { durableFile, type DurableFile } from '../../src/store/durable-file.ts';
import { breakableDisk, temporaryFolder, watchedFiles } from './temporary-folder.ts';

function parse(text: string): string {
  if (!text.endsWith('.')) throw new Error('no full stop');
  return text;
}

const open = (dir: string, files: Files = REAL_FILES, durable = true): DurableFile<string> =>
  durableFile({
    path: join(dir, 'a.txt'),
    parse,
    pieces: (text) => [text],
    clock: () => 99,
    files,
    durable,
  });

test('what was written is read back, and the copy before it stays beside it', async () => {
  const dir = await temporaryFolder();
  const file = open(dir);
  expect(await file.read()).toBeNull();
  await file.write('one.');
  await file.write('two.');
  expect(await open(dir).read()).toBe('two.');
  expect(await readFile(join(dir, 'a.txt.prev'), 'utf8')).toBe('one.');
  expect((await stat(join(dir, 'a.txt'))).mode & 0o777).toBe(0o600);
});

test('a torn file gives way to its previous copy and is set aside', async () => {
  const dir = await temporaryFolder();
  const file = open(dir);
  await file.write('one.');
  await file.write('two.');
  await writeFile(join(dir, 'a.txt'), 'tw');
  const again = open(dir);
  expect(await again.read()).toBe('one.');
  expect(again.recovered()).toBe(true);
  expect(await readFile(join(dir, 'a.txt.torn-99'), 'utf8')).toBe('tw');
});

test('a recovery is repeated until something was written, and the torn file never replaces the good copy', async () => {
  const dir = await temporaryFolder();
  const first = open(dir);
  await first.write('one.');
  await first.write('two.');
  await writeFile(join(dir, 'a.txt'), 'tw');
  await open(dir).read();
  const second = open(dir);
  await second.read();
  expect(second.recovered()).toBe(true);
  await second.write('three.');
  expect(await readFile(join(dir, 'a.txt.prev'), 'utf8')).toBe('one.');
  const third = open(dir);
  expect(await third.read()).toBe('three.');
  expect(third.recovered()).toBe(false);
});

test('a file that went missing comes back from its previous copy', async () => {
  const dir = await temporaryFolder();
  const file = open(dir);
  await file.write('one.');
  await file.write('two.');
  await REAL_FILES.unlink(join(dir, 'a.txt'));
  const again = open(dir);
  expect(await again.read()).toBe('one.');
  expect(again.recovered()).toBe(true);
});

test('when both copies are bad, reading throws what is wrong with the newer one', async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'a.txt'), 'x');
  await expect(open(dir).read()).rejects.toThrow('no full stop');
  await writeFile(join(dir, 'a.txt.prev'), 'y');
  await expect(open(dir).read()).rejects.toThrow('no full stop');
});

test('a leftover of an interrupted write is removed at the start', async () => {
  const dir = await temporaryFolder();
  await open(dir).write('one.');
  await writeFile(join(dir, 'a.txt.tmp'), 'hal');
  await open(dir).read();
  expect(await readdir(dir)).toEqual(['a.txt']);
});

test('a really full disk is told as such, and the old contents stay', async () => {
  const dir = await temporaryFolder();
  await open(dir).write('one.');
  const files: Files = {
    ...REAL_FILES,
    open: (path, flags, mode) => REAL_FILES.open(flags === 'w' ? '/dev/full' : path, flags, mode),
  };
  await expect(open(dir, files).write('two.')).rejects.toMatchObject({
    name: 'StoreFault',
    code: 'disk-full',
  });
  expect(await open(dir).read()).toBe('one.');
  expect(await readdir(dir)).toEqual(['a.txt']);
});

test.each(['a.txt.tmp', 'a.txt.prev', 'a.txt'])(
  'when %s fails, nothing is written and the next write works',
  async (name) => {
    const dir = await temporaryFolder();
    const disk = breakableDisk();
    const file = open(dir, disk.files);
    await file.write('one.');
    disk.breakDown('EIO', new RegExp(`/${name}$`));
    await expect(file.write('two.')).rejects.toMatchObject({ name: 'StoreFault', code: 'unwritable' });
    disk.repair();
    expect(await open(dir).read()).toBe('one.');
    await file.write('three.');
    expect(await open(dir).read()).toBe('three.');
  },
);

test('a name that may not survive a power cut is taken back', async () => {
  const dir = await temporaryFolder();
  await open(dir).write('one.');
  const files = watchedFiles((operation, path) => {
    if (operation === 'open' && path === dir) throw Object.assign(new Error('sync'), { code: 'EIO' });
  });
  await expect(open(dir, files).write('two.')).rejects.toMatchObject({ code: 'unwritable' });
  expect(await open(dir).read()).toBe('one.');
});

test('a file system without hard links keeps the previous copy all the same', async () => {
  const dir = await temporaryFolder();
  const files = watchedFiles((operation) => {
    if (operation === 'link') throw Object.assign(new Error('no links'), { code: 'EPERM' });
  });
  const file = open(dir, files);
  await file.write('one.');
  await file.write('two.');
  expect(await readFile(join(dir, 'a.txt.prev'), 'utf8')).toBe('one.');
});

test('a file that does not have to be durable is written without waiting for the disk', async () => {
  const dir = await temporaryFolder();
  const opened: string[] = [];
  const files = watchedFiles((operation, path) => {
    if (operation === 'open') opened.push(path);
  });
  await open(dir, files, false).write('one.');
  expect(opened).toEqual([join(dir, 'a.txt.tmp')]);
});

test('a path that can not be read is no torn file', async () => {
  const dir = await temporaryFolder();
  await mkdir(join(dir, 'a.txt'));
  await expect(open(dir).read()).rejects.toMatchObject({ code: 'EISDIR' });
});
