// The three catalogues say the same things, within Telegram's limits and in the words of the trade.

import { describe, expect, it } from 'vitest';
import { LANGUAGES, languageOf, sentences } from '../../src/i18n/index.ts';
import { everythingSaid, leaves, type Said } from './every-sentence.ts';

const ALL = LANGUAGES.map((language) => ({ language, all: everythingSaid(language) }));
const tell = ({ key, text }: Said): string => `${key}: ${text}`;

/** The sentences that break a rule, for the message of a failing test. */
const breaking = (all: readonly Said[], rule: (said: Said) => boolean): string[] =>
  all.filter((one) => !rule(one)).map(tell);

it('every language has the same sentences', () => {
  const keys = LANGUAGES.map((language) =>
    leaves(sentences(language))
      .map(([key]) => key)
      .toSorted(),
  );
  expect(keys[1]).toEqual(keys[0]);
  expect(keys[2]).toEqual(keys[0]);
  expect(keys[0]?.length).toBeGreaterThan(100);
});

/** Words for people who run the shop: commands, alerts. Buyers never see them. */
const isForBuyers = ({ key }: Said): boolean => !key.startsWith('alerts.');
const isLabel = ({ key }: Said): boolean =>
  key.startsWith('buttons.') || key === 'languageName' || key === 'replyHere';
const isToast = ({ key }: Said): boolean => ['staleButton', 'notYours', 'oops'].includes(key);

describe.each(ALL)('in $language', ({ language, all }) => {
  it('nothing is empty, cut or unfilled', () => {
    expect(breaking(all, ({ text }) => text.trim() === text && text !== '')).toEqual([]);
    expect(breaking(all, ({ text }) => !/undefined|null|NaN|\[object|\$\{/.test(text))).toEqual([]);
    expect(breaking(all, ({ text }) => !/ {2}|\n\n| \n|\.\./.test(text))).toEqual([]);
  });

  it('everything fits where Telegram shows it', () => {
    expect(breaking(all, ({ text }) => text.length <= 4096)).toEqual([]);
    expect(breaking(all.filter(isToast), ({ text }) => text.length <= 200)).toEqual([]);
    expect(breaking(all.filter(isLabel), ({ text }) => text.length <= 64)).toEqual([]);
    const commands = all.filter(({ key }) => key.startsWith('commands.'));
    expect(commands).not.toEqual([]);
    expect(breaking(commands, ({ text }) => text.length <= 256)).toEqual([]);
  });

  it('every entity lies inside its text and on something', () => {
    expect(
      breaking(all, ({ text, entities }) =>
        entities.every(({ offset, length }) => offset >= 0 && length > 0 && offset + length <= text.length),
      ),
    ).toEqual([]);
  });

  it('labels, menus and toasts carry no entities', () => {
    const plain = all.filter((one) => isLabel(one) || one.key.startsWith('commands.'));
    expect(plain.every(({ entities }) => entities.length === 0)).toBe(true);
  });

  it('nobody is shouted at, and no technical word reaches a buyer', () => {
    expect(breaking(all, ({ text }) => !text.includes('!'))).toEqual([]);
    const technical =
      /\b(API|HTTP|timeout|references?|référence|error code|code d.erreur|status|statut|server|serveur|token|null)\b|مرجع|خادم/i;
    const buyers = all.filter(isForBuyers).filter(({ key }) => key !== 'statusUsage');
    expect(breaking(buyers, ({ text }) => !technical.test(text.replace(/\/\w+/g, '')))).toEqual([]);
  });

  it('a line has one emoji at the most, and only those of a state', () => {
    const emoji = /[\p{Extended_Pictographic}]\uFE0F?/gu;
    const lines = all.flatMap(({ key, text }) =>
      text.split('\n').map((text) => ({ key, text, entities: [] })),
    );
    expect(breaking(lines, ({ text }) => (text.match(emoji) ?? []).length <= 1)).toEqual([]);
    const known = new Set(['⏳', '✅', '↩️', '🕒', '🔎', '⚠️', '⛔']);
    expect(breaking(all, ({ text }) => (text.match(emoji) ?? []).every((one) => known.has(one)))).toEqual([]);
  });

  it('money is written as people here write it', () => {
    const currency = language === 'ar' ? 'دج' : 'DA';
    const amounts = all.flatMap(({ text }) => text.match(/99[\s,.]?999[\s,.]?999.{3}/gu) ?? []);
    expect(new Set(amounts)).toEqual(new Set([`99\u202F999\u202F999\u00A0${currency}`]));
  });

  it('digits are Western everywhere', () => {
    expect(breaking(all, ({ text }) => !/[٠-٩۰-۹]/.test(text))).toEqual([]);
  });

  it('bad news names what happened to the money', () => {
    const ends = all.filter(({ key }) => ['refunded', 'rejected', 'announce.refunded'].includes(key));
    const back = { ar: /أُعيد/, fr: /revenus sur votre solde|rendu/, en: /is back/ }[language];
    expect(breaking(ends, ({ text }) => back.test(text.split('\n')[0] ?? ''))).toEqual([]);
  });

  it('others who read along see no balance, price, code or whole number', () => {
    const t = sentences(language);
    const masked = all.filter(({ text }) => text.includes('••'));
    expect(masked.length).toBeGreaterThan(5);
    expect(breaking(masked, ({ text }) => !/036 36 26 08|1111222233334444|AT-2026/.test(text))).toEqual([]);
    // The value is what the line gets; it is the one amount that a group sees.
    expect(breaking(masked, ({ text }) => (text.match(/99\u202F999\u202F999/gu) ?? []).length <= 1)).toEqual(
      [],
    );
    expect(t.shortInGroup).not.toMatch(/\d/);
    expect(t.priceChangedInGroup).not.toMatch(/\d/);
  });
});

describe('in Arabic', () => {
  const all = everythingSaid('ar').filter((one) => !isLabel(one));
  const lines = all.flatMap(({ key, text }) => text.split('\n').map((text) => ({ key, text, entities: [] })));
  const ISOLATE = /\u2068[^\u2068\u2069]*\u2069/gu;

  it('each line starts with an Arabic word, after its emoji', () => {
    const starts = /^(?:\p{Extended_Pictographic}\uFE0F? )?\p{Script=Arabic}/u;
    expect(breaking(lines, ({ text }) => starts.test(text))).toEqual([]);
  });

  it('isolates are opened and closed in pairs', () => {
    expect(breaking(all, ({ text }) => !/[\u2068\u2069]/.test(text.replace(ISOLATE, '')))).toEqual([]);
  });

  it('Latin names, commands, line numbers and codes are isolated', () => {
    const bare = lines
      .filter(({ key }) => key !== 'languageAsk' && key !== 'commands.language')
      .map((one) => ({ ...one, text: one.text.replace(ISOLATE, '') }));
    expect(breaking(bare, ({ text }) => !/[A-Za-z/_]/.test(text))).toEqual([]);
    expect(breaking(bare, ({ text }) => !/\d[ •]+\d|•|\d{5,}/.test(text))).toEqual([]);
  });

  it('a word of one letter stays on the line of what it belongs to', () => {
    expect(breaking(all, ({ text }) => !/ـ[ \u2068]/u.test(text))).toEqual([]);
  });

  it('an order is named by an isolated number', () => {
    const numbered = all.filter(({ text }) => text.includes('123456789'));
    expect(numbered.length).toBeGreaterThan(10);
    expect(breaking(numbered, ({ text }) => text.includes('\u2068123456789\u2069'))).toEqual([]);
  });
});

it.each([
  ['ar', 'ar'],
  ['ar-EG', 'ar'],
  ['fr', 'fr'],
  ['fr_FR', 'fr'],
  ['EN', 'en'],
  ['de', undefined],
  ['kab', undefined],
  ['arz', undefined],
  ['', undefined],
  [undefined, undefined],
])('a client in %s is spoken to in %s', (code, language) => {
  expect(languageOf(code)).toBe(language);
});
