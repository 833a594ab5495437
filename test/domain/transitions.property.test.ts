// Whatever happens to an order in whatever sequence: money moves once, sending is bounded, and there is always a next step.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_BOOKS, post, type Books, type Entry } from '../../src/domain/ledger.ts';
import { isSettled, type Order } from '../../src/domain/order.ts';
import { confirm } from '../../src/domain/purchase.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { NOT_FOUND_BEFORE_RESEND, RESEND_AFTER_MS } from '../../src/domain/schedule.ts';
import { nextAct, step } from '../../src/domain/transitions.ts';
import { anOrder, found, HOUR, inState, MINUTE, NOW, purchase, SECOND, take, UNPROVEN } from './an-order.ts';

const EVENTS: readonly OrderEvent[] = [
  { type: 'send-begun' },
  { type: 'accepted', topupId: 'T1' },
  { type: 'refused', refusal: { reason: 'out-of-stock' } },
  { type: 'refused', refusal: { reason: 'shop-balance' } },
  { type: 'not-executed', waitMs: 2 * SECOND },
  { type: 'doubt' },
  { type: 'duplicate-ref' },
  found('handling'),
  found('queued'),
  found('odd'),
  found('fulfilled'),
  found('refunded'),
  UNPROVEN,
  found('fulfilled', { number: '036000000' }),
  { type: 'unanswered' },
  { type: 'given-up' },
  { type: 'hurried' },
  { type: 'settled-by-hand', outcome: 'fulfilled', by: 9, reason: 'seen' },
  { type: 'shown', digest: 'd', messageId: 1, ended: true },
  { type: 'show-refused', lost: true },
  { type: 'owners-told', alert: 'review:overdue' },
];

type Happening = readonly [event: OrderEvent, waitMs: number];

const wait = fc.constantFrom(0, SECOND, 40 * SECOND, 2 * MINUTE, HOUR, 60 * HOUR);
const anything: fc.Arbitrary<Happening> = fc.tuple(fc.constantFrom(...EVENTS), wait);
/** The way to a second sending, so that chance finds it. */
const lookedUp: fc.Arbitrary<Happening> = fc.tuple(
  fc.constantFrom<OrderEvent>({ type: 'not-found' }, { type: 'send-begun' }, { type: 'doubt' }),
  fc.constantFrom(0, SECOND, 40 * SECOND),
);
const life = fc.array(fc.oneof({ weight: 1, arbitrary: anything }, { weight: 3, arbitrary: lookedUp }), {
  maxLength: 60,
  size: 'max',
});

interface Lived {
  readonly before: Order;
  readonly event: OrderEvent;
  readonly after: Order | undefined;
  readonly entries: readonly Entry[];
  readonly now: number;
}

/** Plays a life and gives every moment of it. */
function live(happenings: readonly Happening[]): Lived[] {
  let order = anOrder();
  let now = NOW;
  return happenings.map(([event, waitMs]) => {
    now += waitMs;
    const before = order;
    const taken = step(before, event, now);
    order = taken?.order ?? before;
    return { before, event, after: taken?.order, entries: taken?.entries ?? [], now };
  });
}

const forAnyLife = (check: (moments: readonly Lived[]) => void): void =>
  fc.assert(
    fc.property(life, (happenings) => check(live(happenings))),
    { numRuns: 400 },
  );

describe('whatever happens', () => {
  it('money is held until the end and then moves once; what is held is what is open', () => {
    forAnyLife((moments) => {
      let books: Books = confirm(purchase(), NOW).entries.reduce(post, EMPTY_BOOKS);
      const ids = new Set<string>();
      for (const { before, after, entries } of moments) {
        for (const entry of entries) {
          expect(ids.has(entry.id)).toBe(false);
          ids.add(entry.id);
          books = post(books, entry);
        }
        const order = after ?? before;
        expect(books.held).toBe(isSettled(order) ? 0 : order.price);
        expect(books.taken).toBe(order.state.name === 'fulfilled' ? order.price : 0);
      }
    });
  });

  it('a settled order never changes its state', () => {
    forAnyLife((moments) => {
      for (const { before, after } of moments) {
        if (isSettled(before) && after !== undefined) expect(after.state).toBe(before.state);
      }
    });
  });

  it('it is sent twice at the most, the second time only after the provider denied it often and long enough', () => {
    forAnyLife((moments) => {
      let notFound = 0;
      let mayHaveLanded = 0;
      let landed = false;
      for (const { before, event, after, now } of moments) {
        if (after === undefined) continue;
        if (event.type === 'not-found') notFound += 1;
        if (event.type === 'duplicate-ref') landed = true;
        if (before.state.name === 'sending' && after.state.name !== 'sending') notFound = 0;
        if (event.type === 'not-executed') mayHaveLanded -= 1;
        if (event.type !== 'send-begun') continue;
        if (mayHaveLanded > 0) {
          expect(notFound).toBeGreaterThanOrEqual(NOT_FOUND_BEFORE_RESEND);
          expect(now - (before.sentAt ?? now)).toBeGreaterThanOrEqual(RESEND_AFTER_MS);
        }
        expect(landed).toBe(false);
        mayHaveLanded += 1;
        expect(mayHaveLanded).toBeLessThanOrEqual(2);
      }
    });
  });

  it('there is a next step until it is settled, and none afterwards', () => {
    forAnyLife((moments) => {
      for (const { before, after } of moments) {
        const order = after ?? before;
        if (isSettled(order)) {
          expect(order.dueAt).toBeNull();
          continue;
        }
        expect(order.dueAt).not.toBeNull();
        expect(nextAct(order, order.dueAt ?? 0)).not.toBe('nothing');
      }
    });
  });

  it('every change is the next revision, and a repeated answer of the provider changes nothing', () => {
    const once = new Set(['accepted', 'refused', 'not-executed', 'doubt', 'duplicate-ref', 'given-up']);
    forAnyLife((moments) => {
      for (const { before, event, after, now } of moments) {
        if (after === undefined) continue;
        expect(after.rev).toBe(before.rev + 1);
        if (once.has(event.type)) expect(step(after, event, now)).toBeUndefined();
      }
    });
  });

  it('a question that brought nothing is not asked again at once', () => {
    forAnyLife((moments) => {
      for (const { event, after, now } of moments) {
        if (after === undefined || (event.type !== 'not-found' && event.type !== 'unanswered')) continue;
        expect(['nothing', 'send']).toContain(nextAct(after, now));
      }
    });
  });
});

describe('an order that is called fulfilled every other time, never with code or number', () => {
  const between = fc.constantFrom<OrderEvent>(
    found('handling'),
    found('queued'),
    found('odd'),
    { type: 'unanswered' },
    { type: 'not-found' },
    { type: 'hurried' },
  );

  it('is over soon after two minutes, whatever is said in between', () => {
    fc.assert(
      fc.property(fc.array(between, { minLength: 1, maxLength: 40 }), (events) => {
        let { order } = take(inState('queued'), UNPROVEN);
        for (let turn = 0; order.dueAt !== null; turn += 1) {
          const event = turn % 2 === 0 ? (events[(turn / 2) % events.length] ?? UNPROVEN) : UNPROVEN;
          const now = order.dueAt;
          expect(now).toBeLessThan(NOW + 3 * MINUTE);
          order = step(order, event, now)?.order ?? order;
        }
        expect(order.state.name).toBe('fulfilled');
      }),
    );
  });
});

describe('a lost answer', () => {
  /** Follows the schedule; the provider answers each look-up and each further sending in the same way. */
  function follow(order: Order, answer: { lookUp: OrderEvent; send: OrderEvent }, forMs: number): Order {
    let now = NOW;
    let last = order;
    for (let steps = 0; last.dueAt !== null && last.dueAt <= NOW + forMs; steps += 1) {
      if (steps > 10_000) throw new Error('it goes in circles without time passing');
      now = Math.max(now, last.dueAt);
      const sends = nextAct(last, now) === 'send';
      if (sends) last = take(last, { type: 'send-begun' }, now).order;
      last = take(last, sends ? answer.send : answer.lookUp, now).order;
      if (last.state.name === 'review') return last;
    }
    return last;
  }
  const doubted = take(inState('sending'), { type: 'doubt' }).order;

  it('that the provider keeps denying is sent once more and then handed to a person', () => {
    const end = follow(doubted, { lookUp: { type: 'not-found' }, send: { type: 'doubt' } }, 2 * HOUR);
    expect(end).toMatchObject({ sends: 2, state: { name: 'review', reason: 'lost' } });
  });

  it('about which the provider says nothing is handed to a person within the hour', () => {
    const end = follow(doubted, { lookUp: { type: 'unanswered' }, send: { type: 'doubt' } }, 2 * HOUR);
    expect(end).toMatchObject({ sends: 1, state: { name: 'review', reason: 'overdue' } });
  });

  it('that landed but can not be found is looked up at a measured pace and handed to a person', () => {
    const landed = take(inState('sending'), { type: 'duplicate-ref' }).order;
    const end = follow(landed, { lookUp: { type: 'not-found' }, send: { type: 'doubt' } }, 2 * HOUR);
    expect(end).toMatchObject({ sends: 1, state: { name: 'review' } });
    expect(end.rev).toBeLessThan(100);
  });

  it('that can not be sent a second time is handed to a person all the same', () => {
    const busy: OrderEvent = { type: 'not-executed', waitMs: 5 * SECOND };
    const end = follow(doubted, { lookUp: { type: 'not-found' }, send: busy }, 24 * HOUR);
    expect(end.state.name).toBe('review');
  });
});
