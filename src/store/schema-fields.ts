// The fields that everything stored is made of, each checked for what it means and not only for its type.

import * as z from 'zod';
import type { Account, Wallet } from '../domain/ledger.ts';
import type { Centimes } from '../domain/money.ts';
import { isRef, type Ref, type SealedCode } from '../domain/order.ts';
import { isLine, type Line } from '../domain/service.ts';

export const text = z.string();
/** Epoch ms. */
export const moment = z.int().nonnegative();
export const count = z.int().nonnegative();
export const telegramId = z.int();

export const ref = z.custom<Ref>((value) => typeof value === 'string' && isRef(value), 'no reference');

/** Centimes, negative too. */
export const signedAmount = z.custom<Centimes>((value) => Number.isSafeInteger(value), 'no amount');
/** Centimes. */
export const amount = z.custom<Centimes>(
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  'no amount',
);

export const service = z.enum(['ADSL', '4G']);
export const line = z.custom<Line>(
  (value) => typeof value === 'string' && (isLine('ADSL', value) || isLine('4G', value)),
  'no line',
);
export const sealedCode = z.custom<SealedCode>(
  (value) => typeof value === 'string' && value !== '',
  'no sealed code',
);

const ACCOUNT = /^(?:shop|wallet:-?[1-9]\d{0,15})$/;
export const account = z.custom<Account>(
  (value) => typeof value === 'string' && ACCOUNT.test(value),
  'no account',
);

export const wallet: z.ZodType<Wallet> = z.strictObject({ put: signedAmount, held: amount, taken: amount });

/** The places of the faults in something stored; never its values. */
export const faultsOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
