// An order that has met its first sending, for the tests of what follows.

import type { Ref } from '../../src/domain/order.ts';
import { openShop, type Shop } from './shop.ts';

/** How often the provider was called like that. */
export const count = (shop: Shop, call: string): number =>
  shop.topups.calls.filter((one) => one === call).length;

/** An order whose first POST met this. */
export async function sent(...sendings: Shop['topups']['sendings']): Promise<{ shop: Shop; name: Ref }> {
  const shop = openShop();
  shop.topups.sendings.push(...sendings);
  const { ref: name } = await shop.buy();
  await shop.advance(await shop.order(name));
  return { shop, name };
}
