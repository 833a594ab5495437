// Orders for tests that need no store: a confirmed purchase, any state by hand, and the facts that move it.

import { dinars } from '../../src/domain/money.ts';
import { isRef, type Order, type OrderState, type Ref, type SealedCode } from '../../src/domain/order.ts';
import { confirm, type Purchase } from '../../src/domain/purchase.ts';
import type { OrderEvent, Snapshot, Step } from '../../src/domain/order-event.ts';
import { isLine, type Line, type Service } from '../../src/domain/service.ts';
import { step } from '../../src/domain/transitions.ts';

export const NOW = Date.UTC(2026, 10, 21, 18, 42);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export function ref(text: string): Ref {
  if (!isRef(text)) throw new TypeError(`${text} is no reference`);
  return text;
}

export function line(text: string, service: Service = 'ADSL'): Line {
  if (!isLine(service, text)) throw new TypeError(`${text} is no line`);
  return text;
}

const isSealed = (text: string): text is SealedCode => text.startsWith('sealed:');

/** What the tests' vault makes of a code. */
export function sealed(code: string): SealedCode {
  const text = `sealed:${code}`;
  if (!isSealed(text)) throw new TypeError('not sealed');
  return text;
}

export const purchase = (more: Partial<Purchase> = {}): Purchase => ({
  ref: ref('t0000001'),
  buyer: 7,
  role: 'owner',
  buyerName: 'Nadia',
  language: 'en',
  service: 'ADSL',
  line: line('036362608'),
  value: dinars(1000),
  cost: dinars(980),
  price: dinars(980),
  chatId: 7,
  threadId: null,
  messageId: 42,
  ...more,
});

export const anOrder = (more: Partial<Order> = {}, bought: Partial<Purchase> = {}, now = NOW): Order => ({
  ...confirm(purchase(bought), now).order,
  no: 1042,
  rev: 1,
  ...more,
});

/** One order in each state, as it stands there just after `NOW`. */
const STATES: Readonly<Record<OrderState['name'], OrderState>> = {
  confirmed: { name: 'confirmed' },
  sending: { name: 'sending' },
  unknown: { name: 'unknown', since: NOW, lookUps: 0, notFound: 0 },
  handling: { name: 'handling', since: NOW, topupId: 'T1' },
  queued: { name: 'queued', since: NOW, topupId: 'T1' },
  review: { name: 'review', since: NOW, reason: 'overdue', topupId: 'T1' },
  fulfilled: {
    name: 'fulfilled',
    at: NOW,
    topupId: 'T1',
    code: sealed('1111222233334444'),
    transactionNo: 'AT-2026-12345',
    processedAt: null,
  },
  refunded: { name: 'refunded', at: NOW, topupId: 'T1', note: 'line is closed' },
  rejected: { name: 'rejected', at: NOW, refusal: { reason: 'out-of-stock' } },
};

export const STATE_NAMES = Object.values(STATES).map(({ name }) => name);

const isEnd = (name: OrderState['name']): boolean => ['fulfilled', 'refunded', 'rejected'].includes(name);

export function inState(name: OrderState['name'], more: Partial<Order> = {}): Order {
  const sent = name !== 'confirmed';
  return anOrder({
    state: STATES[name],
    dueAt: isEnd(name) ? null : NOW,
    sends: sent ? 1 : 0,
    sentAt: sent ? NOW : null,
    doubted: name === 'unknown',
    ...more,
  });
}

export const snapshot = (kind: Snapshot['status']['kind'], more: Partial<Snapshot> = {}): Snapshot => ({
  topupId: 'T1',
  ref: 't0000001',
  status: kind === 'odd' ? { kind, word: 'PENDING_REVIEW' } : { kind },
  service: 'ADSL',
  number: '036362608',
  value: dinars(1000),
  code: null,
  transactionNo: kind === 'fulfilled' ? 'AT-2026-12345' : null,
  processedAt: null,
  note: null,
  ...more,
});

/** Called fulfilled, with neither code nor transaction number. */
export const UNPROVEN: OrderEvent = {
  type: 'found',
  snapshot: snapshot('fulfilled', { transactionNo: null }),
};

export const found = (
  kind: Snapshot['status']['kind'],
  more: Partial<Snapshot> = {},
): Extract<OrderEvent, { type: 'found' }> => ({ type: 'found', snapshot: snapshot(kind, more) });

/** The step that an event must cause. */
export function take(order: Order, event: OrderEvent, now = NOW): Step {
  const taken = step(order, event, now);
  if (taken === undefined) throw new TypeError(`${event.type} changes nothing in ${order.state.name}`);
  return taken;
}

/** Every fact that can move an open order, by a name for tables. */
export const FACTS: Readonly<Record<string, OrderEvent>> = {
  'send-begun': { type: 'send-begun' },
  accepted: { type: 'accepted', topupId: 'T1' },
  refused: { type: 'refused', refusal: { reason: 'out-of-stock' } },
  'not-executed': { type: 'not-executed', waitMs: 9 * SECOND },
  doubt: { type: 'doubt' },
  'duplicate-ref': { type: 'duplicate-ref' },
  'found handling': found('handling'),
  'found odd': found('odd'),
  'found queued': found('queued'),
  'found fulfilled': found('fulfilled'),
  'found refunded': found('refunded'),
  'found without proof': UNPROVEN,
  'found of another number': found('fulfilled', { number: '036000000' }),
  'not-found': { type: 'not-found' },
  unanswered: { type: 'unanswered' },
  'given-up': { type: 'given-up' },
  hurried: { type: 'hurried' },
  'settled-by-hand': { type: 'settled-by-hand', outcome: 'refunded', by: 9, reason: 'seen' },
};

export const fact = (name: string): OrderEvent => {
  const event = FACTS[name];
  if (event === undefined) throw new TypeError(`no fact ${name}`);
  return event;
};
