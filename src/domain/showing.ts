// What showing an order does to it: what the person has seen, when a refused message is tried again, and what the owners
// have been told. Neither its state nor its money moves here.

import { moved } from './moves.ts';
import { isSettled, type Order, type OrderMessage } from './order.ts';
import type { EventOf, Step } from './order-event.ts';
import { MAX_SHOWS, showAgainIn } from './schedule.ts';

/** Where the message is: a group that became a supergroup has a new id. */
const placed = (
  order: Order,
  { chatId = order.message.chatId }: { readonly chatId?: number },
): OrderMessage => ({
  ...order.message,
  chatId,
});

/** The person has seen this; undefined when that was known. */
export function onShown(order: Order, event: EventOf<'shown'>, now: number): Step | undefined {
  const { digest, messageId, ended } = event;
  const known = order.message;
  const same = known.digest === digest && known.messageId === messageId && known.ended === ended;
  if (same && known.tries === 0) return undefined;
  return moved(order, {
    message: { ...placed(order, event), digest, messageId, ended, tries: 0, retryAt: now },
  });
}

/**
 * Telegram would not take it: later again, and at the end only so many times. "Too fast" and a try before its time, as when
 * Telegram comes back again and again, do not count: they would use up in a minute what is meant for a week.
 */
export function onShowRefused(order: Order, event: EventOf<'show-refused'>, now: number): Step {
  const message = placed(order, event);
  const isEarly = message.tries > 0 && now < message.retryAt;
  const counts = event.waitMs === undefined && !isEarly;
  const tries = counts ? message.tries + 1 : Math.max(1, message.tries);
  const again = isEarly ? message.retryAt : now + showAgainIn(message.tries);
  return moved(order, {
    message: {
      ...message,
      messageId: event.lost ? null : message.messageId,
      tries,
      retryAt: event.waitMs === undefined ? again : now + event.waitMs,
      ended: isSettled(order) && tries >= MAX_SHOWS,
    },
  });
}

/** The owners have heard this alert; undefined when that was known. */
export const onOwnersTold = (order: Order, { alert }: EventOf<'owners-told'>): Step | undefined =>
  order.alerted === alert ? undefined : moved(order, { alerted: alert });
