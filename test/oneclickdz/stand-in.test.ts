// The client against the full stand-in of the provider: a purchase in every shape that the documents show.

import { expect, test } from 'vitest';

import type { Topup } from '../../src/app/ports.ts';
import { dinars } from '../../src/domain/money.ts';
import { createTopups } from '../../src/oneclickdz/client.ts';
import { startProviderStandIn, type Shape } from '../../src/playground/oneclickdz/server.ts';
import { order } from './bench.ts';

const shapes: [about: string, shape: Partial<Shape>][] = [
  ['reference pages', {}],
  ['guides', { products: 'type-in-meta', list: 'items', requestId: 'in-meta' }],
  ['Arabic guides', { products: 'bare-array', codes: 'dash', meta: false, requestId: false }],
  ['everything odd', { products: 'bare-array', list: 'items', numbersAsStrings: true, prefixedRef: true }],
];

test.each(shapes)('buys and follows an order in the shape of the %s', async (_about, shape) => {
  const provider = await startProviderStandIn();
  try {
    provider.setShape(shape);
    const topups = createTopups({
      apiKey: provider.key,
      baseUrl: provider.url,
      rate: { perSecond: 1_000, burst: 1_000 },
      onHalt: () => undefined,
    });
    expect(await topups.validate()).toEqual({ username: '+213000000000', sandbox: false });
    expect(await topups.ping()).toEqual({ up: true });
    const offers = await topups.offers('ADSL', 'person');
    expect(offers.find(({ value }) => value === order.value)).toMatchObject({
      cost: dinars(980),
      available: true,
    });
    expect(await topups.checkLine('ADSL', order.line)).toMatchObject({ kind: 'found' });
    expect(await topups.balance('person')).toBe(dinars(12_450));
    expect(await topups.byRef(order.ref, 'person')).toMatchObject({ kind: 'not-found' });

    const sent = await topups.send(order);
    if (sent.kind !== 'accepted') throw new Error(`not accepted but ${sent.kind}`);
    expect(await topups.send(order)).toMatchObject({ kind: 'duplicate-ref' });
    provider.finish(sent.topupId);

    const fulfilled: Partial<Topup> = {
      topupId: sent.topupId,
      status: { kind: 'fulfilled' },
      service: 'ADSL',
      number: order.line,
      value: order.value,
    };
    expect(await topups.byId(sent.topupId, 'worker')).toMatchObject({ kind: 'found', topup: fulfilled });
    expect(await topups.byRef(order.ref, 'worker')).toMatchObject({ kind: 'found', topup: fulfilled });
    const range = { from: Date.now() - 60_000, to: Date.now() + 60_000 };
    const listed = await topups.list(range, 1, 'worker');
    expect(listed).toMatchObject({ topups: [fulfilled], hasMore: false });
    const { transactions } = await topups.transactions(1);
    expect(transactions[0]).toMatchObject({
      type: 'ADSL',
      operation: 'DECREMENT',
      amount: dinars(980),
      about: sent.topupId,
    });
    expect(provider.orders()).toHaveLength(1);
  } finally {
    await provider.close();
  }
});
