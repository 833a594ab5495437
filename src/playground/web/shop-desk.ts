// The provider's side of the page: what is set there, and the choice for the next order, which stays open to a change of
// mind until an order really arrives.
import { defaultProducts } from '../oneclickdz/options.ts';
import { testNumbers } from '../oneclickdz/server.ts';
import type { Outage, Product, Products, ProviderStandIn, ServiceType } from '../oneclickdz/server.ts';
import { outcomeOf } from './outcomes.ts';
import type { NextOrder } from './outcomes.ts';
import type { Line, Shop } from './wire.ts';

/** The hands on the provider. */
export type ShopDesk = {
  readonly shop: () => Shop;
  readonly setNext: (next: NextOrder | null) => void;
  readonly setOutage: (mode: Outage) => void;
  readonly setProducts: (service: ServiceType, products: readonly Product[]) => void;
  readonly setBalance: (dinars: number) => void;
  /** Everything as it was at the start. */
  readonly startOver: () => void;
  readonly close: () => void;
};

/** The lines that pick their own outcome. */
export const linesToTry: readonly Line[] = testNumbers.map(({ service, number, behaviour }) => ({
  service,
  number,
  behaviour,
}));

/** Opens the desk; `changed` hears every change of the shop, a moved balance included. */
export function openShopDesk(provider: ProviderStandIn, changed: (shop: Shop) => void): ShopDesk {
  let products: Products = defaultProducts;
  let next: NextOrder | null = null;
  let outage: Outage = false;
  const shop = (): Shop => ({ balance: provider.balance(), products, next, outage });
  const tell = (): void => changed(shop());

  const forgetHook = provider.onRequest(({ phase, method, path }) => {
    if (phase !== 'before' || method !== 'POST' || path !== '/internet/send') return;
    if (next === null || outage !== false) return;
    provider.nextSend(outcomeOf(next));
    next = null;
    tell();
  });
  const off = provider.on(({ kind }) => {
    if (kind === 'balance') tell();
  });

  return {
    shop,
    setNext(chosen) {
      next = chosen;
      tell();
    },
    setOutage(mode) {
      outage = mode;
      provider.outage(mode);
      tell();
    },
    setProducts(service, cards) {
      products = { ...products, [service]: cards };
      provider.setProducts(service, cards);
      tell();
    },
    setBalance: (dinars) => provider.setBalance(dinars),
    startOver() {
      products = defaultProducts;
      next = null;
      outage = false;
      provider.startOver();
      provider.outage(false);
    },
    close() {
      forgetHook();
      off();
    },
  };
}
