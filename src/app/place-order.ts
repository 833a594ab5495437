// From a chosen value to a committed order: the quote that a person confirms, and the confirmation itself. Nothing here
// talks to `send`; the worker does.

import { availableOf } from '../domain/ledger.ts';
import { add, subtract, ZERO, type Centimes } from '../domain/money.ts';
import type { Order } from '../domain/order.ts';
import { confirm, type Purchase } from '../domain/purchase.ts';
import type { PlaceRefusal } from '../domain/refusal.ts';
import { TWIN_WINDOW_MS } from '../domain/schedule.ts';
import type { Service } from '../domain/service.ts';
import type { Catalog } from './catalog.ts';
import {
  ProviderFault,
  OutcomeUnknown,
  StoreFault,
  type Clock,
  type Offer,
  type Priority,
  type Store,
  type Topups,
} from './ports.ts';
import type { PricedOffer, Prices } from './prices.ts';
import { createShopCredit } from './shop-credit.ts';
import type { Buyer } from './standing.ts';
import { createKeyedTurns, createTurns } from './turns.ts';

/** What would be paid. `cost` is for the order alone and never shown to anybody but an owner. */
export interface Quote {
  readonly value: Centimes;
  readonly cost: Centimes;
  readonly price: Centimes;
  /** What this buyer may still spend: the shop's credit, or the own wallet with its credit ceiling. */
  readonly balance: Centimes;
}

/** `shop-short`: the buyer could pay, the shop could not; the owners are told, the buyer hears that selling rests. */
export type QuoteResult =
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'out-of-stock' }
  /** In stock, but not at this buyer's price. */
  | { readonly kind: 'not-sold' }
  | {
      readonly kind: 'short-balance';
      readonly price: Centimes;
      readonly balance: Centimes;
      readonly missing: Centimes;
    }
  | Closed
  | { readonly kind: 'shop-short' | 'provider-away' };

/** Why somebody may not buy now at all. */
export type Closed = { readonly kind: 'paused'; readonly words: string } | { readonly kind: 'barred' };

export type PlaceResult =
  | { readonly kind: 'placed'; readonly order: Order }
  | { readonly kind: 'refused'; readonly refusal: PlaceRefusal };

/** A purchase as the person agreed to it; `twinAccepted` is the explicit second yes. */
export interface Confirmation {
  readonly purchase: Purchase;
  readonly twinAccepted: boolean;
}

export interface Counter {
  /** Whether this buyer may not buy now at all; nobody has to name a line to hear that. Owners sell on while sales rest. */
  closedTo(buyer: Buyer): Promise<Closed | undefined>;
  /** Reads stock, price and balance again and says what this buyer would pay. */
  quote(buyer: Buyer, service: Service, value: Centimes): Promise<QuoteResult>;
  /** Commits the order and its hold, or says why not. The same reference twice is the same order. */
  place(confirmation: Confirmation): Promise<PlaceResult>;
  /** What the buyer may still spend. Throws ProviderFault where that is the shop's credit. */
  spendable(buyer: Buyer): Promise<Centimes>;
  /** What the shop may still spend at the provider: its balance less what unheard orders will take. Throws ProviderFault. */
  credit(priority?: Priority): Promise<Centimes>;
}

const refused = (refusal: PlaceRefusal): PlaceResult => ({ kind: 'refused', refusal });

/** Why a value is not among the offers. */
const whyNot = (stock: readonly Offer[], value: Centimes): 'not-sold' | 'out-of-stock' =>
  stock.some((one) => one.value === value) ? 'not-sold' : 'out-of-stock';

/** Whose order it was is said to its buyer and to owners alone. */
const twinFor = ({ id, role }: Buyer, { no, confirmedAt, buyer }: Order): PlaceRefusal =>
  buyer === id || role === 'owner'
    ? { reason: 'same-order-recently', no, at: confirmedAt }
    : { reason: 'same-order-of-another' };

export function createCounter(deps: {
  store: Store;
  topups: Topups;
  catalog: Catalog;
  prices: Prices;
  clock: Clock;
  /** Called after a commit, so that the worker does not rest. */
  placed: (order: Order) => void;
  /** A buyer with money enough was turned away because the shop's credit does not reach for this cost. */
  shopShort: (cost: Centimes) => void;
  /** A purchase was refused because the disk did not take it. */
  unwritten: (error: StoreFault) => void;
}): Counter {
  const { store, catalog, prices, clock, placed, shopShort, unwritten } = deps;
  const shop = createShopCredit(deps);

  /** A wallet's own money and the credit that an owner grants on it. */
  async function purse({ id }: Buyer): Promise<Centimes> {
    const [wallet, member] = await Promise.all([store.wallet(id), store.record('member', id)]);
    return add(availableOf(wallet), member?.ceiling ?? ZERO);
  }

  const spendable = (buyer: Buyer): Promise<Centimes> => (buyer.role === 'owner' ? shop.now() : purse(buyer));

  /** What is in stock at this buyer's price, and the shop's credit; undefined when the provider does not say. */
  async function look(buyer: Buyer, service: Service) {
    try {
      const [stock, read] = await Promise.all([catalog.fresh(service), shop.read()]);
      return { stock, offers: await prices.offersFor(buyer, stock), read };
    } catch (error) {
      if (error instanceof ProviderFault) return undefined;
      throw error;
    }
  }

  async function closedTo({ id, role }: Pick<Buyer, 'id' | 'role'>): Promise<Closed | undefined> {
    if (role === 'owner') return undefined;
    const [house, member] = await Promise.all([prices.house(), store.record('member', id)]);
    if (member?.role !== role || member.frozen) return { kind: 'barred' };
    return house.paused === null ? undefined : { kind: 'paused', words: house.paused.words };
  }

  async function quote(buyer: Buyer, service: Service, value: Centimes): Promise<QuoteResult> {
    const closed = await closedTo(buyer);
    if (closed !== undefined) return closed;
    const seen = await look(buyer, service);
    if (seen === undefined) return { kind: 'provider-away' };
    const offer = seen.offers.find((one) => one.value === value);
    if (offer === undefined) return { kind: whyNot(seen.stock, value) };
    return quoteFor(buyer, offer, await shop.left(seen.read));
  }

  async function quoteFor(buyer: Buyer, offer: PricedOffer, credit: Centimes): Promise<QuoteResult> {
    const { value, cost, price } = offer;
    const balance = buyer.role === 'owner' ? credit : await purse(buyer);
    if (balance < price) return { kind: 'short-balance', price, balance, missing: subtract(price, balance) };
    if (credit < cost) {
      shopShort(cost);
      return { kind: 'shop-short' };
    }
    return { kind: 'quote', quote: { value, cost, price, balance } };
  }

  /** One at a time: from looking at what is spoken for to speaking for one's own nobody else may come between. */
  const oneAtATime = createTurns();

  const buyerOf = ({ buyer, buyerName, role }: Purchase): Buyer => ({ id: buyer, name: buyerName, role });

  const isRefusal = (decided: Purchase | PlaceRefusal): decided is PlaceRefusal => 'reason' in decided;

  /** Says why not, or what is bought and at which cost, which is then reserved until the commit is over. */
  async function decide(purchase: Purchase): Promise<Purchase | PlaceRefusal> {
    const { ref, service, value, price } = purchase;
    const buyer = buyerOf(purchase);
    const closed = await closedTo(buyer);
    if (closed !== undefined)
      return closed.kind === 'barred' ? { reason: 'barred' } : { reason: 'paused', words: closed.words };
    const seen = await look(buyer, service);
    if (seen === undefined) return { reason: 'provider-away' };
    const offer = seen.offers.find((one) => one.value === value);
    if (offer === undefined) return { reason: whyNot(seen.stock, value) };
    if (offer.price !== price) return { reason: 'price-changed', price: offer.price };
    const { cost } = offer;
    return oneAtATime(async () => {
      const refusal = shortOf(buyer, offer, await shop.left(seen.read));
      if (refusal !== undefined) return refusal;
      shop.reserve(ref, cost);
      return { ...purchase, cost };
    });
  }

  /** The wallet itself is guarded by the commit. */
  function shortOf(buyer: Buyer, { cost, price }: PricedOffer, credit: Centimes): PlaceRefusal | undefined {
    if (credit >= cost) return undefined;
    if (buyer.role === 'owner')
      return { reason: 'short-balance', balance: credit, price, missing: subtract(price, credit) };
    shopShort(cost);
    return { reason: 'shop-short' };
  }

  async function commit({ purchase, twinAccepted }: Confirmation): Promise<PlaceResult> {
    try {
      const now = clock();
      const unless = twinAccepted ? {} : { twinSince: now - TWIN_WINDOW_MS };
      const committed = await store.commit({ kind: 'open', ...confirm(purchase, now), ...unless });
      switch (committed.kind) {
        case 'stale':
          return refused({ reason: 'cannot-record' });
        case 'barred':
          return refused({ reason: 'barred' });
        case 'twin':
          return refused(twinFor(buyerOf(purchase), committed.order));
        case 'short': {
          const balance = add(committed.available, committed.ceiling);
          const { price } = purchase;
          return refused({ reason: 'short-balance', balance, price, missing: subtract(price, balance) });
        }
        case 'done':
        case 'exists':
          placed(committed.order);
          return { kind: 'placed', order: committed.order };
      }
    } catch (error) {
      // Of what may have been made nobody is told that it was not.
      if (!(error instanceof StoreFault) || error instanceof OutcomeUnknown) throw error;
      unwritten(error);
      return refused({ reason: 'cannot-record' });
    } finally {
      shop.release(purchase.ref);
    }
  }

  async function placeNow({ purchase, twinAccepted }: Confirmation): Promise<PlaceResult> {
    const known = await store.byRef(purchase.ref);
    if (known !== undefined) return { kind: 'placed', order: known };
    const decided = await decide(purchase);
    return isRefusal(decided) ? refused(decided) : commit({ purchase: decided, twinAccepted });
  }

  /** One reference is confirmed once at a time, or the second time might be refused for what the first is spending. */
  const ofOneRef = createKeyedTurns();

  const place = (confirmation: Confirmation): Promise<PlaceResult> =>
    ofOneRef(confirmation.purchase.ref, () => placeNow(confirmation));

  return { closedTo, quote, place, spendable, credit: shop.now };
}
