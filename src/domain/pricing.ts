// What a buyer pays: the face value and a rule on it, never below cost unless the owner says so. Owners pay the cost.

import { add, centimes, type Centimes } from './money.ts';
import { westernDigits } from './service.ts';

/**
 * On the face value, or off it when negative. `percent` in hundredths of a percent (250 = 2.5 %), `fixed` in centimes.
 */
export type PriceRule =
  | { readonly kind: 'percent'; readonly hundredths: number }
  | { readonly kind: 'fixed'; readonly amount: Centimes };

/** Nothing on, nothing off. */
export const FACE_VALUE: PriceRule = { kind: 'fixed', amount: centimes(0) };

/** A rule beyond half the value in either direction is a slip of the finger. In hundredths of a percent. */
const LARGEST_PERCENT = 5_000;

const RULE = /^([+-]?)([0-9]{1,6})(?:[.,]([0-9]{1,2}))?(%?)$/;

/** Reads a rule as an owner types it: `-2%`, `+1.5%`, `-20`, `30` (dinars); undefined for anything else. */
export function readRule(text: string): PriceRule | undefined {
  const compact = westernDigits(text.normalize('NFKC'))
    .replace(/[\s\u200B-\u200F\u2060\u2066-\u2069]/gu, '')
    .replace(/(?:da|دج)$/iu, '')
    .replace(/[−–—]/gu, '-')
    .replace('٫', '.')
    .replace('٪', '%');
  const match = RULE.exec(compact);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', percent] = match;
  const parts = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  const signed = sign === '-' ? 0 - parts : parts;
  if (percent !== '%') return { kind: 'fixed', amount: centimes(signed) };
  return parts > LARGEST_PERCENT ? undefined : { kind: 'percent', hundredths: signed };
}

/** A rule as an owner would type it: `-2%`, `+1.5%`, `-20`, `0`; dinars where there is no `%`. */
export function ruleAsTyped(rule: PriceRule): string {
  const parts = rule.kind === 'percent' ? rule.hundredths : rule.amount;
  const sign = parts < 0 ? '-' : parts > 0 ? '+' : '';
  const whole = Math.trunc(Math.abs(parts) / 100);
  const fraction = String(Math.abs(parts) % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}${rule.kind === 'percent' ? '%' : ''}`;
}

/** What the rule makes of a face value, rounded up to a whole dinar in the shop's favour; at least one dinar. */
export function priceBy(rule: PriceRule, value: Centimes): Centimes {
  const raw =
    rule.kind === 'fixed'
      ? add(value, rule.amount)
      : centimes(Math.ceil((value * (10_000 + rule.hundredths)) / 10_000));
  return centimes(Math.max(100, Math.ceil(raw / 100) * 100));
}

/** What a sale at this rule comes to; `below-cost` is refused unless the owner said otherwise. */
export function sale(
  rule: PriceRule,
  { value, cost }: { readonly value: Centimes; readonly cost: Centimes },
  belowCost: boolean,
):
  | { readonly kind: 'sold-at'; readonly price: Centimes }
  | { readonly kind: 'below-cost'; readonly price: Centimes } {
  const price = priceBy(rule, value);
  return { kind: price < cost && !belowCost ? 'below-cost' : 'sold-at', price };
}
