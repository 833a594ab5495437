// What a stored order may look like, field by field. The types say that it is the domain's order, no more and no less.

import * as z from 'zod';
import type { Entry } from '../domain/ledger.ts';
import type { Order, StoryLine } from '../domain/order.ts';
import { isLine } from '../domain/service.ts';
import {
  account,
  amount,
  count,
  line,
  moment,
  ref,
  sealedCode,
  service,
  signedAmount,
  telegramId,
  text,
} from './schema-fields.ts';

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

const stateName = z.enum([
  'confirmed',
  'sending',
  'unknown',
  'handling',
  'queued',
  'review',
  'fulfilled',
  'refunded',
  'rejected',
]);

const story: z.ZodType<StoryLine> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('state'),
    at: moment,
    name: stateName,
    by: text,
    why: text.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('call'),
    at: moment,
    lastAt: moment,
    times: count,
    call: z.enum(['send', 'look-up', 'ask', 'list']),
    came: text,
    requestId: text.nullable(),
  }),
]);

/** An order as it is stored, every field checked; an unknown field is a fault. */
export const orderSchema: z.ZodType<Order> = z
  .strictObject({
    ref,
    no: z.int().positive(),
    rev: z.int().positive(),
    buyer: telegramId,
    role: z.enum(['owner', 'agent', 'customer']),
    buyerName: text,
    account,
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
    story: z.array(story),
  })
  .refine((value) => isLine(value.service, value.line), { path: ['line'], error: 'no line of that service' });

const entryFields = { id: text, account, at: moment, by: text, reason: text, ref: text };

/** A money entry of an order as it is stored. */
export const orderEntrySchema: z.ZodType<Entry> = z.strictObject({
  ...entryFields,
  kind: z.enum(['hold', 'release', 'capture']),
  amount,
});

/** Any money entry as it is stored; only a correction may take away by being negative. */
export const entrySchema: z.ZodType<Entry> = z
  .strictObject({
    ...entryFields,
    kind: z.enum(['hold', 'release', 'capture', 'deposit', 'correction', 'transfer-in', 'transfer-out']),
    amount: signedAmount,
  })
  .refine(({ kind, amount }) => kind === 'correction' || amount >= 0, {
    path: ['amount'],
    error: 'no amount',
  });
