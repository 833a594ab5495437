// An amount of money as a person types it: `2000`, `2 000 DA`, `٢٠٠٠`, `-300`. Whole dinars only, because nobody hands
// centimes over a counter.

import { dinars, type Centimes } from './money.ts';
import { westernDigits } from './service.ts';

/** Why a text is no amount that can be moved. */
export type AmountFault = 'not-an-amount' | 'negative' | 'zero' | 'fraction' | 'too-much';

export type AmountReading =
  { readonly ok: true; readonly amount: Centimes } | { readonly ok: false; readonly fault: AmountFault };

/** More than anybody puts on a wallet in one go; whoever typed it missed a key. In dinars. */
export const LARGEST_AMOUNT_DA = 10_000_000;

const NOISE = /[\s\u00A0\u202F\u2009\u200B-\u200F\u2060\u2066-\u2069]/gu;
const CURRENCY = /^(.*?)(?:da|dzd|دج|د\.ج|دينار)?$/iu;

const no = (fault: AmountFault): AmountReading => ({ ok: false, fault });

/** Reads an amount above zero. */
export function readAmount(text: string): AmountReading {
  const reading = readSigned(text);
  return reading.ok && reading.amount < 0 ? no('negative') : reading;
}

/** Reads an amount that may take away (`-300`), for corrections. */
export function readSigned(text: string): AmountReading {
  const compact = westernDigits(text.normalize('NFKC')).replace(NOISE, '').replace(/[−–—]/gu, '-');
  const bare = CURRENCY.exec(compact)?.[1] ?? compact;
  const match = /^([+-]?)([0-9]{1,15})(?:[.,]([0-9]{1,4}))?$/.exec(bare);
  if (match === null) return no('not-an-amount');
  const [, sign, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction)) return no('fraction');
  // `2.000` and `2,000` are two thousand to some and two to others: asked again rather than guessed.
  if (fraction.length > 2) return no('not-an-amount');
  const amount = Number(whole);
  if (amount === 0) return no('zero');
  if (amount > LARGEST_AMOUNT_DA) return no('too-much');
  return { ok: true, amount: dinars(sign === '-' ? -amount : amount) };
}
