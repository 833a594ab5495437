import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { isWhole, seal, sealedLine, unsealed, withRoom } from '../../src/store/seal.ts';
import { open } from './journal-lines.ts';
import { opening } from './orders.ts';
import { alter, deposit, letIn } from './shop-changes.ts';
import { temporaryFolder, withoutSums } from './temporary-folder.ts';

const packed = (...pieces: string[]): string => seal(Buffer.from(withRoom(pieces).join(''))).toString();

test('a JSON object carries the sum of the rest of its text, and is read without it', () => {
  const text = packed('{"a":', '"سمير"', '}\n');
  expect(text).toMatch(/^\{"sum":"[0-9a-f]{8}","a":"سمير"\}\n$/u);
  expect(unsealed(text, 'f')).toBe('{"a":"سمير"}\n');
  expect(() => unsealed(text.replace('م', 'ي'), 'f')).toThrow('f: cut short, or not what was written');
});

test('what an earlier version wrote, and what is no object, is taken as it is', () => {
  expect(unsealed('{"a":1}', 'f')).toBe('{"a":1}');
  expect(packed('one.')).toBe('one.');
  expect(isWhole(Buffer.from('5 5 5 0 -\t{}'))).toBe(true);
});

test('a line with one bit changed is not whole', () => {
  const line = sealedLine(Buffer.from('5 5 5 0 -\t{"a":1}\n')).subarray(0, -1);
  expect(isWhole(line)).toBe(true);
  for (let i = 1; i < line.length; i += 1) {
    const harmed = Buffer.from(line);
    harmed[i] = (harmed[i] ?? 0) ^ 1;
    expect(isWhole(harmed), String(i)).toBe(false);
  }
});

test('a credit ceiling that changed on the disk by itself is not believed: the previous copy is in use', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 22, 500, { role: 'agent' });
  await alter(store, 22, { ceiling: dinars(700) });
  await store.commit(opening('one'));
  const path = join(dir, 'orders.json');
  const text = await readFile(path, 'utf8');
  await writeFile(`${path}.new`, text.replace('"ceiling":70000', '"ceiling":90000'));
  await rename(`${path}.new`, path);
  const again = await open(dir);
  expect(again.recovered).toBe(true);
  expect((await again.store.record('member', 22))?.ceiling).toBe(70_000);
});

test('money that changed in the journal by itself stops the start, naming the place', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 22, 500);
  await store.change(deposit('d1', 22, 300));
  const path = join(dir, 'journal', '2026-09.jsonl');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('22:deposit:30000', '22:deposit:90000'));
  await expect(open(dir)).rejects.toThrow(/2026-09\.jsonl: the line at byte \d+ can't be read$/);
});

test('a folder of a version that knew no sums opens as it is', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 22, 500);
  for (const name of ['orders.json', 'journal/2026-09.jsonl']) {
    const text = await readFile(join(dir, name), 'utf8');
    await writeFile(join(dir, name), withoutSums(text));
  }
  const again = await open(dir);
  expect([again.recovered, again.faults]).toEqual([false, []]);
  expect(await again.store.wallet(22)).toEqual(await store.wallet(22));
});
