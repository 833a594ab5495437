// What a stored order may look like, field by field. The types say that it is the domain's order, no more and no less.

import * as z from 'zod';
import type { Entry } from '../domain/ledger.ts';
import type { Centimes } from '../domain/money.ts';
import { isRef, type Order, type Ref, type SealedCode } from '../domain/order.ts';
import { isLine, type Line } from '../domain/service.ts';

const text = z.string();
const moment = z.int().nonnegative();
const count = z.int().nonnegative();
const telegramId = z.int();
const ref = z.custom<Ref>((value) => typeof value === 'string' && isRef(value), 'no reference');
const amount = z.custom<Centimes>((value) => Number.isSafeInteger(value) && Number(value) >= 0, 'no amount');
const service = z.enum(['ADSL', '4G']);
const line = z.custom<Line>(
  (value) => typeof value === 'string' && (isLine('ADSL', value) || isLine('4G', value)),
  'no line',
);
const sealedCode = z.custom<SealedCode>(
  (value) => typeof value === 'string' && value !== '',
  'no sealed code',
);
const refusal = z.strictObject({
  reason: z.enum(['wrong-number', 'out-of-stock', 'shop-balance', 'bad-request', 'busy', 'no-access']),
});
const topupId = text;

const state = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('confirmed') }),
  z.strictObject({ name: z.literal('sending') }),
  z.strictObject({ name: z.literal('unknown'), since: moment, lookUps: count, notFound: count }),
  z.strictObject({ name: z.literal('handling'), since: moment, topupId, word: text.exactOptional() }),
  z.strictObject({ name: z.literal('queued'), since: moment, topupId }),
  z.strictObject({
    name: z.literal('review'),
    since: moment,
    reason: z.enum(['overdue', 'mismatch', 'lost']),
    topupId: topupId.nullable(),
  }),
  z.strictObject({
    name: z.literal('fulfilled'),
    at: moment,
    topupId: topupId.nullable(),
    code: sealedCode.nullable(),
    transactionNo: text.nullable(),
    processedAt: text.nullable(),
  }),
  z.strictObject({
    name: z.literal('refunded'),
    at: moment,
    topupId: topupId.nullable(),
    note: text.nullable(),
  }),
  z.strictObject({ name: z.literal('rejected'), at: moment, refusal }),
]);

const message = z.strictObject({
  chatId: telegramId,
  threadId: telegramId.nullable(),
  messageId: telegramId.nullable(),
  digest: text.nullable(),
  ended: z.boolean(),
  tries: count,
  retryAt: moment,
});

/** An order as it is stored, every field checked; an unknown field is a fault. */
export const orderSchema: z.ZodType<Order> = z
  .strictObject({
    ref,
    no: z.int().positive(),
    rev: z.int().positive(),
    buyer: telegramId,
    account: z.literal('shop'),
    language: z.enum(['ar', 'fr', 'en']),
    service,
    line,
    value: amount,
    cost: amount,
    price: amount,
    confirmedAt: moment,
    dueAt: moment.nullable(),
    sends: count,
    sentAt: moment.nullable(),
    doubted: z.boolean(),
    landed: z.boolean(),
    alert: text.nullable(),
    alerted: text.nullable(),
    message,
    state,
  })
  .refine((value) => isLine(value.service, value.line), { path: ['line'], error: 'no line of that service' });

/** A money entry as it is stored. */
export const entrySchema: z.ZodType<Entry> = z.strictObject({
  id: text,
  account: z.literal('shop'),
  kind: z.enum(['hold', 'release', 'capture']),
  amount,
  at: moment,
  by: text,
  reason: text,
  ref: text,
});
