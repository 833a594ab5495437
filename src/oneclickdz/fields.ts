// The single fields of the provider's payloads: texts cleaned and shortened, money read exactly, ids fit for a path.

import { z } from 'zod';

import { parseDinars, type Centimes } from '../domain/money.ts';
import type { Service } from '../domain/service.ts';

/** Control characters, and the marks that turn the direction of everything after them. */
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]+/gu;

/** One clean line of at most so many characters; null when nothing is left. */
function tidy(raw: string, most: number): string | null {
  const clean = Array.from(raw.toWellFormed().replace(CONTROLS, ' ').trim()).slice(0, most).join('').trim();
  return clean === '' ? null : clean;
}

export const printed = z
  .union([z.string(), z.number()])
  .transform(String)
  .nullish()
  .catch(null)
  .transform((value) => value ?? '');

export const note = (most: number) => printed.transform((value) => tidy(value, most));
/** Whole whatever its length. */
export const whole = note(Infinity);
/** Half a card code is worth nothing, and none is longer: what is stands there by mistake, and could not be shown. */
const LONGEST_CODE = 200;
export const cardCode = whole.transform((code) =>
  code !== null && code.length <= LONGEST_CODE ? code : null,
);

/** Dinars as number or string; float noise beyond twelve decimals is cut off before the exact reading. */
function readDinars(raw: string | number, round: 'up' | 'down'): Centimes | undefined {
  const tiny = typeof raw === 'number' && Math.abs(raw) < 1e-6;
  const plain = tiny ? raw.toFixed(12) : String(raw).trim();
  return parseDinars(plain.replace(/(\.\d{12})\d+$/, '$1'), round);
}

export const amount = (round: 'up' | 'down') =>
  z.union([z.string(), z.number()]).transform((raw, context) => {
    const read = readDinars(raw, round);
    if (read !== undefined) return read;
    context.addIssue({ code: 'custom', message: 'no plain decimal' });
    return z.NEVER;
  });

/** An id may go into a path: no blanks, and not only dots. */
export const id = printed.pipe(
  z
    .string()
    .trim()
    .regex(/^(?=.*[\p{L}\p{N}])[^\s/\\]{1,128}$/u),
);

/** `4GLTE`, `4g` and the like are 4G; null for anything else than the two services. */
export function readService(word: string): Service | null {
  if (/^\s*4G/i.test(word)) return '4G';
  return /^\s*ADSL/i.test(word) ? 'ADSL' : null;
}

/** Reads each item by itself and leaves out those that can't be read. */
export function readEach<T>(items: readonly unknown[], schema: z.ZodType<T>): readonly T[] {
  return items.flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}
