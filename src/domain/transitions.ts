// Every legal step of an order as one pure function. What the worker learns goes in, the next order and its money
// entries come out; a late or repeated fact changes nothing.

import { moved, settle, toUnknown } from './moves.ts';
import { isSettledState, type Order, type Settled } from './order.ts';
import type { EventOf, OrderEvent, Step } from './order-event.ts';
import { reviewReasonIn } from './order-alert.ts';
import {
  mayResend,
  onFound,
  onNotExecuted,
  onNothingFound,
  onRefused,
  onWaiting,
  provingSince,
} from './provider-answers.ts';
import { GIVE_UP_UNSENT_MS, LONGEST_WAIT_MS } from './schedule.ts';
import { onOwnersTold, onShown, onShowRefused } from './showing.ts';
import { told, type Heard } from './story.ts';

/** The one next thing to do for an order that is due. */
export type NextAct = 'send' | 'give-up' | 'interrupted' | 'look-up' | 'ask' | 'nothing';

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

/**
 * Applies one fact to an order; undefined when it is late, repeated or impossible and changes nothing. `heard` says by
 * which call to the provider the fact was learnt, for the order's story.
 */
export function step(order: Order, event: OrderEvent, now: number, heard?: Heard): Step | undefined {
  const taken = decide(order, event, now);
  return taken === undefined ? undefined : { ...taken, order: told(order, taken.order, event, now, heard) };
}

function decide(order: Order, event: OrderEvent, now: number): Step | undefined {
  switch (event.type) {
    case 'shown':
      return onShown(order, event, now);
    case 'show-refused':
      return onShowRefused(order, event, now);
    case 'owners-told':
      return onOwnersTold(order, event);
    default:
      return isSettledState(order.state) ? undefined : advance(order, event, now);
  }
}

type Fact = Exclude<OrderEvent, EventOf<'shown' | 'show-refused' | 'owners-told'>>;

/** The facts that move an open order. */
function advance(order: Order, event: Fact, now: number): Step | undefined {
  const { state } = order;
  const sending = state.name === 'sending';
  // What an earlier POST came to says nothing of the one that is under way, unless it says that the order is there.
  const isOver = sending && !('ofSend' in event && event.ofSend !== order.sends);
  switch (event.type) {
    case 'send-begun':
      if (state.name !== 'confirmed' && !mayResend(order, now)) return undefined;
      return moved(order, { state: { name: 'sending' }, sends: order.sends + 1, sentAt: now, dueAt: now });
    case 'accepted':
      if (!sending && state.name !== 'unknown') return undefined;
      return onWaiting(order, event.topupId, { kind: 'handling' }, now);
    case 'refused':
      return isOver ? onRefused(order, event.refusal, now) : undefined;
    case 'not-executed':
      return isOver ? onNotExecuted(order, event.waitMs, now) : undefined;
    case 'doubt':
      // Between the decision to send and the POST lies a write, and a slow disk makes it long: the POST may be this young.
      return isOver ? toUnknown(order, now, { sentAt: now }) : undefined;
    case 'duplicate-ref':
      return sending ? toUnknown(order, now, { landed: true, dueAt: now }) : undefined;
    case 'found':
      return onFound(order, event.snapshot, now);
    case 'not-found':
    case 'unanswered':
      return onNothingFound(order, event.type === 'not-found', now);
    case 'given-up':
      if (state.name !== 'confirmed') return undefined;
      return settle(order, { name: 'rejected', at: now, refusal: { reason: 'busy' } }, now);
    case 'hurried':
      return order.dueAt === null || order.dueAt <= now ? undefined : moved(order, { dueAt: now });
    case 'settled-by-hand':
      return onSettledByHand(order, event, now);
  }
}

/**
 * Whether an owner's verdict is taken: in review, and also while an order that was there waits for the code of an end that
 * the provider has announced, which may never come.
 */
export const mayBeJudged = ({ state, alert }: Order): boolean =>
  state.name === 'review' || (provingSince(state) !== undefined && reviewReasonIn(alert) !== undefined);

function onSettledByHand(order: Order, event: EventOf<'settled-by-hand'>, now: number): Step | undefined {
  if (!mayBeJudged(order)) return undefined;
  const topupId = 'topupId' in order.state ? order.state.topupId : null;
  const ended: Settled =
    event.outcome === 'fulfilled'
      ? { name: 'fulfilled', at: now, topupId, code: null, transactionNo: null, processedAt: null }
      : { name: 'refunded', at: now, topupId, note: null };
  return settle(order, ended, now, String(event.by), event.reason);
}
