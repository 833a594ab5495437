// How people write line numbers, read into the one form the provider takes, for both services.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  digitsOf,
  groupLine,
  guessLine,
  isLine,
  maskLine,
  otherService,
  readLine,
  westernDigits,
  type LineReading,
} from '../../src/domain/service.ts';
import { line } from './an-order.ts';

/** `036362608`, `mobile`, `4G:213472731602` for "that is a 4G line", in one word. */
function outcome(reading: LineReading): string {
  if (reading.ok) return reading.line;
  const { fault } = reading;
  return fault.reason === 'other-service' ? `${fault.other}:${fault.line}` : fault.reason;
}

describe('the forms of a number', () => {
  it.each([
    // input, as ADSL, as 4G
    ['036362608', '036362608', 'ADSL:036362608'],
    ['036 36 26 08', '036362608', 'ADSL:036362608'],
    ['036-36-26-08', '036362608', 'ADSL:036362608'],
    ['036.36.26.08', '036362608', 'ADSL:036362608'],
    ['(036) 36/26/08', '036362608', 'ADSL:036362608'],
    ['36362608', '036362608', 'ADSL:036362608'],
    ['21362608', '021362608', 'ADSL:021362608'],
    ['41362608', '041362608', 'ADSL:041362608'],
    ['56362608', 'wrong-length', 'wrong-length'],
    ['+21336362608', '036362608', 'ADSL:036362608'],
    ['0021336362608', '036362608', 'ADSL:036362608'],
    ['213 36 36 26 08', '036362608', 'ADSL:036362608'],
    ['213472731602', '4G:213472731602', '213472731602'],
    ['+213 472 73 16 02', '4G:213472731602', '213472731602'],
    ['00213472731602', '4G:213472731602', '213472731602'],
    ['0472731602', '4G:213472731602', '213472731602'],
    ['0458230823', '4G:213458230823', '213458230823'],
    ['472731602', '4G:213472731602', '213472731602'],
    ['0550000000', 'mobile', '213550000000'],
    ['0660000000', 'mobile', '213660000000'],
    ['0770000000', 'mobile', '213770000000'],
    ['213550000000', '4G:213550000000', '213550000000'],
    ['550000000', 'wrong-length', 'wrong-length'],
    ['03636260', 'wrong-length', 'wrong-length'],
    ['2133636260', 'wrong-length', 'wrong-length'],
    ['2134727316021', 'wrong-length', 'wrong-length'],
    ['0', 'wrong-length', 'wrong-length'],
    ['00', 'wrong-length', 'wrong-length'],
    ['', 'not-a-number', 'not-a-number'],
    ['hello', 'not-a-number', 'not-a-number'],
    ['036 36 26 O8', 'not-a-number', 'not-a-number'],
    ['036362608;', 'not-a-number', 'not-a-number'],
    ['-', 'not-a-number', 'not-a-number'],
    ['1'.repeat(21), 'not-a-number', 'not-a-number'],
    // Digits of other scripts, as phones with an Arabic or Persian keyboard write them.
    ['٠٣٦ ٣٦ ٢٦ ٠٨', '036362608', 'ADSL:036362608'],
    ['۰۳۶۳۶۲۶۰۸', '036362608', 'ADSL:036362608'],
    ['＋２１３４７２７３１６０２', '4G:213472731602', '213472731602'],
    // Invisible marks and odd spaces that come with a pasted number.
    ['\u200E036\u00A036\u00A026\u00A008\u200F', '036362608', 'ADSL:036362608'],
    ['\u2066036362608\u2069', '036362608', 'ADSL:036362608'],
    ['\u202A+213472731602\u202C', '4G:213472731602', '213472731602'],
    ['036\u202F36\u200926\u200308\uFEFF', '036362608', 'ADSL:036362608'],
    ['036\u201136\u201326\u201408', '036362608', 'ADSL:036362608'],
    ['036\u00AD362608', '036362608', 'ADSL:036362608'],
    ['036362608\n', '036362608', 'ADSL:036362608'],
  ])('%j is %s as ADSL and %s as 4G', (text, adsl, lte) => {
    expect(outcome(readLine('ADSL', text))).toBe(adsl);
    expect(outcome(readLine('4G', text))).toBe(lte);
  });

  it('reads every line in any dress back as the same line', () => {
    const dress = fc.constantFrom('', ' ', '-', '.', '\u00A0', '\u200E', '\u202F');
    const script = fc.constantFrom(0x30, 0x660, 0x6f0);
    const number = fc.oneof(
      fc.stringMatching(/^0[0-9]{8}$/).map((text) => ['ADSL', text] as const),
      fc.stringMatching(/^213[0-9]{9}$/).map((text) => ['4G', text] as const),
    );
    fc.assert(
      fc.property(number, dress, script, ([service, text], between, zero) => {
        // Two zeros in front are the international prefix, whatever follows.
        fc.pre(!text.startsWith('00'));
        const worn = Array.from(text, (digit) => String.fromCodePoint(zero + Number(digit))).join(between);
        const reading = readLine(service, worn);
        expect(reading.ok && reading.line).toBe(text);
      }),
    );
  });

  it('never throws and never makes a line that the provider would not take', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('ADSL', '4G'), (text, service) => {
        const reading = readLine(service, text);
        expect(!reading.ok || isLine(service, reading.line)).toBe(true);
        guessLine(text);
      }),
    );
  });
});

describe('a number sent without any command', () => {
  it.each([
    ['036362608', 'ADSL 036362608'],
    ['36362608', 'ADSL 036362608'],
    ['+21336362608', 'ADSL 036362608'],
    ['0472731602', '4G 213472731602'],
    ['213472731602', '4G 213472731602'],
    ['472731602', 'doubtful 472731602'],
    ['0550000000', 'doubtful 0550000000'],
    ['213550000000', 'doubtful 213550000000'],
    ['0336362608', 'doubtful 0336362608'],
    ['1000', 'no-line'],
    ['hello', 'no-line'],
    ['1042', 'no-line'],
  ])('%s is %s', (text, expected) => {
    const guess = guessLine(text);
    const told =
      guess.kind === 'certain'
        ? `${guess.service} ${guess.line}`
        : guess.kind === 'doubtful'
          ? `doubtful ${guess.digits}`
          : 'no-line';
    expect(told).toBe(expected);
  });
});

describe('digits', () => {
  it('are mapped from both Arabic scripts and nothing else is touched', () => {
    expect(westernDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ x')).toBe('0123456789 0123456789 x');
  });

  it('lose the international prefix only once', () => {
    expect(digitsOf('00213')).toBe('213');
    expect(digitsOf('000213')).toBe('0213');
    expect(digitsOf('++213')).toBeUndefined();
  });
});

describe('lines as people read them', () => {
  it.each([
    [line('036362608'), '036 36 26 08', '036 •• •• 08'],
    [line('213472731602', '4G'), '213 472 73 16 02', '213 472 •• •• 02'],
  ])('%s', (number, grouped, masked) => {
    expect(groupLine(number)).toBe(grouped);
    expect(maskLine(number)).toBe(masked);
  });

  it('know the other service', () => {
    expect(otherService('ADSL')).toBe('4G');
    expect(otherService('4G')).toBe('ADSL');
  });
});
