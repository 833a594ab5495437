// How money, lines, moments and order numbers look in each language. Western digits everywhere, Algiers time.

import type { Centimes } from '../domain/money.ts';
import type { Language } from '../domain/order.ts';
import { groupLine, maskLine, type Line, type Service } from '../domain/service.ts';
import { cut, oneLine } from '../domain/text.ts';
import { join, relative, type Rich } from './rich.ts';

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** Of a person's name in a card, in characters. */
const LONGEST_NAME = 32;

/** Keeps numbers, codes and Latin names in one piece inside right-to-left text; leaves the other languages alone. */
export function isolate(language: Language, piece: Rich | string | number): Rich {
  return language === 'ar' ? join([FIRST_STRONG_ISOLATE, piece, POP_ISOLATE]) : join([piece]);
}

const whole = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });
const CURRENCY: Record<Language, string> = { ar: 'دج', fr: 'DA', en: 'DA' };

/** `1 000 DA`, `1 000 دج`; centimes only when there are any. */
export function money(language: Language, amount: Centimes): string {
  const absolute = Math.abs(amount);
  const cents = absolute % 100;
  const point = language === 'en' ? '.' : ',';
  const fraction = cents === 0 ? '' : `${point}${String(cents).padStart(2, '0')}`;
  const sign = amount < 0 ? '-' : '';
  return `${sign}${whole.format(Math.trunc(absolute / 100))}${fraction}\u00A0${CURRENCY[language]}`;
}

const LOCALE: Record<Language, string> = { ar: 'ar-DZ-u-nu-latn', fr: 'fr-FR', en: 'en-GB' };

const formats = (options: Intl.DateTimeFormatOptions): Record<Language, Intl.DateTimeFormat> => {
  const make = (language: Language) =>
    new Intl.DateTimeFormat(LOCALE[language], { timeZone: 'Africa/Algiers', hourCycle: 'h23', ...options });
  return { ar: make('ar'), fr: make('fr'), en: make('en') };
};

const DATE = formats({ day: 'numeric', month: 'short', year: 'numeric' });
const TIME = formats({ hour: '2-digit', minute: '2-digit' });

/** `19:42` in Algiers. */
export const clockTime = (language: Language, at: number): string => TIME[language].format(at);

/** `21 Nov 2026, 19:42` in Algiers. */
export const dateTime = (language: Language, at: number): string =>
  `${DATE[language].format(at)}${language === 'ar' ? '، ' : ', '}${clockTime(language, at)}`;

/** The moment as the reader's app keeps it current: "12 seconds ago". */
export const ago = (language: Language, at: number): Rich => relative(at, clockTime(language, at));

/** A line as people read it, or masked where others can see it. */
export const lineText = (language: Language, line: Line, masked = false): Rich =>
  isolate(language, masked ? maskLine(line) : groupLine(line));

/** A number of unclear service as it was typed, or without its middle where others can see it. */
export const digitsText = (digits: string, masked: boolean): string =>
  masked ? `${digits.slice(0, 3)} •• •• ${digits.slice(-2)}` : digits;

/** Button labels can't carry entities; left-to-right marks keep a number in one piece there. */
export const lineLabel = (line: Line, masked = false): string =>
  `\u200E${masked ? maskLine(line) : groupLine(line)}\u200E`;

/** Who ordered, behind what was ordered, where others order too. */
export const byName = (o: { masked: boolean; buyerName: string }): string =>
  o.masked && o.buyerName !== ''
    ? ` · ${FIRST_STRONG_ISOLATE}${cut(oneLine(o.buyerName), LONGEST_NAME)}${POP_ISOLATE}`
    : '';

const SERVICE: Record<Service, Record<Language, string>> = {
  ADSL: { ar: 'ADSL / الألياف', fr: 'ADSL / Fibre', en: 'ADSL / Fibre' },
  '4G': { ar: 'الجيل الرابع 4G', fr: '4G LTE', en: '4G LTE' },
};

export const serviceName = (language: Language, service: Service): string => SERVICE[service][language];
