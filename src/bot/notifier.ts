// Keeps each order's one message true. It compares what the person has seen with what is, and edits only when they
// differ; so it also heals after a crash, a block or a deleted message. It decides nothing about the order.

import type { Clock, Showing, Store, Vault } from '../app/ports.ts';
import type { Record } from '../app/record.ts';
import { isClosed, isSettled, type Order, type Ref } from '../domain/order.ts';
import { ANNOUNCE_AFTER_MS } from '../domain/schedule.ts';
import { sentences } from '../i18n/index.ts';
import type { Chat, Place, Sent } from './chat.ts';
import type { ChatFailure } from './failures.ts';
import { digestOf, drawCard } from './order-card.ts';
import type { View } from './view.ts';

export interface Notifier extends Showing {
  /** The order changed, or was found at start-up: what its message says may be old. */
  changed(order: Order): void;
  /** The person wrote or unblocked the bot: what could not be shown is shown now. */
  cameBack(person: number): void;
  /** Telegram answers again after a silence: what could not be shown to anybody is shown now. */
  telegramIsBack(): void;
  /** The card as its buyer may see it in private. */
  privateCard(order: Order): View;
}

/** Stands for the card while the code has reached its buyer and the group does not know it yet. */
const CODE_BROUGHT = 'code-brought';

/** Shows at once at the most; the rest waits its turn so that a restart with many orders is no burst. */
const AT_ONCE = 256;
/** Of one chat: calls to a chat go one by one anyway, and a slow chat must not use up everybody's places. */
const AT_ONCE_IN_A_CHAT = 2;
/** After a fault of ours (disk), so that a message is not edited again and again meanwhile. */
const REST_AFTER_FAULT_MS = 5_000;

export function createNotifier(deps: {
  store: Store;
  vault: Vault;
  chat: Chat;
  record: Record;
  /** Tells the owners what `order.alert` says; false when nobody could be told yet. */
  tellOwners: (order: Order, alert: string) => Promise<boolean>;
  /** A link that opens the private chat at this order; undefined while the bot's name is unknown. */
  privateLink: (order: Order) => string | undefined;
  clock: Clock;
  failed: (order: Order, error: unknown) => void;
  wake: () => void;
}): Notifier {
  const { store, vault, chat, record, tellOwners, privateLink, clock, failed, wake } = deps;
  /** Orders whose message may be old, with the revision that it has to be compared with at least. */
  const unshown = new Map<Ref, number>();
  const inHand = new Map<Ref, Promise<void>>();
  const resting = new Map<Ref, number>();
  const unreachable = new Set<number>();
  const returned = new Set<number>();
  const busyChats = new Map<number, number>();
  /** Said already in this life, though the disk may not know: not said again while it is full. */
  const announced = new Set<Ref>();
  const brought = new Set<Ref>();
  let everybodyReturned = false;

  const placeOf = ({ message }: Order): Place => ({ chatId: message.chatId, threadId: message.threadId });
  const isPrivate = (order: Order): boolean => order.message.chatId === order.buyer;

  function codeOf(order: Order): string | null {
    if (order.state.name !== 'fulfilled' || order.state.code === null) return null;
    return vault.open(order.state.code, order.ref) ?? null;
  }

  const privateCard = (order: Order): View =>
    drawCard(order, { language: order.language, isPrivate: true, code: codeOf(order) });

  const cardFor = (order: Order): View =>
    isPrivate(order)
      ? privateCard(order)
      : drawCard(order, {
          language: order.language,
          isPrivate: false,
          code: null,
          privateLink: privateLink(order),
        });

  async function put(order: Order): Promise<Sent> {
    const { messageId } = order.message;
    const view = cardFor(order);
    if (messageId !== null) {
      const edited = await chat.edit(placeOf(order), messageId, order.language, view);
      if (edited.ok || edited.failure.kind !== 'gone') return edited;
    }
    return chat.send(placeOf(order), order.language, view);
  }

  /** An edit makes no sound: an end that took long is also said in a short new message. */
  async function announce(order: Order, messageId: number): Promise<void> {
    const { state, language } = order;
    // A message sent anew has made its own sound.
    if (!('at' in state) || order.message.messageId !== messageId) return;
    if (state.at - order.confirmedAt < ANNOUNCE_AFTER_MS || announced.has(order.ref)) return;
    announced.add(order.ref);
    const t = sentences(language).announce;
    const text = state.name === 'fulfilled' ? t.fulfilled(order.no) : t.refunded(order.no);
    await chat.send(placeOf(order), language, { text }, messageId);
  }

  /** A code bought in a group goes to its buyer's private chat before the group hears of it. False: not yet. */
  async function bringCode(order: Order): Promise<boolean> {
    const { message, state, ref, buyer, language } = order;
    if (isPrivate(order) || state.name !== 'fulfilled' || message.digest === CODE_BROUGHT) return true;
    if (brought.has(ref)) return true;
    const sent = await chat.send({ chatId: buyer, threadId: null }, language, privateCard(order));
    // Who can't be written to finds a button for it under the group's card.
    const hopeless = !sent.ok && (sent.failure.kind === 'unreachable' || sent.failure.kind === 'malformed');
    if (!sent.ok && !hopeless) {
      await refused(order, sent.failure);
      return false;
    }
    brought.add(ref);
    await record(ref, { type: 'shown', digest: CODE_BROUGHT, messageId: message.messageId, ended: false });
    return true;
  }

  async function refused(order: Order, failure: ChatFailure): Promise<void> {
    if (failure.kind === 'unreachable') unreachable.add(order.buyer);
    const lost = failure.kind === 'migrated' || failure.kind === 'gone';
    const waitMs =
      failure.kind === 'slow-down' ? failure.waitMs : failure.kind === 'migrated' ? 0 : undefined;
    await record(order.ref, {
      type: 'show-refused',
      lost,
      ...(waitMs === undefined ? {} : { waitMs }),
      ...(failure.kind === 'migrated' ? { chatId: failure.chatId } : {}),
    });
  }

  async function show(ref: Ref): Promise<void> {
    const order = await store.byRef(ref);
    if (order === undefined || isClosed(order)) return;
    // Side by side: an owner whose chat is slow must not keep the buyer from the end of the order.
    await Promise.all([alertOwners(order), display(order)]);
  }

  async function alertOwners(order: Order): Promise<void> {
    const { ref, alert } = order;
    if (alert === null || alert === order.alerted) return;
    if (await tellOwners(order, alert)) await record(ref, { type: 'owners-told', alert });
    else restAfterFault(ref);
  }

  /** The person has seen this, and the owners have heard what there is to hear. */
  const isShown = (order: Order): boolean =>
    order.alert === order.alerted && isDisplayed(order) && !inHand.has(order.ref);

  const isDisplayed = (order: Order): boolean =>
    order.message.digest === digestOf(order) && (order.message.ended || !isSettled(order));

  async function display(order: Order): Promise<void> {
    const { ref } = order;
    if (isDisplayed(order)) return;
    if (!(await bringCode(order))) return;
    const sent = await put(order);
    if (!sent.ok) return refused(order, sent.failure);
    if (isSettled(order)) await announce(order, sent.messageId);
    const ended = isSettled(order);
    await record(ref, { type: 'shown', digest: digestOf(order), messageId: sent.messageId, ended });
    announced.delete(ref);
    brought.delete(ref);
  }

  function restAfterFault(ref: Ref): void {
    unshown.set(ref, unshown.get(ref) ?? 0);
    resting.set(ref, clock() + REST_AFTER_FAULT_MS);
  }

  function begin(order: Order): void {
    const { ref } = order;
    unshown.delete(ref);
    resting.delete(ref);
    const { chatId } = order.message;
    busyChats.set(chatId, inChat(chatId) + 1);
    const showing = show(ref)
      .catch((error: unknown) => {
        restAfterFault(ref);
        failed(order, error);
      })
      .finally(() => {
        inHand.delete(ref);
        const left = inChat(chatId) - 1;
        if (left === 0) busyChats.delete(chatId);
        else busyChats.set(chatId, left);
        wake();
      });
    inHand.set(ref, showing);
  }

  /** Only a refused show waits: a moment left by a show that went well may lie ahead of a clock that was set back. */
  const dueAt = ({ ref, message }: Order): number =>
    Math.max(message.tries === 0 ? 0 : message.retryAt, resting.get(ref) ?? 0);

  const inChat = (chatId: number): number => busyChats.get(chatId) ?? 0;
  const hasPlace = ({ message }: Order): boolean => inChat(message.chatId) < AT_ONCE_IN_A_CHAT;

  const mayShow = (order: Order, now: number): boolean =>
    dueAt(order) <= now || everybodyReturned || returned.has(order.buyer);

  return {
    privateCard,
    changed: (order) => {
      if (isClosed(order)) unshown.delete(order.ref);
      else unshown.set(order.ref, order.rev);
    },
    cameBack: (person) => {
      if (!unreachable.delete(person)) return;
      returned.add(person);
      wake();
    },
    telegramIsBack: () => {
      everybodyReturned = true;
      wake();
    },
    showDue: (open, now) => {
      for (const order of open) {
        if (order.message.tries > 0) unreachable.add(order.buyer);
        if (inHand.size >= AT_ONCE) return;
        // Most orders found at start-up are shown as they are: those cost nobody a place.
        if (isShown(order) && (unshown.get(order.ref) ?? Infinity) <= order.rev) unshown.delete(order.ref);
        if (!unshown.has(order.ref) || inHand.has(order.ref) || !hasPlace(order)) continue;
        if (!mayShow(order, now)) continue;
        begin(order);
      }
      returned.clear();
      everybodyReturned = false;
    },
    nextAt: (open) => {
      if (inHand.size >= AT_ONCE) return undefined;
      let next: number | undefined;
      for (const order of open) {
        // A chat without a place wakes the loop when it has one.
        if (unshown.has(order.ref) && !inHand.has(order.ref) && hasPlace(order))
          next = Math.min(next ?? Infinity, dueAt(order));
      }
      return next;
    },
    settled: async () => {
      await Promise.all([...inHand.values()]);
    },
  };
}
