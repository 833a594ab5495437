// One way to change an order: decided on what is there, decided again when somebody was faster.

import { describe, expect, it } from 'vitest';
import { StoreFault, type Store } from '../../src/app/ports.ts';
import { createRecord } from '../../src/app/record.ts';
import { step } from '../../src/domain/transitions.ts';
import { ref } from '../domain/an-order.ts';
import { openShop } from './shop.ts';

describe('recording a fact', () => {
  it('commits the order and its money, and tells of it', async () => {
    const shop = openShop();
    const { ref: name } = await shop.buy();
    const order = await shop.record(name, { type: 'given-up' });
    expect(order?.state.name).toBe('rejected');
    expect(shop.changed.at(-1)).toBe(order);
    await expect(shop.store.books()).resolves.toEqual({ held: 0, taken: 0 });
  });

  it('that is late or about no order changes nothing and tells nobody', async () => {
    const shop = openShop();
    const { ref: name } = await shop.buy();
    const told = shop.changed.length;
    await expect(shop.record(name, { type: 'doubt' })).resolves.toBeUndefined();
    await expect(shop.record(ref('t9999999'), { type: 'given-up' })).resolves.toBeUndefined();
    expect(shop.changed).toHaveLength(told);
  });

  it('is decided again when somebody was faster, so that no fact is lost', async () => {
    const shop = openShop();
    const { ref: name } = await shop.buy();
    const all = await Promise.all([
      shop.record(name, { type: 'owners-told', alert: 'a' }),
      shop.record(name, { type: 'shown', digest: 'd', messageId: 5, ended: false }),
      shop.record(name, { type: 'send-begun' }),
    ]);
    expect(all.map((order) => order?.rev).toSorted()).toEqual([2, 3, 4]);
    const order = await shop.order(name);
    expect(order).toMatchObject({
      rev: 4,
      alerted: 'a',
      message: { messageId: 5 },
      state: { name: 'sending' },
    });
  });

  it('happens once when two workers record the same fact', async () => {
    const shop = openShop();
    const { ref: name } = await shop.buy();
    const both = await Promise.all([1, 2].map(() => shop.record(name, { type: 'send-begun' })));
    expect(both.filter((order) => order !== undefined)).toHaveLength(1);
  });

  it('gives up after a few tries rather than turning for ever', async () => {
    const shop = openShop();
    const { ref: name } = await shop.buy();
    let commits = 0;
    const alwaysStale: Store = {
      ...shop.store,
      commit: () => {
        commits += 1;
        return Promise.resolve({ kind: 'stale' });
      },
    };
    const record = createRecord({ store: alwaysStale, clock: shop.clock.now, changed: () => undefined });
    await expect(record(name, { type: 'send-begun' })).resolves.toBeUndefined();
    expect(commits).toBeGreaterThan(1);
    expect(commits).toBeLessThanOrEqual(10);
  });

  it('fails aloud when the disk refuses, and changes nothing', async () => {
    const shop = openShop();
    const before = await shop.buy();
    shop.store.fail(1);
    await expect(shop.record(before.ref, { type: 'send-begun' })).rejects.toBeInstanceOf(StoreFault);
    expect(await shop.order(before.ref)).toEqual(before);
    expect(step(before, { type: 'send-begun' }, shop.clock.now())).toBeDefined();
  });
});
