import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dinars, ZERO } from '../../src/domain/money.ts';
import { audit } from '../../src/store/audit.ts';
import { open, sound } from './journal-lines.ts';
import { advance, DELIVERED, orderIn, SENT, SHOWN } from './orders.ts';
import { deposit, letIn, openingBy } from './shop-changes.ts';
import { temporaryFolder, withoutSums } from './temporary-folder.ts';

async function replaced(path: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const next = withoutSums(text).replace(from, to);
  expect(next).not.toBe(text);
  await writeFile(path, next);
}

async function folderWithOrder(): Promise<string> {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7, 2000);
  const one = orderIn(await store.commit(openingBy(7, 'one', 300)));
  await advance(store, one, [...SENT, DELIVERED, SHOWN]);
  await store.commit(openingBy(7, 'two', 500));
  return dir;
}

const RIGHT = { put: dinars(2000), held: dinars(500), taken: dinars(300) };

test('a wallet that contradicts its entries is reported at the start, and the entries are believed', async () => {
  const dir = await folderWithOrder();
  await replaced(join(dir, 'orders.json'), '"put":200000,"held":50000', '"put":999999900,"held":1');
  expect((await audit(dir)).walletFaults).toBe(1);
  const { store, faults } = await open(dir);
  expect(faults).toEqual([
    'wallet:7 has 999999900 put, 1 held, 30000 taken centimes, but its entries add up to 200000 put, 50000 held, 30000 taken',
  ]);
  expect(await store.wallet(7)).toEqual(RIGHT);
  expect(await store.commit(openingBy(7, 'three', 1201))).toMatchObject({
    kind: 'short',
    available: dinars(1200),
  });
  await store.change(deposit('d', 7, 1));
  expect((await open(dir)).faults).toEqual([]);
  await sound(dir);
});

test('a wallet that the hot file has lost is there again', async () => {
  const dir = await folderWithOrder();
  await replaced(join(dir, 'orders.json'), /"wallets":\[\n.*\n\]/, '"wallets":[]');
  const { store, faults } = await open(dir);
  expect(faults).toHaveLength(1);
  expect(await store.wallet(7)).toEqual(RIGHT);
});

test('an open order that holds something else than the journal says is reported, and the order is believed', async () => {
  const dir = await folderWithOrder();
  await replaced(join(dir, 'journal', '2026-09.jsonl'), '7:hold:50000', '7:hold:40000');
  const counted = await audit(dir);
  expect(counted.walletFaults).toBe(1);
  const { store, faults } = await open(dir);
  expect(faults).toEqual(['wallet:7 holds 40000 centimes by the journal, but its open orders hold 50000']);
  expect(await store.wallet(7)).toEqual(RIGHT);
});

test('the audit finds an entry that is another one in the journal than in its order, or that is there twice', async () => {
  const dir = await folderWithOrder();
  const journal = join(dir, 'journal', '2026-09.jsonl');
  await (await open(dir)).store.change(deposit('second', 7, 1));
  await sound(dir);
  await replaced(journal, '"id":"second"', '"id":"first-7"');
  expect((await audit(dir)).walletFaults).toBe(1);
  await replaced(journal, '"id":"order-two:hold"', '"id":"order-tow:hold"');
  expect((await audit(dir)).walletFaults).toBe(3);
});

test('the audit counts all wallets together, and finds balances that were carried forward wrongly', async () => {
  const dir = await folderWithOrder();
  const october = Date.UTC(2026, 9, 15);
  await (await open(dir, october)).store.change(deposit('d', 8, 50));
  const wallets = { put: dinars(2050), held: dinars(500), taken: dinars(300) };
  expect(await audit(dir)).toMatchObject({ wallets, walletEntries: wallets, walletFaults: 0 });
  await replaced(join(dir, 'journal', '2026-10.jsonl'), '"taken":30000', '"taken":30001');
  expect((await audit(dir)).walletFaults).toBe(1);
  expect((await open(dir, october)).faults).toHaveLength(1);
});

test('a folder of before there were wallets has none to count', async () => {
  const dir = await temporaryFolder();
  await writeFile(
    join(dir, 'orders.json'),
    '{"version":1,"nextNo":1001,"books":{"held":0,"taken":0},"orders":[]}',
  );
  await expect(audit(dir)).rejects.toThrow(/archive/);
  await open(dir);
  expect(await audit(dir)).toMatchObject({
    walletFaults: 0,
    wallets: { put: ZERO, held: ZERO, taken: ZERO },
  });
});
