// The closed list of reasons we say no to a person, and what the provider may say instead of yes. Values, never exceptions.

import type { Centimes } from './money.ts';
import type { Service } from './service.ts';

/** Why the provider refused a recharge before accepting it; nothing was taken. */
export type ProviderRefusal =
  | { readonly reason: 'wrong-number' }
  | { readonly reason: 'out-of-stock' }
  | { readonly reason: 'shop-balance' }
  | { readonly reason: 'bad-request' }
  | { readonly reason: 'busy' }
  | { readonly reason: 'no-access' };

/** Why a confirmation was not turned into an order; nothing was sent. */
export type PlaceRefusal =
  | { readonly reason: 'price-changed'; readonly price: Centimes }
  | { readonly reason: 'out-of-stock' }
  | {
      readonly reason: 'short-balance';
      readonly balance: Centimes;
      readonly price: Centimes;
      readonly missing: Centimes;
    }
  /** In stock, but at this buyer's price it would go below cost, which the shop does not do. */
  | { readonly reason: 'not-sold' }
  /** The same line got the same value a moment ago: by an order that this buyer may know of, or by somebody else's. */
  | { readonly reason: 'same-order-recently'; readonly no: number; readonly at: number }
  | { readonly reason: 'same-order-of-another' }
  | { readonly reason: 'provider-away' }
  | { readonly reason: 'cannot-record' }
  /** The person may not buy (any more): removed, or frozen by an owner. */
  | { readonly reason: 'barred' }
  /** Nobody may buy for now; `words` is what the owner says about it, empty when nothing was said. */
  | { readonly reason: 'paused'; readonly words: string }
  /** The shop's own credit does not reach; its buyer hears only that the service is away. */
  | { readonly reason: 'shop-short' };

/** Why money that no order moves was not moved. */
export type MoneyNo =
  | 'owners-only'
  | 'no-such-person'
  | 'frozen'
  | 'not-a-member'
  | 'too-late'
  /** Agents give credit to customers, nobody else. */
  | 'agents-to-customers'
  | 'to-oneself'
  | 'no-reason';

/** What looking at a number with the provider gave. `unknown` means the check itself was unavailable, not that the number is wrong. */
export type LineCheck =
  | { readonly kind: 'found'; readonly offer?: string }
  | { readonly kind: 'wrong'; readonly other?: Service }
  | { readonly kind: 'unavailable' };
