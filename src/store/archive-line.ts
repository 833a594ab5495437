// The archive's lines: what stands in front of a closed order's record, and how a line is written.

import { isRef, type Ref } from '../domain/order.ts';
import type { OrderRecord } from './order-record.ts';

/** What stands in front of the record on every line. */
export interface ArchiveHead {
  readonly ref: Ref;
  readonly no: number;
  readonly buyer: number;
  readonly settledAt: number;
}

/** When a settled order settled. Epoch ms; throws RangeError for one that has not. */
export function settledAt({ order }: OrderRecord): number {
  if ('at' in order.state) return order.state.at;
  throw new RangeError(`order ${order.ref} is not settled`);
}

/** What stands in front of a record; throws RangeError for an order that has not settled. */
export const headOf = (record: OrderRecord): ArchiveHead => ({
  ref: record.order.ref,
  no: record.order.no,
  buyer: record.order.buyer,
  settledAt: settledAt(record),
});

/** `<ref> <no> <buyer> <settledAt>`, a tab, the record, a line end. */
export function writeLine(record: OrderRecord): string {
  const head = headOf(record);
  return `${head.ref} ${head.no} ${head.buyer} ${head.settledAt}\t${record.text}\n`;
}

export function readArchiveHead(text: string): ArchiveHead | undefined {
  const [ref = '', no, buyer, at, ...rest] = text.split(' ');
  const numbers = [no, buyer, at].map(Number);
  const whole = numbers.every(Number.isSafeInteger) && rest.length === 0;
  const [noRead = 0, buyerRead = 0, atRead = 0] = numbers;
  return isRef(ref) && whole && noRead > 0 && noRead < 2 ** 32
    ? { ref, no: noRead, buyer: buyerRead, settledAt: atRead }
    : undefined;
}
