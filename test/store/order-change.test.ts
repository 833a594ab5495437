// Changes of orders inside a batch: what contradicts itself is no change at all, and what the batch did counts at once.

import { beforeEach, describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { draftState } from '../../src/store/draft-state.ts';
import { EMPTY_STATE } from '../../src/store/hot-state.ts';
import { openOrder, stepOrder, type OrderChanges } from '../../src/store/order-change.ts';
import { orderRecords } from '../../src/store/order-record.ts';
import { change, DELIVERED, NOW, opening, SENT, SHOWN } from './orders.ts';
import type { Change, Opening } from '../../src/app/ports.ts';
import type { Order } from '../../src/domain/order.ts';

let changes: OrderChanges;
beforeEach(() => {
  const draft = draftState(EMPTY_STATE, NOW, 'no');
  changes = { draft, records: orderRecords(), archived: (ref) => ref === 'order-archived', recent: [] };
});

const stepOf = (...given: Parameters<typeof change>): Extract<Change, { kind: 'step' }> => {
  const made = change(...given);
  if (made.kind !== 'step') throw new TypeError('no step');
  return made;
};
function opened(name = 'one'): Order {
  const verdict = openOrder(changes, opening(name));
  if (verdict.kind !== 'done') throw new TypeError(`the opening was ${verdict.kind}`);
  return verdict.order;
}

describe('an opening', () => {
  it.each<[string, (made: Opening) => Opening]>([
    ['holds nothing', (made) => ({ ...made, entries: [] })],
    [
      'holds less than the price',
      (made) => ({ ...made, entries: made.entries.map((one) => ({ ...one, amount: dinars(1) })) }),
    ],
    ['holds for another order', (made) => ({ ...made, entries: opening('other').entries })],
    [
      'holds on another account',
      (made) => ({ ...made, entries: made.entries.map((one) => ({ ...one, account: 'wallet:7' as const })) }),
    ],
    [
      'is on an account that is not its buyer’s',
      (made) => ({ ...made, order: { ...made.order, role: 'agent' as const } }),
    ],
  ])('that %s is no change at all, and takes no number', (_what, bend) => {
    expect(() => openOrder(changes, bend(opening('one')))).toThrow(RangeError);
    expect(changes.draft).toMatchObject({
      changed: false,
      nextNo: EMPTY_STATE.nextNo,
      books: EMPTY_STATE.books,
    });
    expect(changes.draft.orders.now().size).toBe(0);
    expect([opened('two').no, opened('three').no]).toEqual([EMPTY_STATE.nextNo, EMPTY_STATE.nextNo + 1]);
  });

  it('of a reference that is used gives its order, open, closed in this batch, or archived', () => {
    const order = opened();
    expect(openOrder(changes, opening('one'))).toEqual({ kind: 'exists', order });
    let last = order;
    for (const event of [...SENT, DELIVERED, SHOWN]) {
      const verdict = stepOrder(changes, stepOf(last, event));
      if (verdict.kind !== 'done') throw new TypeError(`the step was ${verdict.kind}`);
      last = verdict.order;
    }
    expect(changes.draft.orders.now().size).toBe(0);
    expect(openOrder(changes, opening('one'))).toEqual({ kind: 'exists', order: last });
    expect(openOrder(changes, opening('archived')).kind).toBe('archived');
    expect(changes.draft.books).toEqual({ held: 0, taken: order.price });
  });
});

describe('a step', () => {
  it('that takes another number or another account is no change at all', () => {
    const order = opened();
    const step = stepOf(order, { type: 'send-begun' });
    for (const bent of [{ no: order.no + 1 }, { account: 'wallet:7' as const }])
      expect(() => stepOrder(changes, { ...step, order: { ...step.order, ...bent } })).toThrow(RangeError);
    expect(changes.draft.orders.get(order.ref)?.order).toEqual(order);
  });

  it('whose money does not follow its state is no change at all', () => {
    const order = opened();
    const gaveUp = stepOf(order, { type: 'given-up' });
    expect(() => stepOrder(changes, { ...gaveUp, entries: [] })).toThrow(RangeError);
    expect(changes.draft.books).toEqual({ held: order.price, taken: 0 });
    expect(stepOrder(changes, gaveUp).kind).toBe('done');
    expect(changes.draft.books).toEqual({ held: 0, taken: 0 });
  });
});
