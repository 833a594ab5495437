// The single fields of the provider's payloads.

import { expect, test } from 'vitest';
import { amount, id, note, readEach, readService } from '../../src/oneclickdz/fields.ts';

test.each([
  ['4GLTE', '4G'],
  ['4g', '4G'],
  ['adsl', 'ADSL'],
  ['', null],
])('service word %s', (word, service) => {
  expect(readService(word)).toBe(service);
});

test.each([
  ['a1', 'a1'],
  [42, '42'],
  [' a1 ', 'a1'],
  ['API-+213-x', 'API-+213-x'],
  ['..', undefined],
  ['a/b', undefined],
  ['a\\b', undefined],
  ['a b', undefined],
  ['-', undefined],
  ['', undefined],
  [null, undefined],
  [{}, undefined],
  ['x'.repeat(129), undefined],
])('the id %j goes into a path as %j', (raw, fit) => {
  expect(id.safeParse(raw).data).toBe(fit);
});

test.each([
  [980, 'up', 98_000],
  ['980.001', 'up', 98_001],
  ['980.009', 'down', 98_000],
  [-12.345, 'down', -1_235],
  [1e-7, 'up', 1],
  [1e-7, 'down', 0],
  ['1e3', 'up', undefined],
  ['', 'up', undefined],
  [NaN, 'up', undefined],
  [null, 'up', undefined],
] as const)('%j dinars are, %s, %j centimes', (raw, round, centimes) => {
  expect(amount(round).safeParse(raw).data).toBe(centimes);
});

test.each([
  ['  a\tb ', 'a b'],
  ['\u202Eabc\u2066', 'abc'],
  ['\u0000', null],
  [undefined, null],
  [{ text: 'x' }, null],
  ['😀😀😀😀😀', '😀😀😀😀'],
  ['abc\uD800', 'abc\uFFFD'],
])('the note %j is %j', (raw, kept) => {
  expect(note(4).parse(raw)).toBe(kept);
});

test('one that can not be read takes none of the others with it', () => {
  expect(readEach(['a1', null, '..', 'b2'], id)).toEqual(['a1', 'b2']);
});
