// From a chosen value to a committed order: the quote that a person confirms, and the confirmation itself. Nothing here
// talks to `send`; the worker does.

import { total } from '../domain/ledger.ts';
import { subtract, type Centimes } from '../domain/money.ts';
import { confirm, isUnheard, type Order, type Purchase, type Ref } from '../domain/order.ts';
import type { PlaceRefusal } from '../domain/refusal.ts';
import { TWIN_WINDOW_MS } from '../domain/schedule.ts';
import type { Service } from '../domain/service.ts';
import type { Catalog } from './catalog.ts';
import { ProviderFault, StoreFault, type Clock, type Offer, type Store, type Topups } from './ports.ts';

export interface Quote {
  readonly value: Centimes;
  readonly cost: Centimes;
  readonly price: Centimes;
  readonly balance: Centimes;
}

export type QuoteResult =
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'out-of-stock'; readonly offers: readonly Offer[] }
  | {
      readonly kind: 'short-balance';
      readonly price: Centimes;
      readonly balance: Centimes;
      readonly missing: Centimes;
      readonly fitting: readonly Offer[];
    }
  | { readonly kind: 'provider-away' };

export type PlaceResult =
  | { readonly kind: 'placed'; readonly order: Order }
  | { readonly kind: 'refused'; readonly refusal: PlaceRefusal };

/** A purchase as the person agreed to it; `twinAccepted` is the explicit second yes. */
export interface Confirmation {
  readonly purchase: Purchase;
  readonly twinAccepted: boolean;
}

export interface Counter {
  /** Reads stock, cost and balance again and says what would be paid. */
  quote(service: Service, value: Centimes): Promise<QuoteResult>;
  /** Commits the order and its hold, or says why not. The same reference twice is the same order. */
  place(confirmation: Confirmation): Promise<PlaceResult>;
  /** What the shop can still spend: the provider's balance less what unheard orders will take. Throws ProviderFault. */
  spendable(): Promise<Centimes>;
}

const refused = (refusal: PlaceRefusal): PlaceResult => ({ kind: 'refused', refusal });

export function createCounter(deps: {
  store: Store;
  topups: Topups;
  catalog: Catalog;
  clock: Clock;
  /** Called after a commit, so that the worker does not rest. */
  placed: (order: Order) => void;
}): Counter {
  const { store, topups, catalog, clock, placed } = deps;
  /** Costs of commits under way: two people confirming together must not both spend the last dinar. */
  const committing = new Map<Ref, Centimes>();

  const costs = (orders: readonly Order[]): [Ref, Centimes][] =>
    orders.filter(isUnheard).map(({ ref, cost }) => [ref, cost]);

  /** What will leave the provider's balance and is not known to have left it. */
  const spoken = async (): Promise<Map<Ref, Centimes>> =>
    new Map([...committing, ...costs(await store.active()), ...committing]);

  /** The balance, and what was spoken for before it was read: an order accepted meanwhile may be in neither. */
  async function readBalance(): Promise<{ balance: Centimes; before: Map<Ref, Centimes> }> {
    const before = await spoken();
    return { balance: await topups.balance('person'), before };
  }

  async function left({ balance, before }: Awaited<ReturnType<typeof readBalance>>): Promise<Centimes> {
    const now = await spoken();
    return subtract(balance, total(new Map([...before, ...now]).values()));
  }

  const spendable = async (): Promise<Centimes> => left(await readBalance());

  async function look(service: Service) {
    try {
      const [offers, read] = await Promise.all([catalog.fresh(service), readBalance()]);
      return { offers, read };
    } catch (error) {
      if (error instanceof ProviderFault) return undefined;
      throw error;
    }
  }

  async function quote(service: Service, value: Centimes): Promise<QuoteResult> {
    const seen = await look(service);
    if (seen === undefined) return { kind: 'provider-away' };
    const { offers, read } = seen;
    const balance = await left(read);
    const offer = offers.find((one) => one.value === value);
    if (offer === undefined) return { kind: 'out-of-stock', offers };
    const price = offer.cost;
    if (balance < price) {
      const fitting = offers.filter((one) => one.cost <= balance);
      return { kind: 'short-balance', price, balance, missing: subtract(price, balance), fitting };
    }
    return { kind: 'quote', quote: { value, cost: offer.cost, price, balance } };
  }

  /** One at a time: from looking at what is spoken for to speaking for one's own nobody else may come between. */
  let deciding: Promise<unknown> = Promise.resolve();
  function oneAtATime<T>(task: () => Promise<T>): Promise<T> {
    const mine = deciding.then(task, task);
    deciding = mine.catch(() => undefined);
    return mine;
  }

  /** Says why not, or reserves the cost until the commit is over. */
  async function refusalOf({ purchase, twinAccepted }: Confirmation): Promise<PlaceRefusal | undefined> {
    const { ref, service, line, value, cost, price } = purchase;
    const seen = await look(service);
    if (seen === undefined) return { reason: 'provider-away' };
    const offer = seen.offers.find((one) => one.value === value);
    if (offer === undefined) return { reason: 'out-of-stock' };
    if (offer.cost !== cost) return { reason: 'price-changed', price: offer.cost };
    const since = clock() - TWIN_WINDOW_MS;
    const twin = twinAccepted ? undefined : await store.twin(service, line, value, since);
    return oneAtATime(async () => {
      const balance = await left(seen.read);
      if (balance < price)
        return { reason: 'short-balance', balance, price, missing: subtract(price, balance) };
      if (twin !== undefined) return { reason: 'same-order-recently', no: twin.no, at: twin.confirmedAt };
      committing.set(ref, cost);
      return undefined;
    });
  }

  async function commit(purchase: Purchase): Promise<PlaceResult> {
    try {
      const committed = await store.commit({ kind: 'open', ...confirm(purchase, clock()) });
      if (committed.kind === 'stale') return refused({ reason: 'cannot-record' });
      placed(committed.order);
      return { kind: 'placed', order: committed.order };
    } catch (error) {
      if (error instanceof StoreFault) return refused({ reason: 'cannot-record' });
      throw error;
    } finally {
      committing.delete(purchase.ref);
    }
  }

  async function placeNow(confirmation: Confirmation): Promise<PlaceResult> {
    const { purchase } = confirmation;
    const known = await store.byRef(purchase.ref);
    if (known !== undefined) return { kind: 'placed', order: known };
    const refusal = await refusalOf(confirmation);
    return refusal === undefined ? commit(purchase) : refused(refusal);
  }

  /** Confirmations of one line and value go one after another, or two colleagues would never see each other's order. */
  const placing = new Map<string, Promise<unknown>>();

  async function place(confirmation: Confirmation): Promise<PlaceResult> {
    const { service, line, value } = confirmation.purchase;
    const key = `${service}:${line}:${value}`;
    const before = placing.get(key) ?? Promise.resolve();
    const mine = before.then(
      () => placeNow(confirmation),
      () => placeNow(confirmation),
    );
    placing.set(key, mine);
    try {
      return await mine;
    } finally {
      if (placing.get(key) === mine) placing.delete(key);
    }
  }

  return { quote, place, spendable };
}
