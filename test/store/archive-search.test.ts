// Looking for closed orders: what is found, and how little of the archive is read for it.

import { expect, test } from 'vitest';
import { REAL_FILES, type Files } from '../../src/store/disk.ts';
import { openArchive } from '../../src/store/archive.ts';
import type { ArchiveQuery } from '../../src/store/archive-search.ts';
import { orderRecords, tracesOf, type OrderRecord, type OrderRecords } from '../../src/store/order-record.ts';
import { entryOf, type Order } from '../../src/domain/order.ts';
import { confirm } from '../../src/domain/purchase.ts';
import { line, NOW, purchase } from './orders.ts';
import { temporaryFolder } from './temporary-folder.ts';

const DAY = 24 * 3_600_000;
const OUR_LINE = line('036362608');
const RARE_LINE = line('036000001');

const plain = orderRecords();

interface About {
  readonly no: number;
  readonly settledAt: number;
  readonly buyer?: number;
  readonly rare?: boolean;
  readonly fulfilled?: boolean;
}

function closed({ no, settledAt: at, buyer = 7, rare = false, fulfilled = false }: About): OrderRecord {
  const more = { buyer, line: rare ? RARE_LINE : OUR_LINE };
  const { order: draft, entries } = confirm(purchase(`no-${no}`, more), at - 60_000);
  const state = fulfilled
    ? ({ name: 'fulfilled', at, topupId: null, code: null, transactionNo: null, processedAt: null } as const)
    : ({ name: 'refunded', at, topupId: null, note: `"line":"${RARE_LINE}"` } as const);
  const message = { ...draft.message, ended: true };
  const order: Order = { ...draft, no, rev: 3, dueAt: null, state, message };
  const end = entryOf(order, fulfilled ? 'capture' : 'release', at, 'worker', state.name);
  return plain.make(order, [...entries, end]);
}

/** A thousand orders over three months, every hundredth on the rare line; some close a month late. */
const many = Array.from({ length: 1_000 }, (_, i) =>
  closed({
    no: 1_001 + i,
    settledAt: NOW + Math.floor(i / 12) * DAY + (i % 50 === 0 ? 30 * DAY : 0),
    buyer: i % 10,
    rare: i % 100 === 3,
    fulfilled: i % 2 === 0,
  }),
);

async function opened() {
  const dir = await temporaryFolder();
  const seen = { parsed: 0, bytes: 0 };
  const records: OrderRecords = {
    make: (order, entries) => plain.make(order, entries),
    read(stored, file) {
      seen.parsed += 1;
      return plain.read(stored, file);
    },
  };
  const files: Files = {
    ...REAL_FILES,
    async open(path, flags, mode) {
      const handle = await REAL_FILES.open(path, flags, mode);
      const read = handle.read.bind(handle);
      Object.assign(handle, {
        read: async (...asked: Parameters<typeof read>) => {
          const got = await read(...asked);
          seen.bytes += got.bytesRead;
          return got;
        },
      });
      return handle;
    },
  };
  const archive = await openArchive({ dir, records, files, recentSince: Infinity });
  await archive.append(many);
  Object.assign(seen, { parsed: 0, bytes: 0 });
  return { archive, seen };
}

const query = (more: Partial<ArchiveQuery>): ArchiveQuery => ({
  ...{ below: Infinity, limit: 5, except: new Set<number>(), traces: [], fits: () => true },
  ...more,
});

const onRareLine = { traces: tracesOf({ line: RARE_LINE }), fits: ({ line }: Order) => line === RARE_LINE };
const numbers = (found: readonly OrderRecord[]): number[] => found.map(({ order }) => order.no);

test('a rare line is found all through the archive, and hardly more than its orders are parsed', async () => {
  const { archive, seen } = await opened();
  const all = [1_904, 1_804, 1_704, 1_604, 1_504, 1_404, 1_304, 1_204, 1_104, 1_004];
  expect(numbers(await archive.search(query({ ...onRareLine, limit: 99 })))).toEqual(all);
  // The first hundred one by one, and then those on the line; notes that only name it are not taken for it.
  expect(seen.parsed).toBe(109);
  expect(numbers(await archive.search(query({ ...onRareLine, limit: 99, below: 1_604 })))).toEqual(
    all.slice(4),
  );
  expect(numbers(await archive.search(query({ ...onRareLine, limit: 2 })))).toEqual(all.slice(0, 2));
  expect(seen.parsed).toBeLessThan(109 + 106 + 200);
});

test('a page of everything, of a buyer or of a common state reads little more than its rows', async () => {
  const { archive, seen } = await opened();
  expect(numbers(await archive.search(query({})))).toEqual([2_000, 1_999, 1_998, 1_997, 1_996]);
  expect(numbers(await archive.search(query({ buyer: 3, below: 1_500 })))).toEqual([
    1_494, 1_484, 1_474, 1_464, 1_454,
  ]);
  const fits = ({ state }: Order): boolean => state.name === 'fulfilled';
  const fulfilled = query({ fits, traces: tracesOf({ state: 'fulfilled' }) });
  expect(numbers(await archive.search(fulfilled))).toEqual([1_999, 1_997, 1_995, 1_993, 1_991]);
  expect(seen.parsed).toBeLessThan(25);
});

test('what settled before the time asked for is not even parsed', async () => {
  const { archive, seen } = await opened();
  const since = NOW + 80 * DAY;
  const late = ({ confirmedAt }: Order): boolean => confirmedAt >= since;
  const found = numbers(await archive.search(query({ since, fits: late, limit: 999 })));
  expect(found).toEqual(numbers(many.filter(({ order }) => late(order))).reverse());
  expect(seen.parsed).toBeLessThan(200);
});

test('of what settled lately nothing else is read, however much there is', async () => {
  const { archive, seen } = await opened();
  const since = NOW + 40 * DAY;
  const settled = ({ state }: Order): boolean => 'at' in state && state.at >= since;
  const wanted = many.filter(({ order }) => settled(order));
  const found = await archive.search(query({ since, fits: settled, limit: 999 }));
  expect(numbers(found)).toEqual(numbers(wanted).reverse());
  expect(wanted.length).toBeGreaterThan(500);
  expect(seen.parsed).toBe(wanted.length);
  expect(seen.bytes).toBeLessThan(wanted.length * 2_000);
  Object.assign(seen, { parsed: 0, bytes: 0 });
  await archive.search(query({ since, fits: settled, limit: 20, below: 1_700 }));
  expect(seen.parsed).toBe(20);
});

test('orders that close late stand by their numbers, whatever file they are in, and exceptions are left out', async () => {
  const { archive } = await opened();
  const fits = ({ no }: Order): boolean => no % 25 === 1;
  const except = new Set([1_051, 1_951]);
  const all = Array.from({ length: 40 }, (_, i) => 1_976 - i * 25).filter((no) => !except.has(no));
  expect(numbers(await archive.search(query({ fits, limit: 999, except })))).toEqual(all);
  expect(numbers(await archive.search(query({ fits, limit: 20, except })))).toEqual(all.slice(0, 20));
});

test('an order that was closed twice counts as it was closed last', async () => {
  const { archive } = await opened();
  const [first] = many;
  if (first === undefined) throw new Error('there is no first');
  const again = plain.make({ ...first.order, rev: 9 }, first.entries);
  await archive.append([again]);
  const found = await archive.search(query({ below: 1_002, limit: 9 }));
  expect(found.map(({ order }) => order.rev)).toEqual([9]);
  const fits = ({ no }: Order): boolean => no === 1_001;
  expect((await archive.search(query({ fits }))).map(({ order }) => order.rev)).toEqual([9]);
});
