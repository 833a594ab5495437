// The provider's payloads as zod schemas. Its pages contradict each other (fact sheet §14): every documented variant is
// read, a bad item of a list is skipped, and what is missing becomes null rather than a guess.

import { z } from 'zod';

import type { Offer, Topup, TopupPage } from '../app/ports.ts';
import { wholeDinars, type Centimes } from '../domain/money.ts';
import { readLine, type Service } from '../domain/service.ts';
import { amount, cardCode, id, note, printed, readEach, readService, whole } from './fields.ts';

const offerSchema = z
  .object({
    value: amount('up').refine((value) => value > 0 && wholeDinars(value) !== undefined),
    cost: amount('up').refine((cost) => cost > 0),
    available: z
      .unknown()
      .optional()
      .transform((told) => [true, 1, 'true', '1'].some((yes) => yes === told)),
  })
  .readonly();

const productsSchema = z.union([
  z.object({ products: z.array(z.unknown()) }).transform(({ products }) => products),
  z.array(z.unknown()),
]);

/** The cards by rising value, one per value; undefined when the answer is no list. */
export function readOffers(data: unknown): readonly Offer[] | undefined {
  const parsed = productsSchema.safeParse(data);
  if (!parsed.success) return undefined;
  const byValue = new Map<number, Offer>();
  for (const offer of readEach(parsed.data, offerSchema)) {
    const known = byValue.get(offer.value);
    if (known === undefined || beats(offer, known)) byValue.set(offer.value, offer);
  }
  return [...byValue.values()].sort((a, b) => a.value - b.value);
}

/** In stock wins; of two alike the dearer one, so that nobody sells below what may be charged. */
const beats = (offer: Offer, known: Offer): boolean =>
  offer.available === known.available ? offer.cost > known.cost : offer.available;

const balanceSchema = z.object({ balance: amount('down') });

/** Undefined when the answer holds no amount. */
export function readBalance(data: unknown): Centimes | undefined {
  const parsed = balanceSchema.safeParse(data);
  return parsed.success ? parsed.data.balance : undefined;
}

const sentSchema = z.object({ topupId: id, topupRef: note(200) });

/** The ids of an accepted purchase; undefined when there is no `topupId`. */
export function readSent(data: unknown): { topupId: string; topupRef: string | null } | undefined {
  const parsed = sentSchema.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}

const lineSchema = z
  .object({ offre: note(60), type: note(40) })
  .transform(({ offre, type }) => ({ offer: offre, type }));

/** What a line subscribes to and the type of line it is; `ncli`, the customer's number, is left behind here. */
export function readLineOffer(data: unknown): { offer: string | null; type: string | null } | undefined {
  return lineSchema.safeParse(data).data;
}

const topupSchema = z
  .object({
    _id: id,
    ref: whole,
    status: z.string(),
    type: printed.transform(readService),
    number: whole,
    topup_amount: amount('up').nullish().catch(null),
    card_code: cardCode,
    num_trans: note(100),
    date_traitement: note(60),
    refund_message: note(200),
  })
  .transform((wire): Topup => {
    const delivered = wire.card_code !== null || wire.num_trans !== null;
    return {
      topupId: wire._id,
      ref: wire.ref ?? '',
      status: readStatus(wire.status, delivered),
      service: wire.type,
      number: lineForm(wire.type, wire.number),
      value: wire.topup_amount ?? null,
      code: wire.card_code,
      transactionNo: wire.num_trans,
      processedAt: wire.date_traitement,
      note: wire.refund_message,
    };
  });

/** A word nobody knows stays "odd": never an end, and harmless to show (fact sheet §3.8). */
function readStatus(raw: string, delivered: boolean): Topup['status'] {
  const word = raw
    .toUpperCase()
    .replace(/[^A-Z0-9_ -]/g, '')
    .trim()
    .slice(0, 40)
    .trim();
  switch (word) {
    case 'HANDLING':
    case 'PENDING':
      return { kind: 'handling' };
    case 'QUEUED':
      return { kind: 'queued' };
    case 'FULFILLED':
      return { kind: 'fulfilled' };
    case 'REFUNDED':
      return { kind: 'refunded' };
    case 'SUCCESS':
      return delivered ? { kind: 'fulfilled' } : { kind: 'odd', word };
    default:
      return { kind: 'odd', word };
  }
}

/** A number that lost its leading zero in JSON, or gained a `+`, is the same line. */
function lineForm(service: Service | null, number: string | null): string | null {
  if (service === null || number === null) return number;
  const reading = readLine(service, number);
  return reading.ok ? reading.line : number;
}

/** Undefined when the answer is no recharge. */
export function readTopup(data: unknown): Topup | undefined {
  const parsed = topupSchema.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}

const integer = z.coerce.number().int().nonnegative().optional().catch(undefined);
const pagesSchema = z
  .object({
    pagination: z.object({ totalPages: integer, hasNextPage: z.boolean().optional().catch(undefined) }),
  })
  .transform(({ pagination }) => pagination)
  .catch({ totalPages: undefined, hasNextPage: undefined });

const rowsSchema = z.union([
  z.object({ topups: z.array(z.unknown()) }).transform(({ topups }) => topups),
  z.object({ items: z.array(z.unknown()) }).transform(({ items }) => items),
]);

/** The rows of a page and whether there is another one; undefined when the answer is no list. */
export function readPage<T>(
  { data, meta }: { data: unknown; meta: unknown },
  page: number,
  schema: z.ZodType<T>,
): { rows: readonly T[]; hasMore: boolean } | undefined {
  const parsed = rowsSchema.safeParse(data);
  if (!parsed.success) return undefined;
  const told = [pagesSchema.parse(meta), pagesSchema.parse(data)];
  const ended =
    parsed.data.length === 0 ||
    told.some(({ hasNextPage, totalPages = Infinity }) => hasNextPage === false || page >= totalPages);
  return { rows: readEach(parsed.data, schema), hasMore: !ended };
}

/** Recharges of one page; those that can't be read are left out. */
export function readTopups(answer: { data: unknown; meta: unknown }, page: number): TopupPage | undefined {
  const read = readPage(answer, page, topupSchema);
  return read && { topups: read.rows, hasMore: read.hasMore };
}
