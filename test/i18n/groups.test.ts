// What is said in groups and about them: the same in three languages, within Telegram's limits, in the words of the trade.

import { describe, expect, it } from 'vitest';
import { groupsSentences } from '../../src/i18n/groups/index.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import type { Rich } from '../../src/i18n/rich.ts';
import { dinars } from '../../src/domain/money.ts';
import type { Language } from '../../src/domain/order.ts';
import { NOW } from '../domain/an-order.ts';

const TITLE = 'Counter Béjaïa';
const TOASTS = [
  ...['notServedHere', 'oneMoment', 'showsNoCode', 'codeLater', 'codeInPrivate', 'code', 'figures'],
  'forPrivateChat',
];

interface Said {
  readonly key: string;
  readonly text: string;
}

const textOf = (sentence: string | Rich): string => (typeof sentence === 'string' ? sentence : sentence.text);

/** Every sentence, those with facts as they may be said. */
function everything(language: Language): readonly Said[] {
  const { buttons, code, figures, group, groupLapsed, sure, revoked, nowServed, putOut, ...plain } =
    groupsSentences(language);
  const { revoke, ...labels } = buttons;
  const sentences: Readonly<Record<string, string | Rich>> = {
    ...plain,
    ...Object.fromEntries(Object.entries(labels).map(([key, label]) => [`buttons.${key}`, label])),
    'buttons.revoke': revoke(TITLE),
    code: code(123_456_789, '1111222233334444', 'AT-2026-12345'),
    figures: figures(dinars(1_000_000.5), dinars(12_345_678.5)),
    group: group(TITLE, NOW),
    groupLapsed: groupLapsed(TITLE),
    sure: sure(TITLE),
    revoked: revoked(TITLE),
    nowServed: nowServed(TITLE),
    putOut: putOut(TITLE),
  };
  return Object.entries(sentences).map(([key, sentence]) => ({ key, text: textOf(sentence) }));
}

const breaking = (all: readonly Said[], rule: (said: Said) => boolean): string[] =>
  all.filter((one) => !rule(one)).map(({ key, text }) => `${key}: ${text}`);

const linesOf = (all: readonly Said[]): readonly Said[] =>
  all.flatMap(({ key, text }) => text.split('\n').map((line) => ({ key, text: line })));

describe.each(LANGUAGES)('in %s', (language) => {
  const all = everything(language);

  it('nothing is empty, shouted, or in technical words', () => {
    expect(all.length).toBeGreaterThan(25);
    const technical =
      /\b(API|HTTP|timeout|error|erreur|status|statut|server|serveur|token|null|undefined)\b/i;
    expect(breaking(all, ({ text }) => text !== '' && text.trim() === text)).toEqual([]);
    expect(breaking(all, ({ text }) => !text.includes('!') && !technical.test(text))).toEqual([]);
    expect(breaking(all, ({ text }) => !/[٠-٩۰-۹]/.test(text))).toEqual([]);
  });

  it('labels, toasts and alerts fit where they are shown', () => {
    const labels = all.filter(({ key }) => key.startsWith('buttons.'));
    expect(breaking(labels, ({ text }) => text.length <= 64)).toEqual([]);
    const toasts = all.filter(({ key }) => TOASTS.includes(key));
    expect(toasts).toHaveLength(TOASTS.length);
    expect(breaking(toasts, ({ text }) => text.length <= 200)).toEqual([]);
  });

  it('a line has one emoji at the most, and only those of a state', () => {
    const emoji = /[\p{Extended_Pictographic}]\uFE0F?/gu;
    const known = new Set(['⏳', '⚠️', '⛔']);
    const found = linesOf(all).map((one) => ({ ...one, found: one.text.match(emoji) ?? [] }));
    expect(found.filter((one) => one.found.length > 1)).toEqual([]);
    expect(found.flatMap((one) => one.found).filter((one) => !known.has(one))).toEqual([]);
  });
});

describe('in Arabic', () => {
  const all = everything('ar');
  const lines = linesOf(all);
  const ISOLATE = /\u2068[^\u2068\u2069]*\u2069/gu;

  it('each line starts with an Arabic word, after its emoji', () => {
    const starts = /^(?:\p{Extended_Pictographic}\uFE0F? )?\p{Script=Arabic}/u;
    expect(breaking(lines, ({ text }) => starts.test(text))).toEqual([]);
  });

  it('isolates are paired, and Latin names, commands and long numbers stand in them', () => {
    const bare = lines.map((one) => ({ ...one, text: one.text.replace(ISOLATE, '') }));
    expect(breaking(bare, ({ text }) => !/[\u2068\u2069]/.test(text))).toEqual([]);
    expect(breaking(bare, ({ text }) => !/[A-Za-z/_]|\d{5,}/.test(text))).toEqual([]);
  });
});
