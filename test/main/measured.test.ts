// The store, watched: each end counted once, commits timed, and unfit while it takes nothing.

import { expect, it } from 'vitest';
import { StoreFault, type Store } from '../../src/app/ports.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Metrics } from '../../src/http/metrics.ts';
import { measured } from '../../src/main/measured.ts';
import { openShop } from '../app/shop.ts';
import { found } from '../domain/an-order.ts';

function watch(store: Store, clock: () => number) {
  const [ends, commits]: [unknown[], unknown[]] = [[], []];
  const ended: Order[] = [];
  const nothing = (): never => {
    throw new Error('not for this');
  };
  const metrics: Metrics = {
    ...{ providerAnswered: nothing, telegramAnswered: nothing, timed: nothing, routes: nothing },
    committed: (what, isTaken, ms) => commits.push([what, isTaken, ms]),
    ended: (end, ms) => ends.push([end, ms]),
  };
  let ms = 0;
  const watched = measured({
    ...{ store, metrics, clock },
    now: () => (ms += 5),
    ended: (order) => ended.push(order),
  });
  return { ...watched, ends, commits, ended };
}

it('counts an order once, when it ends, with the time since it was confirmed', async () => {
  const shop = openShop();
  const { store, ends, ended, commits } = watch(shop.store, shop.clock.now);
  const again = shop.restart({ store, topups: shop.topups });
  const order = await shop.buy();
  await again.record(order.ref, { type: 'send-begun' });
  await again.record(order.ref, { type: 'accepted', topupId: 'T1' });
  shop.clock.pass(12_000);
  await again.record(order.ref, found('fulfilled'));
  await again.record(order.ref, { type: 'shown', digest: 'd', messageId: 1, ended: true });
  expect(ended.map(({ ref }) => ref)).toEqual([order.ref]);
  expect(ends).toEqual([['fulfilled', 12_000]]);
  expect(new Set(commits.map(String))).toEqual(new Set(['order,true,5']));
});

it('is unfit while it refuses, until it takes something or a while has passed', async () => {
  const shop = openShop();
  let refuses = true;
  const fault = new StoreFault('disk-full', new Error('no space'));
  const change: Store['change'] = (one) => (refuses ? Promise.reject(fault) : shop.store.change(one));
  const { store, isFit, commits } = watch({ ...shop.store, change }, shop.clock.now);
  const nothing = { puts: [], entries: [], audit: [] };
  expect(await isFit()).toBe(true);
  await expect(store.change(nothing)).rejects.toBe(fault);
  expect(commits).toEqual([['shop', false, 5]]);
  expect(await isFit()).toBe(false);
  refuses = false;
  await store.change(nothing);
  expect(await isFit()).toBe(true);
  refuses = true;
  await expect(store.change(nothing)).rejects.toBe(fault);
  shop.clock.pass(60_000);
  expect(await isFit()).toBe(true);
});

it('is unfit when it does not answer', async () => {
  const shop = openShop();
  const wallet: Store['wallet'] = () => Promise.reject(new Error('gone'));
  await expect(watch({ ...shop.store, wallet }, shop.clock.now).isFit()).rejects.toThrow('gone');
});
