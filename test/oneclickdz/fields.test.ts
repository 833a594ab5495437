// The single fields of the provider's payloads.

import { expect, test } from 'vitest';
import { readService } from '../../src/oneclickdz/fields.ts';

test.each([
  ['4GLTE', '4G'],
  ['4g', '4G'],
  ['adsl', 'ADSL'],
  ['', null],
])('service word %s', (word, service) => {
  expect(readService(word)).toBe(service);
});
