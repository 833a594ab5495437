// What each buyer pays, from the shop's rules and the person's own. Buyers see the price alone, never what it is made of.

import { sale, type PriceRule } from '../domain/pricing.ts';
import { subtract, type Centimes } from '../domain/money.ts';
import type { PricedFor, Terms } from '../domain/report.ts';
import type { GivenRole, House } from '../domain/shop.ts';
import { houseOf } from './house.ts';
import type { Offer, Store } from './ports.ts';
import type { Buyer } from './standing.ts';

/** A value in stock at this buyer's price. */
export interface PricedOffer extends Offer {
  readonly price: Centimes;
}

export interface Prices {
  /** The offers that may be sold to this buyer, each with its price; one that would go below cost is left out. */
  offersFor(buyer: Buyer, offers: readonly Offer[]): Promise<readonly PricedOffer[]>;
  house(): Promise<House>;
}

/** A value in stock as owners see it. */
export interface PriceRow {
  readonly value: Centimes;
  readonly cost: Centimes;
  readonly agent: PricedFor;
  readonly customer: PricedFor;
}

/** What a rule makes of an offer. */
export function pricedBy(rule: PriceRule, offer: Offer, belowCost: boolean): PricedFor {
  const { kind, price } = sale(rule, offer, belowCost);
  return { price, margin: subtract(price, offer.cost), sold: kind === 'sold-at' };
}

/** Every value with what each role pays, for owners alone. */
export const priceRows = ({ rules, belowCost }: House, offers: readonly Offer[]): readonly PriceRow[] =>
  offers.map((offer) => ({
    value: offer.value,
    cost: offer.cost,
    agent: pricedBy(rules.agent, offer, belowCost),
    customer: pricedBy(rules.customer, offer, belowCost),
  }));

/** Wires the parts; holds no state of its own. */
export function createPrices(deps: {
  store: Store;
  /** Somebody was turned away: at these terms everything in stock would go below cost. */
  unsold: (terms: Terms) => void;
}): Prices {
  const { store, unsold } = deps;
  const house = (): Promise<House> => houseOf(store);

  async function termsOf({ id, name }: Buyer, role: GivenRole) {
    const [shop, member] = await Promise.all([house(), store.record('member', id)]);
    const own = member?.rule ?? null;
    const rule = own ?? shop.rules[role];
    const terms: Terms = { role, own: own === null ? null : { id, name }, rule };
    return { terms, belowCost: shop.belowCost || member?.belowCost === true };
  }

  return {
    house,
    offersFor: async (buyer, offers) => {
      const { role } = buyer;
      if (role === 'owner') return offers.map((offer) => ({ ...offer, price: offer.cost }));
      const { terms, belowCost } = await termsOf(buyer, role);
      const sold = offers.flatMap((offer) => {
        const { kind, price } = sale(terms.rule, offer, belowCost);
        return kind === 'below-cost' ? [] : [{ ...offer, price }];
      });
      if (sold.length === 0 && offers.length > 0) unsold(terms);
      return sold;
    },
  };
}
