// Orders for tests that need no store: a confirmed purchase, any state by hand, and the facts that move it.

import { dinars } from '../../src/domain/money.ts';
import {
  confirm,
  isRef,
  type Order,
  type OrderEvent,
  type OrderState,
  type Purchase,
  type Ref,
  type SealedCode,
  type Snapshot,
  type Step,
} from '../../src/domain/order.ts';
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
export const STATES: Readonly<Record<OrderState['name'], OrderState>> = {
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
  transactionNo: null,
  processedAt: null,
  note: null,
  ...more,
});

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
