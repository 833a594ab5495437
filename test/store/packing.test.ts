import { expect, test } from 'vitest';
import { createPacking, listOf } from '../../src/store/packing.ts';

test('pieces become the bytes of their text, whatever the script and however long', () => {
  const pack = createPacking();
  for (const pieces of [[], [''], ['{"a":', 'سمير', '}'], ['é'.repeat(5_000), '€', '🙂'.repeat(900)], ['{}']])
    expect(pack(pieces).toString()).toBe(pieces.join(''));
});

test('the next packing takes the same memory, so that writing often makes no garbage', () => {
  const pack = createPacking();
  const first = pack(['0123456789']);
  expect(pack(['abc']).buffer).toBe(first.buffer);
});

test('a list of JSON texts is JSON again, one line for each, empty too', () => {
  expect(listOf([]).join('')).toBe('[]');
  const text = listOf([{ text: '1' }, { text: '{"a":2}' }]).join('');
  expect(text).toBe('[\n1,\n{"a":2}\n]');
});
