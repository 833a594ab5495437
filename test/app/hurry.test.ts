// Asking how an order stands makes it due now, but not again and again.

import { describe, expect, it } from 'vitest';
import { createHurry } from '../../src/app/hurry.ts';
import type { Order } from '../../src/domain/order.ts';
import { openShop, type Shop } from './shop.ts';

async function queued(shop: Shop): Promise<Order> {
  const { ref } = await shop.buy();
  await shop.record(ref, { type: 'send-begun' });
  await shop.record(ref, { type: 'accepted', topupId: 'x1' });
  const order = await shop.order(ref);
  const { service, line: number, value } = order;
  const told = { code: null, transactionNo: null, processedAt: null, note: null };
  const status = { kind: 'queued' } as const;
  await shop.record(ref, {
    type: 'found',
    snapshot: { topupId: 'x1', ref, status, service, number, value, ...told },
  });
  return shop.order(ref);
}

describe('hurrying an order', () => {
  it('that waits for half an hour makes it due now', async () => {
    const shop = openShop();
    const order = await queued(shop);
    expect(order.dueAt).toBeGreaterThan(shop.clock.now() + 60_000);
    await createHurry({ record: shop.record, clock: shop.clock.now })(order);
    expect((await shop.order(order.ref)).dueAt).toBe(shop.clock.now());
  });

  it('happens once a minute at the most', async () => {
    const shop = openShop();
    const hurry = createHurry({ record: shop.record, clock: shop.clock.now });
    const order = await queued(shop);
    await hurry(order);
    const { rev } = await shop.order(order.ref);
    await hurry(order);
    expect((await shop.order(order.ref)).rev).toBe(rev);
  });

  it('leaves alone what is not sent yet, and what is settled', async () => {
    const shop = openShop();
    const hurry = createHurry({ record: shop.record, clock: shop.clock.now });
    const order = await shop.buy();
    await hurry({ ...order, dueAt: shop.clock.now() + 60_000 });
    expect((await shop.order(order.ref)).rev).toBe(order.rev);
    const settled = await shop.record(order.ref, { type: 'given-up' });
    if (settled !== undefined) await hurry(settled);
    expect((await shop.order(order.ref)).rev).toBe(settled?.rev);
  });
});
