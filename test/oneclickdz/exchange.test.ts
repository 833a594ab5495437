// One request and its answer.

import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/oneclickdz/exchange.ts';

const NOON = Date.UTC(2026, 8, 1, 12);

test.each([
  [null, undefined],
  ['5', 5_000],
  ['Tue, 01 Sep 2026 12:00:07 GMT', 7_000],
  ['Tue, 01 Sep 2026 11:00:00 GMT', 0],
  ['soon', undefined],
])('Retry-After %s', (header, ms) => {
  expect(retryAfterMs(header, NOON)).toBe(ms);
});
