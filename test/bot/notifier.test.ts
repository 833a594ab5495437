// Each order's one message is kept true: edited when it must, replaced when it is gone, tried again when it is refused.

import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { found, HOUR, SECOND } from '../domain/an-order.ts';
import { DELIVERED, openDesk, SENT, told } from './open-notifier.ts';

describe('the message of an order', () => {
  it('is edited whenever the order has moved, and only then', async () => {
    const desk = openDesk();
    const order = await desk.buy();
    await desk.show();
    await desk.happen(order, ...SENT);
    await desk.show();
    await desk.show();
    expect(desk.written.map(({ how, messageId, text }) => [how, messageId, told(text)])).toEqual([
      ['edit', 42, '⏳ Order no. 1042: being sent'],
      ['edit', 42, '⏳ Order no. 1042: in progress'],
    ]);
  });

  it('is not edited for a change that does not show', async () => {
    const desk = openDesk();
    const order = await desk.happen(await desk.buy(), ...SENT);
    await desk.show();
    desk.shop.clock.pass(5 * SECOND);
    await desk.happen(order, found('handling'));
    await desk.show();
    expect(desk.written).toHaveLength(1);
  });

  it('is sent where there is none yet', async () => {
    const desk = openDesk();
    await desk.buy({ messageId: null });
    await desk.show();
    expect(desk.written).toMatchObject([{ how: 'send', messageId: 101 }]);
    expect((await desk.shop.store.byNo(1042))?.message.messageId).toBe(101);
  });

  it('that was deleted is sent anew, and edited from then on', async () => {
    const desk = openDesk();
    const order = await desk.buy();
    desk.refusals.push({ kind: 'gone' });
    await desk.show();
    await desk.happen(order, ...SENT);
    await desk.show();
    expect(desk.written.map(({ how, messageId }) => [how, messageId])).toEqual([
      ['send', 101],
      ['edit', 101],
    ]);
  });

  it('follows a group that became a supergroup', async () => {
    const desk = openDesk();
    await desk.buy({ chatId: -5 });
    desk.refusals.push({ kind: 'migrated', chatId: -1005 });
    await desk.show();
    await desk.show();
    expect(desk.written).toMatchObject([{ how: 'send', place: { chatId: -1005 } }]);
  });

  it('shows the end once, and then the order is closed', async () => {
    const desk = openDesk();
    const order = await desk.happen(await desk.buy(), ...SENT, DELIVERED);
    await desk.show();
    await desk.show();
    expect(desk.written).toHaveLength(1);
    expect(desk.written[0]?.text).toContain('Card code: 1111222233334444');
    expect(await desk.shop.store.active()).toEqual([]);
    desk.notifier.changed(await desk.shop.order(order.ref));
    await desk.show();
    expect(desk.written).toHaveLength(1);
  });

  it('is edited at once, too, when the clock was set back after the last time', async () => {
    const desk = openDesk();
    const order = await desk.buy();
    desk.shop.clock.pass(HOUR);
    await desk.show();
    desk.shop.clock.pass(-HOUR);
    await desk.happen(order, ...SENT);
    const open = await desk.shop.store.active();
    expect(desk.notifier.nextAt(open)).toBeLessThanOrEqual(desk.shop.clock.now());
    await desk.show();
    expect(desk.written.map(({ text }) => told(text))).toEqual([
      '⏳ Order no. 1042: being sent',
      '⏳ Order no. 1042: in progress',
    ]);
  });

  it('found at start-up is brought up to date', async () => {
    const before = openDesk();
    const order = await before.happen(await before.buy(), ...SENT);
    const { store, clock } = before.shop;
    expect(order.message.digest).toBeNull();
    for (const open of await store.active()) before.notifier.changed(open);
    before.notifier.showDue(await store.active(), clock.now());
    await before.notifier.settled();
    expect(before.written).toHaveLength(1);
  });
});

describe('a refused message', () => {
  it('is tried again after the wait of Telegram, and the order goes on meanwhile', async () => {
    const desk = openDesk();
    const order = await desk.buy();
    desk.refusals.push({ kind: 'slow-down', waitMs: 9_000 });
    await desk.show();
    const open = await desk.shop.store.active();
    expect(desk.notifier.nextAt(open)).toBe(desk.shop.clock.now() + 9_000);
    desk.shop.clock.pass(9_000 - 1);
    await desk.show();
    expect(desk.written).toEqual([]);
    await desk.happen(order, ...SENT);
    desk.shop.clock.pass(1);
    await desk.show();
    expect(desk.written.map(({ text }) => told(text))).toEqual(['⏳ Order no. 1042: in progress']);
  });

  it('is shown at once when Telegram answers again, however far its next try lay ahead', async () => {
    const desk = openDesk();
    await desk.buy();
    desk.refusals.push({ kind: 'slow-down', waitMs: HOUR });
    await desk.show();
    desk.shop.clock.pass(SECOND);
    await desk.show();
    expect(desk.written).toEqual([]);
    const wakes = desk.wakes;
    desk.notifier.telegramIsBack();
    expect(desk.wakes).toBe(wakes + 1);
    await desk.show();
    expect(desk.written).toHaveLength(1);
  });

  it('of somebody who blocked the bot is tried later and later, and at once when he is back', async () => {
    const desk = openDesk();
    await desk.buy();
    for (let tries = 0; tries < 6; tries += 1) {
      desk.refusals.push({ kind: 'unreachable' });
      desk.shop.clock.pass(HOUR);
      await desk.show();
    }
    await desk.show();
    expect(desk.written).toEqual([]);
    desk.notifier.cameBack(8);
    await desk.show();
    expect(desk.written).toEqual([]);
    const wakes = desk.wakes;
    desk.notifier.cameBack(7);
    expect(desk.wakes).toBe(wakes + 1);
    await desk.show();
    expect(desk.written).toHaveLength(1);
  });

  it('is shown at once to somebody who is back after a restart of the bot', async () => {
    const desk = openDesk();
    const order = await desk.buy();
    await desk.happen(
      order,
      ...Array.from({ length: 6 }, (): OrderEvent => ({ type: 'show-refused', lost: false })),
    );
    await desk.show();
    expect(desk.written).toEqual([]);
    desk.notifier.cameBack(7);
    await desk.show();
    expect(desk.written).toHaveLength(1);
  });

  it('of an end is given up after many tries, and found in the history', async () => {
    const desk = openDesk();
    await desk.happen(await desk.buy(), ...SENT, DELIVERED);
    for (let tries = 0; tries < 30; tries += 1) {
      desk.refusals.push({ kind: 'unreachable' });
      desk.shop.clock.pass(24 * HOUR);
      await desk.show();
    }
    expect(await desk.shop.store.active()).toEqual([]);
    expect(desk.refusals.length).toBe(10);
  });
});
