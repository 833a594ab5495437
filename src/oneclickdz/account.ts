// What the provider tells about the account behind the key: who it is, whether it may buy, and its movements of money.

import { z } from 'zod';

import type { ProviderAccount } from '../app/ports.ts';
import type { Centimes } from '../domain/money.ts';
import type { HaltDetail } from './access.ts';
import { amount, note, whole } from './fields.ts';
import { readPage } from './wire.ts';

const word = z
  .string()
  .catch('')
  .transform((value) => value.trim().toUpperCase().replaceAll('_', '-'));

const accountSchema = z.object({
  username: z.string().trim().min(1).max(100),
  apiKey: z
    .object({ isEnabled: z.unknown().optional(), type: word, scope: word })
    .catch({ isEnabled: undefined, type: '', scope: '' }),
});

/** The account and why the key may not be used, if so; undefined when the answer names no account. */
export function readAccount(data: unknown): { account: ProviderAccount; flaw?: HaltDetail } | undefined {
  const parsed = accountSchema.safeParse(data);
  if (!parsed.success) return undefined;
  const { username, apiKey } = parsed.data;
  const account = { username, sandbox: apiKey.type === 'SANDBOX' };
  if (apiKey.isEnabled === false || apiKey.isEnabled === 'false') return { account, flaw: 'disabled' };
  return /^READ-?ONLY$/.test(apiKey.scope) ? { account, flaw: 'read-only' } : { account };
}

/** One movement on the provider's books (fact sheet §4); amounts in centimes, `at` as the provider wrote it. */
export interface Transaction {
  readonly id: string;
  readonly type: string;
  readonly operation: string;
  readonly amount: Centimes;
  readonly before: Centimes | null;
  readonly after: Centimes | null;
  /** Presumably the id of the recharge. */
  readonly about: string | null;
  readonly note: string | null;
  readonly at: string | null;
}

export interface TransactionPage {
  readonly transactions: readonly Transaction[];
  readonly hasMore: boolean;
}

const balance = amount('down').nullable().catch(null);

const transactionSchema = z
  .object({
    _id: whole,
    type: word,
    operation: word,
    amount: amount('up'),
    oldBalance: balance,
    newBalance: balance,
    objid: note(128),
    note: note(200),
    time: note(60),
  })
  .transform((wire): Transaction => ({
    id: wire._id ?? '',
    type: wire.type,
    operation: wire.operation,
    amount: wire.amount,
    before: wire.oldBalance,
    after: wire.newBalance,
    about: wire.objid,
    note: wire.note,
    at: wire.time,
  }));

/** Undefined when the answer is no list. */
export function readTransactions(
  answer: { data: unknown; meta: unknown },
  page: number,
): TransactionPage | undefined {
  const read = readPage(answer, page, transactionSchema);
  return read && { transactions: read.rows, hasMore: read.hasMore };
}

const pingSchema = z.object({ api: word });

/** Whether the provider calls its API well; undefined when it says nothing. It has no flag for internet recharges. */
export function readPing(data: unknown): { up: boolean } | undefined {
  const parsed = pingSchema.safeParse(data);
  return parsed.success ? { up: parsed.data.api === 'OK' } : undefined;
}
