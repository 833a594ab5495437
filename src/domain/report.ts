// What owners are told: sums of a day, what a price leaves, and what they must know without having asked.

import type { AccessFlaw } from './incident.ts';
import type { Centimes } from './money.ts';
import type { PriceRule } from './pricing.ts';
import type { GivenRole, Role } from './shop.ts';

/** Sums over delivered orders, in centimes; owners' purchases are at cost. */
export interface Sums {
  readonly count: number;
  readonly value: Centimes;
  readonly revenue: Centimes;
  readonly cost: Centimes;
  readonly margin: Centimes;
}

export interface DaySums {
  /** Epoch ms. */
  readonly from: number;
  readonly all: Sums;
  readonly byRole: Readonly<Record<Role, Sums>>;
  /** Orders whose money went back today. */
  readonly returned: number;
  /** Orders that are not settled now, whenever they were confirmed, and what they hold. */
  readonly open: { readonly count: number; readonly held: Centimes };
}

/** What one role pays for a value, and what the shop keeps of it; `sold` is false where that would be below cost. */
export interface PricedFor {
  readonly price: Centimes;
  readonly margin: Centimes;
  readonly sold: boolean;
}

/** At which price somebody buys: that of the role, or the person's own. */
export interface Terms {
  readonly role: GivenRole;
  /** Null: the price of the role. */
  readonly own: { readonly id: number; readonly name: string } | null;
  readonly rule: PriceRule;
}

/** Something that the people who run the shop must know. Each is said once. */
export type OwnerAlert =
  | { readonly kind: 'no-access'; readonly detail: AccessFlaw }
  /** A buyer was turned away because the shop's credit does not reach; `shop-back`: it does again. */
  | { readonly kind: 'shop-short' }
  | { readonly kind: 'shop-back'; readonly credit: Centimes }
  /** A buyer was turned away because everything in stock would go below cost. */
  | { readonly kind: 'unsold'; readonly terms: Terms }
  | { readonly kind: 'recovered-copy' }
  | { readonly kind: 'disk' | 'database' }
  /** The key and this address are taken again. */
  | { readonly kind: 'access-back' }
  /** No usable answer since then; `provider-back` ends it. Epoch ms. */
  | { readonly kind: 'provider-down' | 'provider-back'; readonly since: number }
  /** The shop's credit fell below what an owner set, or is well above it again. */
  | { readonly kind: 'credit-low' | 'credit-back'; readonly credit: Centimes; readonly threshold: Centimes };
