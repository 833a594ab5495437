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

/** What nobody sees: zero widths and marks of direction. */
const INVISIBLE = /[\u200B-\u200F\u2060\u2066-\u2069\u202A-\u202E]/gu;
/** A sign, digits that may stand in groups of three, a fraction, the currency. */
const AMOUNT =
  /^\s*([+-]?)\s*([0-9]+|[0-9]{1,3}(?:[\s\u066C][0-9]{3})+)(?:[.,\u066B]([0-9]+))?\s*(?:da|dzd|دج|د\.ج|دينار)?\s*$/iu;

const no = (fault: AmountFault): AmountReading => ({ ok: false, fault });

/** Reads an amount above zero. */
export function readAmount(text: string): AmountReading {
  const reading = readSigned(text);
  return reading.ok && reading.amount < 0 ? no('negative') : reading;
}

/** Reads an amount that may take away (`-300`), for corrections. */
export function readSigned(text: string): AmountReading {
  const plain = westernDigits(text.normalize('NFKC')).replace(INVISIBLE, '').replace(/[−–—]/gu, '-');
  const match = AMOUNT.exec(plain);
  if (match === null) return no('not-an-amount');
  const [, sign, whole = '', fraction = ''] = match;
  // `2.000` and `2,000` are two thousand to some and two to others: asked again rather than guessed.
  if (fraction.length > 2) return no('not-an-amount');
  if (/[1-9]/.test(fraction)) return no('fraction');
  const amount = Number(whole.replace(/[^0-9]/gu, ''));
  if (amount === 0) return no('zero');
  if (amount > LARGEST_AMOUNT_DA) return no('too-much');
  return { ok: true, amount: dinars(sign === '-' ? -amount : amount) };
}
