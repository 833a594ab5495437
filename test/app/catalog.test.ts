// Menus live from a copy, money from a fresh answer, and a crowd at the counter costs one request.

import { describe, expect, it } from 'vitest';
import { ProviderFault } from '../../src/app/ports.ts';
import { dinars } from '../../src/domain/money.ts';
import { MINUTE } from '../domain/an-order.ts';
import { openShop } from './shop.ts';

const asked = (calls: readonly string[]): number => calls.filter((call) => call === 'offers').length;

describe('the menu', () => {
  it('shows what is in stock only', async () => {
    const { catalog, topups } = openShop();
    topups.offersInStock = [
      { value: dinars(500), cost: dinars(490), available: true },
      { value: dinars(1000), cost: dinars(980), available: false },
    ];
    expect((await catalog.menu('ADSL')).map(({ value }) => value)).toEqual([dinars(500)]);
    expect((await catalog.fresh('ADSL')).map(({ value }) => value)).toEqual([dinars(500)]);
  });

  it('is asked for once in five minutes, for each service by itself', async () => {
    const { catalog, topups, clock } = openShop();
    await catalog.menu('ADSL');
    clock.pass(5 * MINUTE - 1);
    await catalog.menu('ADSL');
    expect(asked(topups.calls)).toBe(1);
    await catalog.menu('4G');
    expect(asked(topups.calls)).toBe(2);
    clock.pass(1);
    await catalog.menu('ADSL');
    expect(asked(topups.calls)).toBe(3);
  });

  it('costs one request when several people open it together', async () => {
    const { catalog, topups } = openShop();
    await Promise.all([1, 2, 3, 4, 5].map(() => catalog.menu('ADSL')));
    expect(asked(topups.calls)).toBe(1);
  });

  it('that was empty is asked for again at once', async () => {
    const { catalog, topups } = openShop();
    const stock = topups.offersInStock;
    topups.offersInStock = [];
    expect(await catalog.menu('ADSL')).toEqual([]);
    topups.offersInStock = stock;
    expect(await catalog.menu('ADSL')).toHaveLength(3);
  });

  it('comes from the copy while the provider is away, and fails aloud without one', async () => {
    const { catalog, topups } = openShop();
    await catalog.menu('ADSL');
    topups.down = new Set(['offers']);
    expect(await catalog.menu('ADSL')).toHaveLength(3);
    await expect(catalog.menu('4G')).rejects.toBeInstanceOf(ProviderFault);
    topups.down = new Set();
    expect(await catalog.menu('4G')).toHaveLength(3);
  });
});

describe('a fresh look', () => {
  it('is never the copy, and renews it', async () => {
    const { catalog, topups } = openShop();
    await catalog.menu('ADSL');
    topups.offersInStock = [{ value: dinars(500), cost: dinars(495), available: true }];
    expect(await catalog.fresh('ADSL')).toHaveLength(1);
    expect(await catalog.menu('ADSL')).toHaveLength(1);
  });

  it('fails aloud when the provider is away, copy or not', async () => {
    const { catalog, topups } = openShop();
    await catalog.menu('ADSL');
    topups.down = new Set(['offers']);
    await expect(catalog.fresh('ADSL')).rejects.toBeInstanceOf(ProviderFault);
  });
});
