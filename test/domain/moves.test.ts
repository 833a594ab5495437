// The few moves that every fact is made of: what each does to the money, the revision and the worker's next look.

import { describe, expect, it } from 'vitest';
import { settle, toReview, toUnknown } from '../../src/domain/moves.ts';
import { inState, NOW } from './an-order.ts';

const order = inState('handling', { rev: 4 });

describe('the end', () => {
  it.each([
    ['fulfilled', 'capture'],
    ['refunded', 'release'],
    ['rejected', 'release'],
  ] as const)('%s moves the whole price by one %s, and nobody looks again', (name, kind) => {
    const { state } = inState(name);
    if (!('at' in state)) throw new Error('no end');
    const step = settle(order, state, NOW);
    expect(step.entries).toMatchObject([{ kind, amount: order.price, account: order.account, by: 'worker' }]);
    expect(step.order).toMatchObject({ state, dueAt: null, rev: 5 });
  });
});

describe('a doubt', () => {
  it('moves no money, is remembered, and is looked up at once again and again', () => {
    const step = toUnknown(order, NOW);
    expect(step.entries).toEqual([]);
    expect(step.order).toMatchObject({ doubted: true, rev: 5, state: { lookUps: 0, notFound: 0 } });
    expect(step.order.dueAt).toBeGreaterThan(NOW);
  });

  it('that only a person can settle keeps the money and what the provider calls it, and the asking goes on', () => {
    const step = toReview(order, 'mismatch', NOW);
    expect(step.entries).toEqual([]);
    expect(step.order).toMatchObject({
      state: { name: 'review', reason: 'mismatch', topupId: 'T1' },
      alert: 'review:mismatch',
    });
    expect(step.order.dueAt).toBeGreaterThan(NOW);
    expect(toReview(inState('unknown'), 'lost', NOW).order.state).toMatchObject({ topupId: null });
  });
});
