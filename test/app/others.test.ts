// Copies of the bot tell each other what each of them alone could not know.

import { expect, test, vi } from 'vitest';
import type { Bell, Bells } from '../../src/app/lanes.ts';
import { withOthers } from '../../src/app/others.ts';
import type { Order } from '../../src/domain/order.ts';
import { anOrder, MINUTE, NOW } from '../domain/an-order.ts';

/** All processes hear at once. */
function tower(): Bells {
  const hearing = new Map<Bell, ((about: string | undefined) => void)[]>();
  return {
    ring: (bell, about = '') => (hearing.get(bell) ?? []).forEach((heard) => heard(about)),
    on: (bell, heard) => void hearing.set(bell, [...(hearing.get(bell) ?? []), heard]),
  };
}

function copyOn(bells: Bells, clock = () => NOW) {
  const orders: Order[] = [];
  const shower = { changed: vi.fn(), cameBack: vi.fn(), telegramIsBack: vi.fn() };
  const wake = vi.fn();
  const store = { mine: () => Promise.resolve([...orders]) };
  return { orders, shower, wake, others: withOthers({ bells, store, shower, wake, clock }) };
}

test('somebody who writes to one copy is back for all, and announced once a minute', () => {
  const bells = tower();
  let now = NOW;
  const [a, b] = [copyOn(bells, () => now), copyOn(bells)];
  a.others.cameBack(7);
  a.others.cameBack(8);
  a.others.cameBack(7);
  expect(b.shower.cameBack.mock.calls).toEqual([[7], [8]]);
  now += MINUTE;
  a.others.cameBack(7);
  expect(b.shower.cameBack).toHaveBeenCalledTimes(3);
});

test('Telegram that answers one copy again is back for all', () => {
  const bells = tower();
  const [a, b] = [copyOn(bells), copyOn(bells)];
  a.others.telegramIsBack();
  expect(a.shower.telegramIsBack).toHaveBeenCalled();
  expect(b.shower.telegramIsBack).toHaveBeenCalledOnce();
});

test('an order that was changed elsewhere is looked at at once by whoever looks after it, and shown', async () => {
  const bells = tower();
  const [a, b] = [copyOn(bells), copyOn(bells)];
  const order = anOrder();
  b.orders.push(order);
  await b.others.mine();
  expect(b.shower.changed.mock.calls).toEqual([[order]]);
  b.others.changed(order);
  expect([a.wake, b.wake].map((wake) => wake.mock.calls.length)).toEqual([0, 0]);
  a.others.changed(order);
  expect(b.wake).toHaveBeenCalledOnce();
});
