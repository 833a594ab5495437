// Money is integer centimes (1 DA = 100). The provider's decimals are read digit by digit, never as floats.

declare const centimesBrand: unique symbol;

/** An amount in centimes of a dinar; always a safe integer, negative only as a difference. */
export type Centimes = number & { readonly [centimesBrand]: 'centimes' };

const isCentimes = (amount: number): amount is Centimes => Number.isSafeInteger(amount);

/** Brands an integer number of centimes; throws RangeError for anything else, which is a bug of ours. */
export function centimes(amount: number): Centimes {
  if (!isCentimes(amount)) throw new RangeError('money must be a whole, safe number of centimes');
  return amount;
}

export const ZERO = centimes(0);

/** Whole dinars as centimes. */
export const dinars = (amount: number): Centimes => centimes(amount * 100);

export const add = (a: Centimes, b: Centimes): Centimes => centimes(a + b);
export const subtract = (a: Centimes, b: Centimes): Centimes => centimes(a - b);

/** What there is; nothing where less than nothing is left. */
export const atLeastZero = (amount: Centimes): Centimes => (amount < 0 ? ZERO : amount);

const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d{1,12}))?$/;

/**
 * Reads dinars as the provider writes them ("1326.13", 980) into centimes; undefined when it is no plain decimal.
 * A third decimal is rounded against the shop: costs up, balances down, so that nobody sells on money that isn't there.
 */
export function parseDinars(input: string | number, round: 'up' | 'down'): Centimes | undefined {
  const match = DECIMAL.exec(String(input).trim());
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const kept = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  const rest = /[1-9]/.test(fraction.slice(2));
  const negative = sign === '-';
  const bump = rest && (round === 'up') !== negative ? 1 : 0;
  const total = kept + bump;
  return isCentimes(total) ? centimes(negative ? 0 - total : total) : undefined;
}

/** Whole dinars of an amount, for the provider's wire format; undefined when there are centimes left. */
export const wholeDinars = (amount: Centimes): number | undefined =>
  amount % 100 === 0 ? amount / 100 : undefined;
