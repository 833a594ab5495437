// The notifier over the ports in memory, in a chat that writes down what it is told and refuses what it shall refuse.

import type { Chat } from '../../src/bot/chat.ts';
import type { ChatFailure } from '../../src/bot/failures.ts';
import { watchLateEdits } from '../../src/bot/late-edits.ts';
import { createNotifier, type Notifier } from '../../src/bot/notifier.ts';
import { createRecord } from '../../src/app/record.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Purchase } from '../../src/domain/purchase.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { plainVault } from '../app/in-memory.ts';
import { openShop, type Shop } from '../app/shop.ts';
import { found, sealed } from '../domain/an-order.ts';
import { writtenChat, type Written } from './written-chat.ts';

export interface Desk {
  readonly shop: Shop;
  readonly notifier: Notifier;
  /** What was written, in order. */
  readonly written: Written[];
  /** What the next writings meet. */
  readonly refusals: ChatFailure[];
  /** How long the next edits take, in ms. */
  readonly delays: number[];
  readonly alerts: string[];
  readonly failures: unknown[];
  /** What the bot writes with. */
  readonly chat: Chat;
  wakes: number;
  buy(more?: Partial<Purchase>): Promise<Order>;
  /** Facts happen to the order. */
  happen(order: Order, ...events: OrderEvent[]): Promise<Order>;
  /** A turn of the worker. */
  show(): Promise<void>;
}

/** An open desk with nothing bought yet. */
export function openDesk(): Desk {
  const shop = openShop();
  const { store, clock } = shop;
  const delays: number[] = [];
  const { chat: plainChat, written, refusals } = writtenChat(() => clock.pass(delays.shift() ?? 0));
  const lateEdits = watchLateEdits(plainChat, clock.now);
  const { chat } = lateEdits;
  const record = createRecord({ store, clock: clock.now, changed: (order) => notifier.changed(order) });
  const notifier = createNotifier({
    ...{ store, vault: plainVault, chat, lateEdits, record, clock: clock.now },
    tellOwners: (_order, alert) => {
      desk.alerts.push(alert);
      return Promise.resolve(true);
    },
    privateLink: (order) => `https://t.me/shop?start=order-${order.no}`,
    failed: (_order, error) => void desk.failures.push(error),
    wake: () => void (desk.wakes += 1),
  });
  const desk: Desk = {
    ...{ shop, notifier, chat, written, refusals, delays, alerts: [], failures: [], wakes: 0 },
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
export const told = (text: string): string => text.split(/ \(|\.\n/)[0] ?? '';

export const SENT: readonly OrderEvent[] = [{ type: 'send-begun' }, { type: 'accepted', topupId: 'T1' }];
export const DELIVERED = found('fulfilled', { code: sealed('1111222233334444'), transactionNo: 'AT-1' });
