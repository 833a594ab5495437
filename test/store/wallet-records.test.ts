// What waits for an answer about money is still there when the folder is opened again; what was answered is in the journal
// alone.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import type { CorrectionDraft, CreditRequest, KeptOrder } from '../../src/domain/shop.ts';
import { open } from './journal-lines.ts';
import { line, NOW } from './orders.ts';
import { auditLine, deposit, letIn, shopChange } from './shop-changes.ts';
import { temporaryFolder } from './temporary-folder.ts';

const request: CreditRequest = {
  ...{ kind: 'request', id: 'u1', rev: 1, person: 7, amount: dinars(2000), slip: 'photo', at: NOW },
  verdict: { approved: true, by: 1, name: 'Salim', at: NOW, told: false },
  cards: [{ owner: 1, messageId: 12 }],
};
const draft: CorrectionDraft = {
  ...{ kind: 'draft', id: 'm1', rev: 1, by: 1, person: 7, amount: dinars(-300), reason: 'مرتين', at: NOW },
};
const kept: KeptOrder = {
  ...{ kind: 'kept', id: 7, rev: 1, service: 'ADSL', line: line('036362608'), offer: null, until: NOW },
  ...{ value: dinars(1000), price: dinars(990), missing: dinars(610) },
  ...{ chatId: -100, threadId: 4, flow: 'f1', promptId: 5, asked: true, offered: false },
};

test('requests with their cards, drafts and kept purchases survive', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await store.change(shopChange({ puts: [request, draft, kept] }));
  const again = (await open(dir)).store;
  expect(await again.records('request')).toEqual([request]);
  expect(await again.record('draft', 'm1')).toEqual(draft);
  expect(await again.record('kept', 7)).toEqual(kept);
});

test('dropped, they are written no more with every change, and the trail still knows', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7);
  await store.change(shopChange({ puts: [request, draft, kept], audit: [auditLine('7')] }));
  await store.change(shopChange({ drops: ['request:u1', 'draft:m1', 'kept:7'] }));
  await store.change(deposit('d1', 7, 10));
  expect(await readFile(join(dir, 'orders.json'), 'utf8')).not.toMatch(/"(?:request|draft|kept)"/);
  const again = (await open(dir)).store;
  expect((await again.auditTrail(null, 5)).rows).toEqual([auditLine('7')]);
});
