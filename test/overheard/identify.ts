// What gives a secret of the shop away, decided knowingly. Pure: a text and the shop's figures in, what slipped out.
//
// To somebody who is no owner: the words that only the owners' desk says (cost, margin, the shop's credit …, in all three
// languages, whichever is spoken), and the figures behind them (what the shop has at the provider, what a card costs it).
// The figures and codes must not stand behind a button either. In a group, whoever reads: the same, and card codes, lines in full, amounts of money that are no face value, and any
// figure behind "balance", "you pay" or "pay".

import { dinars, ZERO } from '../../src/domain/money.ts';
import type { Language } from '../../src/domain/order.ts';
import { digitsOf, guessLine, isLine, westernDigits } from '../../src/domain/service.ts';
import { deskSentences } from '../../src/i18n/desk/index.ts';
import { groupsSentences } from '../../src/i18n/groups/index.ts';
import { LANGUAGES, sentences } from '../../src/i18n/index.ts';
import type { Rich } from '../../src/i18n/rich.ts';
import { line } from '../domain/an-order.ts';

/** The figures of a shop, amounts in centimes; whatever is not known is empty. */
export interface Figures {
  /** What the shop has, or has had, at the provider. */
  readonly credit: Iterable<number>;
  readonly costs: Iterable<number>;
  /** Face values: the one kind of money that a group may read. */
  readonly values: Iterable<number>;
  /** Card codes and transaction numbers. */
  readonly codes: Iterable<string>;
}

export const NO_FIGURES: Figures = { credit: [], costs: [], values: [], codes: [] };

export type Secret =
  'owners’ word' | 'shop’s credit' | 'cost' | 'code' | 'line' | 'money' | 'balance or price';

/** One secret and the piece of the text that gives it away. */
export interface Found {
  readonly secret: Secret;
  readonly piece: string;
}

const plain = (sentence: Rich | string): string => (typeof sentence === 'string' ? sentence : sentence.text);

const INVISIBLE = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** As it is compared: Western digits, one apostrophe, no marks of direction. */
const bare = (text: string): string =>
  westernDigits(text).replace(INVISIBLE, '').replaceAll('’', "'").normalize('NFC');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What stands before the colon in each line of a sentence. */
const labels = (sentence: Rich | string): string[] =>
  bare(plain(sentence))
    .split('\n')
    .map((one) => one.split(':')[0]?.trim() ?? '');

const NOTHING_SOLD = { count: 0, value: ZERO, revenue: ZERO, cost: ZERO, margin: ZERO };

/** The shop's credit in words; the desk says it so, and no other catalogue may. */
export const SHOPS_CREDIT: Readonly<Record<Language, string>> = {
  ar: 'رصيد المحل',
  fr: 'crédit de la boutique',
  en: 'shop’s credit',
};

/** The same things by other names. */
const BY_OTHER_NAMES = [
  ...['profit', 'shop’s balance', 'shop balance', 'purchase price', 'wholesale'],
  ...['bénéfice', 'bénéfices', 'solde de la boutique', 'prix d’achat', 'prix de revient', 'à perte'],
  ...['هامش', 'أرباح', 'سعر الشراء', 'ثمن الشراء'],
];

/** Revenue, cost and margin as the desk calls them, the shop's credit, and what else these are called. */
export const OWNERS_WORDS: readonly string[] = [
  ...LANGUAGES.flatMap((language) => labels(deskSentences(language).today.money(NOTHING_SOLD))),
  ...Object.values(SHOPS_CREDIT),
  ...BY_OTHER_NAMES,
];

/** A word by itself; an Arabic one with whatever is written together with it. */
function asPattern(word: string): RegExp {
  const said = bare(word);
  return /\p{Script=Arabic}/u.test(said)
    ? new RegExp(escaped(said.replace(/^ال/u, '')), 'u')
    : new RegExp(`(?<!\\p{L})${escaped(said)}s?(?!\\p{L})`, 'iu');
}

const WORD_PATTERNS = OWNERS_WORDS.map(asPattern);

/** Between the thousands; the last ones bind so that a figure behind them is never taken for a figure of its own. */
const BINDING = "\\u00A0\\u2009\\u202F٬'_";
const GAP = `[ ,.${BINDING}]?`;

/** An amount in every way that a program or a person writes it: grouped or not, with centimes or without, or in centimes. */
function spellings(amount: number): RegExp {
  const [whole, cents] = [String(Math.trunc(amount / 100)), amount % 100];
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, GAP);
  const decimals =
    cents === 0 ? '(?:[.,٫]0{1,2})?' : `(?:[.,٫]${String(cents).padStart(2, '0').replace(/0$/, '0?')})?`;
  const before = `(?<!\\d)(?<!\\d[.,٫${BINDING}])`;
  const after = `(?!\\d)(?![.,٫]\\d)(?![${BINDING}]\\d{3})`;
  return new RegExp(`${before}(?:${grouped}${decimals}|${amount})${after}`, 'u');
}

/** Less is said every day of something else. In centimes. */
const SMALLEST_FIGURE = 10_000;

function figures(secret: Secret, amounts: Iterable<number>, text: string): Found[] {
  return [...new Set(amounts)]
    .filter((amount) => amount >= SMALLEST_FIGURE)
    .flatMap((amount) => pieces(secret, spellings(amount), text));
}

function pieces(secret: Secret, pattern: RegExp, text: string): Found[] {
  const piece = pattern.exec(text)?.[0];
  return piece === undefined ? [] : [{ secret, piece }];
}

/** What somebody who is no owner must not read. */
export function foundInPrivate(said: string, { credit, costs }: Figures): Found[] {
  const text = bare(said);
  return [
    ...WORD_PATTERNS.flatMap((word) => pieces('owners’ word', word, text)),
    ...figures('shop’s credit', credit, text),
    ...figures('cost', costs, text),
  ];
}

/** What nobody but an owner may find behind a button, which a program other than Telegram's own can read; in a group no line either. */
export function foundBehindButton(data: string, { credit, costs, codes }: Figures, isGroup = false): Found[] {
  const words = new Set(data.split(':'));
  const among = (secret: Secret, secrets: Iterable<number | string>): Found[] =>
    [...secrets].map(String).flatMap((piece) => (words.has(piece) ? [{ secret, piece }] : []));
  const lines = isGroup ? [...words].filter((word) => isLine('ADSL', word) || isLine('4G', word)) : [];
  return [
    ...[...among('shop’s credit', credit), ...among('cost', costs), ...among('code', codes)],
    ...among('line', lines),
  ];
}

const SOME = dinars(1);
const A_LINE = line('036000001');
const QUOTE = {
  service: 'ADSL',
  line: A_LINE,
  value: SOME,
  price: SOME,
  balance: SOME,
  masked: false,
} as const;

/** "Balance", "You pay" and "Pay", in every language. */
const PRIVATE_LABELS = LANGUAGES.flatMap((language) => {
  const t = sentences(language);
  const pay = bare(t.buttons.pay(SOME))
    .replace(/[^\p{L}\s]|DA|دج/gu, '')
    .trim();
  return [labels(t.walletBalance(SOME, ZERO, ZERO))[0], labels(t.quote(QUOTE))[3], pay];
}).filter((label) => label !== undefined && label !== '');

const LABELLED = new RegExp(
  `(?<!\\p{L})(?:${PRIVATE_LABELS.map((label) => escaped(label ?? '')).join('|')})[^\\p{L}\\d\\n]{0,6}\\d`,
  'iu',
);

/** Sentences for everybody that show what a line looks like; their samples are nobody's. */
const WITH_SAMPLES = LANGUAGES.flatMap((language) => {
  const { askNumber, help } = sentences(language);
  const { served, servedAlready } = groupsSentences(language);
  return [askNumber('ADSL'), askNumber('4G'), help, served, servedAlready].map((one) => bare(plain(one)));
});

const MONEY =
  /((?:\d{1,3}(?:[ \u00A0\u2009\u202F.,٬'_]\d{3})+|\d+)(?:[.,٫]\d{1,2})?)[^\S\n]?(?:DA|DZD|دج)(?!\p{L})/giu;
const NUMBER = /\d(?:(?:[^\S\n]|[.\-/_])?\d){7,}/gu;
/** Longer ones are no order's number, date or amount. In digits. */
const LONGEST_NUMBER = 9;

/** Centimes of an amount that stands in a text; NaN for what is none. */
function amountIn(text: string): number {
  const [, whole = '', cents = ''] = /^(.*?)(?:[.,٫](\d{1,2}))?$/u.exec(text.trim()) ?? [];
  const digits = whole.replace(/[\s.,٬'_]/gu, '');
  return digits === '' ? NaN : Number(digits) * 100 + Number(cents.padEnd(2, '0'));
}

const isLineOrCode = (digits: string): boolean =>
  guessLine(digits).kind !== 'no-line' || digits.length > LONGEST_NUMBER;

/** What nobody may read where several do. */
export function foundInGroup(said: string, known: Figures): Found[] {
  const text = WITH_SAMPLES.reduce((left, sample) => left.replaceAll(sample, ''), bare(said));
  const packed = text.replace(/[\s.\-]/gu, '');
  const values = new Set(known.values);
  return [
    ...foundInPrivate(text, known),
    ...[...known.codes]
      .filter((code) => packed.includes(code.replace(/[\s.\-]/gu, '')))
      .map((piece) => ({
        secret: 'code' as const,
        piece,
      })),
    ...[...text.matchAll(NUMBER)]
      .filter(([number]) => isLineOrCode(digitsOf(number) ?? number))
      .map(([piece]) => ({ secret: 'line' as const, piece })),
    ...[...text.matchAll(MONEY)]
      .filter(([, amount = '']) => !values.has(amountIn(amount)))
      .map(([piece]) => ({ secret: 'money' as const, piece })),
    ...pieces('balance or price', LABELLED, text),
  ];
}
