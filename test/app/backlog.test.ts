// What is still to be done, counted.

import { expect, it } from 'vitest';
import { backlogOf } from '../../src/app/backlog.ts';
import { anOrder, NOW, inState } from '../domain/an-order.ts';

it('is nothing where no order is open', () => {
  const { byState, lateMs, unseen } = backlogOf([], NOW);
  expect(Object.values(byState)).toEqual(Array(9).fill(0));
  expect([lateMs, unseen]).toEqual([0, 0]);
});

it('counts orders by state, the step that is overdue the longest, and ends that nobody has seen', () => {
  const seen = inState('fulfilled');
  const open = [
    ...[inState('handling', { dueAt: NOW - 5_000 }), inState('handling', { dueAt: NOW - 9_000 })],
    ...[inState('unknown', { dueAt: NOW + 60_000 }), inState('refunded', { dueAt: null })],
    { ...seen, message: { ...seen.message, ended: true } },
  ];
  const { byState, lateMs, unseen } = backlogOf(open, NOW);
  expect(byState).toMatchObject({ handling: 2, unknown: 1, refunded: 1, fulfilled: 1, confirmed: 0 });
  expect(lateMs).toBe(9_000);
  expect(unseen).toBe(1);
});

it('is not late before its time', () => {
  expect(backlogOf([anOrder({ dueAt: NOW + 1 })], NOW).lateMs).toBe(0);
});
