// What the shop's records and its audit lines may look like as they are stored, field by field. The types say that they
// are the domain's, no more and no less.

import * as z from 'zod';
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
  askedAt: moment.nullable(),
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
  usedBy: telegramId.nullable(),
});

const request = z.strictObject({
  kind: z.literal('request'),
  id: text.min(1),
  rev,
  person: telegramId,
  amount,
  slip: text.nullable(),
  at: moment,
  verdict: z.strictObject({ approved: z.boolean(), by: telegramId, at: moment }).nullable(),
  cards: z.array(z.strictObject({ owner: telegramId, messageId: telegramId })),
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

const kept = z.strictObject({
  kind: z.literal('kept'),
  id: telegramId,
  rev,
  service,
  line,
  offer: text.nullable(),
  value: amount,
  chatId: telegramId,
  threadId: telegramId.nullable(),
  until: moment,
});

/** A record of the shop as it is stored, every field checked; an unknown field is a fault. */
export const shopRecordSchema: z.ZodType<ShopRecord> = z.discriminatedUnion('kind', [
  member,
  invite,
  request,
  group,
  house,
  kept,
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
  why: text,
});
