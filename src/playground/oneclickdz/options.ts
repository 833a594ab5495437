// What a stand-in can be started with, and the values it has when nothing is said.
import type { ServiceType } from './outcome.ts';

/** A card on sale; `value` and `cost` in dinars (fact sheet §3.3: there is no product id, the value is the key). */
export type Product = { readonly value: number; readonly cost: number; readonly available: boolean };

/** The two price lists. */
export type Products = Readonly<Record<ServiceType, readonly Product[]>>;

/** Settings of a stand-in; all have defaults. */
export type ProviderStandInOptions = {
  /** TCP port on 127.0.0.1; 0 (default) lets the system choose. */
  readonly port?: number;
  /** The clock, epoch milliseconds; default `Date.now`. */
  readonly now?: () => number;
  /** Runs `fn` after `ms`; only the fault `hang` with a duration uses it; default an unref'd `setTimeout`. */
  readonly schedule?: (ms: number, fn: () => void) => void;
  readonly key?: string;
  /** With SANDBOX the balance never moves and is not checked (fact sheet §9). */
  readonly keyType?: 'SANDBOX' | 'PRODUCTION';
  readonly keyEnabled?: boolean;
  readonly scope?: 'READ-WRITE' | 'READ-ONLY';
  /** Account name, first part of prefixed references. */
  readonly username?: string;
  /** Opening balance in dinars. */
  readonly balance?: number;
  readonly products?: Partial<Products>;
  /** Bad keys from one address before it is blocked. */
  readonly lockoutAfter?: number;
  readonly lockoutMs?: number;
  /** Addresses that may call; empty means any. */
  readonly allowedIps?: readonly string[];
  /** Milliseconds from acceptance to the end, where an outcome does not say. */
  readonly defaultDelayMs?: number;
  /** Milliseconds a queued order waits where its outcome does not say; absent means until finished by hand. */
  readonly queuedForMs?: number;
};

/** The settings with every default filled in. */
export type Settings = Required<Omit<ProviderStandInOptions, 'products' | 'queuedForMs'>> & {
  readonly products: Products;
  readonly queuedForMs: number | undefined;
};

/** The price list of the provider's pages (2 % off face value), with one card out of stock. */
export const defaultProducts: Products = {
  ADSL: cards({ outOfStock: [] }),
  '4G': cards({ outOfStock: [5000] }),
};

/** Fills in the defaults named in the fact sheet and the design. */
export function withDefaults(options: ProviderStandInOptions): Settings {
  return {
    port: 0,
    now: Date.now,
    schedule: (ms, fn) => void setTimeout(fn, ms).unref(),
    key: 'pk-playground-not-a-secret',
    keyType: 'PRODUCTION',
    keyEnabled: true,
    scope: 'READ-WRITE',
    username: '+213000000000',
    balance: 12_450,
    lockoutAfter: 5,
    lockoutMs: 15 * 60_000,
    allowedIps: [],
    defaultDelayMs: 3000,
    ...options,
    products: { ...defaultProducts, ...options.products },
    queuedForMs: options.queuedForMs,
  };
}

function cards(stock: { outOfStock: readonly number[] }): readonly Product[] {
  return [500, 1000, 2000, 5000].map((value) => ({
    value,
    cost: (value * 98) / 100,
    available: !stock.outOfStock.includes(value),
  }));
}
