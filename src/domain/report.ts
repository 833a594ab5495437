// What owners are told: sums of a day, what a price leaves, and what they must know without having asked.

import type { Centimes } from './money.ts';
import type { Settled } from './order.ts';
import type { Role } from './shop.ts';

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

/** Something that the people who run the shop must know. Each is said once. */
export type OwnerAlert =
  | { readonly kind: 'no-access'; readonly detail: 'key' | 'address' | 'disabled' | 'read-only' }
  /** A buyer was turned away because the shop's credit does not reach. */
  | { readonly kind: 'shop-short' }
  | { readonly kind: 'recovered-copy' }
  | { readonly kind: 'disk' }
  /** The key and this address are taken again. */
  | { readonly kind: 'access-back' }
  /** No usable answer since then; `provider-back` ends it. Epoch ms. */
  | { readonly kind: 'provider-down' | 'provider-back'; readonly since: number }
  /** The shop's credit fell below what an owner set, or is above it again. */
  | { readonly kind: 'credit-low' | 'credit-back'; readonly credit: Centimes; readonly threshold: Centimes }
  /** Scheduled by the operator since then and still not done. Epoch ms. */
  | { readonly kind: 'late'; readonly no: number; readonly since: number }
  /** An order of which the owners heard that it was late, or in review, came to its end. */
  | { readonly kind: 'order-over'; readonly no: number; readonly end: Settled['name'] };
