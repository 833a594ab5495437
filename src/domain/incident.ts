// Troubles of the shop that owners hear of twice: when they begin, and when they are over.

import type { Centimes } from './money.ts';

/** Why the provider takes no request of ours. */
export type AccessFlaw = 'key' | 'address' | 'disabled' | 'read-only';

/** Troubles of which owners have heard the beginning and not yet the end. */
export interface Troubles {
  readonly access: AccessFlaw | null;
  /** Since when the provider has not answered. Epoch ms. */
  readonly downSince: number | null;
  /** The shop's credit is below what an owner set. */
  readonly creditLow: boolean;
  /** What the dearest purchase would have cost that was turned away because the shop's credit did not reach. */
  readonly short: Centimes | null;
  /** Prices at which nothing could be sold without going below cost, and when owners heard of each. Epoch ms. */
  readonly unsold: Readonly<Record<string, number>>;
}

/** The record of them. */
export interface Incidents extends Troubles {
  readonly kind: 'incidents';
  readonly id: 'incidents';
  readonly rev: number;
}

export const NO_TROUBLES: Troubles = {
  ...{ access: null, downSince: null, creditLow: false, short: null },
  unsold: {},
};

/**
 * Whether a trouble with the shop's credit is over: it is a tenth above the bar. An order whose money comes back, or a
 * deposit of a few dinars, would otherwise end what the next sale begins again.
 */
export const isClearOf = (bar: Centimes, credit: Centimes): boolean => credit * 10 >= bar * 11;
