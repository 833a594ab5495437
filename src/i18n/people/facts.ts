// What the sentences about people are made from, and how people and their prices are written in every language.

import type { Centimes } from '../../domain/money.ts';
import type { Language } from '../../domain/order.ts';
import { ruleAsTyped, type PriceRule } from '../../domain/pricing.ts';
import type { GivenRole } from '../../domain/shop.ts';
import { cut, oneLine } from '../../domain/text.ts';
import { isolate, money } from '../format.ts';
import { bold, join, rich, type Rich } from '../rich.ts';

/** Somebody with a name. */
export interface Named {
  /** Telegram user id. */
  readonly id: number;
  readonly name: string;
  readonly username: string | null;
}

/** How somebody stands who has no role: waits for an answer, was refused one, or was let in once and removed. */
export type Outside = 'asking' | 'refused' | 'removed';

/** What an owner sees of a person. Amounts in centimes. */
export interface PersonFacts extends Named {
  readonly role: GivenRole | null;
  readonly outside: Outside;
  readonly frozen: boolean;
  readonly balance: Centimes;
  readonly held: Centimes;
  readonly ceiling: Centimes;
  /** Null: the price of the role. */
  readonly rule: PriceRule | null;
}

/** An owner's answer to somebody who asks to be let in. */
export type Answer = GivenRole | 'refused';

/** A tab of the list: a role, or everybody who has none. */
export type Tab = GivenRole | 'outside';

const LONGEST_NAME = 32;
const LEFT_TO_RIGHT_MARK = '\u200E';

/** A name that can't turn the text around it or break its line; the number of whoever has none. */
export function plainName({ name, id }: Pick<Named, 'name' | 'id'>): string {
  return cut(oneLine(name), LONGEST_NAME) || String(id);
}

/** A name inside a sentence or on a button, kept apart from what stands around it in any script. */
export const nameOf = (person: Pick<Named, 'name' | 'id'>): string => `\u2068${plainName(person)}\u2069`;

/** `Nadia (@nadia)`, the name in bold. */
export const fullName = (language: Language, person: Named): Rich =>
  join([
    bold(nameOf(person)),
    person.username === null ? '' : rich` (${isolate(language, `@${person.username}`)})`,
  ]);

/** An amount that may be below zero; the sign stays before the number in right-to-left text too. */
export const signed = (language: Language, amount: Centimes): string =>
  `${language === 'ar' && amount < 0 ? LEFT_TO_RIGHT_MARK : ''}${money(language, amount)}`;

/** `-2%`, `+20 DA`; undefined for the face value. */
export function ruleText(language: Language, rule: PriceRule): Rich | undefined {
  const typed = ruleAsTyped(rule);
  if (typed === '0' || typed === '0%') return undefined;
  const currency = language === 'ar' ? '\u00A0دج' : '\u00A0DA';
  return rule.kind === 'percent'
    ? isolate(language, typed)
    : join([language === 'ar' ? LEFT_TO_RIGHT_MARK : '', typed, currency]);
}
