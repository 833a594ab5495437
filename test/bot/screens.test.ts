// The prompts of a purchase as a person sees them, in private and where others read along.

import { describe, expect, it } from 'vitest';
import { noteText, type Note } from '../../src/bot/notes.ts';
import {
  awayScreen,
  confirmScreen,
  numberScreen,
  serviceScreen,
  valueScreen,
  type Asked,
} from '../../src/bot/screens.ts';
import type { View } from '../../src/bot/view.ts';
import { centimes, dinars } from '../../src/domain/money.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { line, NOW, ref } from '../domain/an-order.ts';
import { labelsOf, pressesOf, textOf } from './read-view.ts';

const ASKED: Asked = { language: 'en', owner: 7, flow: 'f1', inGroup: false };
const GROUP: Asked = { ...ASKED, inGroup: true };
const ADSL = line('036362608');
const OFFERS = [500, 1000, 2000].map((value) => ({ value: value * 100, price: value * 98 }));
const MARKED = '\u200E036 36 26 08\u200E';

const CONFIRM = {
  service: 'ADSL',
  line: ADSL,
  value: dinars(1000),
  price: dinars(980),
  balance: dinars(12_450),
  ref: ref('t0000001'),
  note: null,
} as const;

const NOTES: readonly Note[] = [
  { say: 'not-a-number' },
  { say: 'mobile' },
  { say: 'amount-not-offered' },
  { say: 'amount-gone' },
  { say: 'send-text' },
  { say: 'use-buttons' },
  { say: 'away' },
  { say: 'cannot-record' },
  { say: 'wrong-length', service: 'ADSL' },
  { say: 'not-a-line', service: '4G' },
  { say: 'looks-other', other: '4G', line: line('213472731602', '4G') },
  { say: 'cannot-check', text: '036362608' },
  { say: 'price-changed', price: dinars(985) },
  { say: 'short', missing: dinars(600), balance: dinars(380), price: dinars(980) },
  { say: 'twin', no: 1042, at: NOW },
  { say: 'twin-of-another' },
  { say: 'amount-not-sold' },
];

/** Text with plain spaces, for reading. */
const plain = (view: View): string => textOf(view).replace(/[\u00A0\u202F]/g, ' ');
const labels = (view: View): string[] => labelsOf(view).map((row) => row.replace(/[\u00A0\u202F]/g, ' '));

describe('step 1', () => {
  it('offers the services, the lines used lately, and a way out', () => {
    const recent = [
      { service: 'ADSL', line: ADSL },
      { service: '4G', line: line('213472731602', '4G') },
    ] as const;
    const view = serviceScreen(ASKED, { digits: null, recent, note: null });
    expect(plain(view)).toBe('What would you like to recharge?');
    expect(labels(view)).toEqual([
      '[ADSL / Fibre] [4G LTE]',
      `[${MARKED} · ADSL]`,
      '[\u200E213 472 73 16 02\u200E · 4G]',
      '[Cancel]',
    ]);
  });

  it('names the number that is in doubt', () => {
    expect(plain(serviceScreen(ASKED, { digits: '472731602', recent: [], note: null }))).toBe(
      '472731602: which service is this line?',
    );
  });
});

describe('step 2', () => {
  it('asks for the number of that service, with back and cancel', () => {
    const view = numberScreen(ASKED, { service: 'ADSL', note: null });
    expect(plain(view)).toContain('9 digits starting with 0');
    expect(labels(view)).toEqual(['[Back] [Cancel]']);
    expect(view.forceReply).toBe(true);
  });

  it.each<[Note, string]>([
    [{ say: 'looks-other', other: 'ADSL', line: ADSL }, `[ADSL / Fibre · ${MARKED}]`],
    [{ say: 'not-a-line', service: '4G' }, '[ADSL / Fibre]'],
    [{ say: 'cannot-check', text: '0472731602' }, '[Check again]'],
  ])('says what was wrong and offers the way on: %j', (note, offered) => {
    const view = numberScreen(ASKED, { service: '4G', note });
    expect(textOf(view)).toMatch(/^⚠️/);
    expect(labels(view)).toEqual([offered, '[Back] [Cancel]']);
  });
});

describe('step 3', () => {
  const facts = {
    service: 'ADSL',
    line: ADSL,
    offer: 'FTTc 10M',
    offers: OFFERS,
    note: null,
    fitting: false,
  } as const;

  it('shows the line, its offer, and each value with its price', () => {
    const view = valueScreen(ASKED, facts);
    expect(plain(view)).toBe(
      'Line found: 036 36 26 08\nOffer: FTTc 10M\nChoose the amount. In brackets: what you pay.',
    );
    expect(labels(view)).toEqual([
      '[500 DA (490 DA)] [1 000 DA (980 DA)]',
      '[2 000 DA (1 960 DA)]',
      '[Other number] [Cancel]',
    ]);
  });

  it('says each figure once where the price is the value', () => {
    const atFace = [500, 1000].map((value) => ({ value: value * 100, price: value * 100 }));
    const view = valueScreen(ASKED, { ...facts, offers: atFace });
    expect(labels(view)[0]).toBe('[500 DA] [1 000 DA]');
    expect(plain(view)).toMatch(/\nChoose the amount\.$/);
  });

  it('says truthfully why there is nothing to choose: no stock, or nothing that is sold', () => {
    expect(plain(valueScreen(ASKED, { ...facts, offers: [] }))).toContain('in stock right now');
    const nothing = { ...facts, offers: [], isUnsold: true, note: { say: 'amount-not-sold' } } as const;
    expect(plain(valueScreen(ASKED, nothing))).toBe(
      'Line found: 036 36 26 08\nOffer: FTTc 10M\n⚠️ These recharges are not sold at the moment. Nothing was taken. The shop has been told.',
    );
  });

  it('shows no price and no whole number where others read along', () => {
    const view = valueScreen(GROUP, facts);
    expect(plain(view)).toContain('036 •• •• 08');
    expect(labels(view).slice(0, 2)).toEqual(['[500 DA] [1 000 DA]', '[2 000 DA]']);
  });

  it('with nothing in stock says so and offers to check again', () => {
    const view = valueScreen(ASKED, { ...facts, offers: [] });
    expect(plain(view)).toContain('No ADSL / Fibre amount is in stock');
    expect(labels(view)).toEqual(['[Check again]', '[Other number] [Cancel]']);
  });

  it('after too little balance shows what fits', () => {
    const note: Note = { say: 'short', missing: dinars(380), balance: dinars(600), price: dinars(980) };
    const view = valueScreen(ASKED, { ...facts, offers: OFFERS.slice(0, 1), note, fitting: true });
    expect(plain(view)).toBe(
      '⚠️ You are 380 DA short: your balance is 600 DA, the price 980 DA.\nThese amounts fit:',
    );
  });

  it('after too little balance gives no figure away where others read along, buttons included', () => {
    const money = { missing: dinars(380), balance: dinars(600), price: dinars(980), value: dinars(1000) };
    const note: Note = { say: 'short', ...money };
    const view = valueScreen(GROUP, { ...facts, offers: OFFERS, note, fitting: false });
    expect(JSON.stringify({ ...view, aside: null })).not.toMatch(/380|38000|[^.]600|60000|980/);
    expect(labels(view)).toContain('[My price and balance]');
    expect(plain({ text: view.aside?.text ?? '' })).toBe(
      '⚠️ You are 380 DA short: your balance is 600 DA, the price 980 DA.',
    );
  });
});

describe('step 4', () => {
  it('shows service, number, value, price and the balance before and after', () => {
    const view = confirmScreen(ASKED, CONFIRM);
    expect(plain(view)).toBe(
      [
        'Check, then pay.',
        'ADSL · 036 36 26 08',
        'Recharge: 1 000 DA',
        'You pay: 980 DA',
        'Balance: 12 450 DA, then 11 470 DA',
      ].join('\n'),
    );
    expect(labels(view)).toEqual(['[✅ Pay 980 DA]', '[Other amount] [Other number]', '[Cancel]']);
  });

  it('has one green button, alone on its row; cancel is last', () => {
    const { rows = [] } = confirmScreen(ASKED, CONFIRM);
    expect(rows.map((row) => row.map((one) => ('style' in one ? one.style : undefined)))).toEqual([
      ['success'],
      [undefined, undefined],
      [undefined],
    ]);
    expect(pressesOf({ text: '', rows }).map((press) => press.kind === 'buy' && press.action)).toEqual([
      { do: 'pay', ref: 't0000001' },
      { do: 'other-amount' },
      { do: 'other-number' },
      { do: 'cancel' },
    ]);
  });

  it('after a twin asks for a second, explicit yes', () => {
    const view = confirmScreen(ASKED, { ...CONFIRM, note: { say: 'twin', no: 1042, at: NOW } });
    expect(labels(view)[0]).toBe('[Yes, pay 980 DA once more]');
    expect(pressesOf(view)[0]).toMatchObject({ action: { do: 'pay-again', ref: 't0000001' } });
  });

  it('after somebody else’s twin, or where others read along, names no order', () => {
    const words = '⚠️ The same recharge for this line was ordered a moment ago. Pay once more?\n';
    const another = confirmScreen(ASKED, { ...CONFIRM, note: { say: 'twin-of-another' } });
    expect(plain(another).startsWith(words)).toBe(true);
    expect(pressesOf(another)[0]).toMatchObject({ action: { do: 'pay-again', ref: 't0000001' } });
    const group = confirmScreen(GROUP, { ...CONFIRM, note: { say: 'twin', no: 1042, at: NOW } });
    expect(plain(group).startsWith(words)).toBe(true);
    expect(plain({ text: group.aside?.text ?? '' })).toMatch(/^⚠️ Order no\. 1042 .*\nYou pay: 980 DA/);
  });

  it('shows neither price nor balance nor the whole number where others read along', () => {
    for (const note of [null, { say: 'price-changed', price: centimes(98_500) } as const]) {
      const view = confirmScreen(GROUP, { ...CONFIRM, note });
      const all = `${plain(view)} ${labels(view).join(' ')}`;
      expect(all).not.toMatch(/980|985|12 450|036 36/);
      expect(labels(view)[0]).toBe('[✅ Recharge 1 000 DA]');
      expect(JSON.stringify(view.rows)).not.toMatch(/98000|98500|1245000/);
    }
  });

  it('there has price and balance beside it, and behind a button, for its buyer alone', () => {
    const { aside, rows = [] } = confirmScreen(GROUP, CONFIRM);
    expect(plain({ text: aside?.text ?? '' })).toBe('You pay: 980 DA\nBalance: 12 450 DA, then 11 470 DA');
    expect(labels({ text: '', rows }).slice(-2)).toEqual(['[My price and balance]', '[Cancel]']);
    expect(confirmScreen(ASKED, CONFIRM)).not.toHaveProperty('aside');
  });
});

describe('every prompt', () => {
  const screens = (asked: Asked): View[] => [
    serviceScreen(asked, { digits: null, recent: [{ service: 'ADSL', line: ADSL }], note: null }),
    awayScreen(asked),
    ...NOTES.flatMap((note) => [
      serviceScreen(asked, { digits: '472731602', recent: [], note }),
      numberScreen(asked, { service: '4G', note }),
      valueScreen(asked, { service: 'ADSL', line: ADSL, offer: null, offers: OFFERS, note, fitting: true }),
      confirmScreen(asked, { ...CONFIRM, note }),
    ]),
  ];

  it.each(LANGUAGES)('in %s has text, readable buttons of its owner and flow, and a way out', (language) => {
    for (const inGroup of [true, false]) {
      for (const view of screens({ ...ASKED, language, inGroup })) {
        expect(textOf(view)).not.toBe('');
        const presses = pressesOf(view);
        expect(presses.at(-1)).toMatchObject({ action: { do: 'cancel' } });
        for (const press of presses) expect(press.owner).toBe(7);
        const own = presses.filter(({ kind }) => kind !== 'do');
        for (const press of own) expect(press).toMatchObject({ kind: 'buy', flow: 'f1' });
      }
    }
  });

  it.each(NOTES)('has a sentence for the note $say, which gives no amount away in a group', (note) => {
    const [priv, group] = [ASKED, GROUP].map((asked) => textOf({ text: noteText(asked, note) }));
    expect(priv).not.toBe('');
    expect(group).not.toMatch(/\d\u00A0DA/);
  });
});
