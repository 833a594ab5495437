// Reading a journal as a test looks at it.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { walletOf } from '../../src/domain/ledger.ts';
import { audit } from '../../src/store/audit.ts';
import { REAL_FILES, type Files } from '../../src/store/disk.ts';
import { openLowdbStore, type OpenedStore } from '../../src/store/lowdb-store.ts';
import { NOW } from './orders.ts';

export const DAY = 24 * 3_600_000;
export const SEPTEMBER = '2026-09.jsonl';
export const OCTOBER = '2026-10.jsonl';
export const IN_OCTOBER = NOW + 20 * DAY;

export const open = (dir: string, now = NOW, files: Files = REAL_FILES): Promise<OpenedStore> =>
  openLowdbStore({ dir, clock: () => now, files });

export async function linesOf(dir: string, month = SEPTEMBER): Promise<string[]> {
  const text = await readFile(join(dir, 'journal', month), 'utf8');
  return text.split('\n').slice(0, -1);
}

export const heads = async (dir: string, month = SEPTEMBER): Promise<(string | undefined)[]> =>
  (await linesOf(dir, month)).map((line) => line.split('\t')[0]?.replace(/^~\w{8} /u, ''));

export const idsOf = async (store: Store, person = 7): Promise<string[]> =>
  (await store.statement(walletOf(person), null, 99)).rows.map(({ id }) => id);

export const sound = async (dir: string): Promise<void> => {
  const counted = await audit(dir);
  expect(counted).toMatchObject({ walletFaults: 0, walletEntries: counted.wallets, duplicates: 0 });
};
