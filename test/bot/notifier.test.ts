// Each order's one message is kept true: edited when it must, replaced when it is gone, tried again when it is refused.

import { describe, expect, it } from 'vitest';
import type { Chat, Place, Sent } from '../../src/bot/chat.ts';
import type { ChatFailure } from '../../src/bot/failures.ts';
import { createNotifier, type Notifier } from '../../src/bot/notifier.ts';
import { createRecord } from '../../src/app/record.ts';
import type { Order, OrderEvent, Purchase } from '../../src/domain/order.ts';
import { plainVault } from '../app/in-memory.ts';
import { openShop, type Shop } from '../app/shop.ts';
import { found, HOUR, MINUTE, SECOND, sealed } from '../domain/an-order.ts';
import { textOf } from './read-view.ts';

interface Written {
  readonly how: 'send' | 'edit';
  readonly place: Place;
  readonly messageId: number;
  readonly text: string;
  readonly replyTo: number | undefined;
}

interface Desk {
  readonly shop: Shop;
  readonly notifier: Notifier;
  /** What was written, in order. */
  readonly written: Written[];
  /** What the next writings meet. */
  readonly refusals: ChatFailure[];
  readonly alerts: string[];
  readonly failures: unknown[];
  wakes: number;
  buy(more?: Partial<Purchase>): Promise<Order>;
  /** Facts happen to the order. */
  happen(order: Order, ...events: OrderEvent[]): Promise<Order>;
  /** A turn of the worker. */
  show(): Promise<void>;
}

function openDesk(): Desk {
  const shop = openShop();
  const { store, clock } = shop;
  const written: Written[] = [];
  const refusals: ChatFailure[] = [];
  let messageIds = 100;
  const answer = (messageId: number, write: () => void): Promise<Sent> => {
    const failure = refusals.shift();
    if (failure !== undefined) return Promise.resolve({ ok: false, failure });
    write();
    return Promise.resolve({ ok: true, messageId });
  };
  const chat: Chat = {
    send: (place, _language, view, replyTo) => {
      const messageId = (messageIds += 1);
      return answer(messageId, () =>
        written.push({ how: 'send', place, messageId, text: textOf(view), replyTo }),
      );
    },
    edit: (place, messageId, _language, view) =>
      answer(messageId, () =>
        written.push({ how: 'edit', place, messageId, text: textOf(view), replyTo: undefined }),
      ),
    unbutton: () => Promise.resolve(),
    typing: () => Promise.resolve(),
  };
  const record = createRecord({ store, clock: clock.now, changed: (order) => notifier.changed(order) });
  const notifier = createNotifier({
    ...{ store, vault: plainVault, chat, record, clock: clock.now },
    tellOwners: (_order, alert) => {
      desk.alerts.push(alert);
      return Promise.resolve(true);
    },
    privateLink: (order) => `https://t.me/shop?start=order-${order.no}`,
    failed: (_order, error) => void desk.failures.push(error),
    wake: () => void (desk.wakes += 1),
  });
  const desk: Desk = {
    ...{ shop, notifier, written, refusals, alerts: [], failures: [], wakes: 0 },
    buy: async (more) => {
      const order = await shop.buy(more);
      notifier.changed(order);
      return order;
    },
    happen: async (order, ...events) => {
      let last = order;
      for (const event of events) last = (await record(order.ref, event)) ?? last;
      return last;
    },
    show: async () => {
      notifier.showDue(await store.active(), clock.now());
      await notifier.settled();
    },
  };
  return desk;
}

/** The state in the first line, without the time. */
const told = (text: string): string => text.split(/ \(|\.\n/)[0] ?? '';

const SENT: readonly OrderEvent[] = [{ type: 'send-begun' }, { type: 'accepted', topupId: 'T1' }];
const DELIVERED = found('fulfilled', { code: sealed('1111222233334444'), transactionNo: 'AT-1' });

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

describe('the end of an order', () => {
  /** A delivered order that took so long, and was seen before. */
  async function after(ms: number, more: Partial<Purchase> = {}): Promise<Desk> {
    const desk = openDesk();
    const order = await desk.happen(await desk.buy(more), ...SENT);
    await desk.show();
    desk.written.length = 0;
    desk.shop.clock.pass(ms);
    await desk.happen(order, DELIVERED);
    await desk.show();
    return desk;
  }

  it('after more than a minute is also said in a new message that replies to the card', async () => {
    const { written } = await after(MINUTE);
    expect(written.map(({ how, text, replyTo }) => [how, text.split('\n')[0], replyTo])).toEqual([
      ['edit', '✅ Order no. 1042: recharged.', undefined],
      ['send', '✅ Order no. 1042: recharged.', 42],
    ]);
    expect(written[1]?.text).not.toContain('1111');
  });

  it('within a minute is the edit alone', async () => {
    expect((await after(MINUTE - 1)).written).toHaveLength(1);
  });

  it('in a group never shows the code there, and brings it to the private chat', async () => {
    const { written } = await after(2 * MINUTE, { chatId: -5 });
    const inGroup = written.filter(({ place }) => place.chatId === -5);
    const inPrivate = written.filter(({ place }) => place.chatId === 7);
    expect(inGroup).toHaveLength(2);
    expect(inGroup.map(({ text }) => text).join('\n')).not.toMatch(/1111|AT-1|980/);
    expect(inPrivate).toHaveLength(1);
    expect(inPrivate[0]?.text).toContain('Card code: 1111222233334444');
  });

  it('never leaves anything of the code in what is remembered of the message', async () => {
    const desk = await after(MINUTE);
    const [order] = desk.shop.store.all();
    expect(JSON.stringify(order?.message)).not.toMatch(/1111|sealed/);
  });
});

describe('the owners', () => {
  it('are told once of what they must know, before the card', async () => {
    const desk = openDesk();
    const order = await desk.happen(await desk.buy(), ...SENT, found('odd'));
    await desk.show();
    await desk.happen(order, found('odd'));
    await desk.show();
    expect(desk.alerts).toEqual(['word:PENDING_REVIEW']);
    await desk.happen(order, found('fulfilled', { number: '036000000' }));
    await desk.show();
    expect(desk.alerts).toEqual(['word:PENDING_REVIEW', 'review:mismatch']);
  });
});

describe('a fault of ours', () => {
  it('is told of, rests, and does not keep others from being shown', async () => {
    const desk = openDesk();
    await desk.buy();
    await desk.buy({ messageId: 43 });
    desk.shop.store.fail(1);
    await desk.show();
    expect(desk.failures).toHaveLength(1);
    expect(desk.written.map(({ messageId }) => messageId)).toEqual([42, 43]);
    await desk.show();
    expect(desk.written).toHaveLength(2);
    desk.shop.clock.pass(5 * SECOND);
    await desk.show();
    expect(desk.written.map(({ messageId }) => messageId)).toEqual([42, 43, 42]);
    expect((await desk.shop.store.active()).every(({ message }) => message.digest !== null)).toBe(true);
  });

  it('wakes the worker when a showing is over, however it went', async () => {
    const desk = openDesk();
    await desk.buy();
    await desk.show();
    expect(desk.wakes).toBe(1);
  });
});

it('one chat takes two places at the most, so that many orders in it keep nobody else waiting', async () => {
  const desk = openDesk();
  for (let count = 0; count < 100; count += 1) await desk.buy({ messageId: count + 1 });
  const open = await desk.shop.store.active();
  desk.notifier.showDue(open, desk.shop.clock.now());
  expect(desk.notifier.nextAt(open)).toBeUndefined();
  await desk.notifier.settled();
  expect(desk.written).toHaveLength(2);
  for (let turns = 0; desk.notifier.nextAt(await desk.shop.store.active()) !== undefined; turns += 1) {
    expect(turns).toBeLessThan(120);
    await desk.show();
  }
  expect(new Set(desk.written.map(({ messageId }) => messageId)).size).toBe(100);
  expect(desk.written).toHaveLength(100);
});
