// Waits grow with age, and never faster than the provider's guide allows.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askAgainIn,
  askQueuedIn,
  isOverdue,
  lookUpAgainIn,
  NOT_FOUND_BEFORE_RESEND,
  RESEND_AFTER_MS,
  showAgainIn,
} from '../../src/domain/schedule.ts';
import { HOUR, MINUTE, SECOND } from './an-order.ts';

describe('an accepted order', () => {
  it.each([
    [0, 4 * SECOND],
    [4 * SECOND - 1, 4 * SECOND],
    [4 * SECOND, 5 * SECOND],
    [59 * SECOND, 5 * SECOND],
    [MINUTE, 10 * SECOND],
    [5 * MINUTE, MINUTE],
    [30 * MINUTE, 10 * MINUTE],
    [6 * HOUR, HOUR],
    [1000 * HOUR, HOUR],
  ])('of age %i ms is asked about again after %i ms', (age, wait) => {
    expect(askAgainIn(age)).toBe(wait);
  });

  it('is never asked about more than once in four seconds, and never more often as it ages', () => {
    const ages = fc.integer({ min: 0, max: 100 * HOUR });
    fc.assert(
      fc.property(ages, ages, (a, b) => {
        expect(askAgainIn(a)).toBeGreaterThanOrEqual(4 * SECOND);
        expect(askAgainIn(Math.max(a, b))).toBeGreaterThanOrEqual(askAgainIn(Math.min(a, b)));
      }),
    );
  });
});

it('a scheduled order is asked about every half hour, after a day every hour', () => {
  expect(askQueuedIn(0)).toBe(30 * MINUTE);
  expect(askQueuedIn(24 * HOUR - 1)).toBe(30 * MINUTE);
  expect(askQueuedIn(24 * HOUR)).toBe(HOUR);
});

it.each(['unknown', 'handling', 'queued'] as const)('%s is overdue after its time, not at it', (state) => {
  const most = { unknown: HOUR, handling: 6 * HOUR, queued: 50 * HOUR }[state];
  expect(isOverdue(state, 0, most)).toBe(false);
  expect(isOverdue(state, 0, most + 1)).toBe(true);
});

describe('look-ups by reference', () => {
  it('start soon, grow, and settle at once a minute', () => {
    const waits = Array.from({ length: 30 }, (_, count) => lookUpAgainIn(count));
    expect(waits[0]).toBeLessThanOrEqual(2 * SECOND);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(MINUTE);
  });

  it('have asked often enough by the time a second sending is allowed', () => {
    let asked = 0;
    for (let age = 0; age < RESEND_AFTER_MS; asked += 1) age += lookUpAgainIn(asked);
    expect(asked).toBeGreaterThanOrEqual(NOT_FOUND_BEFORE_RESEND);
  });
});

it('a message that is refused is tried again later and later, at last twice a day', () => {
  const waits = Array.from({ length: 20 }, (_, tries) => showAgainIn(tries));
  expect(waits[0]).toBe(2 * SECOND);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBe(12 * HOUR);
});
