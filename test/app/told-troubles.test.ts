// What owners have heard of the shop's troubles, as two processes on one store know it.

import { expect, it } from 'vitest';
import { createToldTroubles } from '../../src/app/told-troubles.ts';
import { dinars } from '../../src/domain/money.ts';
import type { OwnerAlert } from '../../src/domain/report.ts';
import { MINUTE } from '../domain/an-order.ts';
import { openShop } from './shop.ts';

const BEGUN = { kind: 'shop-short' } as const;
const ENDED = { kind: 'shop-back', credit: dinars(9_000) } as const;

function twoProcesses() {
  const shop = openShop();
  const heard: OwnerAlert[] = [];
  const failures: unknown[] = [];
  const world = { isTaken: true, claims: (): Promise<boolean> => Promise.resolve(true) };
  const process = () =>
    createToldTroubles({
      store: shop.store,
      tell: (alert) => {
        if (world.isTaken) heard.push(alert);
        return Promise.resolve(world.isTaken);
      },
      claim: () => world.claims(),
      clock: shop.clock.now,
      failed: (error) => void failures.push(error),
    });
  return { shop, world, heard, failures, one: process(), other: process() };
}

it('what one process told another knows, and an end that it told, too', async () => {
  const { one, other } = twoProcesses();
  await one.say('short', BEGUN, { short: dinars(500) });
  expect(await other.catchUp()).toEqual([]);
  expect((await other.troubles()).short).toBe(dinars(500));
  await other.say('short', ENDED, { short: null });
  expect(await one.catchUp()).toEqual(['short']);
  expect(await one.catchUp()).toEqual([]);
});

it('an end is learnt also while nobody can say who watches', async () => {
  const { world, failures, one, other } = twoProcesses();
  await one.say('access', { kind: 'no-access', detail: 'key' }, { access: 'key' });
  await one.say('short', BEGUN, { short: dinars(500) });
  await other.catchUp();
  await other.say('short', ENDED, { short: null });
  world.claims = () => Promise.reject(new Error('away'));
  expect(await one.catchUp()).toEqual(['short']);
  expect(failures).toHaveLength(1);
});

it('what owners could not be told is not written down, and told five minutes later', async () => {
  const { shop, world, heard, one } = twoProcesses();
  const say = () => one.say('short', BEGUN, { short: dinars(500) });
  world.isTaken = false;
  await say();
  world.isTaken = true;
  shop.clock.pass(5 * MINUTE - 1);
  await say();
  expect(heard).toEqual([]);
  expect((await one.troubles()).short).toBeNull();
  shop.clock.pass(1);
  await say();
  expect(heard).toEqual([BEGUN]);
});

it('what another process speaks of is left to it', async () => {
  const { world, heard, one } = twoProcesses();
  world.claims = () => Promise.resolve(false);
  await one.say('short', BEGUN, { short: dinars(500) });
  expect(heard).toEqual([]);
});
