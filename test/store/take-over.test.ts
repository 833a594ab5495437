// The newest copy of the hot file is torn: what of its last commit comes back from the journal, and what comes again.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { walletOf } from '../../src/domain/ledger.ts';
import { dinars, ZERO } from '../../src/domain/money.ts';
import { openLowdbStore, type OpenedStore } from '../../src/store/lowdb-store.ts';
import { idsOf, IN_OCTOBER, open, sound } from './journal-lines.ts';
import { advance, DELIVERED, GIVEN_BACK, NOW, orderIn, ref, SENT, SHOWN } from './orders.ts';
import {
  aMember,
  alter,
  auditLine,
  deposit,
  letIn,
  openingBy,
  shopChange,
  transfer,
} from './shop-changes.ts';
import { breakableDisk, tear, temporaryFolder } from './temporary-folder.ts';

const FILE = 'orders.json';

/** Tears the newest copy and opens the folder again. */
async function recovered(dir: string, now = NOW): Promise<Store> {
  await tear(join(dir, FILE));
  const opened: OpenedStore = await open(dir, now);
  expect({ faults: opened.faults, recovered: opened.recovered }).toEqual({ faults: [], recovered: true });
  await sound(dir);
  return opened.store;
}

async function reopened(dir: string, now = NOW): Promise<Store> {
  const opened = await open(dir, now);
  expect({ faults: opened.faults, recovered: opened.recovered }).toEqual({ faults: [], recovered: false });
  return opened.store;
}

test('a deposit that somebody was told of is still there, once', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7, 10);
  await store.change({ ...deposit('d1', 7, 5), audit: [auditLine('7')] });
  const first = await recovered(dir);
  for (const one of [first, await reopened(dir)]) {
    expect((await one.wallet(7)).put).toBe(dinars(15));
    expect(await idsOf(one)).toEqual(['d1', 'first-7']);
    expect((await one.auditTrail(null, 5)).rows).toEqual([auditLine('7')]);
    expect(await one.change(deposit('d1', 7, 5))).toEqual({ kind: 'exists' });
  }
  await sound(dir);
});

test('whoever was frozen stays frozen, what was dropped stays away, and the next revision fits', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7);
  await letIn(store, 8);
  await store.change(
    shopChange({ puts: [aMember(7, { rev: 2, frozen: true }), aMember(9)], drops: ['member:8'] }),
  );
  const again = await recovered(dir);
  expect((await again.record('member', 7))?.frozen).toBe(true);
  expect(await again.record('member', 8)).toBeUndefined();
  expect(await again.record('member', 9)).toEqual(aMember(9));
  await alter(again, 7, { frozen: false });
  expect((await (await reopened(dir)).record('member', 7))?.rev).toBe(3);
});

test('an order that was settled settles again, and its wallet and its statement have each entry once', async () => {
  for (const end of [DELIVERED, GIVEN_BACK]) {
    const dir = await temporaryFolder();
    const { store } = await open(dir);
    await letIn(store, 7, 1000);
    const order = orderIn(await store.commit(openingBy(7, 'one', 1000)));
    const sent = await advance(store, order, SENT);
    await advance(store, sent, [end]);
    const again = await recovered(dir);
    expect(await again.active()).toEqual([sent]);
    expect(await again.wallet(7)).toEqual({ put: dinars(1000), held: dinars(1000), taken: ZERO });
    expect(await idsOf(again)).toEqual(['order-one:hold', 'first-7']);
    await advance(again, sent, [end, SHOWN]);
    const taken = end === DELIVERED ? dinars(1000) : ZERO;
    for (const one of [again, await reopened(dir)]) {
      expect(await one.wallet(7)).toEqual({ put: dinars(1000), held: ZERO, taken });
      const ids = ['order-one:hold', 'first-7'];
      expect(await idsOf(one)).toEqual(end === DELIVERED ? ids : ['order-one:release', ...ids]);
    }
    await sound(dir);
  }
});

test('an order whose opening was lost gives its money back, and may be opened again', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7, 1000);
  await store.commit(openingBy(7, 'one', 1000));
  const again = await recovered(dir);
  expect(await again.byRef(ref('order-one'))).toBeUndefined();
  expect(await again.wallet(7)).toEqual({ put: dinars(1000), held: ZERO, taken: ZERO });
  expect(await idsOf(again)).toEqual(['first-7']);
  expect((await again.commit(openingBy(7, 'one', 1000))).kind).toBe('done');
  expect(await idsOf(await reopened(dir))).toEqual(['order-one:hold', 'first-7']);
  await sound(dir);
});

test('of a commit that held both, the deposit stays and the order comes again', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7, 1000);
  const sent = await advance(store, orderIn(await store.commit(openingBy(7, 'one', 1000))), SENT);
  await Promise.all([
    advance(store, sent, [GIVEN_BACK]),
    store.change(transfer('t', 7, 8, 600)),
    store.change(deposit('d', 7, 5)),
  ]);
  const again = await recovered(dir);
  // What was sent on came out of money that is held again, until the order is given back once more.
  expect(await again.wallet(7)).toEqual({ put: dinars(405), held: dinars(1000), taken: ZERO });
  expect((await again.commit(openingBy(7, 'two', 1))).kind).toBe('short');
  await advance(again, sent, [GIVEN_BACK, SHOWN]);
  expect(await idsOf(again)).toEqual(['order-one:release', 'd', 't:out', 'order-one:hold', 'first-7']);
  expect((await (await reopened(dir)).wallet(8)).put).toBe(dinars(600));
  await sound(dir);
});

test('a kill while it is being taken over takes it over again, once', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7, 1000);
  await store.commit(openingBy(7, 'one', 1000));
  await store.change(deposit('d1', 7, 5));
  await tear(join(dir, FILE));
  for (const broken of [/orders\.json\.tmp/, /orders\.json$/, /journal\/.*jsonl/]) {
    const disk = breakableDisk();
    // Reading the journal is the first that is done to it.
    disk.breakDown('EIO', broken, String(broken).includes('journal') ? 1 : 0);
    await expect(open(dir, NOW, disk.files)).rejects.toThrow();
  }
  const { store: again, ...rest } = await open(dir);
  expect(rest).toMatchObject({ faults: [], recovered: true });
  expect((await again.wallet(7)).put).toBe(dinars(1005));
  expect(await idsOf(await reopened(dir))).toEqual(['d1', 'order-one:hold', 'first-7']);
  await sound(dir);
});

test('a file that is torn twice in a row is taken over twice, and counts once', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7, 1000);
  await store.change(deposit('d1', 7, 5));
  await recovered(dir);
  const again = await recovered(dir);
  expect((await again.wallet(7)).put).toBe(dinars(1005));
  await again.change(deposit('d2', 7, 1));
  const third = await recovered(dir);
  expect(await idsOf(third)).toEqual(['d2', 'd1', 'first-7']);
  expect(await idsOf(await reopened(dir))).toEqual(['d2', 'd1', 'first-7']);
});

test('balances that a new month began with before its commit was lost are not counted from', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  let now = NOW;
  const { store } = await openLowdbStore({ dir, clock: () => now, files: disk.files });
  await letIn(store, 7, 1000);
  const sent = await advance(store, orderIn(await store.commit(openingBy(7, 'one', 1000))), SENT);
  await advance(store, sent, [DELIVERED]);
  now = IN_OCTOBER;
  // The next commit gets as far as the journal, whose new file begins with the captured wallet; then all is torn.
  disk.breakDown('EIO', /journal\/2026-10|orders\.json\.tmp/, 2);
  await expect(store.change(deposit('d1', 7, 5))).rejects.toThrow();
  expect(await readFile(join(dir, 'journal', '2026-10.jsonl'), 'utf8')).toContain('"held":0,"taken":100000');
  const again = await recovered(dir, now);
  expect((await again.wallet(7)).held).toBe(dinars(1000));
  await advance(again, sent, [DELIVERED, SHOWN]);
  const end = await reopened(dir, now);
  expect(await end.wallet(7)).toMatchObject({ held: ZERO, taken: dinars(1000) });
  expect((await end.statement(walletOf(7), null, 9)).rows.map(({ id }) => id)).toContain('order-one:hold');
  await sound(dir);
  const muchLater = await open(dir, now + 60 * 24 * 3_600_000);
  expect(muchLater.faults).toEqual([]);
});
