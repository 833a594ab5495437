// What is in stock and what it costs: a copy of at most five minutes for menus, read again wherever money hangs on it.

import type { Service } from '../domain/service.ts';
import type { Clock, Offer, Topups } from './ports.ts';

const MENU_AGE_MS = 5 * 60_000;

export interface Catalog {
  /** Values in stock for a menu. Throws ProviderFault when there is no copy and no answer. */
  menu(service: Service): Promise<readonly Offer[]>;
  /** Values in stock right now. Throws ProviderFault. */
  fresh(service: Service): Promise<readonly Offer[]>;
}

export function createCatalog({ topups, clock }: { topups: Topups; clock: Clock }): Catalog {
  const copies = new Map<Service, { at: number; offers: readonly Offer[] }>();
  const asking = new Map<Service, Promise<readonly Offer[]>>();

  async function ask(service: Service): Promise<readonly Offer[]> {
    const offers = (await topups.offers(service, 'person')).filter((offer) => offer.available);
    copies.set(service, { at: clock(), offers });
    return offers;
  }

  /** Five people who open the menu together cost one request. */
  function together(service: Service): Promise<readonly Offer[]> {
    const running = asking.get(service) ?? ask(service).finally(() => asking.delete(service));
    asking.set(service, running);
    return running;
  }

  return {
    fresh: ask,
    menu: async (service) => {
      const copy = copies.get(service);
      // An empty shelf is asked about again at once: somebody is standing there and pressing "check again".
      if (copy !== undefined && copy.offers.length > 0 && clock() - copy.at < MENU_AGE_MS) return copy.offers;
      return together(service);
    },
  };
}
