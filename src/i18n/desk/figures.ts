// How the owners' figures look: margins with their sign, price rules, moments to the second, people's names,
// lines of the audit.

import type { Centimes } from '../../domain/money.ts';
import type { Language } from '../../domain/order.ts';
import { ruleAsTyped, type PriceRule } from '../../domain/pricing.ts';
import type { Terms } from '../../domain/report.ts';
import type { AuditLine, GivenRole } from '../../domain/shop.ts';
import { cut, oneLine } from '../../domain/text.ts';
import { dateTime, isolate, money } from '../format.ts';
import { join, rich, type Rich } from '../rich.ts';
import type { AuditFacts } from './facts.ts';

/** Of a person's name, in characters. */
const LONGEST_NAME = 32;

/** `+20`, `-5`, `0`: dinars without the currency, for margins beside a price. */
export function signed(language: Language, amount: Centimes): Rich {
  const bare = money(language, amount).replace(/\u00A0.*$/u, '');
  return isolate(language, amount > 0 ? `+${bare}` : bare);
}

/** `-2%`, `+30 DA`; undefined for the face value itself. */
export function ruleFigure(language: Language, rule: PriceRule): Rich | undefined {
  const typed = ruleAsTyped(rule).replace('.', language === 'en' ? '.' : ',');
  if (typed === '0' || typed === '0%') return undefined;
  if (rule.kind === 'percent') return isolate(language, typed);
  return rich`${isolate(language, typed)}\u00A0${language === 'ar' ? 'دج' : 'DA'}`;
}

/** A word as a label begins it. */
export const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** A name in one piece, whatever is written around it. */
export const nameText = (name: string): string => quoted(cut(oneLine(name), LONGEST_NAME));

const SECONDS = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Africa/Algiers',
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
});

/** `19:42:05` in Algiers. */
export const toTheSecond = (at: number): string => SECONDS.format(at);

const LOCALE: Record<Language, string> = { ar: 'ar-DZ-u-nu-latn', fr: 'fr-FR', en: 'en-GB' };
const dayFormat = (language: Language) =>
  new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: 'Africa/Algiers',
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
  });
const DAYS: Record<Language, Intl.DateTimeFormat> = {
  ar: dayFormat('ar'),
  fr: dayFormat('fr'),
  en: dayFormat('en'),
};

/** `21 Nov 2026` in Algiers. */
export const dayText = (language: Language, at: number): string => DAYS[language].format(at);

/** What somebody wrote, on one line and in one piece, whatever is written around it. */
export const quoted = (text: string): string => `\u2068${oneLine(text)}\u2069`;

/** Whose terms they are: a person's own, or everybody's of a role. */
export const whoPays = (roles: Readonly<Record<GivenRole, string>>, { role, own }: Terms): string =>
  own === null ? roles[role] : nameText(own.name);

/** Who did what to whom and when; what is empty is left out. */
export const auditLine = (
  language: Language,
  words: Readonly<Record<AuditLine['what'], string>>,
  { at, what, who, about, note, why }: AuditFacts,
): Rich =>
  join(
    [
      words[what],
      nameText(who),
      about === '' ? '' : nameText(about),
      note,
      why === '' ? '' : quoted(why),
      dateTime(language, at),
    ].filter((part) => part !== ''),
    ' · ',
  );
