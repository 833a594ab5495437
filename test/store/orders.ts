// Orders for the store's tests: a purchase with a price of its own, and the way to its end through the domain.

import type { Change, Committed, Opening, Store } from '../../src/app/ports.ts';
import { dinars } from '../../src/domain/money.ts';
import { isRef, type Order, type Ref } from '../../src/domain/order.ts';
import { confirm, type Purchase } from '../../src/domain/purchase.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { isLine, type Line } from '../../src/domain/service.ts';
import { step } from '../../src/domain/transitions.ts';

export const NOW = Date.UTC(2026, 8, 15, 12);

export function ref(text: string): Ref {
  if (!isRef(text)) throw new TypeError(`${text} is no reference`);
  return text;
}

export function line(text: string): Line {
  if (!isLine('ADSL', text)) throw new TypeError(`${text} is no line`);
  return text;
}

export function purchase(name: string, more: Partial<Purchase> = {}): Purchase {
  return {
    ref: ref(`order-${name}`),
    buyer: 7,
    role: 'owner',
    buyerName: 'Nadia',
    language: 'fr',
    service: 'ADSL',
    line: line('036362608'),
    value: dinars(1000),
    cost: dinars(980),
    price: dinars(1000),
    chatId: 7,
    threadId: null,
    messageId: 42,
    ...more,
  };
}

export const opening = (name: string, more: Partial<Purchase> = {}, now = NOW): Opening => ({
  kind: 'open',
  ...confirm(purchase(name, more), now),
});

/** The same, unless another one since then (epoch ms) may have bought it. */
export const unlessTwin = (opened: Opening, since: number): Opening => ({ ...opened, twinSince: since });

/** The order of an answer that has one. */
export function orderIn(answer: Committed): Order {
  if (!('order' in answer)) throw new TypeError(`the commit was ${answer.kind}`);
  return answer.order;
}

/** The change that an event makes of an order. */
export function change(order: Order, event: OrderEvent, now = NOW): Change {
  const taken = step(order, event, now);
  if (taken === undefined) throw new TypeError(`${event.type} changes nothing in ${order.state.name}`);
  return { kind: 'step', ...taken };
}

/** Commits one event after the other and returns the order as it then is. */
export async function advance(
  store: Store,
  order: Order,
  events: readonly OrderEvent[],
  now = NOW,
): Promise<Order> {
  let last = order;
  for (const event of events) last = orderIn(await store.commit(change(last, event, now)));
  return last;
}

export const SENT: readonly OrderEvent[] = [{ type: 'send-begun' }, { type: 'accepted', topupId: 'topup-1' }];

type EventOf<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>;

export const DELIVERED: EventOf<'found'> = {
  type: 'found',
  snapshot: {
    topupId: 'topup-1',
    ref: 'order',
    status: { kind: 'fulfilled' },
    service: null,
    number: null,
    value: null,
    code: null,
    transactionNo: 'T-1',
    processedAt: null,
    note: 'تم',
  },
};

export const GIVEN_BACK: EventOf<'found'> = {
  type: 'found',
  snapshot: { ...DELIVERED.snapshot, status: { kind: 'refunded' } },
};

export const SHOWN: EventOf<'shown'> = { type: 'shown', digest: 'end', messageId: 42, ended: true };

/** Opens an order and takes it to its end, so that it is in the archive. */
export async function buy(
  store: Store,
  name: string,
  more: Partial<Purchase> = {},
  end: OrderEvent = DELIVERED,
  now = NOW,
): Promise<Order> {
  const opened = orderIn(await store.commit(opening(name, more, now)));
  return advance(store, opened, [...SENT, end, SHOWN], now);
}
