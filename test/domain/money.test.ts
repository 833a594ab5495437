// Dinars are read digit by digit, and rounding never favours the buyer of money that isn't there.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, centimes, dinars, parseDinars, subtract, wholeDinars, ZERO } from '../../src/domain/money.ts';

describe('reading dinars', () => {
  it.each([
    ['980', 98_000],
    [980, 98_000],
    ['1326.13', 132_613],
    [1326.13, 132_613],
    ['0.1', 10],
    ['0.01', 1],
    ['.5', undefined],
    ['5.', undefined],
    [' 12.50 ', 1_250],
    ['-3.05', -305],
    ['-0', 0],
    ['000100', 10_000],
    ['999999999999', 99_999_999_999_900],
    ['0.29', 29],
    ['1.15', 115],
    ['4.35', 435],
    ['8.41', 841],
    ['9999999999999', undefined],
    ['1e3', undefined],
    ['1,000', undefined],
    ['1 000', undefined],
    ['0x10', undefined],
    ['+5', undefined],
    ['', undefined],
    ['-', undefined],
    ['NaN', undefined],
    [NaN, undefined],
    [Infinity, undefined],
    [1e21, undefined],
    ['١٠٠', undefined],
  ])('%j is %j centimes whichever way it would be rounded', (input, expected) => {
    expect(parseDinars(input, 'up')).toBe(expected);
    expect(parseDinars(input, 'down')).toBe(expected);
  });

  it.each([
    ['980.001', 98_001, 98_000],
    ['980.009999', 98_001, 98_000],
    ['980.000000', 98_000, 98_000],
    ['0.005', 1, 0],
    ['-0.005', 0, -1],
    ['-3.051', -305, -306],
    ['0.999', 100, 99],
  ])('%s costs %i and is worth %i', (input, up, down) => {
    expect(parseDinars(input, 'up')).toBe(up);
    expect(parseDinars(input, 'down')).toBe(down);
  });

  it('gives back every amount that is written with two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 14 - 1 }), (amount) => {
        const text = `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
        expect(parseDinars(text, 'up')).toBe(amount);
        expect(parseDinars(text, 'down')).toBe(amount);
      }),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double()), fc.constantFrom('up', 'down'), (input, round) => {
        const amount = parseDinars(input, round);
        expect(amount === undefined || Number.isSafeInteger(amount)).toBe(true);
      }),
    );
  });
});

describe('amounts', () => {
  it.each([0.5, NaN, Infinity, 2 ** 53])('%d is no amount of centimes', (amount) => {
    expect(() => centimes(amount)).toThrow(RangeError);
  });

  it('add and subtract exactly', () => {
    expect(add(dinars(1), centimes(1))).toBe(101);
    expect(subtract(ZERO, dinars(600))).toBe(-60_000);
  });

  it('do not leave the range of exact integers', () => {
    expect(() => add(centimes(Number.MAX_SAFE_INTEGER), centimes(1))).toThrow(RangeError);
  });

  it('are whole dinars only without centimes', () => {
    expect(wholeDinars(dinars(1000))).toBe(1000);
    expect(wholeDinars(centimes(100_050))).toBeUndefined();
  });
});
