import { describe, expect, it, test } from 'vitest';
import { LARGEST_AMOUNT_DA, readAmount, readSigned } from '../../src/domain/amount.ts';

describe('an amount as people type it', () => {
  test.each([
    ['2000', 2000],
    ['2 000', 2000],
    ['2\u202f000 DA', 2000],
    ['2000da', 2000],
    ['٢٠٠٠', 2000],
    ['۲۰۰۰ دج', 2000],
    ['2000.00', 2000],
    ['2000,0 DZD', 2000],
    ['+500', 500],
    ['1 000 000', 1_000_000],
    ['٢٬٠٠٠', 2000],
    ['2\u00a0000 دينار', 2000],
    ['\u20682000\u2069', 2000],
    [' 007 ', 7],
  ])('%s is %i DA', (text, dinars) => {
    expect(readAmount(text)).toEqual({ ok: true, amount: dinars * 100 });
  });

  test.each([
    ['', 'not-an-amount'],
    ['mille', 'not-an-amount'],
    ['2.000', 'not-an-amount'],
    ['2.500', 'not-an-amount'],
    ['2,000', 'not-an-amount'],
    ['500 2000', 'not-an-amount'],
    ['20 00', 'not-an-amount'],
    ['1e3', 'not-an-amount'],
    ['0x10', 'not-an-amount'],
    ['--5', 'not-an-amount'],
    ['Infinity', 'not-an-amount'],
    ['2000 3', 'not-an-amount'],
    ['1000 1000 1000 1000 1000', 'not-an-amount'],
    ['-300', 'negative'],
    ['−300', 'negative'],
    ['0', 'zero'],
    ['-0', 'zero'],
    ['0.00', 'zero'],
    ['12.50', 'fraction'],
    ['12,5', 'fraction'],
    ['١٢٫٥', 'fraction'],
    ['-12.5', 'fraction'],
    [String(LARGEST_AMOUNT_DA + 1), 'too-much'],
    ['99999999999', 'too-much'],
    ['9'.repeat(40), 'too-much'],
    ['1 000 000 000', 'too-much'],
  ] as const)('%j is refused as %s', (text, fault) => {
    expect(readAmount(text)).toEqual({ ok: false, fault });
  });

  it('may take away only where that is asked for', () => {
    expect(readSigned('-300')).toEqual({ ok: true, amount: -30_000 });
    expect(readSigned('–300 DA')).toEqual({ ok: true, amount: -30_000 });
    expect(readSigned('300')).toEqual({ ok: true, amount: 30_000 });
  });
});
