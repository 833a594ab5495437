// What showing an order does to it, and what a refused message leads to.

import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { inState, NOW, SECOND, STATE_NAMES, take } from './an-order.ts';

describe('the message', () => {
  const shown: OrderEvent = { type: 'shown', digest: 'en.handling', messageId: 50, ended: false };

  it('is remembered as the person saw it, in any state, without touching state or money', () => {
    for (const name of STATE_NAMES) {
      const before: Order = inState(name);
      const { order, entries } = take(before, shown);
      expect(order.message).toMatchObject({ digest: 'en.handling', messageId: 50, ended: false, tries: 0 });
      expect([order.state, order.dueAt, entries]).toEqual([before.state, before.dueAt, []]);
    }
  });

  it('that was refused is tried again later and later', () => {
    const once = take(inState('handling'), { type: 'show-refused', lost: false }).order;
    const twice = take(once, { type: 'show-refused', lost: false }, once.message.retryAt).order;
    expect([once, twice].map(({ message }) => [message.tries, message.retryAt, message.messageId])).toEqual([
      [1, NOW + 2 * SECOND, 42],
      [2, NOW + 7 * SECOND, 42],
    ]);
  });

  it('waits as long as Telegram says, and follows a group that became a supergroup', () => {
    const event: OrderEvent = { type: 'show-refused', lost: true, waitMs: 7_000, chatId: -100_1 };
    expect(take(inState('handling'), event).order.message).toMatchObject({
      chatId: -100_1,
      messageId: null,
      retryAt: NOW + 7_000,
    });
  });

  it('is left to the history only after many tries at the end, never before the end', () => {
    for (const [name, ended] of [
      ['handling', false],
      ['fulfilled', true],
    ] as const) {
      let order = inState(name);
      for (let tries = 0; tries < 20; tries += 1) {
        expect(order.message.ended).toBe(false);
        order = take(order, { type: 'show-refused', lost: false }, order.message.retryAt).order;
      }
      expect(order.message.ended).toBe(ended);
    }
  });

  it('uses up none of its tries while Telegram is too busy, or comes back again and again before its time', () => {
    const refused = take(inState('fulfilled'), { type: 'show-refused', lost: false }).order;
    for (const more of [{}, { waitMs: 25 * SECOND }]) {
      let order = refused;
      for (let tries = 0; tries < 50; tries += 1)
        order = take(order, { type: 'show-refused', lost: false, ...more }, NOW + SECOND).order;
      expect([order.message.tries, order.message.ended]).toEqual([1, false]);
    }
  });

  it('begins its tries again once it was shown', () => {
    const refused = take(inState('handling'), { type: 'show-refused', lost: false }).order;
    expect(take(refused, shown).order.message.tries).toBe(0);
  });
});
