// What a reference and an order's entries look like, and what settled, closed and unheard mean.

import { describe, expect, it } from 'vitest';
import { entryOf, isClosed, isRef, isSettled, isUnheard } from '../../src/domain/order.ts';
import { anOrder, inState, NOW, STATE_NAMES } from './an-order.ts';

describe('a reference', () => {
  it.each(['t0000001', 'a-b-c-d-e', '0'.repeat(40)])('%s is one', (text) => {
    expect(isRef(text)).toBe(true);
  });

  it.each(['', 'short', '-0000001', 'T0000001', 't000_0001', 't0000001\n', '0'.repeat(41), 't000 0001'])(
    '%j is none',
    (text) => {
      expect(isRef(text)).toBe(false);
    },
  );
});

it('an entry has the same id whenever it is made, so that it counts once', () => {
  const [first, again] = [NOW, NOW + 1].map((at) => entryOf(anOrder(), 'capture', at, 'worker', 'fulfilled'));
  expect(first?.id).toBe('t0000001:capture');
  expect(again?.id).toBe(first?.id);
});

it.each(STATE_NAMES)(
  '%s: settled when the money has moved for good, unheard until the provider answered',
  (name) => {
    const order = inState(name);
    expect(isSettled(order)).toBe(['fulfilled', 'refunded', 'rejected'].includes(name));
    expect(isUnheard(order)).toBe(['confirmed', 'sending', 'unknown'].includes(name));
  },
);

describe('an order is closed', () => {
  const ended = { ...anOrder().message, ended: true };

  it('once it is settled, its end was seen and the owners know', () => {
    expect(isClosed(inState('fulfilled', { message: ended }))).toBe(true);
    expect(isClosed(inState('rejected', { message: ended, alert: 'x', alerted: 'x' }))).toBe(true);
  });

  it('not while any of these is open', () => {
    expect(isClosed(inState('fulfilled'))).toBe(false);
    expect(isClosed(inState('review', { message: ended }))).toBe(false);
    expect(isClosed(inState('rejected', { message: ended, alert: 'x' }))).toBe(false);
  });
});
