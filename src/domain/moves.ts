// How an order becomes its next revision: the few moves that every fact is made of. Nothing else makes a `Step`.

import type { Entry } from './ledger.ts';
import {
  entryOf,
  type Bought,
  type Order,
  type OrderState,
  type ReviewReason,
  type Settled,
} from './order.ts';
import type { Step } from './order-event.ts';
import { atItsEnd, reviewAlert } from './order-alert.ts';
import { afterWait, ASK_IN_REVIEW_MS, lookUpAgainIn } from './schedule.ts';

type Changes = Partial<Omit<Order, keyof Bought | 'no' | 'rev'>>;

/** The order with these changes, and the money that moves with them. */
export const moved = (order: Order, changes: Changes, entries: readonly Entry[] = []): Step => ({
  order: { ...order, ...changes, rev: order.rev + 1 },
  entries,
});

/** The end: the money that was held is taken or given back, and the worker asks no more. */
export function settle(
  order: Order,
  state: Settled,
  now: number,
  by = 'worker',
  reason: string = state.name,
): Step {
  const kind = state.name === 'fulfilled' ? 'capture' : 'release';
  const alert = atItsEnd(order.alert);
  return moved(order, { state, dueAt: null, alert }, [entryOf(order, kind, now, by, reason)]);
}

const topupIdOf = (state: OrderState): string | null => ('topupId' in state ? state.topupId : null);

/** A person has to look, and the owners are told; the asking goes on. */
export function toReview(
  order: Order,
  reason: ReviewReason,
  now: number,
  topupId = topupIdOf(order.state),
): Step {
  const state: OrderState = { name: 'review', since: now, reason, topupId };
  return moved(order, { state, dueAt: afterWait(now, ASK_IN_REVIEW_MS), alert: reviewAlert(reason) });
}

/** Nobody knows whether the provider has it; the look-ups begin. */
export function toUnknown(order: Order, now: number, changes: Omit<Changes, 'state'> = {}): Step {
  const state: OrderState = { name: 'unknown', since: now, lookUps: 0, notFound: 0 };
  return moved(order, { doubted: true, dueAt: now + lookUpAgainIn(0), ...changes, state });
}
