// What the provider's answers make of an order: a no before acceptance, a recharge as it shows it, nothing found, or no
// answer at all. An order that goes on waiting always knows when it is asked about again.

import { moved, settle, toReview, toUnknown } from './moves.ts';
import type { Order, OrderState, StateName } from './order.ts';
import { isUnproven, type Snapshot, type Step, type Waiting } from './order-event.ts';
import { isWatched, LATE, withNewWord } from './order-alert.ts';
import type { ProviderRefusal } from './refusal.ts';
import {
  afterWait,
  ASK_IN_REVIEW_MS,
  askAgainIn,
  askQueuedIn,
  isLate,
  isOverdue,
  lookUpAgainIn,
  MAX_SENDS,
  mayAwaitProof,
  NOT_FOUND_BEFORE_RESEND,
  RESEND_AFTER_MS,
} from './schedule.ts';

type InState<Name extends StateName> = Extract<OrderState, { name: Name }>;

/** Whether the provider has denied this order often and long enough that the same reference may be sent once more. */
export const mayResend = (order: Order, now: number): boolean =>
  order.state.name === 'unknown' &&
  !order.landed &&
  order.sends < MAX_SENDS &&
  order.state.notFound >= NOT_FOUND_BEFORE_RESEND &&
  now - (order.sentAt ?? now) >= RESEND_AFTER_MS;

/** A no before acceptance. */
export function onRefused(order: Order, refusal: ProviderRefusal, now: number): Step {
  // The provider checks stock and balance before the reference: after an earlier doubt, a refusal of the second POST
  // says nothing about what became of the first.
  if (order.doubted) return toUnknown(order, now);
  const rejected = settle(order, { name: 'rejected', at: now, refusal }, now);
  if (refusal.reason !== 'shop-balance') return rejected;
  return { ...rejected, order: { ...rejected.order, alert: 'shop-balance' } };
}

/** The POST did not count; the same one is due again after the wait. */
export function onNotExecuted(order: Order, waitMs: number, now: number): Step {
  const dueAt = now + waitMs;
  const unsent = { ...order, sends: order.sends - 1 };
  if (!order.doubted) return moved(unsent, { state: { name: 'confirmed' }, dueAt });
  // Each try begins the look-ups anew: without this an order that the provider never takes would go round for ever.
  if (isOverdue('unknown', order.confirmedAt, now)) return toReview(unsent, 'overdue', now);
  return toUnknown(unsent, now, { dueAt });
}

/** A recharge that should be this order, as the provider shows it. */
export function onFound(order: Order, snapshot: Snapshot, now: number): Step {
  const { topupId, status, note } = snapshot;
  if (!matches(order, snapshot)) return onMismatch(order, topupId, now);
  switch (status.kind) {
    case 'fulfilled':
      return onFulfilled(order, snapshot, now);
    case 'refunded':
      return settle(order, { name: 'refunded', at: now, topupId, note }, now);
    case 'handling':
    case 'queued':
    case 'odd':
      return onWaiting(order, topupId, status, now);
  }
}

function matches(order: Order, snapshot: Snapshot): boolean {
  return (
    (snapshot.service === null || snapshot.service === order.service) &&
    (snapshot.number === null || snapshot.number === order.line) &&
    (snapshot.value === null || snapshot.value === order.value)
  );
}

function onMismatch(order: Order, topupId: string, now: number): Step {
  const { state } = order;
  return state.name === 'review' ? askInReview(order, state, now) : toReview(order, 'mismatch', now, topupId);
}

/** Stands as the word of an order that was called fulfilled, while its code or transaction number may still come. */
const PROVING = 'FULFILLED';

/** Since when an order waits for the code of an end that the provider has announced; undefined when it does not. */
export const provingSince = (state: OrderState): number | undefined =>
  state.name === 'handling' && state.word === PROVING ? state.since : undefined;

const askForProof = (order: Order, topupId: string, since: number, now: number): Step =>
  askHandling(order, { name: 'handling', since, topupId, word: PROVING }, now);

/**
 * Without code and transaction number the end waits a little, counted from when it was first called fulfilled and not
 * from when handling began: the order that took longest needs the wait as much as any.
 */
function onFulfilled(order: Order, snapshot: Snapshot, now: number): Step {
  const { topupId, code, transactionNo, processedAt } = snapshot;
  const since = provingSince(order.state) ?? now;
  if (isUnproven(snapshot) && mayAwaitProof(since, now)) return askForProof(order, topupId, since, now);
  return settle(order, { name: 'fulfilled', at: now, topupId, code, transactionNo, processedAt }, now);
}

/** The provider has it, and it is not over. */
export function onWaiting(order: Order, topupId: string, status: Waiting, now: number): Step {
  const { state } = order;
  const proving = provingSince(state);
  if (state.name === 'review') return askInReview(order, { ...state, topupId }, now);
  // "Fulfilled" taken back does not begin its wait again, or the two words in turn would keep the order open for ever.
  if (proving !== undefined) return askForProof(order, topupId, proving, now);
  const name = status.kind === 'queued' ? 'queued' : 'handling';
  const since = state.name === name ? state.since : now;
  if (name === 'queued') return askQueued(order, { name, since, topupId }, now);
  const word = status.kind === 'odd' ? { word: status.word } : {};
  return askHandling(order, { name, since, topupId, ...word }, now);
}

function askHandling(order: Order, state: InState<'handling'>, now: number): Step {
  const { since, topupId } = state;
  if (isOverdue('handling', since, now)) return toReview(order, 'overdue', now, topupId);
  return moved(order, {
    state,
    alert: alertOf(order, state),
    dueAt: afterWait(now, askAgainIn(now - since)),
  });
}

const alertOf = ({ alert }: Order, { word }: InState<'handling'>): string | null =>
  word === undefined || word === PROVING ? alert : withNewWord(alert, word);

function askQueued(order: Order, state: InState<'queued'>, now: number): Step {
  const { since, topupId } = state;
  if (isOverdue('queued', since, now)) return toReview(order, 'overdue', now, topupId);
  const alert = isLate(since, now) && !isWatched(order.alert) ? LATE : order.alert;
  return moved(order, { state, alert, dueAt: afterWait(now, askQueuedIn(now - since)) });
}

const askInReview = (order: Order, state: InState<'review'>, now: number): Step =>
  moved(order, { state, dueAt: afterWait(now, ASK_IN_REVIEW_MS) });

/** A look-up or a question that brought no order: definitely not known (`notFound`), or simply no answer. */
export function onNothingFound(order: Order, notFound: boolean, now: number): Step | undefined {
  const { state } = order;
  switch (state.name) {
    case 'unknown':
      return lookUpAgain(order, state, notFound, now);
    case 'handling':
      return askHandling(order, state, now);
    case 'queued':
      return askQueued(order, state, now);
    case 'review':
      return askInReview(order, state, now);
    default:
      return undefined;
  }
}

function lookUpAgain(order: Order, state: InState<'unknown'>, notFound: boolean, now: number): Step {
  const next = { ...state, lookUps: state.lookUps + 1, notFound: state.notFound + (notFound ? 1 : 0) };
  if (isOverdue('unknown', state.since, now)) return toReview(order, 'overdue', now);
  const repeatedly = next.notFound >= NOT_FOUND_BEFORE_RESEND;
  const late = now - (order.sentAt ?? now) >= RESEND_AFTER_MS;
  if (repeatedly && late && order.sends >= MAX_SENDS) return toReview(order, 'lost', now);
  const wait = mayResend({ ...order, state: next }, now) ? 0 : lookUpAgainIn(next.lookUps);
  return moved(order, { state: next, dueAt: now + wait });
}
