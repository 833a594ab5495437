// What the people who run the shop must know, in English; the contract of the others. Buyers never see it.

import type { Contract } from '../contract.ts';
import type { CardFacts } from '../orders/facts.ts';
import { what } from '../orders/en.ts';
import { code, lines, rich } from '../rich.ts';

export const en = {
  key: '⚠️ The provider refuses the key. Nothing is sold until the bot is started again with a valid ONECLICK_API_KEY. Open orders are kept.',
  address:
    '⚠️ The provider blocks this server’s address. The bot asks again in about 15 minutes by itself. Check the allowed addresses in the provider’s dashboard.',
  disabled:
    '⚠️ The provider has switched this key off. Switch it on in the dashboard and start the bot again. Open orders are kept.',
  readOnly:
    '⚠️ The provider’s key may only read. Start the bot again with a key that may buy. Open orders are kept.',
  recovered:
    '⚠️ The order book was damaged and the bot started with its previous copy. Every open order is being looked up before anything is sent. Check the disk.',
  disk: '⚠️ The disk does not take the order book (full?). Nothing is sold until it does; open orders wait.',
  database:
    '⚠️ The database does not take the order book (not answering, or full?). Nothing is sold until it does; open orders wait.',
  shopShort:
    '⚠️ A buyer was turned away: the shop’s credit at the provider does not cover the purchase. Top it up.',
  shopBalance: (no: number) =>
    `⚠️ Order no. ${no} was refused: the shop’s credit at the provider is too low. Top it up.`,
  review: {
    overdue: (o: CardFacts) =>
      lines(rich`⚠️ Order no. ${o.no} is over its time. Look it up in the provider’s dashboard.`, what(o)),
    mismatch: (o: CardFacts) =>
      lines(
        rich`⚠️ Order no. ${o.no}: the provider’s order has another number or amount. Compare them.`,
        what(o),
      ),
    lost: (o: CardFacts) =>
      lines(
        rich`⚠️ Order no. ${o.no}: the provider does not know it, sent twice. Look it up in the dashboard.`,
        what(o),
      ),
  },
  reference: (ref: string) => rich`Our reference: ${code(ref)}`,
  settleHint: 'If you know how it ended, say so here.',
  sure: {
    fulfilled: (no: number) => `Order no. ${no}: the line was recharged, and the money is taken. Sure?`,
    refunded: (no: number) => `Order no. ${no}: the line was not recharged, and the money goes back. Sure?`,
  },
  settled: (no: number) => `Order no. ${no} is settled.`,
  notInReview: (no: number) => `Order no. ${no} has settled itself in the meantime.`,
  needsNone: (no: number) => `Order no. ${no} goes on by itself: it needs no verdict.`,
  word: (o: CardFacts, word: string) =>
    lines(
      rich`⚠️ Order no. ${o.no}: the provider says ${code(word)}, which is new. It is kept open and watched.`,
      what(o),
    ),
};

export type AlertSentences = Contract<typeof en>;
