// People hear of money that others moved on their wallet: once, and rather twice than never.

import { beforeEach, expect, it } from 'vitest';
import { StoreFault } from '../../src/app/ports.ts';
import { tellingOf } from '../../src/bot/wallet-news.ts';
import { fillAndDie } from './dying-process.ts';
import { counterForEach, type Counter } from './open-counter.ts';
import { CUSTOMER, openWallets, textsIn } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(async () => {
  await openWallets(counter);
  await fillAndDie(counter, CUSTOMER, 1000);
});

const heard = (): number =>
  textsIn(counter, CUSTOMER).filter((text) => text.includes('The shop put 1 000 DA')).length;
const news = () => counter.shop.store.records('news');

it('two who tell at the same moment say it once', async () => {
  await Promise.all([counter.tidy(), counter.tidy()]);
  expect(heard()).toBe(1);
  expect(await news()).toEqual([]);
});

it('what can not be let go of, because the disk is full, is said once more', async () => {
  const { store } = counter.shop;
  const change = store.change.bind(store);
  store.change = (one) =>
    one.drops?.some((key) => key.startsWith('news:')) === true
      ? Promise.reject(new StoreFault('disk-full', undefined))
      : change(one);
  await counter.tidy();
  expect([heard(), (await news()).length]).toEqual([1, 1]);
  store.change = change;
  await counter.tidy();
  await counter.tidy();
  expect([heard(), (await news()).length]).toEqual([2, 0]);
});

it.each([
  [{ ok: true, messageId: 5 }, 'told'],
  [{ ok: false, failure: { kind: 'unreachable' } }, 'cut-off'],
  [{ ok: false, failure: { kind: 'malformed', description: '' } }, 'cut-off'],
  [{ ok: false, failure: { kind: 'passing' } }, 'later'],
  [{ ok: false, failure: { kind: 'slow-down', waitMs: 1 } }, 'later'],
] as const)('%j: %s', (sent, telling) => {
  expect(tellingOf(sent)).toBe(telling);
});
