// Money, moments and lines as they look in each language.

import { describe, expect, it } from 'vitest';
import { centimes, dinars } from '../../src/domain/money.ts';
import { ago, clockTime, dateTime, isolate, lineLabel, lineText, money } from '../../src/i18n/format.ts';
import { line, NOW } from '../domain/an-order.ts';

const NARROW = '\u202F';
const HARD = '\u00A0';

describe('money', () => {
  it.each([
    [dinars(0), '0 DA', '0 DA', '0 دج'],
    [dinars(980), '980 DA', '980 DA', '980 دج'],
    [dinars(1000), '1_000 DA', '1_000 DA', '1_000 دج'],
    [dinars(1_234_567), '1_234_567 DA', '1_234_567 DA', '1_234_567 دج'],
    [centimes(132_613), '1_326.13 DA', '1_326,13 DA', '1_326,13 دج'],
    [centimes(5), '0.05 DA', '0,05 DA', '0,05 دج'],
    [centimes(98_050), '980.50 DA', '980,50 DA', '980,50 دج'],
    [centimes(-5), '-0.05 DA', '-0,05 DA', '-0,05 دج'],
    [dinars(-1500), '-1_500 DA', '-1_500 DA', '-1_500 دج'],
  ])('%i centimes', (amount, ...expected) => {
    const shown = (['en', 'fr', 'ar'] as const).map((language) => money(language, amount));
    expect(shown).toEqual(expected.map((text) => text.replaceAll('_', NARROW).replaceAll(' ', HARD)));
  });
});

describe('a moment', () => {
  it('is told in Algiers, by a 24-hour clock', () => {
    const evening = Date.UTC(2026, 10, 21, 23, 5);
    expect(clockTime('en', NOW)).toBe('19:42');
    expect(clockTime('ar', evening)).toBe('00:05');
    expect(dateTime('en', evening)).toBe('22 Nov 2026, 00:05');
    expect(dateTime('fr', NOW)).toBe('21 nov. 2026, 19:42');
  });

  it('keeps Western digits and an Algerian month in Arabic', () => {
    expect(dateTime('ar', NOW)).toMatch(/^21 نوفمبر 2026، 19:42$/);
    expect(dateTime('ar', Date.UTC(2026, 6, 1, 12))).toContain('جويلية');
  });

  it('that the app keeps current falls back to the time', () => {
    expect(ago('en', NOW)).toEqual({
      text: '19:42',
      entities: [{ type: 'date_time', offset: 0, length: 5, unix_time: NOW / 1000, date_time_format: 'r' }],
    });
  });
});

describe('a line', () => {
  it('is isolated in Arabic only, masked or not', () => {
    expect(lineText('en', line('036362608')).text).toBe('036 36 26 08');
    expect(lineText('ar', line('036362608'), true).text).toBe('\u2068036 •• •• 08\u2069');
    expect(isolate('fr', 'ADSL').text).toBe('ADSL');
  });

  it('keeps its order on a button', () => {
    expect(lineLabel(line('036362608'))).toBe('\u200E036 36 26 08\u200E');
  });
});
