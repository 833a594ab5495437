// What is said about people, in three languages: complete, within Telegram's limits, and readable from right to left.

import { describe, expect, it } from 'vitest';
import { centimes, dinars } from '../../src/domain/money.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { nameOf, plainName, ruleText, type PersonFacts } from '../../src/i18n/people/facts.ts';
import { peopleSentences } from '../../src/i18n/people/index.ts';
import type { PeopleSentences } from '../../src/i18n/people/en.ts';
import type { Rich } from '../../src/i18n/rich.ts';
import { NOW } from '../domain/an-order.ts';
import { leaves } from './every-sentence.ts';

const MONEY = dinars(99_999_999);
const NADIA = { id: 123_456_789, name: 'نادية Nadia', username: 'nadia' };
const FACTS: readonly PersonFacts[] = (['agent', 'customer', null] as const).flatMap((role) =>
  (['asking', 'refused', 'removed'] as const).flatMap((outside) =>
    [true, false].map((frozen) => ({
      ...{
        ...NADIA,
        role,
        outside,
        frozen,
        balance: MONEY,
        held: frozen ? MONEY : dinars(0),
        ceiling: MONEY,
      },
      rule: frozen ? ({ kind: 'percent', hundredths: -250 } as const) : null,
    })),
  ),
);
const ROLES = ['agent', 'customer'] as const;
const TABS = [...ROLES, 'outside'] as const;
const LINK = 'https://t.me/recharge_counter_bot?start=i-abcdefghijklmnopqrstuv';

/** The sentences that need facts, with all the facts they need. */
const withFacts = (t: PeopleSentences): Readonly<Record<string, readonly (string | Rich)[]>> => ({
  'buttons.tab': TABS.map((tab) => t.buttons.tab(tab, 12)),
  'buttons.person': [t.buttons.person(NADIA, MONEY, true), t.buttons.person(NADIA, centimes(-50_000), false)],
  'door.refused': [t.door.refused(NADIA.id, NOW)],
  'door.full': [t.door.full(NADIA.id)],
  moreAsk: [t.moreAsk(1), t.moreAsk(190)],
  'told.customer': [t.told.customer(true), t.told.customer(false)],
  'told.ceiling': [t.told.ceiling(MONEY), t.told.ceiling(dinars(0))],
  asks: [t.asks(NADIA), t.asks({ ...NADIA, username: null })],
  answered: ([...ROLES, 'refused'] as const).flatMap((answer) => [
    t.answered(NADIA, answer, nameOf(NADIA)),
    t.answered(NADIA, answer, null),
  ]),
  joined: ROLES.map((role) => t.joined(NADIA, role)),
  cameByLink: ROLES.map((role) => t.cameByLink(NADIA, role)),
  link: ROLES.map((role) => t.link(role, LINK, NOW)),
  picture: ROLES.map((role) => t.picture(role, NOW)),
  listTitle: TABS.map((tab) => t.listTitle(tab, 12)),
  page: [t.page(1, 2)],
  found: [t.found(2, 2), t.found(8, 20)],
  card: FACTS.map(t.card),
  removeSure: FACTS.flatMap((facts) => [t.removeSure(facts, 0), t.removeSure(facts, 2)]),
  ceilingAsk: [t.ceilingAsk(NADIA, MONEY)],
});

interface Said {
  readonly key: string;
  readonly text: string;
}

const isRich = (value: unknown): value is Rich =>
  typeof value === 'object' && value !== null && 'text' in value && 'entities' in value;

const textOf = (sentence: string | Rich): string => (typeof sentence === 'string' ? sentence : sentence.text);

function everythingSaid(t: PeopleSentences): Said[] {
  const facts = withFacts(t);
  return leaves(t).flatMap(([key, leaf]) => {
    if (typeof leaf === 'string' || isRich(leaf)) return [{ key, text: textOf(leaf) }];
    const all = facts[key];
    if (all === undefined) throw new Error(`the sentence ${key} is not tried out`);
    return all.map((sentence) => ({ key, text: textOf(sentence) }));
  });
}

const breaking = (all: readonly Said[], rule: (text: string) => boolean): string[] =>
  all.filter(({ text }) => !rule(text)).map(({ key, text }) => `${key}: ${text}`);
const isLabel = ({ key }: Said): boolean => key.startsWith('buttons.');
const linesOf = (all: readonly Said[]): Said[] =>
  all.flatMap(({ key, text }) => text.split('\n').map((line) => ({ key, text: line })));

describe.each(LANGUAGES)('in %s', (language) => {
  const all = everythingSaid(peopleSentences(language));

  it('nothing is empty, unfilled or shouted, and no technical word is used', () => {
    expect(breaking(all, (text) => text.trim() === text && text !== '')).toEqual([]);
    expect(breaking(all, (text) => !/undefined|null|NaN|\[object|\$\{|!| {2}|\n\n/.test(text))).toEqual([]);
    const technical =
      /\b(API|HTTP|timeout|references?|référence|status|statut|server|serveur|token)\b|مرجع|خادم/i;
    expect(breaking(all, (text) => !technical.test(text))).toEqual([]);
  });

  it('everything fits where Telegram shows it', () => {
    expect(breaking(all.filter(isLabel), (text) => text.length <= 64)).toEqual([]);
    const toasts = all.filter(({ key }) => key.startsWith('no.') || key.startsWith('join.'));
    expect(breaking(toasts, (text) => text.length <= 200)).toEqual([]);
    expect(
      breaking(
        all.filter(({ key }) => key === 'picture'),
        (text) => text.length <= 900,
      ),
    ).toEqual([]);
  });

  it('a line has one emoji at the most, and only those of a state', () => {
    const emoji = /[\p{Extended_Pictographic}]\uFE0F?/gu;
    const found = linesOf(all).map(({ text }) => text.match(emoji) ?? []);
    expect(found.every((one) => one.length <= 1)).toBe(true);
    expect([...new Set(found.flat())].toSorted()).toEqual(['⚠️', '⛔', '✅'].toSorted());
  });

  it('digits are Western', () => {
    expect(breaking(all, (text) => !/[٠-٩۰-۹]/.test(text))).toEqual([]);
  });

  it('isolates are opened and closed in pairs', () => {
    const rest = (text: string): string => text.replace(/\u2068[^\u2068\u2069]*\u2069/gu, '');
    expect(breaking(all, (text) => !/[\u2068\u2069]/.test(rest(text)))).toEqual([]);
  });
});

describe('in Arabic', () => {
  const all = linesOf(everythingSaid(peopleSentences('ar')).filter((one) => !isLabel(one)));
  const bare = all.map(({ key, text }) => ({
    key,
    text: text.replace(/\u2068[^\u2068\u2069]*\u2069/gu, ''),
  }));

  it('each line starts with an Arabic word, after its emoji', () => {
    const starts = /^(?:\p{Extended_Pictographic}\uFE0F? )?\p{Script=Arabic}/u;
    expect(breaking(all, (text) => starts.test(text))).toEqual([]);
  });

  it('a word of one letter stays on the line of what it belongs to', () => {
    expect(breaking(all, (text) => !/ـ[ \u2068]/u.test(text))).toEqual([]);
  });

  it('Latin names, commands, links and long numbers are isolated', () => {
    expect(breaking(bare, (text) => !/[A-Za-z/_@]|\d{5,}/.test(text))).toEqual([]);
  });

  it('the sign of an amount below zero stays before it', () => {
    const debt = FACTS.slice(0, 1).map((facts) => ({ ...facts, balance: centimes(-50_000) }));
    expect(debt.map((facts) => textOf(peopleSentences('ar').card(facts))).join()).toContain('\u200E-500');
  });
});

describe('a name', () => {
  it.each([
    ['Nadia', 'Nadia'],
    ['  Nadia\n\tB.  ', 'Nadia B.'],
    ['\u202Eevil\u2069', 'evil'],
    ['\u200F\u202E', '7'],
    ['', '7'],
    ['👩‍💻', '👩‍💻'],
    ['x'.repeat(70), 'x'.repeat(32)],
    ['😀'.repeat(40), '😀'.repeat(32)],
  ])('%j is written as %j', (name, written) => {
    expect(plainName({ id: 7, name })).toBe(written);
  });
});

it.each([
  ['en', { kind: 'percent', hundredths: -200 } as const, '-2%'],
  ['fr', { kind: 'fixed', amount: dinars(20) } as const, '+20\u00A0DA'],
  ['en', { kind: 'fixed', amount: dinars(0) } as const, undefined],
] as const)('a price of one’s own in %s: %j', (language, rule, written) => {
  expect(ruleText(language, rule)?.text).toBe(written);
});
