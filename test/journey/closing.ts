// The last test of every journey: the till is counted against the order book and against the provider's own account, and
// every wallet against its entries and its orders.

import { expect, it } from 'vitest';
import type { ShopDay } from './shop-day.ts';

/** Ends the bot and counts. `held`: centimes that orders left open on purpose still hold. */
export function booksAddUp(day: () => ShopDay, { held = 0 }: { held?: number } = {}): void {
  it('adds up to the centime at closing time', async () => {
    const books = await day().count();
    expect(books).toMatchObject({ exit: 0, held, openTotal: held, duplicates: 0, walletFaults: 0 });
    expect(books.taken).toBe(books.fulfilledTotal);
    expect(books.entries).toEqual({ held: books.held, taken: books.taken });
    // Each wallet by itself is the sum of its entries and agrees with its orders; so are all of them together.
    expect(books.walletEntries).toEqual(books.wallets);
    expect(books.costs).toBe(books.providerTook);
  });
}
