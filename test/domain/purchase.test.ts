// What an order is at its beginning, and whose money it spends.

import { describe, expect, it } from 'vitest';
import { accountOf, confirm } from '../../src/domain/purchase.ts';
import { NOW, purchase } from './an-order.ts';

describe('a confirmed purchase', () => {
  const { order, entries } = confirm(purchase({ chatId: -100, threadId: 5, messageId: null }), NOW);

  it('is due at once, with nothing sent and nothing shown', () => {
    expect(order).toMatchObject({
      state: { name: 'confirmed' },
      dueAt: NOW,
      sends: 0,
      sentAt: null,
      doubted: false,
      landed: false,
      message: { chatId: -100, threadId: 5, messageId: null, digest: null, ended: false, tries: 0 },
    });
  });

  it('holds its price once, in the name of the buyer', () => {
    expect(entries).toEqual([
      {
        id: 't0000001:hold',
        account: 'shop',
        kind: 'hold',
        amount: 98_000,
        at: NOW,
        by: '7',
        reason: 'confirmed',
        ref: 't0000001',
      },
    ]);
  });

  it('keeps where it was bought in its message only', () => {
    expect(Object.keys(order)).not.toContain('chatId');
    expect(Object.keys(order)).not.toContain('messageId');
  });
});

it('owners spend the shop’s credit, everybody else their own wallet', () => {
  expect(accountOf({ role: 'owner', buyer: 7 })).toBe('shop');
  expect(accountOf({ role: 'agent', buyer: 501 })).toBe('wallet:501');
  expect(accountOf({ role: 'customer', buyer: 502 })).toBe('wallet:502');
});
