// What gives a secret away is found however it is written, and what people may read is not taken for it.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { deskSentences } from '../../src/i18n/desk/index.ts';
import { groupsSentences } from '../../src/i18n/groups/index.ts';
import { LANGUAGES, sentences } from '../../src/i18n/index.ts';
import type { CardFacts } from '../../src/i18n/orders/facts.ts';
import type { Rich } from '../../src/i18n/rich.ts';
import { line } from '../domain/an-order.ts';
import {
  foundBehindButton,
  foundInGroup,
  foundInPrivate,
  OWNERS_WORDS,
  SHOPS_CREDIT,
  type Figures,
} from './identify.ts';

const KNOWN: Figures = {
  credit: [dinars(998_530), 1_245_037],
  costs: [dinars(980), 48_735],
  values: [dinars(500), dinars(1000), dinars(2000)],
  codes: ['111122223333', 'AT-2026-12345'],
};

const plain = (sentence: Rich | string): string => (typeof sentence === 'string' ? sentence : sentence.text);
const secrets = (found: readonly { readonly secret: string }[]): string[] => [
  ...new Set(found.map(({ secret }) => secret)),
];

describe('to somebody who is no owner', () => {
  it.each(OWNERS_WORDS)('the owners’ word "%s" is found', (word) => {
    expect(secrets(foundInPrivate(`1 000 DA · ${word} · 12`, KNOWN))).toContain('owners’ word');
    expect(secrets(foundInPrivate(word.toUpperCase(), KNOWN))).toContain('owners’ word');
  });

  it.each(LANGUAGES)(
    'the words are those of the owners’ desk in %s, and of nothing that buyers read',
    (language) => {
      const { today, prices, threshold } = deskSentences(language);
      const day = { count: 1, value: dinars(1), revenue: dinars(1), cost: dinars(1), margin: dinars(1) };
      for (const said of [
        ...[today.money(day), prices.row(dinars(1), dinars(1), false), prices.belowCost(true)],
        ...[threshold.none, today.byRole('agent', day)],
      ])
        expect(secrets(foundInPrivate(plain(said), KNOWN)), plain(said)).toEqual(['owners’ word']);
      expect(plain(threshold.none)).toContain(SHOPS_CREDIT[language]);
      const t = sentences(language);
      for (const said of [t.help, t.welcome, t.away, t.short(dinars(1), dinars(2), dinars(3))])
        expect(foundInPrivate(plain(said), KNOWN)).toEqual([]);
    },
  );

  it.each([
    ...['998530', '998 530 DA', '998\u202F530\u00A0DA', '998,530', '998.530', '998530.00', '998٬530'],
    ...['٩٩٨٥٣٠', '٩٩٨\u202F٥٣٠\u00A0دج', '۹۹۸۵۳۰', '\u2066998 530\u2069', '99853000', 'rest:998530'],
    ...['12450.37', '12 450,37 DA', '12\u202F450,37', '1245037', 'about 12 450 DA'],
  ])('the shop’s credit is found in "%s"', (text) => {
    expect(secrets(foundInPrivate(text, KNOWN))).toEqual(['shop’s credit']);
  });

  it.each(['980', '980,00 DA', '٩٨٠ دج', '98000', '487.35', '487,35', '48735', '1 000 (980)'])(
    'a cost is found in "%s"',
    (text) => {
      expect(secrets(foundInPrivate(text, KNOWN))).toEqual(['cost']);
    },
  );

  it.each([
    ...['1\u202F998\u202F530', '9985301', '998\u202F530\u202F000', '998 531', '0998530'],
    ...['1\u202F980', '980,50', '9800', '12.980', '980\u202F000', 'costume', 'margarine', '487.36', '488'],
    ...['Balance: 12 451 DA', 'Card code: 111122223333', '036 36 26 08'],
  ])('nothing is found in "%s"', (text) => {
    expect(foundInPrivate(text, KNOWN)).toEqual([]);
  });
});

it('behind a button, figures and codes are found, and what looks like them is not', () => {
  expect(secrets(foundBehindButton('d:7:x:98000', KNOWN))).toEqual(['cost']);
  expect(secrets(foundBehindButton('d:7:x:99853000', KNOWN))).toEqual(['shop’s credit']);
  expect(secrets(foundBehindButton('d:7:x:111122223333', KNOWN))).toEqual(['code']);
  expect(foundBehindButton('d:98:x980:100000:980001', KNOWN)).toEqual([]);
  expect(secrets(foundBehindButton('b:7:f1:l:a:036362608', KNOWN, true))).toEqual(['line']);
  expect(foundBehindButton('b:7:f1:l:a:036362608', KNOWN)).toEqual([]);
  expect(foundBehindButton('d:7:gsee:ADSL:100000', KNOWN, true)).toEqual([]);
});

describe('in a group', () => {
  const QUOTE = {
    service: 'ADSL',
    line: line('036000001'),
    value: dinars(1000),
    price: dinars(1000),
  } as const;

  /** What a buyer reads in private, and which rule forbids it here. */
  const ofPrivateChats = LANGUAGES.flatMap((language): [string, string][] => {
    const t = sentences(language);
    const price = plain(t.quote({ ...QUOTE, balance: null, masked: false })).split('\n')[3] ?? '';
    return [
      [plain(t.walletBalance(dinars(1000), dinars(0), dinars(0))), 'balance or price'],
      [price, 'balance or price'],
      [t.buttons.pay(dinars(1000)), 'balance or price'],
      [plain(t.short(dinars(20), dinars(960), dinars(980))), 'money'],
    ];
  });

  const forbidden: readonly (readonly [text: string, secret: string])[] = [
    ...ofPrivateChats,
    ...['1111 2222 3333', '١١١١٢٢٢٢٣٣٣٣', 'AT-2026-12345'].map((text) => [text, 'code'] as const),
    ...['036362608', '036 36 26 08', '٠٣٦٣٦٢٦٠٨', '+213 36 36 26 08'].map((text) => [text, 'line'] as const),
    ...['0472731602', '213 472 73 16 02'].map((text) => [text, 'line'] as const),
    ...['980 DA', '12\u202F450\u00A0DA', '450 دج', '1 000,50 DA', '-1 001 DA'].map(
      (text) => [text, 'money'] as const,
    ),
    ...[['cost 12', 'owners’ word'] as const, ['998 530', 'shop’s credit'] as const],
  ];
  it.each(forbidden)('"%s" is found: %s', (text, secret) => {
    expect(secrets(foundInGroup(text, KNOWN))).toContain(secret);
  });

  it.each(LANGUAGES)('what the bot says there in %s is no leak', (language) => {
    const [t, groups] = [sentences(language), groupsSentences(language)];
    const card: CardFacts = {
      ...{ ...QUOTE, no: 1042, line: line('036362608'), price: dinars(980) },
      ...{ at: Date.UTC(2026, 10, 21, 18, 42), masked: true, buyerName: 'Karim' },
    };
    const proof = { code: null, hasCode: true, transactionNo: null, at: card.at, private: false };
    for (const said of [
      ...[t.askNumber('ADSL'), t.askNumber('4G'), t.help, groups.served, groups.servedAlready],
      ...[t.sending(card), t.inProgress(card), t.delivered(card, proof), t.refunded(card, null)],
      ...[t.quote({ ...card, balance: null }), t.shortInGroup, t.balanceInGroup, t.priceChangedInGroup],
      ...[t.twin(1042, card.at), t.historyLine(card, '✅'), t.buttons.confirm(dinars(1000))],
    ])
      expect(foundInGroup(plain(said), KNOWN), plain(said)).toEqual([]);
  });

  it.each([
    'no. 1042\n500 DA',
    '1 000 DA\n21 Nov 2026, 19:42',
    '1042 · 036 •• •• 08 · 500 DA',
    'order-104211',
  ])('nothing is found in "%s"', (text) => {
    expect(foundInGroup(text, KNOWN)).toEqual([]);
  });
});
