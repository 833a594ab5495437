// What a person types is read the same wherever it is typed.

import { expect, it } from 'vitest';
import { readOrderNo } from '../../src/bot/answers.ts';

it.each(['1042', ' #1042 ', 'n° 1042', 'N°1042', '١٠٤٢'])('%s is the order 1042', (text) => {
  expect(readOrderNo(text)).toBe(1042);
});

it.each(['', '#', '1042 1043', 'order 1042', '1042a', '1234567890'])('%j is no order', (text) => {
  expect(readOrderNo(text)).toBeUndefined();
});
