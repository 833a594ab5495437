// What each fact makes of an order in each state, and what it does with the money.

import { describe, expect, it } from 'vitest';
import type { Order, OrderState } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { mayBeJudged, nextAct, step, type NextAct } from '../../src/domain/transitions.ts';
import {
  anOrder,
  fact,
  FACTS,
  found,
  HOUR,
  inState,
  MINUTE,
  NOW,
  SECOND,
  STATE_NAMES,
  take,
  UNPROVEN,
} from './an-order.ts';

type Name = OrderState['name'];

/** For each fact, what becomes of the open states; a dash where it changes nothing. */
const TABLE: readonly (readonly [string, ...string[]])[] = [
  // fact                      confirmed    sending      unknown      handling     queued       review
  ['send-begun', '             sending      -            -            -            -            -'],
  ['accepted', '               -            handling     handling     -            -            -'],
  ['refused', '                -            rejected     -            -            -            -'],
  ['not-executed', '           -            confirmed    -            -            -            -'],
  ['doubt', '                  -            unknown      -            -            -            -'],
  ['duplicate-ref', '          -            unknown      -            -            -            -'],
  ['found handling', '         handling     handling     handling     handling     handling     review'],
  ['found odd', '              handling     handling     handling     handling     handling     review'],
  ['found queued', '           queued       queued       queued       queued       queued       review'],
  ['found fulfilled', '        fulfilled    fulfilled    fulfilled    fulfilled    fulfilled    fulfilled'],
  ['found refunded', '         refunded     refunded     refunded     refunded     refunded     refunded'],
  ['found without proof', '    handling     handling     handling     handling     handling     handling'],
  ['found of another number', 'review       review       review       review       review       review'],
  ['not-found', '              -            -            unknown      handling     queued       review'],
  ['unanswered', '             -            -            unknown      handling     queued       review'],
  ['given-up', '               rejected     -            -            -            -            -'],
  ['hurried', '                -            -            -            -            -            -'],
  ['settled-by-hand', '        -            -            -            -            -            refunded'],
];

const OPEN: readonly Name[] = ['confirmed', 'sending', 'unknown', 'handling', 'queued', 'review'];
const CASES = TABLE.flatMap(([fact, cells = '']) =>
  OPEN.map((from, index) => [from, fact, cells.trim().split(/\s+/)[index] ?? '?'] as const),
);

describe('an open order', () => {
  it.each(CASES)('%s, %s → %s', (from, name, to) => {
    const order = inState(from);
    const taken = step(order, fact(name), NOW + SECOND);
    expect(taken?.order.state.name ?? '-').toBe(to);
    if (taken === undefined) return;
    expect(taken.order.rev).toBe(order.rev + 1);
    const kinds = taken.entries.map(({ kind }) => kind);
    expect(kinds).toEqual(
      to === 'fulfilled' ? ['capture'] : ['refunded', 'rejected'].includes(to) ? ['release'] : [],
    );
  });
});

describe('a settled order', () => {
  it.each(Object.keys(FACTS))('does not move any more: %s', (name) => {
    for (const state of ['fulfilled', 'refunded', 'rejected'] as const) {
      expect(step(inState(state), fact(name), NOW + HOUR)).toBeUndefined();
    }
  });
});

describe('the next thing to do', () => {
  const acts: Readonly<Record<Name, NextAct>> = {
    confirmed: 'send',
    sending: 'interrupted',
    unknown: 'look-up',
    handling: 'ask',
    queued: 'ask',
    review: 'ask',
    fulfilled: 'nothing',
    refunded: 'nothing',
    rejected: 'nothing',
  };

  it.each(STATE_NAMES)('for %s', (name) => {
    expect(nextAct(inState(name), NOW)).toBe(acts[name]);
  });

  it('is nothing before its time', () => {
    for (const name of STATE_NAMES) expect(nextAct(inState(name, { dueAt: NOW + 1 }), NOW)).toBe('nothing');
  });

  it('is to give up what could not be sent for ten minutes', () => {
    const order = anOrder();
    expect(nextAct(order, NOW + 10 * MINUTE)).toBe('send');
    expect(nextAct(order, NOW + 10 * MINUTE + 1)).toBe('give-up');
  });

  it('is to look up an order in review whose id nobody knows', () => {
    const order = inState('review', {
      state: { name: 'review', since: NOW, reason: 'lost', topupId: null },
    });
    expect(nextAct(order, NOW)).toBe('look-up');
  });
});

describe('a second sending', () => {
  const after = (notFound: number, more: Partial<Order> = {}): Order =>
    inState('unknown', { state: { name: 'unknown', since: NOW, lookUps: notFound, notFound }, ...more });

  it.each<[string, Order, number, string]>([
    ['after five denials and three minutes', after(5), 3 * MINUTE, 'sending'],
    ['before three minutes', after(50), 3 * MINUTE - 1, '-'],
    ['after four denials', after(4), HOUR, '-'],
    ['when it was sent twice', after(5, { sends: 2 }), HOUR, '-'],
    ['when the reference is known to be used', after(5, { landed: true }), HOUR, '-'],
  ])('%s', (_when, order, age, to) => {
    expect(step(order, { type: 'send-begun' }, NOW + age)?.order.state.name ?? '-').toBe(to);
    expect(nextAct(order, NOW + age)).toBe(to === 'sending' ? 'send' : 'look-up');
  });
});

describe('the answer to an earlier sending, while the next one is under way', () => {
  const again = inState('sending', { sends: 2, doubted: true });

  it.each([
    { type: 'refused', refusal: { reason: 'out-of-stock' } },
    { type: 'not-executed', waitMs: 9 * SECOND },
    { type: 'doubt' },
  ] as const)('says nothing of that one: $type', (answer) => {
    expect(step(again, { ...answer, ofSend: 1 }, NOW)).toBeUndefined();
    expect(take(again, { ...answer, ofSend: 2 }).order.state.name).toBe('unknown');
  });

  it('says all the same that the provider has the order', () => {
    const accepted = take(again, { type: 'accepted', topupId: 'T1', ofSend: 1 }).order;
    expect(accepted.state).toMatchObject({ name: 'handling', topupId: 'T1' });
    expect(take(again, { type: 'duplicate-ref', ofSend: 1 }).order.landed).toBe(true);
  });
});

describe('somebody who asks how it stands', () => {
  it('makes an order that waits due at once, and changes nothing else', () => {
    const waiting = inState('queued', { dueAt: NOW + HOUR });
    const { order, entries } = take(waiting, { type: 'hurried' });
    expect(order).toEqual({ ...waiting, rev: waiting.rev + 1, dueAt: NOW });
    expect(entries).toEqual([]);
  });
});

describe('by hand', () => {
  it.each([
    ['fulfilled', 'capture'],
    ['refunded', 'release'],
  ] as const)('an owner settles an order in review as %s, in his name and with a reason', (outcome, kind) => {
    const event: OrderEvent = { type: 'settled-by-hand', outcome, by: 9, reason: 'seen in the dashboard' };
    const { order, entries } = take(inState('review'), event);
    expect(order).toMatchObject({ state: { name: outcome }, dueAt: null });
    expect(entries).toMatchObject([{ kind, by: '9', reason: 'seen in the dashboard' }]);
  });

  it('an owner’s word is taken, too, while an order that was in review waits for the code of its end', () => {
    const proving = take(inState('review', { alert: 'review:overdue' }), UNPROVEN).order;
    expect(proving.state.name).toBe('handling');
    expect(mayBeJudged(proving)).toBe(true);
    const { order, entries } = take(proving, fact('settled-by-hand'));
    expect(order).toMatchObject({ state: { name: 'refunded', topupId: 'T1' }, dueAt: null });
    expect(entries).toMatchObject([{ kind: 'release', by: '9' }]);
  });

  it('of any other order nobody is the judge', () => {
    const never = take(inState('handling'), UNPROVEN).order;
    const late = take(inState('queued', { alert: 'late' }), UNPROVEN).order;
    for (const order of [
      never,
      late,
      ...STATE_NAMES.filter((name) => name !== 'review').map((name) => inState(name)),
    ]) {
      expect(mayBeJudged(order)).toBe(false);
      expect(step(order, fact('settled-by-hand'), NOW)).toBeUndefined();
    }
    expect(mayBeJudged(inState('review'))).toBe(true);
  });
});

describe('what owners hear of an order', () => {
  const queued = inState('queued');

  it('scheduled for more than 48 hours it is late, said once', () => {
    expect(take(queued, found('queued'), NOW + 48 * HOUR).order.alert).toBeNull();
    const { order } = take(queued, { type: 'unanswered' }, NOW + 48 * HOUR + 1);
    expect(order.alert).toBe('late');
    const told = take(order, { type: 'owners-told', alert: 'late' }).order;
    expect(take(told, found('queued'), NOW + 49 * HOUR).order).toMatchObject({
      alert: 'late',
      alerted: 'late',
    });
  });

  it.each(['late', 'review:lost'])('after %s they hear of its end, however it comes', (alert) => {
    for (const state of ['queued', 'review', 'handling'] as const)
      for (const end of ['fulfilled', 'refunded'] as const)
        expect(take(inState(state, { alert, alerted: alert }), found(end)).order.alert).toBe('over');
    expect(take(inState('review', { alert, alerted: alert }), fact('settled-by-hand')).order.alert).toBe(
      'over',
    );
  });

  it.each([null, 'word:PENDING_REVIEW'])('after %s they do not', (alert) => {
    expect(take(inState('handling', { alert }), found('fulfilled')).order.alert).toBe(alert);
  });

  it('a new word is no news about an order that they watch', () => {
    expect(take(inState('queued', { alert: 'late' }), found('odd')).order.alert).toBe('late');
  });
});
