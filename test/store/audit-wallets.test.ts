// The judge of the books finds what is wrong with them, whatever it is, and nothing where all is well.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/store/audit.ts';
import { open, SEPTEMBER, sound } from './journal-lines.ts';
import { advance, DELIVERED, orderIn, SENT } from './orders.ts';
import { auditLine, deposit, letIn, openingBy, shopChange, transfer } from './shop-changes.ts';
import { temporaryFolder, withoutSums } from './temporary-folder.ts';

let dir: string;
beforeEach(async () => {
  dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7, 1_000);
  await store.change(deposit('d1', 8, 500));
  await store.change(shopChange({ audit: [auditLine('7')] }));
  await store.change(transfer('t1', 7, 8, 100));
  await advance(store, orderIn(await store.commit(openingBy(7, 'one', 200))), [...SENT, DELIVERED]);
  await store.commit(openingBy(7, 'two', 300));
});

/** Writes a file anew, without its sums. */
async function alter(name: string, edit: (text: string) => string): Promise<void> {
  const path = join(dir, name);
  const text = withoutSums(await readFile(path, 'utf8'));
  const altered = edit(text);
  expect(altered).not.toBe(text);
  await writeFile(path, altered);
}
const JOURNAL = join('journal', SEPTEMBER);
const lines = (edit: (all: string[]) => string[]) => (text: string) =>
  `${edit(text.trimEnd().split('\n')).join('\n')}\n`;
const faults = async (): Promise<number> => (await audit(dir)).walletFaults;

describe('the audit of wallets', () => {
  it('finds nothing where all is well', async () => {
    await sound(dir);
  });

  it.each<[string, string, (text: string) => string]>([
    [
      'a wallet that is not the sum of its entries',
      'orders.json',
      (text) => text.replace('"put":90000', '"put":90001'),
    ],
    [
      'money that two wallets have changed between them',
      'orders.json',
      (text) => text.replace('"put":90000', '"put":89999').replace('"put":60000', '"put":60001'),
    ],
    ['a line that is missing at the end', JOURNAL, lines((all) => all.slice(0, -1))],
    ['a line that is missing in the middle', JOURNAL, lines((all) => all.toSpliced(1, 1))],
    ['a line without money that is missing', JOURNAL, lines((all) => all.toSpliced(2, 1))],
    ['a line that is there twice', JOURNAL, lines((all) => [...all.slice(0, 2), ...all.slice(1)])],
    ['an entry that is there twice', JOURNAL, (text) => text.replace('"id":"d1"', '"id":"t1:in"')],
    [
      'an amount that only the start of its line has',
      JOURNAL,
      (text) => text.replace('8:deposit:50000', '8:deposit:50001'),
    ],
    [
      'a hold that only the journal has',
      JOURNAL,
      (text) => text.replace('"id":"order-two:hold"', '"id":"order-three:hold"'),
    ],
  ])('finds %s', async (_what, name, edit) => {
    await alter(name, edit);
    expect(await faults()).toBeGreaterThan(0);
  });

  it('counts apart what the wallets and the journal add up to', async () => {
    await alter('orders.json', (text) => text.replace('"put":90000', '"put":90001'));
    const { wallets, walletEntries } = await audit(dir);
    expect(wallets.put - walletEntries.put).toBe(1);
  });
});
