// What buttons carry: small enough for Telegram, read back as it was written, and never a reason to crash.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, parse, type BuyAction, type Press } from '../../src/bot/callback-data.ts';
import { line, ref } from '../domain/an-order.ts';

/** Telegram's ids have at most 52 significant bits. */
const LARGEST_ID = 2 ** 52 - 1;
const LARGEST_FLOW = (2 ** 32 - 1).toString(36);
const LONGEST_REF = ref('z'.repeat(40));

const service = fc.constantFrom('ADSL', '4G');
const owner = fc.integer({ min: 1, max: LARGEST_ID });
const no = fc.integer({ min: 1, max: 999_999_999_999 });
const flow = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((number) => number.toString(36));
const someRef = fc.stringMatching(/^[a-z0-9][a-z0-9-]{7,39}$/).map(ref);
const someLine = fc.oneof(
  fc.stringMatching(/^0[0-9]{8}$/).map((text) => ({ service: 'ADSL' as const, line: line(text) })),
  fc.stringMatching(/^213[0-9]{9}$/).map((text) => ({ service: '4G' as const, line: line(text, '4G') })),
);
const action: fc.Arbitrary<BuyAction> = fc.oneof(
  service.map((one): BuyAction => ({ do: 'service', service: one })),
  someLine.map((one): BuyAction => ({ do: 'line', ...one })),
  no.map((value): BuyAction => ({ do: 'value', value })),
  fc
    .tuple(fc.constantFrom('pay', 'pay-again'), someRef)
    .map(([what, one]): BuyAction => ({ do: what, ref: one })),
  fc
    .constantFrom('retry', 'back', 'other-number', 'other-amount', 'cancel')
    .map((what): BuyAction => ({ do: what })),
);
const press: fc.Arbitrary<Press> = fc.oneof(
  fc.record({ kind: fc.constant('buy'), owner, flow, action }),
  fc.record({ kind: fc.constant('recharge'), owner }),
  fc.record({ kind: fc.constant('again'), owner, no }),
  fc.record({ kind: fc.constant('language'), owner, language: fc.constantFrom('ar', 'fr', 'en') }),
  fc.record({
    kind: fc.constant('settle'),
    owner,
    no,
    outcome: fc.constantFrom('fulfilled', 'refunded'),
    sure: fc.boolean(),
  }),
);

describe('a press', () => {
  it('is read back as it was packed', () => {
    fc.assert(
      fc.property(press, (one) => {
        expect(parse(pack(one))).toEqual(one);
      }),
      { numRuns: 1_000 },
    );
  });

  it('fits into the 64 bytes of Telegram, whatever it carries', () => {
    fc.assert(
      fc.property(press, (one) => {
        expect(Buffer.byteLength(pack(one))).toBeLessThanOrEqual(64);
      }),
    );
  });

  it.each<[string, Press]>([
    ['pay', { kind: 'buy', owner: LARGEST_ID, flow: LARGEST_FLOW, action: { do: 'pay', ref: LONGEST_REF } }],
    [
      'pay-again',
      { kind: 'buy', owner: LARGEST_ID, flow: LARGEST_FLOW, action: { do: 'pay-again', ref: LONGEST_REF } },
    ],
    ['settle', { kind: 'settle', owner: LARGEST_ID, no: 999_999_999_999, outcome: 'refunded', sure: true }],
  ])('fits at its largest: %s', (_what, one) => {
    expect(Buffer.byteLength(pack(one))).toBeLessThanOrEqual(64);
    expect(parse(pack(one))).toEqual(one);
  });
});

describe('foreign data', () => {
  it.each([
    '',
    ':',
    'b',
    'b:',
    'b:7',
    'b:7:f1',
    'b:7:f1:',
    'b:7:f1:zz',
    'b:7:f1:s',
    'b:7:f1:s:z',
    'b:7:f1:l:a:213472731602',
    'b:7:f1:l:g:036362608',
    'b:7:f1:l:a:0363626081',
    'b:7:f1:v',
    'b:7:f1:v:-1',
    'b:7:f1:v:1e5',
    'b:7:f1:v:1234567890123',
    'b:7:f1:p',
    'b:7:f1:p:short',
    'b:7:f1:p:T0000001',
    'b:7:F1:r',
    'b::f1:r',
    'b:7 :f1:r',
    'b:toolongowner:f1:r',
    't',
    'a:7',
    'a:7:x',
    'l:7:de',
    'l:7',
    'o:7:1042',
    'o:7:1042:x:1',
    'o:7:x:f:1',
    'q:7:1',
    'constructor:7:1',
    '__proto__',
  ])('%j is no press of ours', (data) => {
    expect(parse(data)).toBeUndefined();
  });

  it('never makes the reader throw', () => {
    const garbage = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(fc.string({ maxLength: 6 }), { maxLength: 8 }).map((parts) => parts.join(':')),
      fc.tuple(press, fc.nat({ max: 60 }), fc.string({ maxLength: 3 })).map(([one, at, put]) => {
        const data = pack(one);
        return data.slice(0, at) + put + data.slice(at + 1);
      }),
    );
    fc.assert(
      fc.property(garbage, (data) => {
        const one = parse(data);
        // What it does read, it could have written.
        if (one !== undefined && Number.isSafeInteger(one.owner)) expect(parse(pack(one))).toEqual(one);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is a settling without a second thought only when it says so', () => {
    expect(parse('o:7:1042:f')).toMatchObject({ sure: false });
    expect(parse('o:7:1042:f:2')).toMatchObject({ sure: false });
  });
});
