// An order's message: what each state says in private, what a group may see, and what counts as seen.

import { describe, expect, it } from 'vitest';
import { digestOf, drawCard, MARKS } from '../../src/bot/order-card.ts';
import type { Order } from '../../src/domain/order.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { HOUR, inState, MINUTE, NOW, sealed, STATE_NAMES } from '../domain/an-order.ts';
import { labelsOf, pressesOf, textOf } from './read-view.ts';

const CODE = '1111222233334444';
const draw = (order: Order, isPrivate = true, code: string | null = CODE) =>
  drawCard(order, { language: 'en', isPrivate, code, privateLink: 'https://t.me/shop?start=order-1042' });
const plain = (...given: Parameters<typeof draw>): string =>
  textOf(draw(...given)).replace(/[\u00A0\u202F]/g, ' ');

describe('in private', () => {
  it.each([
    ['confirmed', '⏳ Order no. 1042: being sent.'],
    ['sending', '⏳ Order no. 1042: being sent.'],
    ['handling', '⏳ Order no. 1042: in progress (started 19:42).'],
    ['unknown', '🔎 Order no. 1042 is being checked with Algérie Télécom.'],
    ['queued', '🕒 Order no. 1042 is accepted; Algérie Télécom will apply it within 12 to 48 hours.'],
    ['review', '🔎 Order no. 1042 takes unusually long; the shop is looking into it.'],
    ['fulfilled', '✅ Order no. 1042: recharged.'],
    ['refunded', '↩️ Order no. 1042: not recharged; 980 DA is back in your balance.'],
    ['rejected', '↩️ Order no. 1042: not recharged; 980 DA is back in your balance.'],
  ] as const)('%s: %s', (name, first) => {
    const lines = plain(inState(name)).split('\n');
    expect(lines.slice(0, 2)).toEqual([first, 'ADSL · 036 36 26 08 · 1 000 DA']);
    expect(first.startsWith(MARKS[name])).toBe(true);
  });

  it('a delivery has code, transaction number and date, and buttons to copy and to buy again', () => {
    const view = draw(inState('fulfilled'));
    expect(plain(inState('fulfilled')).split('\n').slice(2)).toEqual([
      `Card code: ${CODE}`,
      'Transaction number: AT-2026-12345',
      '21 Nov 2026, 19:42',
      'Keep these as proof.',
    ]);
    expect(labelsOf(view)).toEqual(['[Copy the code]', '[Again]']);
    expect(view.rows?.[0]).toEqual([{ text: 'Copy the code', copy_text: { text: CODE } }]);
    expect(pressesOf(view)).toEqual([{ kind: 'again', owner: 7, no: 1042 }]);
  });

  it('the code lies under a spoiler', () => {
    const { text } = draw(inState('fulfilled'));
    if (typeof text === 'string') throw new Error('a delivery has no entities');
    const at = text.text.indexOf(CODE);
    const over = text.entities.filter(
      ({ offset, length }) => offset <= at && offset + length >= at + CODE.length,
    );
    expect(over.map(({ type }) => type).toSorted()).toEqual(['code', 'spoiler']);
  });

  it('a delivery whose code can not be opened is still a delivery', () => {
    expect(plain(inState('fulfilled'), true, null)).not.toContain('Card code');
    expect(labelsOf(draw(inState('fulfilled'), true, null))).toEqual(['[Again]']);
  });

  it('the reason of the operator is told', () => {
    expect(plain(inState('refunded'))).toContain('The operator says: line is closed');
    expect(plain(inState('rejected'))).toContain('Why: this amount has just run out.');
  });

  describe.each(LANGUAGES)("in %s the operator's reason", (language) => {
    const cardWith = (note: string | null): string => {
      const order = inState('refunded', { state: { name: 'refunded', at: NOW, topupId: 'T1', note } });
      return textOf(drawCard(order, { language, isPrivate: true, code: null }));
    };

    it.each([
      'ERR_STOCK',
      'HTTP 503',
      'Gateway timeout',
      'Bad gateway',
      'https://status.example.dz/42',
      'Internal error',
      'SocketException',
      'تعذر الشحن ERR_STOCK',
      'Read timed out',
      'read timed-out after 30 s',
      'Request timed out',
      'connect ECONNREFUSED 10.0.0.7',
      'Connection reset by peer',
      'Operation was aborted',
      'Deadline exceeded',
      'Host unreachable',
      'Too many requests',
      'Service temporarily unavailable',
      'Service Temporarily Unavailable',
      'Réponse du serveur illisible',
      'Internal failure',
      'Unexpected token < in JSON',
      'Invalid response status',
      'null',
      '{"reason":"closed"}',
      'readTimeout',
      'api: refused',
      'تعذر الشحن: Read timed out',
    ])('is left out when it is jargon: %s', (note) => {
      expect(cardWith(note)).toBe(cardWith(null));
    });

    it.each([
      ['Ligne résiliée par le client', ['fr', 'en']],
      ['Numéro invalide', ['fr', 'en']],
      ['Votre connexion est suspendue', ['fr', 'en']],
      ['Recharge refused by the operator', ['fr', 'en']],
      ['The customer requested a stop', ['fr', 'en']],
      ['تعذر شحن هذا الخط', ['ar', 'fr', 'en']],
    ])('is told where it can be read: %s', (note, readers) => {
      expect(cardWith(note).includes(note)).toBe(readers.includes(language));
    });

    it.each([
      'Insufficient reseller balance: 120.50',
      'Solde revendeur insuffisant (120,50 DA)',
      'Crédit insuffisant',
      'Cost 980.00 exceeds the limit',
      'رصيد الموزع غير كاف',
    ])('is for owners alone when it is about the shop: %s', (note) => {
      const state = { name: 'refunded', at: NOW, topupId: 'T1', note } as const;
      for (const role of ['agent', 'customer'] as const) {
        const order = { ...inState('refunded', { state }), role };
        expect(textOf(drawCard(order, { language, isPrivate: true, code: null }))).not.toContain(note);
      }
      const isRead = language !== 'ar' || /\p{Script=Arabic}/u.test(note);
      expect(cardWith(note).includes(note)).toBe(isRead);
    });
  });

  it.each([
    ['near ours', new Date(NOW + 5 * MINUTE).toISOString(), '19:47'],
    ['from another year', '2020-01-01T00:00:00Z', '19:42'],
    ['from the future', new Date(NOW + 48 * HOUR).toISOString(), '19:42'],
    ['in another writing', '21/11/2026 20:00', '19:42'],
    ['absent', null, '19:42'],
  ])("the operator's date %s", (_what, processedAt, time) => {
    const order = inState('fulfilled', {
      state: { name: 'fulfilled', at: NOW, topupId: 'T1', code: null, transactionNo: null, processedAt },
    });
    expect(plain(order)).toContain(`21 Nov 2026, ${time}`);
  });

  it('the time that passes is kept current by the app itself', () => {
    const { text } = draw(inState('handling'));
    expect(typeof text === 'object' && text.entities).toContainEqual(
      expect.objectContaining({ type: 'date_time', unix_time: NOW / 1000, date_time_format: 'r' }),
    );
  });
});

describe('in a group', () => {
  it.each(STATE_NAMES)('%s shows masked number, value and state; no price, code or note', (name) => {
    for (const language of LANGUAGES) {
      const view = drawCard(inState(name), {
        language,
        isPrivate: false,
        code: CODE,
        privateLink: 'https://t.me/x',
      });
      const all = JSON.stringify(view);
      expect(textOf(view)).toContain('036 •• •• 08');
      for (const hidden of [CODE, '036 36 26 08', '980', 'AT-2026', 'line is closed'])
        expect(all).not.toContain(hidden);
    }
  });

  it('a delivery opens in the private chat of its buyer', () => {
    const view = draw(inState('fulfilled'), false);
    expect(labelsOf(view)).toEqual(['[Open the code in private]', '[Again]']);
    expect(plain(inState('fulfilled'), false)).toContain('The code is in the buyer’s private chat.');
  });
});

describe('what has been seen', () => {
  it('differs between any two cards that differ', () => {
    for (const language of LANGUAGES) {
      const seen = new Map<string, string>();
      for (const name of STATE_NAMES) {
        const order = inState(name, { language });
        const text = textOf(drawCard(order, { language, isPrivate: true, code: null }));
        expect(seen.get(digestOf(order)) ?? text).toBe(text);
        seen.set(digestOf(order), text);
      }
      expect(new Set(seen.values()).size).toBe(seen.size);
    }
  });

  it('never holds anything of the code', () => {
    const order = inState('fulfilled');
    expect(digestOf(order)).not.toContain(sealed(CODE));
    expect(digestOf(order)).not.toMatch(/\d/);
  });
});
