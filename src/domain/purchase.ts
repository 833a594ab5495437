// How an order begins: a confirmation, whose money it spends, and the order that it becomes.

import { walletOf, type Account, type Entry } from './ledger.ts';
import { entryOf, type Bought, type Draft } from './order.ts';

/** A confirmation, and the message that becomes the order's. */
export interface Purchase extends Bought {
  readonly chatId: number;
  readonly threadId: number | null;
  readonly messageId: number | null;
}

/** Whose money a purchase spends. */
export const accountOf = ({ role, buyer }: Pick<Bought, 'role' | 'buyer'>): Account =>
  role === 'owner' ? 'shop' : walletOf(buyer);

/** A confirmed purchase with its money held; due at once. */
export function confirm(purchase: Purchase, now: number): { order: Draft; entries: readonly Entry[] } {
  const { chatId, threadId, messageId, ...bought } = purchase;
  const order: Draft = {
    ...bought,
    account: accountOf(bought),
    confirmedAt: now,
    dueAt: now,
    sends: 0,
    sentAt: null,
    doubted: false,
    landed: false,
    alert: null,
    alerted: null,
    message: { chatId, threadId, messageId, digest: null, ended: false, tries: 0, retryAt: now },
    state: { name: 'confirmed' },
    story: [{ kind: 'state', at: now, name: 'confirmed', by: String(purchase.buyer) }],
  };
  return { order, entries: [entryOf(order, 'hold', now, String(purchase.buyer), 'confirmed')] };
}
