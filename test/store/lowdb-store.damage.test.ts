import { appendFile, link, readdir, readFile, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { audit } from '../../src/store/audit.ts';
import { REAL_FILES, type Files } from '../../src/store/disk.ts';
import { openLowdbStore, type OpenedStore } from '../../src/store/lowdb-store.ts';
import { advance, buy, DELIVERED, GIVEN_BACK, NOW, opening, orderIn, ref, SENT, SHOWN } from './orders.ts';
import { breakableDisk, temporaryFolder, withoutSums } from './temporary-folder.ts';

const open = (dir: string, files: Files = REAL_FILES): Promise<OpenedStore> =>
  openLowdbStore({ dir, clock: () => NOW, files });

const MONTH = join('archive', '2026-09.jsonl');

test('a failing disk rejects everything in the write, changes nothing, and the next commit works', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  const { store } = await open(dir, disk.files);
  await store.commit(opening('one'));
  disk.breakDown('ENOSPC', /orders\.json/);
  const both = await Promise.allSettled([store.commit(opening('two')), store.commit(opening('three'))]);
  expect(both.map((one) => one.status === 'rejected' && String(one.reason))).toEqual(
    Array(2).fill('StoreFault: the store could not write (disk-full)'),
  );
  expect(await store.active()).toHaveLength(1);
  expect((await store.books()).held).toBe(dinars(1000));
  disk.repair();
  expect(orderIn(await store.commit(opening('three'))).no).toBe(1002);
  const reloaded = await open(dir);
  expect(await reloaded.store.active()).toEqual(await store.active());
  expect(reloaded.recovered).toBe(false);
});

test('a write that failed, and could not be undone either, is undone as soon as the disk allows', async () => {
  // Wherever the disk breaks down for good in a commit; the last times it gets through.
  for (let after = 0; after < 12; after += 1) {
    const dir = await temporaryFolder();
    const disk = breakableDisk();
    const { store, close } = await open(dir, disk.files);
    await store.commit(opening('one'));
    disk.breakDown('EIO', /./, after);
    const said = await store.commit(opening('two')).then(
      () => 1,
      () => 0,
    );
    disk.repair();
    await store.mine();
    await close();
    expect(await (await open(dir)).store.active()).toHaveLength(1 + said);
  }
});

test('an archive that can not be written leaves the order open, to be closed later', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  const { store } = await open(dir, disk.files);
  const order = orderIn(await store.commit(opening('one')));
  const settled = await advance(store, order, [...SENT, DELIVERED]);
  disk.breakDown('EIO', /archive/);
  await expect(advance(store, settled, [SHOWN])).rejects.toMatchObject({ code: 'unwritable' });
  expect(await store.active()).toEqual([settled]);
  disk.repair();
  // What the failed write may have left behind.
  await writeFile(join(dir, MONTH), `order-one 10${'x'.repeat(5_000)}\n`);
  const closed = await advance(store, settled, [SHOWN]);
  expect((await readFile(join(dir, MONTH), 'utf8')).trimEnd().split('\n')).toHaveLength(1);
  expect(await (await open(dir)).store.byRef(order.ref)).toEqual(closed);
});

test('a kill between the archive and the hot file: the hot copy counts, and closing again adds no second line', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  const { store } = await open(dir, disk.files);
  const order = orderIn(await store.commit(opening('one')));
  const settled = await advance(store, order, [...SENT, DELIVERED]);
  disk.breakDown('EIO', /orders\.json/);
  await expect(advance(store, settled, [SHOWN])).rejects.toMatchObject({ code: 'unwritable' });
  // The same folder as a new process finds it after the kill.
  const { store: again } = await open(dir);
  expect(await again.active()).toEqual([settled]);
  expect(await again.history(7, 5)).toEqual([settled]);
  expect(await again.byNo(1001)).toEqual(settled);
  const closed = await advance(again, settled, [SHOWN]);
  expect(await again.history(7, 5)).toEqual([closed]);
  expect((await readFile(join(dir, MONTH), 'utf8')).trimEnd().split('\n')).toHaveLength(1);
  expect(await audit(dir)).toMatchObject({ orders: 1, held: 0, taken: dinars(1000), duplicates: 0 });
});

test('an order that closed differently the second time counts as it closed last', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  const { store } = await open(dir, disk.files);
  const order = await advance(store, orderIn(await store.commit(opening('one'))), [...SENT, GIVEN_BACK]);
  disk.breakDown('EIO', /orders\.json/);
  await expect(advance(store, order, [SHOWN])).rejects.toThrow();
  disk.repair();
  const closed = await advance(store, order, [{ ...SHOWN, digest: 'other' }]);
  const { store: again } = await open(dir);
  expect(await again.history(7, 5)).toEqual([closed]);
  expect(await audit(dir)).toMatchObject({ orders: 1, duplicates: 0 });
});

test('an archived line that went bad before its order was let go is followed by a good one', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  const { store } = await open(dir, disk.files);
  const settled = await advance(store, orderIn(await store.commit(opening('one'))), [...SENT, DELIVERED]);
  disk.breakDown('EIO', /orders\.json/);
  await expect(advance(store, settled, [SHOWN])).rejects.toThrow();
  disk.repair();
  const line = await readFile(join(dir, MONTH), 'utf8');
  await writeFile(join(dir, MONTH), line.replace('"buyer":7', '"buyer":x'));
  const closed = await advance(store, settled, [SHOWN]);
  expect(await (await open(dir)).store.byRef(closed.ref)).toEqual(closed);
});

test('a torn last line of the archive is cut off at the start', async () => {
  const dir = await temporaryFolder();
  const logged: string[] = [];
  const { store } = await open(dir);
  const order = await buy(store, 'one');
  await appendFile(join(dir, MONTH), 'order-two 1002 7 17');
  const again = await openLowdbStore({ dir, clock: () => NOW, log: (fact) => logged.push(fact) });
  expect(logged).toEqual(['a torn end of the archive was cut off']);
  expect(await again.store.history(7, 5)).toEqual([order]);
  await buy(again.store, 'two');
  expect(await (await open(dir)).store.history(7, 5)).toHaveLength(2);
});

test('a broken line inside the archive stops the start and says where', async () => {
  const dir = await temporaryFolder();
  await buy((await open(dir)).store, 'one');
  await appendFile(join(dir, MONTH), 'what is this\n');
  await expect(open(dir)).rejects.toThrow(/2026-09\.jsonl: the line at byte \d+ can't be read/);
});

test('a broken record behind a good line start is told when it is asked for', async () => {
  const dir = await temporaryFolder();
  await buy((await open(dir)).store, 'one');
  await appendFile(join(dir, MONTH), `order-two 5 7 5\t{"v":1,"order":{"ref":"order-two"},"entries":[]}\n`);
  const { store } = await open(dir);
  await expect(store.byRef(ref('order-two'))).rejects.toThrow(
    /2026-09\.jsonl at byte \d+: order order-two can't be read/,
  );
});

test('an order record that can not be right stops the start, naming file and order, when there is no good copy', async () => {
  const dir = await temporaryFolder();
  const path = join(dir, 'orders.json');
  await (await open(dir)).store.commit(opening('one'));
  await unlink(`${path}.prev`);
  const text = await readFile(path, 'utf8');
  await writeFile(path, withoutSums(text).replace('"price":100000', '"price":"free"'));
  await expect(open(dir)).rejects.toThrow(/orders\.json: order order-one can't be read: order\.price/);
  await writeFile(path, text.slice(0, 200));
  await expect(open(dir)).rejects.toThrow(/orders\.json: cut short, or not what was written$/);
  await writeFile(path, text);
  expect((await open(dir)).recovered).toBe(false);
});

test('after a torn file the previous copy is used, and what may have been sent since is looked up first', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  const order = orderIn(await store.commit(opening('one')));
  await advance(store, order, [{ type: 'send-begun' }]);
  await truncate(join(dir, 'orders.json'), 100);
  const logged: string[] = [];
  const again = await openLowdbStore({ dir, clock: () => NOW, log: (fact) => logged.push(fact) });
  expect(again.recovered).toBe(true);
  expect(logged).toEqual(['the last copy of the orders was torn or is missing, an older one is in use']);
  const [doubted] = await again.store.active();
  expect(doubted).toMatchObject({ ref: order.ref, doubted: true, sends: 1, state: { name: 'unknown' } });
  expect(await readdir(dir)).toContain(`orders.json.torn-${NOW}`);
  const third = await open(dir);
  expect(third.recovered).toBe(false);
  expect(await third.store.active()).toEqual([doubted]);
});

test('a fresh folder has an empty book from the start, so that the very first order may be torn, too', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  expect((await readdir(dir)).sort()).toEqual(['archive', 'journal', 'orders.json']);
  await store.commit(opening('one'));
  await truncate(join(dir, 'orders.json'), 100);
  const again = await open(dir);
  expect(again.recovered).toBe(true);
  expect(await again.store.active()).toEqual([]);
  // The confirmation that Telegram brings once more becomes the same order, under the same number.
  expect(orderIn(await again.store.commit(opening('one'))).no).toBe(1001);
  expect(await audit(dir)).toMatchObject({ orders: 1, held: dinars(1000), duplicates: 0 });
});

test('a book that is there is not written again at the start', async () => {
  const dir = await temporaryFolder();
  await (await open(dir)).store.commit(opening('one'));
  const { ino, mtimeMs } = await stat(join(dir, 'orders.json'));
  await open(dir);
  expect(await stat(join(dir, 'orders.json'))).toMatchObject({ ino, mtimeMs });
});

test('a recovery that has nothing to doubt is written down all the same', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await buy(store, 'one');
  await store.commit(opening('two'));
  await truncate(join(dir, 'orders.json'), 100);
  expect((await open(dir)).recovered).toBe(true);
  expect((await open(dir)).recovered).toBe(false);
});

test('a kill during that recovery recovers again', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await store.commit(opening('one'));
  await store.commit(opening('two'));
  await truncate(join(dir, 'orders.json'), 100);
  const disk = breakableDisk();
  disk.breakDown('EIO', /orders\.json\.tmp/);
  await expect(open(dir, disk.files)).rejects.toThrow();
  const again = await open(dir);
  expect(again.recovered).toBe(true);
  expect((await again.store.active()).map(({ state }) => state.name)).toEqual(['unknown']);
});

test('a missing hot file beside a filled archive stops the start', async () => {
  const dir = await temporaryFolder();
  await buy((await open(dir)).store, 'one');
  for (const name of ['orders.json', 'orders.json.prev']) await unlink(join(dir, name));
  await expect(open(dir)).rejects.toThrow(
    /orders\.json: missing, though the archive beside it holds 1 orders/,
  );
});

test('books that contradict the entries are reported, and the entries are believed', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  const order = orderIn(await store.commit(opening('one')));
  const path = join(dir, 'orders.json');
  await writeFile(path, withoutSums(await readFile(path, 'utf8')).replace('"held":100000', '"held":1'));
  const again = await open(dir);
  expect(again.faults).toEqual(["the books hold 1 centimes, but the open orders' entries add up to 100000"]);
  await advance(again.store, order, [...SENT, DELIVERED]);
  expect(await again.store.books()).toEqual({ held: 0, taken: dinars(1000) });
});

test('an order whose entries contradict its state is reported at the start', async () => {
  const dir = await temporaryFolder();
  await (await open(dir)).store.commit(opening('one'));
  const path = join(dir, 'orders.json');
  await writeFile(path, withoutSums(await readFile(path, 'utf8')).replace('"amount":100000', '"amount":5'));
  const { faults } = await open(dir);
  expect(faults[0]).toBe('the entries of order order-one do not match its state confirmed');
});

test('the previous copy is no second name of the file that the next write alters', async () => {
  const dir = await temporaryFolder();
  const { store } = await open(dir);
  await store.commit(opening('one'));
  const before = await readFile(join(dir, 'orders.json'), 'utf8');
  await store.commit(opening('two'));
  expect(await readFile(join(dir, 'orders.json.prev'), 'utf8')).toBe(before);
  await link(join(dir, 'orders.json'), join(dir, 'kept'));
  await store.commit(opening('three'));
  expect(await readFile(join(dir, 'orders.json.prev'), 'utf8')).toBe(
    await readFile(join(dir, 'kept'), 'utf8'),
  );
});
