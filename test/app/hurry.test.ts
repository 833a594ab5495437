// Asking how an order stands brings the next look forward, not more often than once a minute.

import { describe, expect, it } from 'vitest';
import { createHurry } from '../../src/app/hurry.ts';
import { StoreFault } from '../../src/app/ports.ts';
import type { Order } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { found, MINUTE, SECOND } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

const ACCEPTED: readonly OrderEvent[] = [{ type: 'send-begun' }, { type: 'accepted', topupId: 'T1' }];

/** An order to which these facts have happened, and a way to ask about it. */
async function waiting(
  ...events: OrderEvent[]
): Promise<{ shop: Shop; order: Order; ask: () => Promise<Order> }> {
  const shop = openShop();
  let order = await shop.buy();
  for (const event of events) order = (await shop.record(order.ref, event)) ?? order;
  const hurry = createHurry({ record: shop.record, clock: shop.clock.now });
  const ask = async (): Promise<Order> => {
    await hurry(await shop.order(order.ref));
    return shop.order(order.ref);
  };
  return { shop, order, ask };
}

describe('asking how an order stands', () => {
  it('makes it due now when it waits long', async () => {
    const { shop, ask } = await waiting(...ACCEPTED, found('queued'));
    expect((await ask()).dueAt).toBe(shop.clock.now());
  });

  it('again within a minute changes nothing, after it does', async () => {
    const { shop, ask } = await waiting(...ACCEPTED, found('queued'));
    await shop.record((await ask()).ref, found('queued'));
    shop.clock.pass(MINUTE - 1);
    expect((await ask()).dueAt).toBeGreaterThan(shop.clock.now());
    shop.clock.pass(1);
    expect((await ask()).dueAt).toBe(shop.clock.now());
  });

  it.each<[string, readonly OrderEvent[]]>([
    ['is looked at soon anyway', ACCEPTED],
    ['waits for a promised moment', [{ type: 'send-begun' }, { type: 'not-executed', waitMs: MINUTE }]],
    ['is looked up after a doubt', [{ type: 'send-begun' }, { type: 'doubt' }]],
    ['is settled', [{ type: 'given-up' }]],
  ])('changes nothing when it %s', async (_what, events) => {
    const { order, ask } = await waiting(...events);
    expect(await ask()).toEqual(order);
  });

  it('fails aloud when the disk refuses', async () => {
    const { shop, ask } = await waiting(...ACCEPTED, found('queued'));
    shop.clock.pass(SECOND);
    shop.store.fail(1);
    await expect(ask()).rejects.toBeInstanceOf(StoreFault);
  });
});
