// What was wrong with the last answer: which sentence a reason becomes, and what of it a group may read.

import { describe, expect, it } from 'vitest';
import { closedNote, isTwin, lineNote, noteText, refusalNote, type Note } from '../../src/bot/notes.ts';
import { dinars } from '../../src/domain/money.ts';
import { readLine } from '../../src/domain/service.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { line, NOW } from '../domain/an-order.ts';
import { textOf } from './read-view.ts';

const said = (note: Note, inGroup: boolean, language = LANGUAGES[0] ?? 'ar'): string =>
  textOf({ text: noteText({ language, inGroup }, note) });

describe.each(LANGUAGES)('where others read along, in %s,', (language) => {
  it.each<Note>([
    { say: 'price-changed', price: dinars(1_234) },
    { say: 'short', missing: dinars(600), balance: dinars(400), price: dinars(1_000) },
    { say: 'twin', no: 1042, at: NOW },
  ])('the note $say gives no figure away, in private it does', (note) => {
    expect(said(note, true, language)).not.toMatch(/\p{Nd}/u);
    expect(said(note, false, language)).toMatch(/\p{Nd}/u);
  });

  it('a number is masked', () => {
    const note: Note = { say: 'looks-other', other: '4G', line: line('213472731602', '4G') };
    const digits = (inGroup: boolean) => said(note, inGroup, language).replace(/\P{Nd}/gu, '');
    expect(digits(false)).toContain('213472731602');
    expect(digits(true)).not.toContain('47273');
  });

  it('one’s own twin reads as anybody’s', () => {
    const own = said({ say: 'twin', no: 1042, at: NOW }, true, language);
    expect(own).toBe(said({ say: 'twin-of-another' }, true, language));
  });
});

describe('a confirmation that became no order', () => {
  it('for the shop’s own credit reads as any other outage', () => {
    expect(refusalNote({ reason: 'shop-short' })).toEqual(refusalNote({ reason: 'provider-away' }));
  });

  it('for a lack of money says how much, what there is and what it costs', () => {
    const sums = { missing: dinars(600), balance: dinars(400), price: dinars(1_000) };
    expect(refusalNote({ reason: 'short-balance', ...sums })).toEqual({ say: 'short', ...sums });
  });

  it('reads the same as a door that was closed before', () => {
    expect(refusalNote({ reason: 'barred' })).toEqual(closedNote({ kind: 'barred' }));
    const words = 'back at noon';
    expect(refusalNote({ reason: 'paused', words })).toEqual(closedNote({ kind: 'paused', words }));
  });

  it('for a twin alone can be confirmed once more', () => {
    const again = (['same-order-of-another', 'out-of-stock', 'not-sold', 'cannot-record'] as const).filter(
      (reason) => isTwin(refusalNote({ reason })),
    );
    expect(again).toEqual(['same-order-of-another']);
    expect(isTwin(refusalNote({ reason: 'same-order-recently', no: 1042, at: NOW }))).toBe(true);
  });
});

it.each([
  ['03636260', { say: 'wrong-length', service: 'ADSL' }],
  ['hello', { say: 'not-a-number' }],
  ['0661223344', { say: 'mobile' }],
  ['0472731602', { say: 'looks-other', other: '4G', line: '213472731602' }],
] as const)('the number %s is answered with %j', (text, note) => {
  const reading = readLine('ADSL', text);
  expect(reading.ok ? null : lineNote('ADSL', reading.fault)).toEqual(note);
});
