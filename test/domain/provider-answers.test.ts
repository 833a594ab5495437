// What the provider's answers make of an order: refused, found, found without its proof, not found for too long.

import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { nextAct } from '../../src/domain/transitions.ts';
import {
  anOrder,
  fact,
  found,
  HOUR,
  inState,
  MINUTE,
  NOW,
  sealed,
  SECOND,
  snapshot,
  take,
  UNPROVEN,
} from './an-order.ts';

describe('before acceptance', () => {
  const sending = inState('sending');

  it('an order that was not executed waits as told and has not been sent', () => {
    const { order } = take(sending, fact('not-executed'));
    expect(order).toMatchObject({ sends: 0, dueAt: NOW + 9 * SECOND });
  });

  it("a refusal for the shop's credit also tells the owners", () => {
    const { order } = take(sending, { type: 'refused', refusal: { reason: 'shop-balance' } });
    expect(order).toMatchObject({ state: { name: 'rejected' }, alert: 'shop-balance', alerted: null });
  });

  it('any refusal after an earlier doubt is itself a doubt: the first sending may have landed', () => {
    const { order, entries } = take({ ...sending, doubted: true, sends: 2 }, fact('refused'));
    expect(order.state.name).toBe('unknown');
    expect(entries).toEqual([]);
  });

  it('a used reference means that it landed, and is looked up at once', () => {
    const { order } = take(sending, fact('duplicate-ref'));
    expect(order).toMatchObject({ landed: true, dueAt: NOW });
    expect(nextAct(order, NOW)).toBe('look-up');
  });
});

describe('what the provider shows', () => {
  const handling = inState('handling');

  it.each([
    ['number', { number: '036000000' }],
    ['value', { value: anOrder().cost }],
    ['service', { service: '4G' }],
  ] as const)('is not ours with another %s: a person compares, the money stays held', (_what, other) => {
    const { order, entries } = take(handling, found('fulfilled', other));
    expect(order).toMatchObject({ state: { name: 'review', reason: 'mismatch' }, alert: 'review:mismatch' });
    expect(entries).toEqual([]);
  });

  it('may leave out number, value and service', () => {
    const bare = found('fulfilled', { number: null, value: null, service: null });
    expect(take(handling, bare).order.state.name).toBe('fulfilled');
  });

  it('in a word that nobody knows keeps the order open and is told to the owners', () => {
    expect(take(handling, found('odd')).order).toMatchObject({
      state: { name: 'handling', word: 'PENDING_REVIEW' },
      alert: 'word:PENDING_REVIEW',
    });
  });

  it('in ever new words is told to the owners once, while the order keeps the newest', () => {
    const saying = (word: string): OrderEvent => ({
      type: 'found',
      snapshot: snapshot('handling', { status: { kind: 'odd', word } }),
    });
    let order = take(handling, saying('PROCESSING 12')).order;
    for (const event of [saying('PROCESSING 13'), fact('unanswered'), fact('found handling')])
      order = take(order, event).order;
    order = take(order, { type: 'owners-told', alert: 'word:PROCESSING 12' }).order;
    order = take(order, saying('PROCESSING 99')).order;
    expect(order.state).toMatchObject({ name: 'handling', word: 'PROCESSING 99' });
    expect([order.alert, order.alerted]).toEqual(['word:PROCESSING 12', 'word:PROCESSING 12']);
  });

  it('gives an order found by reference its id', () => {
    const { order } = take(inState('unknown'), found('handling', { topupId: 'T9' }));
    expect(order.state).toMatchObject({ name: 'handling', topupId: 'T9' });
  });

  it('keeps code, transaction number and the date of the operator', () => {
    const told = { transactionNo: 'AT-1', processedAt: '2026-11-21T18:43:00Z' };
    expect(take(handling, found('fulfilled', told)).order.state).toMatchObject({ ...told, at: NOW });
  });
});

describe('fulfilled with neither code nor transaction number', () => {
  /** What becomes of an order that was called so, `age` after it was. */
  const later = (age: number, event: OrderEvent, from = inState('handling')): Order =>
    take(take(from, UNPROVEN, NOW).order, event, NOW + age).order;

  it('is not over: the money stays held, no owner is bothered, and it is asked about again soon', () => {
    const old = inState('queued', { state: { name: 'queued', since: NOW - 20 * HOUR, topupId: 'T1' } });
    const { order, entries } = take(old, UNPROVEN);
    expect(order).toMatchObject({ state: { name: 'handling', since: NOW }, alert: null });
    expect(order.dueAt).toBe(NOW + 4 * SECOND);
    expect(entries).toEqual([]);
  });

  it.each([
    ['the code', { transactionNo: null, code: sealed('1111222233334444') }],
    ['the transaction number', { transactionNo: 'AT-1' }],
  ])('ends as soon as %s is told', (_what, more) => {
    expect(later(SECOND, found('fulfilled', more)).state).toMatchObject({ name: 'fulfilled', ...more });
  });

  it('ends without them after two minutes, also when the order had been handled for long', () => {
    const slow = inState('handling', { state: { name: 'handling', since: NOW - HOUR, topupId: 'T1' } });
    expect(later(2 * MINUTE - 1, UNPROVEN, slow).state.name).toBe('handling');
    const order = later(2 * MINUTE, UNPROVEN, slow);
    expect(order.state).toMatchObject({ name: 'fulfilled', code: null, transactionNo: null });
    expect(order.dueAt).toBeNull();
  });

  it.each(['found handling', 'found queued', 'found odd', 'unanswered', 'not-found'])(
    'does not begin its two minutes again with: %s',
    (name) => {
      const order = later(MINUTE, fact(name));
      expect(order.state.name).toBe('handling');
      expect(take(order, UNPROVEN, NOW + 2 * MINUTE).order.state.name).toBe('fulfilled');
    },
  );

  it('can still be given back', () => {
    expect(later(SECOND, fact('found refunded')).state.name).toBe('refunded');
  });

  it('and never heard of again is handed to a person', () => {
    expect(later(6 * HOUR + 1, fact('unanswered')).state).toMatchObject({
      name: 'review',
      reason: 'overdue',
    });
  });
});

describe('overdue', () => {
  it.each([
    ['unknown', 'not-found', HOUR],
    ['handling', 'found handling', 6 * HOUR],
    ['handling', 'unanswered', 6 * HOUR],
    ['queued', 'found queued', 50 * HOUR],
  ] as const)('%s after %s: a person looks, the asking goes on', (name, event, most) => {
    const { order } = take(inState(name), fact(event), NOW + most + 1);
    expect(order).toMatchObject({ state: { name: 'review', reason: 'overdue' }, alert: 'review:overdue' });
    expect(order.dueAt).toBeGreaterThan(NOW + most);
  });

  it('is counted from the day the state began, not from the last question', () => {
    const waited = take(inState('queued'), found('queued'), NOW + 49 * HOUR).order;
    expect(take(waited, found('queued'), NOW + 51 * HOUR).order.state.name).toBe('review');
  });
});
