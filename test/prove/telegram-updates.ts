// Telegram's side of getUpdates: what people do is given out until it is confirmed and sometimes once more, some of it late;
// a poll with nothing to tell is held.

import type { Chance } from './chance.ts';
import type { Asked, Reply } from './network-calls.ts';
import type { Plan } from './plan.ts';
import { numberIn, ok } from './telegram-shapes.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Pending {
  readonly id: number;
  readonly update: object;
}

export interface Updates {
  /** An update goes its way: some come late, behind others that were made after them. */
  readonly queue: (make: () => object) => void;
  readonly poll: (body: Asked['body'], answer: (reply: Reply) => void) => void;
  /** The poll that was held is gone with the program that asked. */
  readonly hangUp: () => void;
  readonly isQuiet: () => boolean;
}

/** So many confirmed updates may come again. */
const MOST_REMEMBERED = 50;

export function updates({ time, chance, plan }: { time: VirtualTime; chance: Chance; plan: Plan }): Updates {
  let pending: Pending[] = [];
  let confirmed: Pending[] = [];
  let lastUpdate = 1_000;
  let underWay = 0;
  let held: { readonly limit: number; readonly answer: (reply: Reply) => void } | undefined;

  const told = (limit: number): Reply => ok(pending.slice(0, limit).map(({ update }) => update));

  function wake(): void {
    if (held === undefined || pending.length === 0) return;
    const { answer, limit } = held;
    held = undefined;
    answer(told(limit));
  }

  function queue(make: () => object): void {
    underWay += 1;
    const wait = 20 + 100 * chance.next() + (chance.often(plan.late) ? chance.whole(500, 8_000) : 0);
    const arrive = (): void => {
      underWay -= 1;
      lastUpdate += 1;
      pending.push({ id: lastUpdate, update: { update_id: lastUpdate, ...make() } });
      wake();
    };
    time.after(wait, arrive, 'world');
  }

  function confirm(offset: number): void {
    if (!Number.isNaN(offset)) {
      confirmed = [...confirmed, ...pending.filter(({ id }) => id < offset)].slice(-MOST_REMEMBERED);
      pending = pending.filter(({ id }) => id >= offset);
      return;
    }
    // Whoever begins to ask is now and then given once more what an earlier life has confirmed.
    const again = confirmed.filter(() => chance.often(plan.redelivers));
    confirmed = confirmed.filter((one) => !again.includes(one));
    pending = [...again, ...pending].sort((a, b) => a.id - b.id);
  }

  function poll(body: Asked['body'], answer: (reply: Reply) => void): void {
    confirm(numberIn(body, 'offset'));
    const limit = numberIn(body, 'limit') || 100;
    const seconds = numberIn(body, 'timeout') || 0;
    held = undefined;
    if (pending.length > 0 || seconds === 0) {
      answer(told(limit));
      return;
    }
    const mine = { limit, answer };
    held = mine;
    const letGo = (): void => {
      if (held !== mine) return;
      held = undefined;
      answer(ok([]));
    };
    time.after(seconds * 1000, letGo, 'world');
  }

  return {
    queue,
    poll,
    hangUp: () => void (held = undefined),
    isQuiet: () => pending.length === 0 && underWay === 0,
  };
}
