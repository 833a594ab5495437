// How long a no keeps a stranger quiet, and when nobody will ask about a request any more.

import { describe, expect, it } from 'vitest';
import { isForgotten, QUIET_MS, quietUntil, type Ask } from '../../src/domain/door.ts';
import { HOUR, NOW } from './an-order.ts';

const MONTH = 30 * 24 * HOUR;
const asked: Ask = {
  ...{ kind: 'ask', id: 99, rev: 1, name: 'Stranger', username: null, at: NOW, carded: true, cards: [] },
  answer: null,
};
const answered = (role: 'customer' | null): Ask => ({
  ...asked,
  answer: { role, by: 7, name: 'Owner', at: NOW },
});

describe('a stranger', () => {
  it('who was told no may ask again after a day, to the millisecond', () => {
    expect(quietUntil(answered(null), NOW + QUIET_MS - 1)).toBe(NOW + QUIET_MS);
    expect(quietUntil(answered(null), NOW + QUIET_MS)).toBeUndefined();
  });

  it('who was let in, or not answered, is not kept quiet', () => {
    expect(quietUntil(answered('customer'), NOW)).toBeUndefined();
    expect(quietUntil(asked, NOW)).toBeUndefined();
  });
});

describe('a request', () => {
  it('is forgotten a day after its answer, never while it keeps somebody quiet', () => {
    for (const one of [answered('customer'), answered(null)]) {
      expect(isForgotten(one, NOW + QUIET_MS - 1)).toBe(false);
      expect(isForgotten(one, NOW + QUIET_MS)).toBe(true);
    }
  });

  it('that nobody answered waits for a month', () => {
    expect(isForgotten(asked, NOW + MONTH)).toBe(false);
    expect(isForgotten(asked, NOW + MONTH + 1)).toBe(true);
  });
});
