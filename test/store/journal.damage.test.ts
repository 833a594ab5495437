import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { walletOf } from '../../src/domain/ledger.ts';
import { dinars } from '../../src/domain/money.ts';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { IN_OCTOBER, idsOf, linesOf, open, SEPTEMBER, sound } from './journal-lines.ts';
import { NOW } from './orders.ts';
import { aMember, auditLine, deposit, letIn, openingBy, shopChange } from './shop-changes.ts';
import { breakableDisk, temporaryFolder, withoutSums } from './temporary-folder.ts';

test.each([/journal/, /orders\.json\.tmp$/, /orders\.json\.prev$/, /orders\.json$/, /store-\w+$/])(
  'when %s fails, the change never happened and the next one works',
  async (broken) => {
    const dir = await temporaryFolder();
    const disk = breakableDisk();
    const { store } = await open(dir, NOW, disk.files);
    await letIn(store, 7, 10);
    const before = await linesOf(dir);
    disk.breakDown('ENOSPC', broken);
    const both = [
      store.change({ ...deposit('d1', 7, 5), puts: [aMember(8)] }),
      store.commit(openingBy(7, 'one', 1)),
    ];
    for (const answer of await Promise.allSettled(both))
      expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'StoreFault', code: 'disk-full' } });
    expect(await linesOf(dir)).toEqual(before);
    disk.repair();
    for (const one of [store, (await open(dir)).store]) {
      expect(await one.wallet(7)).toEqual({ put: dinars(10), held: 0, taken: 0 });
      expect(await one.record('member', 8)).toBeUndefined();
      expect(await idsOf(one)).toEqual(['first-7']);
    }
    expect((await store.change(deposit('d1', 7, 5))).kind).toBe('done');
    await sound(dir);
    expect(await idsOf((await open(dir)).store)).toEqual(['d1', 'first-7']);
  },
);

/** A store whose last write failed after its line was on disk, on a disk that did not even take the line back. */
async function withLineLeft(dir: string, clock: () => number): Promise<Store> {
  const disk = breakableDisk();
  const { store } = await openLowdbStore({ dir, clock, files: disk.files });
  await letIn(store, 7, 10);
  disk.breakDown('EIO', /journal|orders\.json$/, 1);
  await expect(store.change(deposit('lost', 7, 5))).rejects.toMatchObject({ code: 'unwritable' });
  disk.repair();
  expect(await linesOf(dir)).toHaveLength(2);
  return store;
}

test('a line that nobody was told of is cut off at the start', async () => {
  const dir = await temporaryFolder();
  await withLineLeft(dir, () => NOW);
  const { store, faults } = await open(dir);
  expect(faults).toEqual([]);
  expect(await linesOf(dir)).toHaveLength(1);
  expect((await store.change(deposit('lost', 7, 5))).kind).toBe('done');
  await sound(dir);
});

test('such a line is replaced by the next one, also when that goes into another month', async () => {
  for (const later of [NOW, IN_OCTOBER]) {
    const dir = await temporaryFolder();
    let now = NOW;
    const store = await withLineLeft(dir, () => now);
    now = later;
    await store.change(deposit('d2', 7, 1));
    expect(await idsOf(store)).toEqual(['d2', 'first-7']);
    await sound(dir);
    expect(await idsOf((await open(dir, later)).store)).toEqual(['d2', 'first-7']);
  }
});

test('a torn end is cut off at the start and told', async () => {
  const dir = await temporaryFolder();
  await letIn((await open(dir)).store, 7, 10);
  await appendFile(join(dir, 'journal', SEPTEMBER), `1 1 ${NOW} 0 7:dep`);
  const logged: string[] = [];
  const { store } = await openLowdbStore({ dir, clock: () => NOW, log: (fact) => logged.push(fact) });
  expect(logged).toEqual(['a torn end of the journal was cut off']);
  await store.change(deposit('d2', 7, 5));
  await sound(dir);
});

test('a line that is not where it belongs, or is none, stops the start and says where', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7, 10);
  await store.change(deposit('d2', 7, 5));
  const path = join(dir, 'journal', SEPTEMBER);
  const [one = '', two = ''] = await linesOf(dir);
  await writeFile(path, `${two}\n`);
  await expect(open(dir)).rejects.toThrow(/2026-09\.jsonl at byte 0: line 1 is there instead of line 0$/);
  await writeFile(path, `${one}\n${one}\n`);
  await expect(open(dir)).rejects.toThrow(/at byte \d+: line 0 is there instead of line 1$/);
  for (const wrong of ['what is this', `1 1 ${NOW} 0 7:bribe:5\t{}`, `1 1 ${NOW} 0 07:deposit:5\t{}`]) {
    await writeFile(path, `${one}\n${wrong}\n`);
    await expect(open(dir)).rejects.toThrow(/2026-09\.jsonl: the line at byte \d+ can't be read/);
  }
});

test('a line of a newer version, and one that can not be right, are told when they are asked for', async () => {
  const dir = await temporaryFolder();
  await letIn((await open(dir)).store, 7, 10);
  const path = join(dir, 'journal', SEPTEMBER);
  const text = await readFile(path, 'utf8');
  const read = async (from: string, to: string) => {
    await writeFile(path, withoutSums(text).replace(from, to));
    return (await open(dir, IN_OCTOBER)).store.statement(walletOf(7), null, 5);
  };
  await expect(read('"v":1', '"v":2')).rejects.toThrow(/byte 0: written by a newer version/);
  await expect(read('"amount":1000', '"amount":-1')).rejects.toThrow(
    /byte 0: the line can't be read: entries\.0\.amount/,
  );
  await expect(read('"entries":[', '"entries":')).rejects.toThrow(/byte 0: the line can't be read$/);
});

test('a change that could not be read back is refused, and the others in the same write are not', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  const many = Array.from({ length: 1000 }, () => auditLine('x'));
  const broken = [
    shopChange({ puts: [aMember(9, { since: -1 })] }),
    { ...deposit('d1', 7, -5) },
    shopChange({ audit: many }),
    shopChange({ puts: [aMember(9, { name: 'x'.repeat(2 ** 20) })] }),
    shopChange({ entries: [...deposit('d2', 7, 1).entries, ...deposit('d2', 7, 1).entries] }),
    {
      ...deposit('d3', 7, 1),
      entries: deposit('d3', 7, 1).entries.map((one) => ({ ...one, account: 'shop' as const })),
    },
  ];
  const answers = await Promise.allSettled(
    [...broken, deposit('good', 7, 1)].map((one) => store.change(one)),
  );
  expect(answers.map(({ status }) => status)).toEqual([...broken.map(() => 'rejected'), 'fulfilled']);
  expect(await store.records('member')).toEqual([]);
  expect(await idsOf((await open(dir)).store)).toEqual(['good']);
});
