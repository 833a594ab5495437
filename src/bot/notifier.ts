// Keeps each order's one message true. It compares what the person has seen with what is, and edits only when they
// differ; so it also heals after a crash, a block or a deleted message. It decides nothing about the order.

import { moveGroup } from '../app/groups.ts';
import type { Clock, Showing, Store, Vault } from '../app/ports.ts';
import type { Record } from '../app/record.ts';
import { isClosed, isSettled, type Order, type Ref } from '../domain/order.ts';
import type { Chat } from './chat.ts';
import type { ChatFailure } from './failures.ts';
import { createGroupPrivate, isInGroup, type Brought } from './group-private.ts';
import type { LateEdits } from './late-edits.ts';
import { digestOf } from './order-card.ts';
import { createOrderMessages } from './order-message.ts';
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
  /** The order's card code in the clear; null when there is none, or it can't be opened. */
  codeOf(order: Order): string | null;
}

/** Shows at once at the most; the rest waits its turn so that a restart with many orders is no burst. */
const AT_ONCE = 256;
/** Of one chat: calls to a chat go one by one anyway, and a slow chat must not use up everybody's places. */
const AT_ONCE_IN_A_CHAT = 2;
/** Of a group: one person whose private chat takes no code must not hold up what the others see. */
const AT_ONCE_IN_A_GROUP = 20;
/** After a fault of ours (disk), so that a message is not edited again and again meanwhile. */
const REST_AFTER_FAULT_MS = 5_000;

export function createNotifier(deps: {
  store: Store;
  vault: Vault;
  chat: Chat;
  lateEdits: Pick<LateEdits, 'waitMs'>;
  record: Record;
  /** Tells the owners what `order.alert` says; false when nobody could be told yet. */
  tellOwners: (order: Order, alert: string) => Promise<boolean>;
  /** A link that opens the private chat at this order; undefined while the bot's name is unknown. */
  privateLink: (order: Order) => string | undefined;
  clock: Clock;
  failed: (order: Order, error: unknown) => void;
  wake: () => void;
}): Notifier {
  const { store, chat, lateEdits, record, tellOwners, clock, failed, wake } = deps;
  /** Orders whose message may be old, with the revision that it has to be compared with at least. */
  const unshown = new Map<Ref, number>();
  const inHand = new Map<Ref, Promise<void>>();
  const resting = new Map<Ref, number>();
  const unreachable = new Set<number>();
  const returned = new Set<number>();
  const busyChats = new Map<number, number>();
  /** Ends that were tried in this life: the first try waits for nothing that happened before the end. */
  const ends = new Set<Ref>();
  let everybodyReturned = false;

  const messages = createOrderMessages(deps);
  const privateCard = (order: Order): View => messages.privateCard(order);
  const inPrivate = createGroupPrivate({ chat, record, privateCard });

  async function refused(order: Order, failure: ChatFailure): Promise<void> {
    if (failure.kind === 'unreachable') unreachable.add(order.buyer);
    const lost = failure.kind === 'migrated' || failure.kind === 'gone';
    if (failure.kind === 'migrated') await moveGroup(store, order.message.chatId, failure.chatId);
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

  const display = async (order: Order): Promise<void> => (isDisplayed(order) ? undefined : write(order));

  /**
   * This process may have slept through its turn, as a frozen machine does, and only now have written over an end that
   * another one has shown.
   */
  async function putRight(written: Order, now: Order | undefined): Promise<void> {
    if (now === undefined || !isSettled(now) || digestOf(now) === digestOf(written)) return;
    if (!isClosed(now)) return write(now);
    const sent = await messages.put(now, false);
    if (!sent.ok)
      failed(now, new Error(`an end that was written over could not be put right (${sent.failure.kind})`));
  }

  async function write(order: Order): Promise<void> {
    const { ref } = order;
    const code = await inPrivate.bringCode(order);
    if (code.kind === 'later') return refused(order, code.failure);
    const sent = await messages.put(order, code.kind === 'unreachable');
    if (!sent.ok) {
      await notShown(order, sent.failure, code);
      const now = await store.byRef(ref);
      // An edit that went unanswered may have arrived all the same.
      return now !== undefined && isClosed(now) ? putRight(order, now) : undefined;
    }
    if (isSettled(order)) await messages.announce(order, sent.messageId);
    const ended = isSettled(order);
    const lateMs = lateEdits.waitMs(order.message.chatId, sent.messageId);
    // What an older edit may still write over is put right once it can't any more; until then nothing counts as seen.
    if (ended && lateMs > 0) {
      rest(ref, lateMs);
      return;
    }
    const shown = { type: 'shown', digest: digestOf(order), messageId: sent.messageId, ended } as const;
    const kept = (await record(ref, shown)) ?? (await store.byRef(ref));
    messages.forget(ref);
    inPrivate.forget(ref);
    await putRight(order, kept);
  }

  async function notShown(order: Order, failure: ChatFailure, code: Brought): Promise<void> {
    // A group has no room for progress now: nothing is lost, and nothing has to be written down.
    const isBusy = failure.kind === 'slow-down' && isInGroup(order) && !isSettled(order);
    if (isBusy) rest(order.ref, failure.waitMs);
    else if (failure.kind !== 'unreachable' || !(await inPrivate.tellEnd(order, code)))
      await refused(order, failure);
  }

  function rest(ref: Ref, ms: number): void {
    unshown.set(ref, unshown.get(ref) ?? 0);
    resting.set(ref, clock() + ms);
  }

  const restAfterFault = (ref: Ref): void => rest(ref, REST_AFTER_FAULT_MS);

  function begin(order: Order): void {
    const { ref } = order;
    unshown.delete(ref);
    resting.delete(ref);
    if (isSettled(order)) ends.add(ref);
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
  function dueAt(order: Order): number {
    const { ref, message } = order;
    if (isSettled(order) && !ends.has(ref)) return 0;
    return Math.max(message.tries === 0 ? 0 : message.retryAt, resting.get(ref) ?? 0);
  }

  const inChat = (chatId: number): number => busyChats.get(chatId) ?? 0;
  const hasPlace = (order: Order): boolean =>
    inChat(order.message.chatId) < (isInGroup(order) ? AT_ONCE_IN_A_GROUP : AT_ONCE_IN_A_CHAT);

  /** How orders end is shown before how they go on. */
  const endsFirst = (open: readonly Order[]): readonly Order[] => [
    ...open.filter(isSettled),
    ...open.filter((order) => !isSettled(order)),
  ];

  const mayShow = (order: Order, now: number): boolean =>
    dueAt(order) <= now || everybodyReturned || returned.has(order.buyer);

  return {
    privateCard,
    codeOf: (order) => messages.codeOf(order),
    changed: (order) => {
      const { ref, rev } = order;
      if (!isClosed(order)) return void unshown.set(ref, Math.max(rev, unshown.get(ref) ?? 0));
      unshown.delete(order.ref);
      ends.delete(order.ref);
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
      for (const order of endsFirst(open)) {
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
