// The figures of every provider stand-in that a test starts, so that what slips out of a bot between two stand-ins is
// known for what it is.

import { defaultProducts, type Product } from '../../src/playground/oneclickdz/options.ts';
import type { ProviderStandIn, ProviderStandInOptions } from '../../src/playground/oneclickdz/server.ts';
import type { ScriptedTopups } from '../app/scripted-topups.ts';
import { declareShop } from './ear.ts';
import { NO_FIGURES, type Figures } from './identify.ts';

const byAddress = new Map<string, () => Figures>();

/** What the provider in memory delivers. */
const SCRIPTED_CODES = ['1111222233334444', 'AT-1'];

const centimesOf = (dinars: number): number => Math.round(dinars * 100);

/** Remembers what the account has and had, and what cards cost and did cost. */
export function watchProvider(
  provider: ProviderStandIn,
  options: ProviderStandInOptions = {},
): ProviderStandIn {
  const credit = new Set<number>();
  const sold = new Set<Product>(Object.values({ ...defaultProducts, ...options.products }).flat());
  const look = (): void => void credit.add(centimesOf(provider.balance()));
  look();
  provider.on(({ kind }) => kind === 'balance' && look());
  byAddress.set(provider.url, () => {
    look();
    return {
      credit,
      costs: [...sold].map(({ cost }) => centimesOf(cost)),
      values: [...sold].map(({ value }) => centimesOf(value)),
      codes: provider.orders().flatMap(({ cardCode, numTrans }) => [cardCode, numTrans]),
    };
  });
  return {
    ...provider,
    setProducts: (type, products) => {
      for (const product of products) sold.add(product);
      provider.setProducts(type, products);
    },
  };
}

/** The same of a provider in memory, as of each moment that somebody looks. */
export function figuresOf(topups: ScriptedTopups): () => Figures {
  const [credit, costs, values] = [new Set<number>(), new Set<number>(), new Set<number>()];
  return () => {
    credit.add(topups.balanceNow);
    for (const offer of topups.offersInStock) {
      costs.add(offer.cost);
      values.add(offer.value);
    }
    return { credit, costs, values, codes: SCRIPTED_CODES };
  };
}

/** Declares the shop of a bot that is started with this environment. */
export function declareProcess(env: Readonly<Record<string, string | undefined>>): boolean {
  const { TELEGRAM_API_ROOT: root = '', ADMIN_IDS: ids = '', ONECLICK_API_URL: url = '' } = env;
  return declareShop(root, {
    owners: ids.split(',').map(Number),
    figures: byAddress.get(url) ?? (() => NO_FIGURES),
  });
}
