// One step at a time with the provider: what is written down before it, and what each answer leads to.

import { describe, expect, it } from 'vitest';
import { createAdvance } from '../../src/app/advance-order.ts';
import { StoreFault } from '../../src/app/ports.ts';
import { dinars } from '../../src/domain/money.ts';
import { MINUTE, SECOND } from '../domain/an-order.ts';
import { Killed, plainVault } from './in-memory.ts';
import { count, sent } from './sent-order.ts';
import { openShop } from './shop.ts';

describe('sending', () => {
  it('is written down before the first byte goes out', async () => {
    const shop = openShop();
    const { ref: name } = await shop.buy();
    let atSend: string | undefined;
    shop.topups.before = async (call) => {
      if (call === 'send') atSend = (await shop.order(name)).state.name;
    };
    await shop.advance(await shop.order(name));
    expect(atSend).toBe('sending');
    expect(await shop.order(name)).toMatchObject({ sends: 1, state: { name: 'handling', topupId: 'T1' } });
  });

  it('does not happen so long after it was decided that another process may have looked into it', async () => {
    const shop = openShop();
    const { store, topups, clock, record } = shop;
    const advance = createAdvance({
      ...{ store, topups, vault: plainVault, clock: clock.now, record },
      sendsWithinMs: 10 * SECOND,
    });
    const { ref: name } = await shop.buy();
    const commit = store.commit.bind(store);
    store.commit = async (change) => {
      const committed = await commit(change);
      clock.pass(11 * SECOND);
      store.commit = commit;
      return committed;
    };
    await advance(await shop.order(name));
    expect(count(shop, 'send')).toBe(0);
    await advance(await shop.order(name));
    expect((await shop.order(name)).state.name).toBe('unknown');
    expect(count(shop, 'send')).toBe(0);
  });

  it('does not happen when it can not be written down', async () => {
    const shop = openShop();
    const order = await shop.buy();
    shop.store.fail(1);
    await expect(shop.advance(order)).rejects.toBeInstanceOf(StoreFault);
    expect(count(shop, 'send')).toBe(0);
    await shop.advance(order);
    expect(shop.topups.accepted).toEqual([order.ref]);
  });

  it('happens once when two workers take the same order', async () => {
    const shop = openShop();
    const order = await shop.buy();
    await Promise.all([shop.advance(order), shop.restart().advance(order)]);
    expect(count(shop, 'send')).toBe(1);
    await shop.advance(order);
    expect(count(shop, 'send')).toBe(1);
  });

  it.each([
    [{ kind: 'refused', refusal: { reason: 'wrong-number' } }, 'rejected'],
    [{ kind: 'not-executed', waitMs: 5 * SECOND }, 'confirmed'],
    [{ kind: 'duplicate-ref' }, 'unknown'],
    ['lost-accepted', 'unknown'],
    ['lost-not-accepted', 'unknown'],
    ['accept', 'handling'],
  ] as const)('that met %j leaves the order %s', async (sending, state) => {
    const { shop, name } = await sent(sending);
    expect((await shop.order(name)).state.name).toBe(state);
    shop.store.audit();
  });

  it.each(['shop-balance', 'out-of-stock'] as const)(
    'that met %s is believed once the provider denies the order',
    async (reason) => {
      const { shop, name } = await sent({ kind: 'refused', refusal: { reason } });
      expect((await shop.order(name)).state).toMatchObject({ name: 'rejected', refusal: { reason } });
      expect(shop.topups.calls.slice(-2)).toEqual(['send', 'byRef']);
    },
  );

  it('whose repetition on the way was refused for what the first arrival took is followed to its end', async () => {
    const { shop, name } = await sent({ kind: 'repeated', refusal: { reason: 'shop-balance' } });
    expect((await shop.order(name)).state).toMatchObject({ name: 'handling', topupId: 'T1' });
    shop.topups.set(name, { status: { kind: 'fulfilled' } });
    expect(await shop.follow(name)).toMatchObject({ sends: 1, state: { name: 'fulfilled' } });
    expect(await shop.store.books()).toEqual({ held: 0, taken: dinars(980) });
  });

  it('that was refused for money stays in doubt while nobody can say whether it is there', async () => {
    const shop = openShop();
    shop.topups.sendings.push({ kind: 'repeated', refusal: { reason: 'shop-balance' } });
    shop.topups.down = new Set(['byRef']);
    const { ref: name } = await shop.buy();
    await shop.advance(await shop.order(name));
    expect((await shop.order(name)).state.name).toBe('unknown');
    shop.topups.down = new Set();
    shop.topups.set(name, { status: { kind: 'fulfilled' } });
    expect(await shop.follow(name)).toMatchObject({ sends: 1, state: { name: 'fulfilled' } });
  });

  it('that was not executed is tried again after the hinted wait, and given up after ten minutes', async () => {
    const busy = { kind: 'not-executed', waitMs: 5 * SECOND } as const;
    const { shop, name } = await sent(busy);
    await shop.advance(await shop.order(name));
    expect(count(shop, 'send')).toBe(1);
    shop.topups.sendings.push(...Array.from({ length: 500 }, () => busy));
    expect(await shop.follow(name)).toMatchObject({
      sends: 0,
      state: { name: 'rejected', refusal: { reason: 'busy' } },
    });
    expect(shop.clock.now() - (await shop.order(name)).confirmedAt).toBeLessThan(11 * MINUTE);
    expect(await shop.store.books()).toEqual({ held: 0, taken: 0 });
  });
});

describe('an accepted order', () => {
  it('is asked about by its id, and an outage keeps it as it is', async () => {
    const { shop, name } = await sent();
    const before = await shop.order(name);
    shop.topups.down = new Set(['byId']);
    shop.clock.reach(before.dueAt ?? 0);
    await shop.advance(before);
    const after = await shop.order(name);
    expect(after.state).toEqual(before.state);
    expect(after.dueAt).toBeGreaterThan(shop.clock.now());
    expect(count(shop, 'byId')).toBe(1);
  });

  it('keeps its code sealed from the moment it is known', async () => {
    const { shop, name } = await sent();
    shop.topups.set(name, { status: { kind: 'fulfilled' }, code: '1111222233334444' });
    const { state } = await shop.follow(name);
    expect(state.name === 'fulfilled' && state.code).toBe('sealed:1111222233334444');
  });

  it('that is fulfilled a moment before its code is known gets its code', async () => {
    const { shop, name } = await sent();
    shop.topups.set(name, { status: { kind: 'fulfilled' }, code: null, transactionNo: null });
    const asked = await shop.order(name);
    shop.clock.reach(asked.dueAt ?? 0);
    await shop.advance(asked);
    expect((await shop.order(name)).state.name).toBe('handling');
    shop.topups.set(name, { code: '1111222233334444' });
    expect((await shop.follow(name)).state).toMatchObject({ code: 'sealed:1111222233334444' });
  });

  it('whose code never comes is settled without one after two minutes of asking', async () => {
    const { shop, name } = await sent();
    shop.topups.set(name, { status: { kind: 'fulfilled' }, code: null, transactionNo: null });
    const end = await shop.follow(name);
    expect(end.state).toMatchObject({ name: 'fulfilled', code: null, transactionNo: null });
    expect(shop.clock.now() - end.confirmedAt).toBeLessThan(3 * MINUTE);
    expect(count(shop, 'byId')).toBeLessThan(25);
    shop.store.audit();
  });

  it('is not asked about before its time, nor ever after its end', async () => {
    const { shop, name } = await sent();
    await shop.advance(await shop.order(name));
    expect(count(shop, 'byId')).toBe(0);
    shop.topups.set(name, { status: { kind: 'refunded' } });
    const end = await shop.follow(name);
    const asked = shop.topups.calls.length;
    await shop.advance(end);
    expect(shop.topups.calls).toHaveLength(asked);
  });

  it('whose answer can not be kept fails aloud and stays what it was', async () => {
    const { shop, name } = await sent();
    const before = await shop.order(name);
    shop.clock.reach(before.dueAt ?? 0);
    shop.store.fail(1);
    await expect(shop.advance(before)).rejects.toBeInstanceOf(StoreFault);
    expect(await shop.order(name)).toEqual(before);
  });

  it('is left to others when the fault is our own', async () => {
    const { shop, name } = await sent();
    const order = await shop.order(name);
    shop.clock.reach(order.dueAt ?? 0);
    shop.topups.before = () => Promise.reject(new Killed());
    await expect(shop.advance(order)).rejects.toBeInstanceOf(Killed);
  });
});
