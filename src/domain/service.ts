// What is sold and to which line: the two services, how people write their numbers, and the one form the provider takes.

declare const lineBrand: unique symbol;

/** `ADSL` covers fibre too; `4G` is Idoom LTE. The provider's own two words. */
export type Service = 'ADSL' | '4G';

/** A line in the provider's form: ADSL `0` + 8 digits, 4G `213` + 9 digits. */
export type Line = string & { readonly [lineBrand]: 'line' };

/** Why a text is no line of the service; `other` is what the same text would be for the other service. */
export type LineFault =
  | { readonly reason: 'not-a-number' }
  | { readonly reason: 'wrong-length' }
  | { readonly reason: 'mobile' }
  | { readonly reason: 'other-service'; readonly other: Service; readonly line: Line };

export type LineReading =
  { readonly ok: true; readonly line: Line } | { readonly ok: false; readonly fault: LineFault };

const FORM: Record<Service, RegExp> = { ADSL: /^0[0-9]{8}$/, '4G': /^213[0-9]{9}$/ };

/** True for a text already in the provider's form for that service. */
export const isLine = (service: Service, text: string): text is Line => FORM[service].test(text);

export const otherService = (service: Service): Service => (service === 'ADSL' ? '4G' : 'ADSL');

const NOISE = /[\s.\-_/()\u00A0\u00AD\u200B-\u200F\u2010-\u2015\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** Maps Arabic-Indic and Persian digits to 0–9. */
export const westernDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/** The bare digits of a phone-like text (spaces, dashes, `+213`, `00213`, Arabic digits), or undefined for anything else. */
export function digitsOf(text: string): string | undefined {
  const compact = westernDigits(text.normalize('NFKC')).replace(NOISE, '').replace(/^\+/, '');
  if (!/^[0-9]{1,20}$/.test(compact)) return undefined;
  return compact.startsWith('00') ? compact.slice(2) : compact;
}

function asAdsl(digits: string): string | undefined {
  if (/^0[0-9]{8}$/.test(digits)) return digits;
  if (/^[234][0-9]{7}$/.test(digits)) return `0${digits}`;
  if (/^213[0-9]{8}$/.test(digits)) return `0${digits.slice(3)}`;
  return undefined;
}

function as4g(digits: string): string | undefined {
  if (/^213[0-9]{9}$/.test(digits)) return digits;
  if (/^0[0-9]{9}$/.test(digits)) return `213${digits.slice(1)}`;
  if (/^4[0-9]{8}$/.test(digits)) return `213${digits}`;
  return undefined;
}

const isMobile = (digits: string): boolean => /^0[567][0-9]{8}$/.test(digits);

/** Reads what a person typed as a line of the chosen service (fact sheet §3.2); the network is asked afterwards. */
export function readLine(service: Service, text: string): LineReading {
  const digits = digitsOf(text);
  if (digits === undefined) return { ok: false, fault: { reason: 'not-a-number' } };
  const form = service === 'ADSL' ? asAdsl(digits) : as4g(digits);
  if (form !== undefined && isLine(service, form)) {
    return { ok: true, line: form };
  }
  if (isMobile(digits)) return { ok: false, fault: { reason: 'mobile' } };
  const other = otherService(service);
  const otherForm = other === 'ADSL' ? asAdsl(digits) : as4g(digits);
  if (otherForm !== undefined && isLine(other, otherForm)) {
    return { ok: false, fault: { reason: 'other-service', other, line: otherForm } };
  }
  return { ok: false, fault: { reason: 'wrong-length' } };
}

/** What a number sent without any command is: a line whose service is beyond doubt, a line of either, or no line. */
export type Guess =
  | { readonly kind: 'certain'; readonly service: Service; readonly line: Line }
  | { readonly kind: 'doubtful'; readonly digits: string }
  | { readonly kind: 'no-line' };

/** Reads a bare number: 9 digits from 0 are ADSL, 10 from 04 or 12 from 2134 are 4G, what looks mobile is doubtful. */
export function guessLine(text: string): Guess {
  const digits = digitsOf(text);
  if (digits === undefined) return { kind: 'no-line' };
  const adsl = asAdsl(digits);
  const lte = as4g(digits);
  if (adsl !== undefined && isLine('ADSL', adsl)) return { kind: 'certain', service: 'ADSL', line: adsl };
  if (lte === undefined || !isLine('4G', lte)) return { kind: 'no-line' };
  const beyondDoubt = lte.startsWith('2134') && digits.length >= 10;
  return beyondDoubt ? { kind: 'certain', service: '4G', line: lte } : { kind: 'doubtful', digits };
}

/** Digits grouped as people read them: `036 36 26 08`, `213 472 73 16 02`. */
export function groupLine(line: Line): string {
  const groups = line.startsWith('213') ? [3, 3, 2, 2, 2] : [3, 2, 2, 2];
  let at = 0;
  return groups.map((size) => line.slice(at, (at += size))).join(' ');
}

/** The line with its middle hidden, for groups and logs: `036 •• •• 08`. */
export function maskLine(line: Line): string {
  const groups = groupLine(line).split(' ');
  const head = line.startsWith('213') ? 2 : 1;
  return groups
    .map((group, i) => (i < head || i === groups.length - 1 ? group : '•'.repeat(group.length)))
    .join(' ');
}
