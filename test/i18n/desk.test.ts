// The owners' desk says the same in three languages, within Telegram's limits, and reads well from right to left.

import { describe, expect, it } from 'vitest';
import type { AuditNote } from '../../src/domain/audit-note.ts';
import type { DaySums, Sums } from '../../src/domain/report.ts';
import { centimes, dinars } from '../../src/domain/money.ts';
import type { Language, Order } from '../../src/domain/order.ts';
import { FACE_VALUE, type PriceRule } from '../../src/domain/pricing.ts';
import { deskSentences } from '../../src/i18n/desk/index.ts';
import type { Incident } from '../../src/i18n/desk/facts.ts';
import { arWords } from '../../src/i18n/desk/words/ar.ts';
import type { Words } from '../../src/i18n/desk/words/contract.ts';
import { enWords } from '../../src/i18n/desk/words/en.ts';
import { frWords } from '../../src/i18n/desk/words/fr.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { lines, type Rich } from '../../src/i18n/rich.ts';
import { anOrder, line, NOW, STATE_NAMES } from '../domain/an-order.ts';
import { leaves } from './every-sentence.ts';

const WORDS: Record<Language, Words> = { ar: arWords, en: enWords, fr: frWords };
const MONEY = dinars(99_999_999);
const LOSS = centimes(-1_050);
const RULES: readonly PriceRule[] = [
  FACE_VALUE,
  { kind: 'percent', hundredths: -250 },
  { kind: 'fixed', amount: dinars(30) },
];
const ORDER: Order = anOrder({ no: 123_456_789 }, { buyerName: 'نادية Nadia', price: dinars(990) });
const SUMS: Sums = { count: 12, value: MONEY, revenue: MONEY, cost: MONEY, margin: LOSS };
const OPEN: DaySums['open'] = { count: 12, held: MONEY };
const SOLD = { price: MONEY, margin: dinars(20), sold: true };
const UNSOLD = { price: MONEY, margin: LOSS, sold: false };
const INCIDENTS: readonly Incident[] = [
  { kind: 'access-back' },
  { kind: 'provider-down', since: NOW },
  { kind: 'provider-back', since: NOW },
  { kind: 'credit-low', credit: MONEY, threshold: MONEY },
  { kind: 'credit-back', credit: MONEY, threshold: MONEY },
  { kind: 'shop-back', credit: MONEY },
  { kind: 'unsold', terms: { role: 'agent', own: null, rule: FACE_VALUE } },
  { kind: 'unsold', terms: { role: 'customer', own: { id: 20, name: 'نادية Nadia' }, rule: FACE_VALUE } },
];

const NOTES: readonly AuditNote[] = [
  ...[true, false].map((asked) => ({ kind: 'amount', amount: LOSS, asked }) as const),
  { kind: 'ceiling', from: dinars(0), to: MONEY },
  ...([null, 'agent', 'customer'] as const).flatMap((from) =>
    ([null, 'agent', 'customer'] as const).map((to) => ({ kind: 'role', from, to }) as const),
  ),
  { kind: 'turned-away' },
  { kind: 'link', role: 'customer' },
  { kind: 'came-in', role: 'agent', by: 7 },
  { kind: 'came-in', role: 'customer', by: null },
  ...[null, ...RULES].map((rule) => ({ kind: 'price', role: null, rule, belowCost: true }) as const),
  { kind: 'price', role: 'agent', rule: FACE_VALUE, belowCost: false },
  ...[true, false].map((allowed) => ({ kind: 'below-cost', allowed }) as const),
  { kind: 'threshold', amount: null },
  { kind: 'threshold', amount: MONEY },
  { kind: 'in-group' },
  { kind: 'outcome', outcome: 'fulfilled' },
];

const isKey = <T extends object>(of: T, key: string): key is Extract<keyof T, string> => key in of;
const keys = <T extends object>(of: T): Extract<keyof T, string>[] =>
  Object.keys(of).filter((key) => isKey(of, key));

/** Everything that is said in messages, with facts that cover its branches. */
function messages(language: Language): Rich[] {
  const t = deskSentences(language);
  const w = WORDS[language];
  const { prices: p, pause, threshold, orders: o, story: s, verdict, today, audit } = t;
  const person = { name: 'Karim', role: 'agent', ofRole: FACE_VALUE } as const;
  const calls = keys(w.calls).flatMap((call) =>
    keys(w.came).flatMap((came) => [
      s.call(NOW, NOW, 1, call, came, 'req-1'),
      s.call(NOW, NOW, 12, call, came, null),
    ]),
  );
  const all = [
    ...[p.title, p.service('ADSL'), p.service('4G'), p.nothing, p.away, p.examples, p.wrong, p.sureLoss],
    ...[p.row(MONEY, MONEY, true), p.row(MONEY, MONEY, false), p.roles(SOLD, UNSOLD), p.one(MONEY, UNSOLD)],
    ...[p.one(MONEY, SOLD), p.belowCost(true), p.belowCost(false), p.askRole('agent'), p.noSuchPerson],
    ...RULES.flatMap((rule) => [p.rules(rule, rule), p.person({ ...person, own: rule, belowCost: true })]),
    ...[p.person({ ...person, own: null, belowCost: false }), p.askPerson('Karim')],
    ...[pause.paused(''), pause.paused('retour à 14 h'), pause.tooLong(250), pause.resumed, pause.notPaused],
    ...[pause.pausedBy('Karim', ''), pause.pausedBy('نادية', 'retour à 14 h'), pause.resumedBy('Karim')],
    ...[threshold.set(MONEY), threshold.none, threshold.usage, ...keys(w.amountFaults).map(threshold.wrong)],
    ...(['all', 'open', 'today'] as const).map(o.title),
    ...STATE_NAMES.map((state) => o.title({ state })),
    ...[o.whichState, o.row(ORDER, '⏳', false)],
    ...[o.title({ line: line('036362608') }), o.title({ person: 'Karim' }), o.row(ORDER, '⏳', true), o.none],
    ...[o.which, o.notUnderstood, o.usage, o.noSuch, s.head(ORDER, '⏳'), s.provider('T1'), s.day(NOW)],
    ...[s.transaction('AT-2026-12345'), s.left(12), ...calls],
    ...STATE_NAMES.flatMap((name) => [
      s.state(NOW, name, null, null),
      s.state(NOW, name, 'Karim', null),
      s.state(NOW, name, 'Karim', 'seen'),
    ]),
    s.proving,
    ...keys(w.entries).map((kind) => s.entry(NOW, kind, MONEY)),
    ...[verdict.why(verdict.noReason), verdict.noReason, verdict.reason('seen in the dashboard')],
    ...[today.title(NOW), today.sold(SUMS), today.money(SUMS), today.returned(12), today.open(OPEN)],
    ...[today.paused(NOW), ...keys(w.roles).map((role) => today.byRole(role, SUMS))],
    ...[audit.title, audit.none, audit.file(12), audit.fileFailed],
    ...keys(w.what).flatMap((what) => [
      audit.line({ at: NOW, what, who: 'Karim', about: '1042', note: '', why: 'seen' }),
      audit.line({ at: NOW, what, who: 'نادية', about: '', note: '', why: '' }),
    ]),
    ...NOTES.map((note) =>
      audit.line({
        ...{ at: NOW, what: 'role', who: 'Karim', about: '', why: '' },
        note: audit.note(note, () => 'Salim'),
      }),
    ),
    ...INCIDENTS.map(t.incident),
    t.watched.late(123_456_789, NOW),
    ...(['fulfilled', 'refunded', 'rejected'] as const).flatMap((end) => [
      t.watched.over(123_456_789, end, null),
      t.watched.over(123_456_789, end, 'Karim'),
    ]),
  ];
  return all.map((one) => lines(one));
}

const breaking = (all: readonly Rich[], rule: (text: string) => boolean): string[] =>
  all.map(({ text }) => text).filter((text) => !rule(text));

it('every language has the same sentences', () => {
  const named = LANGUAGES.map((language) =>
    leaves(deskSentences(language))
      .map(([key]) => key)
      .toSorted(),
  );
  expect(named[1]).toEqual(named[0]);
  expect(named[2]).toEqual(named[0]);
});

describe.each(LANGUAGES)('in %s', (language) => {
  const all = messages(language);
  const { buttons: b, sheet, privateOnly, asking, notAskedNow } = deskSentences(language);

  it('nothing is empty, cut or unfilled, nobody is shouted at', () => {
    expect(breaking(all, (text) => text.trim() === text && text !== '')).toEqual([]);
    expect(breaking(all, (text) => !/undefined|null|NaN|\[object|\$\{|!| {2}|\n\n/.test(text))).toEqual([]);
    expect(breaking(all, (text) => !/\b(API|HTTP|timeout|error code|status)\b/.test(text))).toEqual([]);
  });

  it('labels and toasts fit', () => {
    const labels = [
      ...[b.ruleOf('agent'), b.ruleOf('customer'), b.allowLoss, b.forbidLoss, b.sureLoss, b.setOwn],
      ...[
        b.clearOwn,
        b.back,
        b.cancel,
        ...Object.values(b.lists),
        b.byState,
        b.older,
        b.newest,
        b.askNow,
        b.toOrders,
      ],
      ...[b.file, b.story, ...STATE_NAMES.map(b.state)],
    ];
    expect(labels.filter((label) => label.length > 40)).toEqual([]);
    expect([privateOnly, asking, notAskedNow].filter((toast) => toast.length > 200)).toEqual([]);
    expect(sheet.columns).toHaveLength(7);
  });

  it('entities lie on something, and a line has one emoji at the most', () => {
    for (const { text, entities } of all)
      for (const { offset, length } of entities) {
        expect(length).toBeGreaterThan(0);
        expect(offset + length).toBeLessThanOrEqual(text.length);
      }
    const emoji = /\p{Extended_Pictographic}\uFE0F?/gu;
    const each = all.flatMap(({ text }) => text.split('\n'));
    expect(each.filter((one) => (one.match(emoji) ?? []).length > 1)).toEqual([]);
  });

  it('digits are Western, and isolates are paired', () => {
    expect(breaking(all, (text) => !/[٠-٩۰-۹]/.test(text))).toEqual([]);
    const left = (text: string): string => text.replace(/\u2068[^\u2068\u2069]*\u2069/gu, '');
    expect(breaking(all, (text) => !/[\u2068\u2069]/.test(left(text)))).toEqual([]);
  });
});

describe('in Arabic', () => {
  const each = messages('ar').flatMap(({ text }) => text.split('\n'));
  const bare = each.map((text) => text.replace(/\u2068[^\u2068\u2069]*\u2069/gu, ''));

  it('each line starts with an Arabic word, after its emoji', () => {
    const starts = /^(?:\p{Extended_Pictographic}\uFE0F? )?\p{Script=Arabic}/u;
    expect(each.filter((text) => !starts.test(text))).toEqual([]);
  });

  it('a word of one letter stays on the line of what it belongs to', () => {
    expect(each.filter((text) => /ـ[ \u2068]/u.test(text))).toEqual([]);
  });

  it('Latin names, commands, signs, line numbers and codes are isolated', () => {
    expect(bare.filter((text) => /[A-Za-z/_%]|[+-]\d/.test(text))).toEqual([]);
    expect(bare.filter((text) => /\d[ •]+\d|•|\d{5,}/.test(text.replace(/\u202F/gu, '.')))).toEqual([]);
  });

  it('an order is named by an isolated number', () => {
    const numbered = each.filter((text) => text.includes('123456789'));
    expect(numbered.length).toBeGreaterThan(3);
    expect(numbered.filter((text) => !/\u2068(\/order )?123456789\u2069/.test(text))).toEqual([]);
  });
});
