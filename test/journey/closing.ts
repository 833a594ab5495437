// The last test of every journey: the till is counted against the order book and against the provider's own account.

import { expect, it } from 'vitest';
import type { ShopDay } from './shop-day.ts';

/** Ends the bot and counts. `held`: centimes that orders left open on purpose still hold. */
export function booksAddUp(day: () => ShopDay, { held = 0 }: { held?: number } = {}): void {
  it('adds up to the centime at closing time', async () => {
    const books = await day().count();
    expect(books).toMatchObject({ exit: 0, held, openTotal: held, duplicates: 0 });
    expect(books.taken).toBe(books.fulfilledTotal);
    expect(books.entries).toEqual({ held: books.held, taken: books.taken });
    expect(books.held + books.taken).toBe(books.providerTook);
  });
}
