// `orders.json`: the state as text, put together from pieces that are cached beside what they say, and read back with
// everything checked. A file of the first version, which knew only owners' orders, is read as a shop without wallets.

import * as z from 'zod';
import type { Ref } from '../domain/order.ts';
import { recordKey } from '../domain/shop.ts';
import { DamagedFile } from './disk.ts';
import { FIRST_NO, type HotState } from './hot-state.ts';
import type { OrderRecord, OrderRecords } from './order-record.ts';
import { listOf } from './packing.ts';
import { account, amount, count, wallet } from './schema-fields.ts';
import { readShopRecord, type KeptRecord, type Shop } from './shop-record.ts';
import { readVersioned } from './versioned-json.ts';
import { keepWallet, type Wallets } from './wallets.ts';

const VERSION = 2;

const firstFields = {
  nextNo: z.int().min(FIRST_NO),
  books: z.strictObject({ held: amount, taken: amount }),
  orders: z.array(z.unknown()),
};
const firstSchema = z.strictObject({ version: z.literal(1), ...firstFields });
const schema = z.strictObject({
  version: z.literal(VERSION),
  ...firstFields,
  seq: count,
  voided: z.array(count),
  wallets: z.array(z.tuple([account, wallet])),
  shop: z.array(z.unknown()),
});
const anySchema = z.union([
  schema,
  firstSchema.transform((first) => ({ ...first, seq: 0, voided: [], wallets: [], shop: [] })),
]);

/** The file's text in pieces, the texts of its records among them. */
export function writeHotState(state: HotState): readonly string[] {
  const { nextNo, books, seq, voided, wallets, shop, records } = state;
  const head = `"version":${VERSION},"nextNo":${nextNo},"books":${JSON.stringify(books)}`;
  const journal = `"seq":${seq},"voided":${JSON.stringify(voided)}`;
  return [
    ...[`{${head},${journal},"wallets":`, ...listOf(wallets.values())],
    ...[',"shop":', ...listOf(shop.values())],
    ...[',"orders":', ...listOf(records.values()), '}\n'],
  ];
}

/** Things by their keys; throws DamagedFile when two have the same. */
function keyed<K extends string, T>(things: readonly T[], keyOf: (thing: T) => K, named: (key: K) => string) {
  const found = new Map<K, T>();
  for (const thing of things) {
    const key = keyOf(thing);
    if (found.has(key)) throw new DamagedFile(`${named(key)} is there twice`);
    found.set(key, thing);
  }
  return found;
}

/** Reads the file's text; throws DamagedFile that names `file` and, for a bad record, the order's ref. */
export function readHotState(text: string, file: string, reader: OrderRecords): HotState {
  const door = { file, schema: anySchema, not: 'not a file of orders', version: VERSION };
  const { nextNo, books, seq, voided, ...stored } = readVersioned(text, door);
  const records: ReadonlyMap<Ref, OrderRecord> = keyed(
    stored.orders.map((one) => reader.read(one, file)),
    ({ order }) => order.ref,
    (ref) => `${file}: order ${ref}`,
  );
  const shop: Shop = keyed<string, KeptRecord>(
    stored.shop.map((one) => readShopRecord(one, file)),
    ({ record }) => recordKey(record),
    (key) => `${file}: record ${key}`,
  );
  const wallets: Wallets = new Map(stored.wallets.map(([one, kept]) => [one, keepWallet(one, kept)]));
  if (wallets.size < stored.wallets.length) throw new DamagedFile(`${file}: a wallet is there twice`);
  return { nextNo, books, records, wallets, shop, seq, voided };
}
