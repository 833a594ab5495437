// What is left when all is over: every order and every movement of money, as the shop itself would read them.

import type { Store } from '../../src/app/ports.ts';
import { walletOf, type Entry } from '../../src/domain/ledger.ts';
import type { Order } from '../../src/domain/order.ts';
import type { LostWords } from './alerts.ts';
import type { Killed } from './lives.ts';
import type { Town } from './town.ts';

/** What is left when all is over. */
export interface Evidence {
  readonly shop: Shop;
  /** Everything that the bots have printed. */
  readonly log: string;
  /** References on cards that still ask, and are answered as old when they are pressed. */
  readonly outdated: ReadonlySet<string>;
  readonly kills: readonly Killed[];
  readonly lost: LostWords;
}

export interface Shop {
  readonly orders: readonly Order[];
  /** What came onto wallets and left them without an order. */
  readonly moves: readonly Entry[];
}

const PAGE = 500;

async function read(store: Store, people: Town['people']): Promise<Shop> {
  const orders: Order[] = [];
  for (let before: number | null = null, more = true; more; more = before !== null) {
    const page: Awaited<ReturnType<typeof store.orders>> = await store.orders({}, before, PAGE);
    orders.push(...page.rows);
    before = page.next;
  }
  const moves: Entry[] = [];
  for (const { id } of people)
    for (let before: number | null = null, more = true; more; more = before !== null) {
      const page: Awaited<ReturnType<typeof store.statement>> = await store.statement(
        walletOf(id),
        before,
        PAGE,
      );
      moves.push(...page.rows.filter(({ kind }) => !['hold', 'release', 'capture'].includes(kind)));
      before = page.next;
    }
  return { orders, moves };
}

/** Every order and every movement of a shop in which no bot runs. */
export const readShop = ({ storehouse, people }: Town): Promise<Shop> =>
  storehouse.visit((store) => read(store, people));
