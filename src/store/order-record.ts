// An order with its entries as the disk keeps it: one JSON record with a version, checked whenever it is read or written,
// and the ladder by which records of older versions are brought up to date.

import * as z from 'zod';
import type { OrderFilter } from '../app/ports.ts';
import type { Entry } from '../domain/ledger.ts';
import type { Order } from '../domain/order.ts';
import { DamagedFile, NewerFile } from './disk.ts';
import { freeze } from './immutable.ts';
import { orderEntrySchema, orderSchema } from './order-schema.ts';
import { faultsOf } from './schema-fields.ts';

/** Immutable, and `text` is its JSON, so that writing a file costs only what changed. */
export interface OrderRecord {
  readonly order: Order;
  readonly entries: readonly Entry[];
  readonly text: string;
}

/** Turns a record of one version into the next version's. */
export type Rung = (record: unknown) => unknown;

/** `rungs[0]` turns version `oldest` into `oldest + 1`, and so on. For the next version: write that one function and append it. */
export interface Ladder {
  readonly oldest: number;
  readonly rungs: readonly Rung[];
}

const withOrder = z.looseObject({ order: z.looseObject({}) });

/** Until version 2 only owners bought, on the shop's credit, and nobody wrote their orders' stories. */
const knowsBuyers: Rung = (record) => {
  const { data } = withOrder.safeParse(record);
  if (data === undefined) return record;
  return { ...data, order: { ...data.order, role: 'owner', buyerName: '', story: [] } };
};

export const LADDER: Ladder = { oldest: 1, rungs: [knowsBuyers] };

export interface OrderRecords {
  /** The record of a new state of an order; throws RangeError for one that could not be read again. */
  make(order: Order, entries: readonly Entry[]): OrderRecord;
  /** Reads a stored record of any known version; throws DamagedFile or NewerFile, naming `file` and the order's ref. */
  read(stored: unknown, file: string): OrderRecord;
}

const versioned = z.looseObject({ v: z.int() });
const named = z.looseObject({ order: z.looseObject({ ref: z.string() }) });

/** Which order a broken record is about, as far as can be told. */
const refOf = (stored: unknown): string => named.safeParse(stored).data?.order.ref ?? 'of unknown ref';

/** The making and reading of records under a ladder of versions. */
export function orderRecords(ladder: Ladder = LADDER): OrderRecords {
  const current = ladder.oldest + ladder.rungs.length;
  const schema = z.strictObject({
    v: z.literal(current),
    order: orderSchema,
    entries: z.array(orderEntrySchema),
  });

  function check(stored: unknown): { record: OrderRecord } | { faults: string } {
    const read = schema.safeParse(stored);
    if (!read.success) return { faults: faultsOf(read.error) };
    const { v, order, entries } = read.data;
    return { record: freeze({ order, entries, text: JSON.stringify({ v, order, entries }) }) };
  }

  function upgrade(stored: unknown, file: string): unknown {
    const from = versioned.safeParse(stored).data?.v ?? -1;
    if (from > current)
      throw new NewerFile(`${file}: order ${refOf(stored)} was written by a newer version of this program`);
    if (from < ladder.oldest) throw new DamagedFile(`${file}: order ${refOf(stored)} has no known version`);
    const climbed = ladder.rungs.slice(from - ladder.oldest).reduce((record, rung) => rung(record), stored);
    return typeof climbed === 'object' ? { ...climbed, v: current } : climbed;
  }

  return {
    make(order, entries) {
      // Through the same door as when it is read, so that nothing is written that start-up would refuse.
      const checked = check(JSON.parse(JSON.stringify({ v: current, order, entries })));
      if ('record' in checked) return checked.record;
      throw new RangeError(`order ${order.ref} can't be kept: ${checked.faults}`);
    },
    read(stored, file) {
      const checked = check(upgrade(stored, file));
      if ('record' in checked) return checked.record;
      throw new DamagedFile(`${file}: order ${refOf(stored)} can't be read: ${checked.faults}`);
    },
  };
}

/** What the text of every record that fits contains; it is written from its schema, so its fields keep their order. */
export function tracesOf({ line, state }: Pick<OrderFilter, 'line' | 'state'>): readonly string[] {
  return [
    ...(line === undefined ? [] : [`"line":"${line}"`]),
    ...(state === undefined ? [] : [`"state":{"name":"${state}"`]),
  ];
}
