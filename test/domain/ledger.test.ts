// Entries add up, and no hold can be left twice.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agree, EMPTY_BOOKS, post, sum, total, type Entry, type EntryKind } from '../../src/domain/ledger.ts';
import { centimes, dinars } from '../../src/domain/money.ts';
import { NOW } from './an-order.ts';

const entry = (kind: EntryKind, amount: number, id = `t1:${kind}`): Entry => ({
  id,
  account: 'shop',
  kind,
  amount: centimes(amount),
  at: NOW,
  by: 'worker',
  reason: kind,
  ref: 't1',
});

describe('the books', () => {
  it('hold what is confirmed, and take what is captured', () => {
    const books = sum([entry('hold', 300), entry('hold', 200), entry('capture', 300), entry('release', 50)]);
    expect(books).toEqual({ held: 150, taken: 300 });
  });

  it('give back without taking', () => {
    expect(sum([entry('hold', 980), entry('release', 980)])).toEqual(EMPTY_BOOKS);
  });

  it.each(['release', 'capture'] as const)('refuse a %s of more than is held', (kind) => {
    expect(() => sum([entry('hold', 980), entry(kind, 981)])).toThrow(RangeError);
    expect(() => post(EMPTY_BOOKS, entry(kind, 1))).toThrow(RangeError);
  });

  it('agree only to the centime', () => {
    const books = sum([entry('hold', 100)]);
    expect(agree(books, { ...books })).toBe(true);
    expect(agree(books, sum([entry('hold', 101)]))).toBe(false);
    expect(agree(sum([entry('hold', 100), entry('capture', 100)]), EMPTY_BOOKS)).toBe(false);
  });

  it('neither create nor lose money: what came in as holds is held, taken, or was given back', () => {
    const kinds = fc.constantFrom<EntryKind>('hold', 'release', 'capture');
    const moves = fc.array(fc.tuple(kinds, fc.integer({ min: 1, max: 1_000 })), { maxLength: 30 });
    fc.assert(
      fc.property(moves, (listed) => {
        let books = EMPTY_BOOKS;
        let [held, back] = [0, 0];
        for (const [kind, amount] of listed) {
          if (kind !== 'hold' && amount > books.held) continue;
          books = post(books, entry(kind, amount));
          if (kind === 'hold') held += amount;
          if (kind === 'release') back += amount;
        }
        expect(books.held + books.taken + back).toBe(held);
        expect(books.held).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

it('a total of nothing is nothing', () => {
  expect(total([])).toBe(0);
  expect(total([dinars(1), centimes(5)])).toBe(105);
});
