// A card code is shown to its buyer alone, and only once it is on disk that it was.

import { beforeEach, describe, expect, it } from 'vitest';
import { createRevealCode, type RevealCode } from '../../src/app/reveal-code.ts';
import type { Store } from '../../src/app/ports.ts';
import type { Order } from '../../src/domain/order.ts';
import { found, sealed } from '../domain/an-order.ts';
import { openShop, type Shop } from './shop.ts';

const CODE = '1111222233334444';
const [BUYER, OTHER] = [7, 20];

let shop: Shop;
let order: Order;

const revealFrom = (store: Store): RevealCode =>
  createRevealCode({ store, clock: shop.clock.now, codeOf: () => CODE });
const trail = async () => (await shop.store.auditTrail(null, 5)).rows;

beforeEach(async () => {
  shop = openShop();
  order = await shop.buy({ buyer: BUYER });
  await shop.advance(order);
});

describe('the code of a delivered order', () => {
  beforeEach(async () => {
    await shop.record(order.ref, found('fulfilled', { code: sealed(CODE), transactionNo: 'AT-1' }));
  });

  it('is shown to its buyer, which is written down first and without it', async () => {
    let writtenBefore: unknown;
    const reveal = revealFrom({
      ...shop.store,
      change: async (change) => {
        writtenBefore = change.audit;
        return shop.store.change(change);
      },
    });
    expect(await reveal(BUYER, order.no)).toMatchObject({ kind: 'code', code: CODE, transactionNo: 'AT-1' });
    expect(await trail()).toEqual(writtenBefore);
    expect(await trail()).toMatchObject([{ by: '7', what: 'reveal', about: String(order.no) }]);
    expect(JSON.stringify(await trail())).not.toContain(CODE);
  });

  it('is shown to nobody else, which is nothing to write down', async () => {
    expect(await revealFrom(shop.store)(OTHER, order.no)).toEqual({ kind: 'refused', why: 'not-yours' });
    expect(await trail()).toEqual([]);
  });

  it('is not shown when that can not be written down', async () => {
    shop.store.fail(1);
    expect(await revealFrom(shop.store)(BUYER, order.no)).toEqual({ kind: 'refused', why: 'cannot-record' });
    const stale = { ...shop.store, change: () => Promise.resolve({ kind: 'stale' } as const) };
    expect(await revealFrom(stale)(BUYER, order.no)).toEqual({ kind: 'refused', why: 'cannot-record' });
  });

  it('is no answer to a fault of ours', async () => {
    const broken = { ...shop.store, change: () => Promise.reject(new Error('a bug')) };
    await expect(revealFrom(broken)(BUYER, order.no)).rejects.toThrow('a bug');
  });
});

it('an order that is not delivered, or is not there, has no code', async () => {
  for (const no of [order.no, 9_999])
    expect(await revealFrom(shop.store)(BUYER, no)).toEqual({ kind: 'refused', why: 'no-code' });
  expect(await trail()).toEqual([]);
});
