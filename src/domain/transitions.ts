// Every legal step of an order as one pure function. What the worker learns goes in, the next order and its money
// entries come out; a late or repeated fact changes nothing.

import type { Entry } from './ledger.ts';
import {
  entryOf,
  isSettled,
  isSettledState,
  type Order,
  type OrderEvent,
  type OrderMessage,
  type OrderState,
  type ReviewReason,
  type Settled,
  type Snapshot,
  type Step,
} from './order.ts';
import type { ProviderRefusal } from './refusal.ts';
import {
  afterWait,
  ASK_IN_REVIEW_MS,
  askAgainIn,
  askQueuedIn,
  GIVE_UP_UNSENT_MS,
  isOverdue,
  LONGEST_WAIT_MS,
  lookUpAgainIn,
  MAX_SENDS,
  MAX_SHOWS,
  NOT_FOUND_BEFORE_RESEND,
  RESEND_AFTER_MS,
  showAgainIn,
} from './schedule.ts';

/** The one next thing to do for an order that is due. */
export type NextAct = 'send' | 'give-up' | 'interrupted' | 'look-up' | 'ask' | 'nothing';

const mayResend = (order: Order, now: number): boolean =>
  order.state.name === 'unknown' &&
  !order.landed &&
  order.sends < MAX_SENDS &&
  order.state.notFound >= NOT_FOUND_BEFORE_RESEND &&
  now - (order.sentAt ?? now) >= RESEND_AFTER_MS;

/** What the worker does next with this order, if it is due. */
export function nextAct(order: Order, now: number): NextAct {
  const { state } = order;
  if (order.dueAt === null) return 'nothing';
  if (order.dueAt > now && order.dueAt - now <= LONGEST_WAIT_MS) return 'nothing';
  switch (state.name) {
    case 'confirmed':
      return now - order.confirmedAt > GIVE_UP_UNSENT_MS ? 'give-up' : 'send';
    case 'sending':
      return 'interrupted';
    case 'unknown':
      return mayResend(order, now) ? 'send' : 'look-up';
    case 'handling':
    case 'queued':
      return 'ask';
    case 'review':
      return state.topupId === null ? 'look-up' : 'ask';
    case 'fulfilled':
    case 'refunded':
    case 'rejected':
      return 'nothing';
  }
}

type Changes = Partial<Omit<Order, 'ref' | 'no' | 'rev' | 'state' | 'message'>> & { state: OrderState };

const moved = (order: Order, changes: Changes, entries: readonly Entry[] = []): Step => ({
  order: { ...order, ...changes, rev: order.rev + 1 },
  entries,
});

const topupIdOf = (state: OrderState): string | null => ('topupId' in state ? state.topupId : null);

function settle(order: Order, state: Settled, now: number, by = 'worker', reason: string = state.name): Step {
  const kind = state.name === 'fulfilled' ? 'capture' : 'release';
  return moved(order, { state, dueAt: null }, [entryOf(order, kind, now, by, reason)]);
}

function toReview(order: Order, reason: ReviewReason, now: number, topupId = topupIdOf(order.state)): Step {
  const state: OrderState = { name: 'review', since: now, reason, topupId };
  return moved(order, { state, dueAt: afterWait(now, ASK_IN_REVIEW_MS), alert: `review:${reason}` });
}

function toUnknown(order: Order, now: number, changes: Partial<Changes> = {}): Step {
  const state: OrderState = { name: 'unknown', since: now, lookUps: 0, notFound: 0 };
  return moved(order, { doubted: true, dueAt: now + lookUpAgainIn(0), ...changes, state });
}

function onRefused(order: Order, refusal: ProviderRefusal, now: number): Step {
  // The provider checks stock and balance before the reference: after an earlier doubt, a refusal of the second POST
  // says nothing about what became of the first.
  if (order.doubted) return toUnknown(order, now);
  const rejected = settle(order, { name: 'rejected', at: now, refusal }, now);
  if (refusal.reason !== 'shop-balance') return rejected;
  return { ...rejected, order: { ...rejected.order, alert: 'shop-balance' } };
}

function onNotExecuted(order: Order, waitMs: number, now: number): Step {
  const dueAt = now + waitMs;
  const unsent = { ...order, sends: order.sends - 1 };
  if (!order.doubted) return moved(unsent, { state: { name: 'confirmed' }, dueAt });
  // Each try begins the look-ups anew: without this an order that the provider never takes would go round for ever.
  if (isOverdue('unknown', order.confirmedAt, now)) return toReview(unsent, 'overdue', now);
  return toUnknown(unsent, now, { dueAt });
}

function matches(order: Order, snapshot: Snapshot): boolean {
  return (
    (snapshot.service === null || snapshot.service === order.service) &&
    (snapshot.number === null || snapshot.number === order.line) &&
    (snapshot.value === null || snapshot.value === order.value)
  );
}

function onFound(order: Order, snapshot: Snapshot, now: number): Step {
  const { state } = order;
  const { topupId, status } = snapshot;
  if (!matches(order, snapshot)) {
    if (state.name === 'review') return moved(order, { state, dueAt: afterWait(now, ASK_IN_REVIEW_MS) });
    return toReview(order, 'mismatch', now, topupId);
  }
  switch (status.kind) {
    case 'fulfilled': {
      const { code, transactionNo, processedAt } = snapshot;
      return settle(order, { name: 'fulfilled', at: now, topupId, code, transactionNo, processedAt }, now);
    }
    case 'refunded':
      return settle(order, { name: 'refunded', at: now, topupId, note: snapshot.note }, now);
    case 'queued':
      return waitQueued(order, topupId, now);
    case 'handling':
      return waitHandling(order, topupId, null, now);
    case 'odd':
      return waitHandling(order, topupId, status.word, now);
  }
}

function waitQueued(order: Order, topupId: string, now: number): Step {
  const { state } = order;
  if (state.name === 'review')
    return moved(order, { state: { ...state, topupId }, dueAt: afterWait(now, ASK_IN_REVIEW_MS) });
  const since = state.name === 'queued' ? state.since : now;
  if (isOverdue('queued', since, now)) return toReview(order, 'overdue', now, topupId);
  return moved(order, {
    state: { name: 'queued', since, topupId },
    dueAt: afterWait(now, askQueuedIn(now - since)),
  });
}

function waitHandling(order: Order, topupId: string, word: string | null, now: number): Step {
  const { state } = order;
  if (state.name === 'review')
    return moved(order, { state: { ...state, topupId }, dueAt: afterWait(now, ASK_IN_REVIEW_MS) });
  const since = state.name === 'handling' ? state.since : now;
  if (isOverdue('handling', since, now)) return toReview(order, 'overdue', now, topupId);
  const next: OrderState = { name: 'handling', since, topupId, ...(word === null ? {} : { word }) };
  const alert = word === null ? order.alert : `word:${word}`;
  return moved(order, { state: next, alert, dueAt: afterWait(now, askAgainIn(now - since)) });
}

/** A look-up or a question that brought no order: definitely not known (`notFound`), or simply no answer. */
function onNothingFound(order: Order, notFound: boolean, now: number): Step | undefined {
  const { state } = order;
  switch (state.name) {
    case 'unknown': {
      const next = { ...state, lookUps: state.lookUps + 1, notFound: state.notFound + (notFound ? 1 : 0) };
      if (isOverdue('unknown', state.since, now)) return toReview(order, 'overdue', now);
      const repeatedly = next.notFound >= NOT_FOUND_BEFORE_RESEND;
      const late = now - (order.sentAt ?? now) >= RESEND_AFTER_MS;
      if (repeatedly && late && order.sends >= MAX_SENDS) return toReview(order, 'lost', now);
      const wait = mayResend({ ...order, state: next }, now) ? 0 : lookUpAgainIn(next.lookUps);
      return moved(order, { state: next, dueAt: now + wait });
    }
    case 'handling':
      return waitHandling(order, state.topupId, state.word ?? null, now);
    case 'queued':
      return waitQueued(order, state.topupId, now);
    case 'review':
      return moved(order, { state, dueAt: afterWait(now, ASK_IN_REVIEW_MS) });
    default:
      return undefined;
  }
}

function onShow(
  order: Order,
  event: Extract<OrderEvent, { type: 'shown' | 'show-refused' }>,
  now: number,
): Step | undefined {
  const message = { ...order.message, ...(event.chatId === undefined ? {} : { chatId: event.chatId }) };
  if (event.type === 'shown') {
    const { digest, messageId, ended } = event;
    const known = order.message;
    const same = known.digest === digest && known.messageId === messageId && known.ended === ended;
    if (same && known.tries === 0) return undefined;
    const shown: OrderMessage = { ...message, digest, messageId, ended, tries: 0, retryAt: now };
    return { order: { ...order, message: shown, rev: order.rev + 1 }, entries: [] };
  }
  const tries = message.tries + 1;
  const refused: OrderMessage = {
    ...message,
    messageId: event.lost ? null : message.messageId,
    tries,
    retryAt: now + (event.waitMs ?? showAgainIn(message.tries)),
    ended: isSettled(order) && tries >= MAX_SHOWS,
  };
  return { order: { ...order, message: refused, rev: order.rev + 1 }, entries: [] };
}

function onSettledByHand(
  order: Order,
  event: Extract<OrderEvent, { type: 'settled-by-hand' }>,
  now: number,
): Step | undefined {
  if (order.state.name !== 'review') return undefined;
  const { topupId } = order.state;
  const ended: Settled =
    event.outcome === 'fulfilled'
      ? { name: 'fulfilled', at: now, topupId, code: null, transactionNo: null, processedAt: null }
      : { name: 'refunded', at: now, topupId, note: null };
  return settle(order, ended, now, String(event.by), event.reason);
}

/** Applies one fact to an order; undefined when it is late, repeated or impossible and changes nothing. */
export function step(order: Order, event: OrderEvent, now: number): Step | undefined {
  const { state } = order;
  if (event.type === 'shown' || event.type === 'show-refused') return onShow(order, event, now);
  if (event.type === 'owners-told') {
    if (order.alerted === event.alert) return undefined;
    return { order: { ...order, alerted: event.alert, rev: order.rev + 1 }, entries: [] };
  }
  if (isSettledState(state)) return undefined;
  const sending = state.name === 'sending';
  switch (event.type) {
    case 'send-begun':
      if (state.name !== 'confirmed' && !mayResend(order, now)) return undefined;
      return moved(order, { state: { name: 'sending' }, sends: order.sends + 1, sentAt: now, dueAt: now });
    case 'accepted':
      return sending || state.name === 'unknown' ? waitHandling(order, event.topupId, null, now) : undefined;
    case 'refused':
      return sending ? onRefused(order, event.refusal, now) : undefined;
    case 'not-executed':
      return sending ? onNotExecuted(order, event.waitMs, now) : undefined;
    case 'doubt':
      return sending ? toUnknown(order, now) : undefined;
    case 'duplicate-ref':
      return sending ? toUnknown(order, now, { landed: true, dueAt: now }) : undefined;
    case 'found':
      return onFound(order, event.snapshot, now);
    case 'not-found':
    case 'unanswered':
      return onNothingFound(order, event.type === 'not-found', now);
    case 'given-up': {
      if (state.name !== 'confirmed') return undefined;
      return settle(order, { name: 'rejected', at: now, refusal: { reason: 'busy' } }, now);
    }
    case 'hurried':
      return order.dueAt === null || order.dueAt <= now ? undefined : moved(order, { state, dueAt: now });
    case 'settled-by-hand':
      return onSettledByHand(order, event, now);
  }
}
