import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { centimes, dinars } from '../../src/domain/money.ts';
import { FACE_VALUE, priceBy, readRule, ruleAsTyped, sale } from '../../src/domain/pricing.ts';

describe('a price rule as an owner types it', () => {
  test.each([
    ['-2%', { kind: 'percent', hundredths: -200 }],
    ['+1.5 %', { kind: 'percent', hundredths: 150 }],
    ['2,25%', { kind: 'percent', hundredths: 225 }],
    ['−20 DA', { kind: 'fixed', amount: -2_000 }],
    ['30', { kind: 'fixed', amount: 3_000 }],
    ['0', { kind: 'fixed', amount: 0 }],
  ])('%s', (text, rule) => {
    expect(readRule(text)).toEqual(rule);
  });

  test.each(['', 'cheap', '60%', '-99%', '1.234%', '--2', '2%%'])('%j is none', (text) => {
    expect(readRule(text)).toBeUndefined();
  });
});

describe('a price', () => {
  const offer = { value: dinars(1000), cost: dinars(980) };

  it('is the face value without a rule', () => {
    expect(sale(FACE_VALUE, offer, false)).toEqual({ kind: 'sold-at', price: dinars(1000) });
  });

  it('is rounded up to a whole dinar', () => {
    expect(priceBy({ kind: 'percent', hundredths: -155 }, dinars(500))).toBe(dinars(493));
    expect(priceBy({ kind: 'fixed', amount: centimes(-250) }, dinars(500))).toBe(dinars(498));
  });

  it('below cost is refused unless the owner says so', () => {
    const rule = { kind: 'percent', hundredths: -300 } as const;
    expect(sale(rule, offer, false)).toEqual({ kind: 'below-cost', price: dinars(970) });
    expect(sale(rule, offer, true)).toEqual({ kind: 'sold-at', price: dinars(970) });
    expect(sale({ kind: 'fixed', amount: dinars(-20) }, offer, false).kind).toBe('sold-at');
  });

  it('is whole dinars above nothing, and never below cost without leave, whatever the rule', () => {
    const rule = fc.oneof(
      fc.record({ kind: fc.constant('percent' as const), hundredths: fc.integer({ min: -5000, max: 5000 }) }),
      fc.record({
        kind: fc.constant('fixed' as const),
        amount: fc.integer({ min: -1_000_000, max: 1_000_000 }).map(centimes),
      }),
    );
    const value = fc.integer({ min: 1, max: 20_000 }).map(dinars);
    const cost = fc.integer({ min: 1, max: 2_000_000 }).map(centimes);
    fc.assert(
      fc.property(rule, value, cost, (rule, value, cost) => {
        const { kind, price } = sale(rule, { value, cost }, false);
        expect(price % 100).toBe(0);
        expect(price).toBeGreaterThanOrEqual(100);
        expect(kind === 'below-cost').toBe(price < cost);
      }),
    );
  });
});

describe('a rule as it was typed', () => {
  it.each([
    ['-2%', '-2%'],
    ['+1,50 %', '+1.5%'],
    ['٢٠-', undefined],
    ['-٢٠', '-20'],
    ['30 دج', '+30'],
    ['0', '0'],
  ])('%s is read and said again as %s', (text, said) => {
    const rule = readRule(text);
    expect(rule && ruleAsTyped(rule)).toBe(said);
    expect(said && readRule(said)).toEqual(rule);
  });
});
