// What both halves of the purchase's desk are made from, and the few words that both say to Telegram.

import type { Catalog } from '../app/catalog.ts';
import type { Counter } from '../app/place-order.ts';
import type { Store, Topups } from '../app/ports.ts';
import type { Prices } from '../app/prices.ts';
import type { Buyer } from '../app/standing.ts';
import type { Ref } from '../domain/order.ts';
import type { Chat, Place } from './chat.ts';
import { isOwnPress, type BotContext } from './context.ts';
import type { Prompts, Spot } from './prompts.ts';
import type { Asked } from './screens.ts';
import type { WaitingPurchases } from './wallet-waiting.ts';

export interface DeskParts {
  readonly catalog: Catalog;
  readonly counter: Counter;
  readonly prices: Prices;
  readonly topups: Topups;
  readonly store: Store;
  readonly chat: Chat;
  readonly prompts: Prompts;
  /** Purchases that wait for money. */
  readonly waiting: WaitingPurchases;
  readonly newRef: () => Ref;
}

/** Whoever lost the right to buy in the middle of a purchase buys nothing with it. */
export const NOBODY: Buyer = { id: 0, name: '', role: 'customer' };

/** What the prompts of a flow carry. */
export const askedAt = (outer: BotContext, spot: Spot, place: Place): Asked => ({
  language: outer.language,
  owner: spot.owner,
  flow: spot.flow,
  inGroup: place.chatId < 0,
});

/** The spinner on a pressed button ends before anything slow begins. */
export async function acknowledge(outer: BotContext, text?: string): Promise<void> {
  if (outer.callbackQuery !== undefined && !isOwnPress(outer.update))
    await outer.answerCallbackQuery(text === undefined ? {} : { text }).catch(() => undefined);
}
