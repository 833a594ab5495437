// A record of the shop as the disk keeps it: checked whenever it is read or written, with its JSON beside it. The version
// of the file that holds them all is their version too.

import * as z from 'zod';
import { recordKey, type ShopRecord } from '../domain/shop.ts';
import { DamagedFile } from './disk.ts';
import { freeze } from './immutable.ts';
import { faultsOf } from './schema-fields.ts';
import { shopRecordSchema } from './shop-schema.ts';

/** Immutable, and `text` is its JSON, so that writing a file costs only what changed. */
export interface KeptRecord {
  readonly record: ShopRecord;
  readonly text: string;
}

/** By key (`member:7`). */
export type Shop = ReadonlyMap<string, KeptRecord>;

const keyed = z.looseObject({ kind: z.string(), id: z.union([z.string(), z.number()]) });

/** Which record a broken one is, as far as can be told. */
function nameOf(stored: unknown): string {
  const { data } = keyed.safeParse(stored);
  return data === undefined ? 'of unknown key' : `${data.kind}:${data.id}`;
}

const keep = (record: ShopRecord): KeptRecord => freeze({ record, text: JSON.stringify(record) });

/** A record that can be kept; throws RangeError for one that could not be read again. */
export function makeShopRecord(record: ShopRecord): KeptRecord {
  const read = shopRecordSchema.safeParse(JSON.parse(JSON.stringify(record)));
  if (read.success) return keep(read.data);
  throw new RangeError(`record ${recordKey(record)} can't be kept: ${faultsOf(read.error)}`);
}

/** Reads a stored record; throws DamagedFile that names `file` and the record. */
export function readShopRecord(stored: unknown, file: string): KeptRecord {
  const read = shopRecordSchema.safeParse(stored);
  if (read.success) return keep(read.data);
  throw new DamagedFile(`${file}: record ${nameOf(stored)} can't be read: ${faultsOf(read.error)}`);
}
