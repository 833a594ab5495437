// A folder that was copied while the bot ran, its files at different moments, and put back: it opens, whatever was copied
// first, and the money is right.

import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { dinars, ZERO } from '../../src/domain/money.ts';
import type { Order } from '../../src/domain/order.ts';
import { audit } from '../../src/store/audit.ts';
import { idsOf, open, sound } from './journal-lines.ts';
import { advance, buy, DELIVERED, opening, orderIn, ref, SENT, SHOWN } from './orders.ts';
import { alter, deposit, letIn, openingBy } from './shop-changes.ts';
import { temporaryFolder } from './temporary-folder.ts';

const copyOf = (from: string, to: string, names: readonly string[]): Promise<unknown> =>
  Promise.all(names.map((name) => cp(join(from, name), join(to, name), { recursive: true })));

/** A day's work: an order that goes on, one from its beginning to its end, one that is left open, money and a freeze. */
async function morning(store: Store): Promise<void> {
  await letIn(store, 7, 1000);
  await advance(store, orderIn(await store.commit(openingBy(7, 'goes-on', 100))), SENT);
  await store.commit(openingBy(7, 'unsent', 10));
}

async function known(store: Store, name: string): Promise<Order> {
  const order = await store.byRef(ref(`order-${name}`));
  if (order === undefined) throw new Error(`there is no order ${name}`);
  return order;
}

async function afternoon(store: Store): Promise<void> {
  await advance(store, await known(store, 'goes-on'), [DELIVERED, SHOWN]);
  const whole = orderIn(await store.commit(openingBy(7, 'whole', 200)));
  await advance(store, whole, [...SENT, DELIVERED, SHOWN]);
  await buy(store, 'owners');
  await store.commit(openingBy(7, 'left-open', 5));
  await store.change(deposit('d1', 7, 50));
  await alter(store, 7, { frozen: true });
}

test('orders that were copied before the rest are brought up to what the rest knows', async () => {
  const [dir, backup] = [await temporaryFolder(), await temporaryFolder()];
  const { store } = await open(dir);
  await morning(store);
  await copyOf(dir, backup, ['orders.json']);
  await afternoon(store);
  await copyOf(dir, backup, ['archive', 'journal']);
  const restored = await open(backup);
  expect({ faults: restored.faults, recovered: restored.recovered }).toEqual({ faults: [], recovered: true });
  const again = restored.store;
  // What had been deposited and frozen is; what was opened and closed since is paid; the morning's orders are looked up.
  expect(await again.wallet(7)).toEqual({ put: dinars(1050), held: dinars(110), taken: dinars(200) });
  expect(await again.books()).toEqual({ held: dinars(110), taken: dinars(1200) });
  expect((await again.record('member', 7))?.frozen).toBe(true);
  expect((await again.byRef(ref('order-unsent')))?.state.name).toBe('unknown');
  expect(await again.byRef(ref('order-left-open'))).toBeUndefined();
  await advance(again, await known(again, 'goes-on'), [DELIVERED, SHOWN]);
  await sound(backup);
  const counted = await audit(backup);
  expect(counted).toMatchObject({ held: counted.openTotal, taken: counted.fulfilledTotal });
  const last = await open(backup);
  expect({ faults: last.faults, recovered: last.recovered }).toEqual({ faults: [], recovered: false });
  expect((await last.store.wallet(7)).taken).toBe(dinars(300));
  const ids = await idsOf(last.store);
  expect(ids.filter((id) => id.endsWith('hold')).sort()).toEqual(
    ['goes-on', 'unsent', 'whole'].map((name) => `order-${name}:hold`),
  );
});

test('orders that were copied after the journal keep everybody’s money, and it is told what is not told', async () => {
  for (const copied of [['archive', 'journal'], ['archive']]) {
    const [dir, backup] = [await temporaryFolder(), await temporaryFolder()];
    const { store } = await open(dir);
    await morning(store);
    await copyOf(dir, backup, copied);
    await store.change(deposit('d1', 7, 50));
    await store.commit(openingBy(7, 'late', 5));
    await copyOf(dir, backup, ['orders.json']);
    const { store: again, ...opened } = await open(backup);
    expect(opened.recovered).toBe(false);
    const missing = copied.includes('journal') ? 2 : 5;
    expect(opened.faults).toEqual([
      `the journal lacks its last ${missing} lines: statements do not show what they said`,
    ]);
    const wallet = { put: dinars(1050), held: dinars(115), taken: ZERO };
    expect(await again.wallet(7)).toEqual(wallet);
    await again.change(deposit('d2', 7, 1));
    expect(await again.commit(openingBy(7, 'too-much', 937))).toMatchObject({ kind: 'short' });
    expect((await idsOf(again))[0]).toBe('d2');
    // From here on it is whole again.
    const last = await open(backup);
    expect(last.faults).toEqual([]);
    expect(await last.store.wallet(7)).toEqual({ ...wallet, put: dinars(1051) });
    expect(await idsOf(last.store)).toEqual(await idsOf(again));
    const counted = await audit(backup);
    expect(counted.wallets).toEqual(counted.walletEntries);
    expect(counted.walletFaults).toBeGreaterThan(0);
  }
});

test('a journal without its last lines goes on where nobody has a wallet', async () => {
  const [dir, backup] = [await temporaryFolder(), await temporaryFolder()];
  const { store } = await open(dir);
  await letIn(store, 7);
  await copyOf(dir, backup, ['journal']);
  await alter(store, 7, { frozen: true });
  await copyOf(dir, backup, ['orders.json']);
  await alter((await open(backup)).store, 7, { frozen: false });
  const last = await open(backup);
  expect(last.faults).toEqual([]);
  expect((await last.store.record('member', 7))?.frozen).toBe(false);
});

test('an archive that knows orders which the orders file does not is counted', async () => {
  const [dir, backup] = [await temporaryFolder(), await temporaryFolder()];
  const { store } = await open(dir);
  await store.commit(opening('first'));
  await copyOf(dir, backup, ['orders.json', 'journal']);
  await buy(store, 'second');
  await copyOf(dir, backup, ['archive']);
  const { store: again, recovered } = await open(backup);
  expect(recovered).toBe(true);
  expect(await again.books()).toEqual({ held: dinars(1000), taken: dinars(1000) });
  expect((await again.byRef(ref('order-first')))?.doubted).toBe(true);
  expect(orderIn(await again.commit(opening('third'))).no).toBe(1003);
  expect((await open(backup)).recovered).toBe(false);
});

test('a journal without its orders stops the start', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await letIn(store, 7, 10);
  await store.change(deposit('d1', 7, 5));
  for (const name of ['orders.json', 'orders.json.prev']) await rm(join(dir, name));
  await expect(open(dir)).rejects.toThrow(
    /orders\.json: missing, though the journal beside it holds 2 lines/,
  );
});
