// A shop as it would be after a while: closed orders and open ones, written into a data folder or a database in the
// store's own format through its own code, only without a commit for each.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vault } from '../../src/app/ports.ts';
import { EMPTY_BOOKS, post, type Books, type Entry } from '../../src/domain/ledger.ts';
import { dinars } from '../../src/domain/money.ts';
import { isRef, type Order, type Ref } from '../../src/domain/order.ts';
import { confirm } from '../../src/domain/purchase.ts';
import type { OrderEvent, Snapshot } from '../../src/domain/order-event.ts';
import { isLine, type Line } from '../../src/domain/service.ts';
import { step } from '../../src/domain/transitions.ts';
import { openArchive } from '../../src/store/archive.ts';
import { REAL_FILES } from '../../src/store/disk.ts';
import { writeHotState } from '../../src/store/hot-file.ts';
import { EMPTY_STATE, FIRST_NO } from '../../src/store/hot-state.ts';
import { ARCHIVE_FOLDER, ORDERS_FILE } from '../../src/store/load-store.ts';
import { orderRecords, type OrderRecord } from '../../src/store/order-record.ts';
import { createVault } from '../../src/store/vault.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;

/** The key that the bot has to be given as CARD_KEY to open these orders' codes. */
export const CARD_KEY = '42'.repeat(32);
const vault: Vault = createVault(Buffer.from(CARD_KEY, 'hex'));
const records = orderRecords();
const BUYER = 700;
/** Records handed to the store at once. The first so many closed ones are made, the others are their copies. */
const PORTION = 1_000;

export interface OpenOrder {
  readonly ref: Ref;
  readonly line: Line;
  readonly topupId: string;
  readonly acceptedAt: number;
}

/** An order with its entries, before it is a record. */
interface Kept {
  readonly order: Order;
  readonly entries: readonly Entry[];
}

export function refOf(text: string): Ref {
  if (!isRef(text)) throw new TypeError(`${text} is no reference`);
  return text;
}

/** A line of an area code that nobody has. */
export function lineOf(i: number): Line {
  const text = `02${String(i).padStart(7, '0')}`;
  if (!isLine('ADSL', text)) throw new TypeError(`${text} is no line`);
  return text;
}

export function confirmed(ref: Ref, line: Line, buyer: number, at: number) {
  const value = dinars(500);
  const cost = dinars(490);
  const shown = { chatId: buyer, threadId: null, messageId: 42 };
  const who = { buyer, role: 'owner', buyerName: 'Nadia', language: 'en' } as const;
  const what = { ref, service: 'ADSL', line, value, cost, price: cost } as const;
  return confirm({ ...who, ...what, ...shown }, at);
}

function after(from: Kept, events: readonly OrderEvent[], at: number): Kept {
  return events.reduce((kept, event) => {
    const taken = step(kept.order, event, at);
    if (taken === undefined) throw new Error(`${event.type} changes nothing in ${kept.order.state.name}`);
    return { order: taken.order, entries: [...kept.entries, ...taken.entries] };
  }, from);
}

const shown = (digest: string, ended: boolean): OrderEvent => ({
  type: 'shown',
  digest,
  messageId: 42,
  ended,
});

const accepted = (topupId: string): readonly OrderEvent[] => [
  { type: 'send-begun' },
  { type: 'accepted', topupId },
  shown('en.handling', false),
];

/** What the provider says of a delivered order. */
export function delivery(ref: Ref, topupId: string): Snapshot {
  const code = vault.seal('900012345678', ref);
  const about = { topupId, ref, service: 'ADSL', number: null, value: dinars(500), note: null } as const;
  const proof = { transactionNo: 'AT-2026-12345', processedAt: '2026-11-21T18:42:00.000Z' };
  return { ...about, status: { kind: 'fulfilled' }, code, ...proof };
}

const delivered = (ref: Ref, topupId: string): readonly OrderEvent[] => [
  { type: 'found', snapshot: delivery(ref, topupId) },
  shown('en.fulfilled', true),
];

/** An order that was accepted then and has been asked about on schedule until `now`, without an end. */
export function openOrder({ ref, line, topupId, acceptedAt }: OpenOrder, no: number, now: number): Kept {
  const begun = confirmed(ref, line, BUYER, acceptedAt);
  let kept = after({ ...begun, order: { ...begun.order, no, rev: 1 } }, accepted(topupId), acceptedAt);
  for (let due = kept.order.dueAt; due !== null && due <= now; due = kept.order.dueAt)
    kept = after(kept, [{ type: 'unanswered' }], due);
  return kept;
}

/** How a shop stands: so many closed orders of the last year, and these open ones. */
export interface Standing {
  readonly closed: number;
  readonly open: readonly OpenOrder[];
  readonly now: number;
}

/** What is particular about a closed order, by its place among the others. */
function particulars(i: number, { closed, now }: Standing) {
  const ref = refOf(`closed-${String(i).padStart(7, '0')}`);
  return { ref, no: FIRST_NO + i, at: Math.round(now - YEAR + (i / closed) * (YEAR - HOUR)) };
}

function closedRecord(i: number, standing: Standing): OrderRecord {
  const { ref, no, at } = particulars(i, standing);
  const begun = confirmed(ref, lineOf(i), BUYER + (i % 50), at);
  const first = { ...begun, order: { ...begun.order, no, rev: 1 } };
  const events = [...accepted(`topup-${i}`), ...delivered(ref, `topup-${i}`)];
  const { order, entries } = after(first, events, at);
  return records.make(order, entries);
}

/** Its copy for another place, whose code nobody could open; of the order only what stores look at is true of the copy. */
function copied({ order, entries, text }: OrderRecord, i: number, standing: Standing): OrderRecord {
  const { ref, no, at } = particulars(i, standing);
  const { state } = order;
  if (state.name !== 'fulfilled') throw new TypeError('only delivered orders are copied');
  return {
    order: { ...order, ref, no, confirmedAt: at, state: { ...state, at } },
    entries: entries.map((entry) => ({ ...entry, id: entry.id.replace(order.ref, ref), ref, at })),
    text: text
      .replaceAll(order.ref, ref)
      .replaceAll(String(order.confirmedAt), String(at))
      .replace(`"no":${order.no},`, `"no":${no},`),
  };
}

/** The closed orders, oldest first, in portions. */
export function* closedRecords(standing: Standing): Generator<readonly OrderRecord[]> {
  const { closed } = standing;
  const made = Array.from({ length: Math.min(PORTION, closed) }, (_, i) => closedRecord(i, standing));
  if (closed > 0) yield made;
  for (let from = PORTION; from < closed; from += PORTION)
    yield made.slice(0, closed - from).map((record, i) => copied(record, from + i, standing));
}

/** The open orders as they are kept, and what all orders add up to. */
export function openBooks({ closed, open, now }: Standing) {
  const kept = open.map((one, i) => openOrder(one, FIRST_NO + closed + i, now));
  const taken: Books = { ...EMPTY_BOOKS, taken: dinars(490 * closed) };
  return {
    records: kept.map(({ order, entries }) => records.make(order, entries)),
    books: kept.flatMap(({ entries }) => entries).reduce(post, taken),
    nextNo: FIRST_NO + closed + open.length,
  };
}

/** Writes a folder. */
export async function writeBooks(dir: string, standing: Standing): Promise<void> {
  const archiveDir = join(dir, ARCHIVE_FOLDER);
  await mkdir(archiveDir, { recursive: true, mode: 0o700 });
  const archive = await openArchive({
    dir: archiveDir,
    records,
    files: REAL_FILES,
    recentSince: standing.now,
  });
  for (const portion of closedRecords(standing)) await archive.append(portion);
  const { records: open, books, nextNo } = openBooks(standing);
  const hot = new Map(open.map((record) => [record.order.ref, record]));
  const pieces = writeHotState({ ...EMPTY_STATE, nextNo, books, records: hot });
  await writeFile(join(dir, ORDERS_FILE), pieces.join(''), { mode: 0o600 });
}

/** Orders accepted one after the other between two moments, that the provider has never heard of. */
export const madeUpOrders = (count: number, from: number, to: number): readonly OpenOrder[] =>
  Array.from({ length: count }, (_, i) => ({
    ref: refOf(`open-${String(i).padStart(7, '0')}`),
    line: lineOf(i),
    topupId: `topup-open-${i}`,
    acceptedAt: Math.round(from + ((to - from) * i) / count),
  }));
