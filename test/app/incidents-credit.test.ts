// What owners hear of the shop's credit, and of buyers whom nothing could be sold to.

import { beforeEach, describe, expect, it } from 'vitest';
import { CREDIT_EVERY_MS } from '../../src/app/incidents.ts';
import { dinars } from '../../src/domain/money.ts';
import { found, HOUR, MINUTE, SECOND } from '../domain/an-order.ts';
import { openWatch, type Watch } from './watched-incidents.ts';

let watch: Watch;
beforeEach(() => {
  watch = openWatch();
});

describe('the shop’s credit', () => {
  const low = { kind: 'credit-low', credit: dinars(4_000), threshold: dinars(5_000) };

  it('is not even asked for without a threshold', async () => {
    watch.credit = dinars(1);
    await watch.pass(HOUR);
    expect([watch.told, watch.asked]).toEqual([[], 0]);
  });

  it('below the threshold is told once, and once when it is a tenth above', async () => {
    watch.threshold = dinars(5_000);
    await watch.pass(MINUTE);
    watch.credit = dinars(4_000);
    await watch.pass(CREDIT_EVERY_MS);
    expect(watch.told).toEqual([low]);
    await watch.pass(3 * CREDIT_EVERY_MS);
    expect(watch.told).toHaveLength(1);
    watch.credit = dinars(5_500);
    await watch.pass(CREDIT_EVERY_MS);
    expect(watch.told.slice(1)).toEqual([
      { kind: 'credit-back', credit: watch.credit, threshold: watch.threshold },
    ]);
    expect(watch.asked).toBeLessThanOrEqual(7);
  });

  it('that goes to and fro around the threshold is told of once', async () => {
    watch.threshold = dinars(5_000);
    for (const now of [4_990, 5_010, 4_990, 5_499, 4_000, 5_400]) {
      watch.credit = dinars(now);
      await watch.pass(CREDIT_EVERY_MS);
    }
    expect(watch.told).toEqual([{ ...low, credit: dinars(4_990) }]);
  });

  it('is told once over a restart, and again when the threshold was taken away and set anew', async () => {
    watch.threshold = dinars(5_000);
    watch.credit = dinars(4_000);
    await watch.pass(MINUTE);
    watch.start();
    await watch.pass(HOUR);
    expect(watch.told).toEqual([low]);
    watch.threshold = null;
    await watch.pass(MINUTE);
    watch.threshold = dinars(5_000);
    await watch.pass(CREDIT_EVERY_MS);
    expect(watch.told).toEqual([low, low]);
  });

  it('is looked at with the next check after an order is settled', async () => {
    watch.threshold = dinars(5_000);
    await watch.pass(30 * SECOND);
    watch.credit = dinars(4_000);
    const { ref } = await watch.shop.buy();
    const open = await watch.shop.order(ref);
    watch.incidents.changed(open);
    await watch.pass(30 * SECOND);
    expect(watch.told).toEqual([]);
    await watch.shop.advance(open);
    watch.incidents.changed((await watch.shop.record(ref, found('fulfilled'))) ?? open);
    await watch.pass(30 * SECOND);
    expect(watch.told).toEqual([low]);
  });

  it('that nobody tells is no credit of nothing', async () => {
    watch.threshold = dinars(5_000);
    watch.credit = 'no answer';
    await watch.pass(MINUTE);
    expect(watch.told).toEqual([]);
    expect(watch.failures).toEqual([]);
  });
});

describe('buyers who are turned away for the shop’s credit', () => {
  it('are told of once, and once when the credit reaches for the dearest of them, with a tenth to spare', async () => {
    watch.credit = dinars(900);
    watch.incidents.shopShort(dinars(980));
    await watch.pass(MINUTE);
    expect(watch.told).toEqual([{ kind: 'shop-short' }]);
    watch.incidents.shopShort(dinars(1_960));
    watch.incidents.shopShort(dinars(490));
    await watch.pass(HOUR);
    expect(watch.told).toHaveLength(1);
    watch.credit = dinars(1_980);
    await watch.pass(CREDIT_EVERY_MS);
    expect(watch.told).toHaveLength(1);
    watch.credit = dinars(5_000);
    await watch.pass(CREDIT_EVERY_MS);
    expect(watch.told.slice(1)).toEqual([{ kind: 'shop-back', credit: watch.credit }]);
    const before = watch.asked;
    await watch.pass(HOUR);
    expect([watch.told.length, watch.asked]).toEqual([2, before]);
  });

  it('are told of once over a restart, and so is the end of it', async () => {
    watch.credit = dinars(900);
    watch.incidents.shopShort(dinars(980));
    await watch.pass(MINUTE);
    watch.start();
    watch.incidents.shopShort(dinars(980));
    await watch.pass(HOUR);
    expect(watch.told).toEqual([{ kind: 'shop-short' }]);
    watch.start();
    watch.credit = dinars(5_000);
    await watch.pass(CREDIT_EVERY_MS);
    expect(watch.told.slice(1)).toEqual([{ kind: 'shop-back', credit: watch.credit }]);
  });
});

describe('buyers to whom nothing is sold because it would be below cost', () => {
  const agents = { role: 'agent', own: null, rule: { kind: 'percent', hundredths: -500 } } as const;
  const karim = { ...agents, own: { id: 20, name: 'Karim' } } as const;

  it('are told of once for each price that nothing can be sold at, and again when it lasts for a day', async () => {
    watch.incidents.unsold(agents);
    watch.incidents.unsold(agents);
    watch.incidents.unsold(karim);
    await watch.pass(HOUR);
    watch.incidents.unsold(agents);
    watch.incidents.unsold(karim);
    await watch.pass(HOUR);
    expect(watch.told).toEqual([
      { kind: 'unsold', terms: agents },
      { kind: 'unsold', terms: karim },
    ]);
    await watch.pass(22 * HOUR);
    expect(watch.told).toHaveLength(2);
    watch.incidents.unsold(agents);
    await watch.pass(MINUTE);
    expect(watch.told.slice(2)).toEqual([{ kind: 'unsold', terms: agents }]);
  });

  it('are told of once over a restart, and later when nobody could hear it', async () => {
    watch.heard = false;
    watch.incidents.unsold(agents);
    await watch.pass(MINUTE);
    watch.heard = true;
    await watch.pass(HOUR);
    watch.start();
    watch.incidents.unsold(agents);
    await watch.pass(HOUR);
    expect(watch.told).toEqual([{ kind: 'unsold', terms: agents }]);
    expect(watch.failures).toEqual([]);
  });
});
