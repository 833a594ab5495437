// What owners hear of: once when it begins, once when it ends, and nothing in between; also over a restart.

import { beforeEach, describe, expect, it } from 'vitest';
import { DOWN_AFTER_MS } from '../../src/app/incidents.ts';
import { dinars } from '../../src/domain/money.ts';
import { HOUR, MINUTE, NOW, SECOND } from '../domain/an-order.ts';
import { openWatch, type Watch } from './watched-incidents.ts';

let watch: Watch;
beforeEach(() => {
  watch = openWatch();
});

describe('a provider that does not answer', () => {
  it('is told after three minutes, once, and once more when it is back', async () => {
    watch.credit = 'no answer';
    watch.pulse.heard(false);
    await watch.pass(DOWN_AFTER_MS - 30 * SECOND);
    expect(watch.told).toEqual([]);
    await watch.pass(10 * MINUTE);
    expect(watch.told).toEqual([{ kind: 'provider-down', since: NOW }]);
    watch.credit = dinars(10_000);
    await watch.pass(MINUTE);
    expect(watch.told.slice(1)).toEqual([{ kind: 'provider-back', since: NOW }]);
    await watch.pass(10 * MINUTE);
    expect(watch.told).toHaveLength(2);
  });

  it('one lost answer in a quiet night is asked about again, and is no outage', async () => {
    watch.pulse.heard(false);
    await watch.pass(10 * MINUTE);
    expect(watch.told).toEqual([]);
    expect(watch.asked).toBe(1);
  });

  it('is not told again after a restart; its end is, once the provider has answered', async () => {
    watch.credit = 'no answer';
    watch.pulse.heard(false);
    await watch.pass(DOWN_AFTER_MS);
    watch.start();
    await watch.pass(10 * MINUTE);
    expect(watch.told).toEqual([{ kind: 'provider-down', since: NOW }]);
    watch.start();
    watch.credit = dinars(10_000);
    await watch.pass(MINUTE);
    expect(watch.told.slice(1)).toEqual([{ kind: 'provider-back', since: NOW }]);
    watch.start();
    await watch.pass(10 * MINUTE);
    expect(watch.told).toHaveLength(2);
  });
});

describe('a key that is refused', () => {
  const refuse = (): void => {
    watch.shop.topups.isHalted = true;
    watch.pulse.heard(false);
    watch.incidents.refused('key');
  };
  const REFUSED = { kind: 'no-access', detail: 'key' };

  it('is told once, nobody is asked meanwhile, and the end of that is told', async () => {
    refuse();
    await watch.pass(10 * MINUTE);
    expect([watch.told, watch.asked]).toEqual([[REFUSED], 0]);
    watch.shop.topups.isHalted = false;
    watch.pulse.heard(true);
    await watch.pass(MINUTE);
    expect(watch.told.slice(1)).toEqual([{ kind: 'access-back' }]);
  });

  it('is told once though the bot was started again with the same key, and not over before an answer', async () => {
    refuse();
    await watch.pass(MINUTE);
    watch.shop.topups.isHalted = false;
    watch.credit = 'no answer';
    watch.start();
    await watch.pass(30 * SECOND);
    refuse();
    await watch.pass(10 * MINUTE);
    expect(watch.told).toEqual([REFUSED]);
    watch.shop.topups.isHalted = false;
    watch.start();
    await watch.pass(MINUTE);
    expect(watch.told).toEqual([REFUSED]);
    watch.credit = dinars(10_000);
    await watch.pass(MINUTE);
    expect(watch.told.slice(1)).toEqual([{ kind: 'access-back' }]);
  });

  it('for another reason than before is told again', async () => {
    refuse();
    await watch.pass(MINUTE);
    watch.incidents.refused('address');
    await watch.pass(MINUTE);
    expect(watch.told.slice(1)).toEqual([{ kind: 'no-access', detail: 'address' }]);
  });

  it('an address that is only not blocked any more is no answer: nothing is over before one', async () => {
    watch.shop.topups.isHalted = true;
    watch.pulse.heard(false);
    watch.incidents.refused('address');
    await watch.pass(MINUTE);
    watch.shop.topups.isHalted = false;
    watch.credit = 'no answer';
    await watch.pass(MINUTE);
    expect(watch.told).toHaveLength(1);
    watch.credit = dinars(10_000);
    await watch.pass(MINUTE);
    expect(watch.told.slice(1)).toEqual([{ kind: 'access-back' }]);
  });
});

describe('what is remembered', () => {
  it('is written when something begins or ends, and never in between', async () => {
    watch.threshold = dinars(5_000);
    await watch.pass(HOUR);
    expect(watch.writes).toBe(0);
    watch.credit = dinars(4_000);
    watch.incidents.shopShort(dinars(9_800));
    await watch.pass(2 * HOUR);
    expect([watch.told.length, watch.writes]).toEqual([2, 2]);
    watch.credit = dinars(50_000);
    await watch.pass(2 * HOUR);
    expect([watch.told.length, watch.writes]).toEqual([4, 4]);
    expect(await watch.shop.store.records('incidents')).toHaveLength(1);
  });

  it('counts as told only once somebody has heard it, and is tried again until then', async () => {
    watch.threshold = dinars(5_000);
    watch.credit = dinars(4_000);
    watch.heard = false;
    await watch.pass(HOUR);
    expect([watch.told, watch.writes]).toEqual([[], 0]);
    watch.start();
    watch.heard = true;
    await watch.pass(10 * MINUTE);
    expect(watch.told).toMatchObject([{ kind: 'credit-low' }]);
    watch.heard = false;
    watch.credit = dinars(50_000);
    await watch.pass(HOUR);
    watch.heard = true;
    await watch.pass(10 * MINUTE);
    expect(watch.told.slice(1)).toMatchObject([{ kind: 'credit-back' }]);
  });

  it('is told once, too, while the disk is full, and written down when it is not', async () => {
    watch.threshold = dinars(5_000);
    watch.credit = dinars(4_000);
    watch.shop.store.fail(3);
    await watch.pass(HOUR);
    expect(watch.told).toHaveLength(1);
    expect(watch.failures.length).toBeGreaterThan(0);
    watch.start();
    await watch.pass(HOUR);
    expect(watch.told).toHaveLength(1);
  });
});
