// What copies of the bot that share a database tell each other about orders: a process shows and moves only those that it
// looks after, and people may speak to any.

import type { Order } from '../domain/order.ts';
import type { Bells } from './lanes.ts';
import { noticing } from './looked-after.ts';
import type { Clock, Store } from './ports.ts';

/** What may be old about messages, as the notifier wants to hear it. */
export interface Shower {
  /** The order changed, or was found: what its message says may be old. */
  changed(order: Order): void;
  cameBack(person: number): void;
  telegramIsBack(): void;
}

export interface Others extends Omit<Shower, 'changed'> {
  /** The orders that this process looks after; whatever is new about one is shown. */
  readonly mine: Store['mine'];
  /** An order was changed here; whoever looks after it is told. */
  changed(order: Order): void;
}

/** Of one person others hear so rarely: whoever writes much need not be announced each time. */
const ANNOUNCED_MS = 60_000;
/** Far more people than write in that time. */
const MOST_ANNOUNCED = 10_000;

export function withOthers(deps: {
  bells: Bells;
  store: Pick<Store, 'mine'>;
  shower: Shower;
  /** Has the orders asked for again. */
  wake: () => void;
  clock: Clock;
}): Others {
  const { bells, store, shower, wake, clock } = deps;
  const { mine, has } = noticing(store, (order) => shower.changed(order));
  const announced = new Map<number, number>();

  bells.on('orders', wake);
  bells.on('came_back', (person) => {
    if (person !== undefined) shower.cameBack(Number(person));
  });
  bells.on('telegram_back', (said) => {
    if (said !== undefined) shower.telegramIsBack();
  });

  return {
    mine,
    changed: ({ ref }) => {
      if (!has(ref)) bells.ring('orders');
    },
    cameBack: (person) => {
      shower.cameBack(person);
      const now = clock();
      if (now - (announced.get(person) ?? -Infinity) < ANNOUNCED_MS) return;
      if (announced.size >= MOST_ANNOUNCED) announced.clear();
      announced.set(person, now);
      bells.ring('came_back', String(person));
    },
    telegramIsBack: () => {
      shower.telegramIsBack();
      bells.ring('telegram_back');
    },
  };
}
