// The one message that shows an order: drawn as its place allows, put where it stands, and its end announced when that
// took long.

import type { Vault } from '../app/ports.ts';
import { isSettled, type Order, type Ref } from '../domain/order.ts';
import { ANNOUNCE_AFTER_MS } from '../domain/schedule.ts';
import { sentences } from '../i18n/index.ts';
import type { Chat, Place, Sent } from './chat.ts';
import { isInGroup } from './group-private.ts';
import { drawCard } from './order-card.ts';
import type { View } from './view.ts';

export interface OrderMessages {
  /** The card as its buyer may see it in private. */
  privateCard(order: Order): View;
  /** The order's card code in the clear; null when there is none, or it can't be opened. */
  codeOf(order: Order): string | null;
  /** Edits the order's message, or sends it anew where there is none (any more). `codeWaits`: for the buyer, in private. */
  put(order: Order, codeWaits: boolean): Promise<Sent>;
  /** An edit makes no sound: an end that took long is also said in a short new message, once. */
  announce(order: Order, messageId: number): Promise<void>;
  /** The end is on disk as seen: it will not be announced again anyway. */
  forget(ref: Ref): void;
}

const placeOf = ({ message }: Order): Place => ({ chatId: message.chatId, threadId: message.threadId });

export function createOrderMessages(deps: {
  vault: Vault;
  chat: Chat;
  /** A link that opens the private chat at this order; undefined while the bot's name is unknown. */
  privateLink: (order: Order) => string | undefined;
}): OrderMessages {
  const { vault, chat, privateLink } = deps;
  /** Said already in this life, though the disk may not know: not said again while it is full. */
  const announced = new Set<Ref>();

  function codeOf(order: Order): string | null {
    if (order.state.name !== 'fulfilled' || order.state.code === null) return null;
    return vault.open(order.state.code, order.ref) ?? null;
  }

  const privateCard = (order: Order): View =>
    drawCard(order, { language: order.language, isPrivate: true, code: codeOf(order) });

  const cardFor = (order: Order, codeWaits: boolean): View =>
    isInGroup(order)
      ? drawCard(order, {
          ...{ language: order.language, isPrivate: false, code: null, codeWaits },
          privateLink: privateLink(order),
        })
      : privateCard(order);

  async function put(order: Order, codeWaits: boolean): Promise<Sent> {
    const { messageId } = order.message;
    const view: View = { ...cardFor(order, codeWaits), weight: isSettled(order) ? 'end' : 'progress' };
    if (messageId !== null) {
      const edited = await chat.edit(placeOf(order), messageId, order.language, view);
      if (edited.ok || !['gone', 'topic-gone'].includes(edited.failure.kind)) return edited;
    }
    return chat.send(placeOf(order), order.language, view);
  }

  async function announce(order: Order, messageId: number): Promise<void> {
    const { state, language } = order;
    // A message sent anew has made its own sound.
    if (!('at' in state) || order.message.messageId !== messageId) return;
    if (state.at - order.confirmedAt < ANNOUNCE_AFTER_MS || announced.has(order.ref)) return;
    announced.add(order.ref);
    const t = sentences(language).announce;
    const text = state.name === 'fulfilled' ? t.fulfilled(order.no) : t.refunded(order.no);
    await chat.send(placeOf(order), language, { text, weight: 'spare' }, messageId);
  }

  return { privateCard, codeOf, put, announce, forget: (ref) => void announced.delete(ref) };
}
