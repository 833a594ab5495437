// What a buyer hears in private of an order that was bought in a group: its code, before the group hears that it is there,
// and how it ended when the group can't be written to any more.

import type { Record } from '../app/record.ts';
import { isSettled, type Order, type Ref } from '../domain/order.ts';
import type { Chat } from './chat.ts';
import type { ChatFailure } from './failures.ts';
import { digestOf } from './order-card.ts';
import type { View } from './view.ts';

/** Stands for the card while the code has reached its buyer and the group does not know it yet. */
const CODE_BROUGHT = 'code-brought';

/** What became of the code; there is nothing to bring, too, when it is `brought`. `later`: Telegram does not take it now. */
export type Brought =
  { readonly kind: 'brought' | 'unreachable' } | { readonly kind: 'later'; readonly failure: ChatFailure };

export interface GroupPrivate {
  bringCode(order: Order): Promise<Brought>;
  /** Tells the end where the group can't be told; false when its buyer can't be reached either. */
  tellEnd(order: Order, code: Brought): Promise<boolean>;
  /** The end has been shown: nothing has to be remembered of the order. */
  forget(ref: Ref): void;
}

export const isInGroup = ({ message, buyer }: Order): boolean => message.chatId !== buyer;

export function createGroupPrivate(deps: {
  chat: Chat;
  record: Record;
  privateCard: (order: Order) => View;
}): GroupPrivate {
  const { chat, record, privateCard } = deps;
  /** Said already in this life, though the disk may not know: not said again while it is full. */
  const brought = new Set<Ref>();

  const sendCard = (order: Order) =>
    chat.send({ chatId: order.buyer, threadId: null }, order.language, privateCard(order));

  return {
    bringCode: async (order) => {
      const { message, state, ref } = order;
      const isThere = message.digest === CODE_BROUGHT || brought.has(ref);
      if (!isInGroup(order) || state.name !== 'fulfilled' || isThere) return { kind: 'brought' };
      const sent = await sendCard(order);
      if (!sent.ok) {
        const { failure } = sent;
        // Who can't be written to finds a button for it under the group's card.
        const isHopeless = failure.kind === 'unreachable' || failure.kind === 'malformed';
        return isHopeless ? { kind: 'unreachable' } : { kind: 'later', failure };
      }
      brought.add(ref);
      await record(ref, { type: 'shown', digest: CODE_BROUGHT, messageId: message.messageId, ended: false });
      return { kind: 'brought' };
    },

    tellEnd: async (order, code) => {
      const { buyer, ref, state } = order;
      if (!isInGroup(order) || !isSettled(order) || code.kind !== 'brought') return false;
      const sent = state.name === 'fulfilled' ? null : await sendCard(order);
      if (sent?.ok === false) return false;
      const messageId = sent?.messageId ?? null;
      await record(ref, { type: 'shown', digest: digestOf(order), messageId, ended: true, chatId: buyer });
      brought.delete(ref);
      return true;
    },

    forget: (ref) => void brought.delete(ref),
  };
}
