// What the shop's records and its audit lines may look like as they are stored, field by field. The types say that they
// are the domain's, no more and no less.

import * as z from 'zod';
import type { AuditNote } from '../domain/audit-note.ts';
import type { PriceRule } from '../domain/pricing.ts';
import type { AuditLine, ShopRecord } from '../domain/shop.ts';
import { amount, line, moment, service, signedAmount, telegramId, text } from './schema-fields.ts';

const rev = z.int().positive();
const givenRole = z.enum(['agent', 'customer']);
const rule: z.ZodType<PriceRule> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), hundredths: z.int() }),
  z.strictObject({ kind: z.literal('fixed'), amount: signedAmount }),
]);

const member = z.strictObject({
  kind: z.literal('member'),
  id: telegramId,
  rev,
  name: text,
  username: text.nullable(),
  role: givenRole.nullable(),
  frozen: z.boolean(),
  ceiling: amount,
  rule: rule.nullable(),
  belowCost: z.boolean(),
  since: moment,
});

const invite = z.strictObject({
  kind: z.literal('invite'),
  id: text.min(1),
  rev,
  role: givenRole,
  by: telegramId,
  at: moment,
  until: moment,
});

const spent = z.strictObject({
  kind: z.literal('spent'),
  id: text.min(1),
  rev,
  used: z.boolean(),
  until: moment,
});

const cards = z.array(z.strictObject({ owner: telegramId, messageId: telegramId }));

const ask = z.strictObject({
  kind: z.literal('ask'),
  id: telegramId,
  rev,
  name: text,
  username: text.nullable(),
  at: moment,
  carded: z.boolean(),
  cards,
  answer: z.strictObject({ role: givenRole.nullable(), by: telegramId, name: text, at: moment }).nullable(),
});

const request = z.strictObject({
  kind: z.literal('request'),
  id: text.min(1),
  rev,
  person: telegramId,
  amount,
  slip: text.nullable(),
  at: moment,
  verdict: z
    .strictObject({ approved: z.boolean(), by: telegramId, name: text, at: moment, told: z.boolean() })
    .nullable(),
  cards,
});

const draft = z.strictObject({
  kind: z.literal('draft'),
  id: text.min(1),
  rev,
  by: telegramId,
  person: telegramId,
  amount: signedAmount,
  reason: text,
  at: moment,
});

const news = z.strictObject({
  kind: z.literal('news'),
  id: text.min(1),
  rev,
  person: telegramId,
  what: z.enum(['deposit', 'correction', 'transfer-in']),
  amount: signedAmount,
  by: telegramId,
  reason: text,
});

const group = z.strictObject({
  kind: z.literal('group'),
  id: telegramId,
  rev,
  title: text,
  allowed: z.boolean(),
  by: telegramId,
  at: moment,
  toldOff: z.boolean(),
});

const house = z.strictObject({
  kind: z.literal('house'),
  id: z.literal('house'),
  rev,
  rules: z.strictObject({ agent: rule, customer: rule }),
  belowCost: z.boolean(),
  paused: z.strictObject({ by: telegramId, at: moment, words: text }).nullable(),
  threshold: signedAmount.nullable(),
});

const incidents = z.strictObject({
  kind: z.literal('incidents'),
  id: z.literal('incidents'),
  rev,
  access: z.enum(['key', 'address', 'disabled', 'read-only']).nullable(),
  downSince: moment.nullable(),
  creditLow: z.boolean(),
  short: amount.nullable(),
  unsold: z.record(text, moment).default({}),
});

const kept = z.strictObject({
  kind: z.literal('kept'),
  id: telegramId,
  rev,
  service,
  line,
  offer: text.nullable(),
  value: amount,
  price: amount,
  missing: amount,
  chatId: telegramId,
  threadId: telegramId.nullable(),
  flow: text.min(1),
  promptId: telegramId.nullable(),
  asked: z.boolean(),
  offered: z.boolean(),
  until: moment,
});

/** A record of the shop as it is stored, every field checked; an unknown field is a fault. */
export const shopRecordSchema: z.ZodType<ShopRecord> = z.discriminatedUnion('kind', [
  member,
  ask,
  invite,
  spent,
  request,
  draft,
  news,
  group,
  house,
  incidents,
  kept,
]);

const note: z.ZodType<AuditNote> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('amount'), amount: signedAmount, asked: z.boolean() }),
  z.strictObject({ kind: z.literal('ceiling'), from: amount, to: amount }),
  z.strictObject({ kind: z.literal('role'), from: givenRole.nullable(), to: givenRole.nullable() }),
  z.strictObject({ kind: z.literal('turned-away') }),
  z.strictObject({ kind: z.literal('link'), role: givenRole }),
  z.strictObject({ kind: z.literal('came-in'), role: givenRole, by: telegramId.nullable() }),
  z.strictObject({
    ...{
      kind: z.literal('price'),
      role: givenRole.nullable(),
      rule: rule.nullable(),
      belowCost: z.boolean(),
    },
  }),
  z.strictObject({ kind: z.literal('below-cost'), allowed: z.boolean() }),
  z.strictObject({ kind: z.literal('threshold'), amount: signedAmount.nullable() }),
  z.strictObject({ kind: z.literal('in-group') }),
  z.strictObject({ kind: z.literal('outcome'), outcome: z.enum(['fulfilled', 'refunded']) }),
]);

/** A line of the audit trail as it is stored. */
export const auditLineSchema: z.ZodType<AuditLine> = z.strictObject({
  by: text,
  at: moment,
  what: z.enum([
    'deposit',
    'correction',
    'transfer',
    'credit-asked',
    'credit-refused',
    'ceiling',
    'role',
    'joined',
    'invite',
    'freeze',
    'unfreeze',
    'remove',
    'price',
    'pause',
    'resume',
    'threshold',
    'group-allowed',
    'group-revoked',
    'reveal',
    'settled-by-hand',
  ]),
  about: text,
  note: note.exactOptional(),
  why: text,
});
