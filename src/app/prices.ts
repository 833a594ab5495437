// What each buyer pays, from the shop's rules and the person's own. Buyers see the price alone, never what it is made of.

import { sale, type PriceRule } from '../domain/pricing.ts';
import { subtract, type Centimes } from '../domain/money.ts';
import type { PricedFor } from '../domain/report.ts';
import { NEW_HOUSE, type GivenRole, type House } from '../domain/shop.ts';
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
export function createPrices({ store }: { store: Store }): Prices {
  const house = async (): Promise<House> => (await store.record('house', 'house')) ?? NEW_HOUSE;

  async function termsOf(id: number, role: GivenRole): Promise<{ rule: PriceRule; belowCost: boolean }> {
    const [shop, member] = await Promise.all([house(), store.record('member', id)]);
    return {
      rule: member?.rule ?? shop.rules[role],
      belowCost: shop.belowCost || member?.belowCost === true,
    };
  }

  return {
    house,
    offersFor: async ({ id, role }, offers) => {
      if (role === 'owner') return offers.map((offer) => ({ ...offer, price: offer.cost }));
      const { rule, belowCost } = await termsOf(id, role);
      return offers.flatMap((offer) => {
        const { kind, price } = sale(rule, offer, belowCost);
        return kind === 'below-cost' ? [] : [{ ...offer, price }];
      });
    },
  };
}
