// The hands on a running stand-in: what a test, the playground page or the demo can do to it and see of it.
import type { Shape } from './envelope.ts';
import type { FaultOrder, Outage } from './faults.ts';
import type { Call, Journal } from './journal.ts';
import type { Transaction } from './ledger.ts';
import type { Product } from './options.ts';
import type { AcceptedOrder } from './order-book.ts';
import type { Lookup, Outcome, ServiceType } from './outcome.ts';
import type { World } from './world.ts';

/** Awaited when a request has arrived and again when it has been handled but not answered. */
export type RequestHook = (step: {
  readonly phase: 'before' | 'after';
  readonly method: string;
  /** Below `/v3`, percent-encoded. */
  readonly path: string;
  readonly body: unknown;
}) => void | Promise<void>;

/** Scripting and inspection; orders are named by id, own reference or stored reference, unknown ones throw. */
export type Controls = {
  /** Queues an outcome for the next send, whatever its number. */
  readonly nextSend: (outcome: Outcome) => void;
  /** Sets what send does with a number, once per reference. */
  readonly forNumber: (number: string, outcome: Outcome) => void;
  /** Sets what check-number says about a number. */
  readonly forLookup: (number: string, lookup: Lookup) => void;
  /** Makes the next matching requests fail. */
  readonly faultNext: (order: FaultOrder) => void;
  readonly outage: (mode: Outage) => void;
  /** Sets the balance in dinars, by a deposit or a withdrawal. */
  readonly setBalance: (dinars: number) => void;
  readonly setProducts: (type: ServiceType, products: readonly Product[]) => void;
  /** Changes some of the contradictory documented shapes; the others stay. */
  readonly setShape: (shape: Partial<Shape>) => void;
  /** Balance in dinars, refunds that are due included. */
  readonly balance: () => number;
  /** Every movement of the account, oldest first, the opening deposit included. */
  readonly transactions: () => readonly Transaction[];
  /** Every accepted order, oldest first, as it stands now. */
  readonly orders: () => readonly AcceptedOrder[];
  readonly finish: (idOrRef: string) => AcceptedOrder;
  /** Refunds by hand and credits the debit back, once. */
  readonly refund: (idOrRef: string, message?: string) => AcceptedOrder;
  readonly queue: (idOrRef: string) => AcceptedOrder;
  /** Shows any status word; FULFILLED and REFUNDED are the same as `finish` and `refund`; `card` shows the card too. */
  readonly setStatus: (idOrRef: string, word: string, extra?: { readonly card?: boolean }) => AcceptedOrder;
  readonly on: Journal['on'];
  /** Waits until `predicate` is truthy and gives its value. */
  readonly until: Journal['until'];
  /** Adds a hook and gives the way to remove it; a hook that throws makes the answer a 500. */
  readonly onRequest: (hook: RequestHook) => () => void;
};

/** A running stand-in. */
export type ProviderStandIn = Controls & {
  /** Base address ending in `/v3`. */
  readonly url: string;
  readonly key: string;
  /** Every HTTP call since the start (or the last start-over), oldest first; live. */
  readonly calls: readonly Call[];
  /** Forgets orders, calls, scripts and blocked addresses and cuts open connections; listeners and hooks stay. */
  readonly startOver: () => void;
  /** Ends every connection at once and stops listening. */
  readonly close: () => Promise<void>;
};

/** Builds the controls over whatever world is current. */
export function controlsOf(parts: {
  readonly current: () => World;
  readonly journal: Journal;
  readonly hooks: Set<RequestHook>;
}): Controls {
  const { current, journal, hooks } = parts;
  return {
    nextSend: (outcome) => current().script.nextSend(outcome),
    forNumber: (number, outcome) => current().script.forNumber(number, outcome),
    forLookup: (number, lookup) => void current().lookups.set(number, lookup),
    faultNext: (order) => current().faults.add(order),
    outage: (mode) => current().faults.outage(mode),
    setBalance: (dinars) => setBalance(current(), dinars),
    setProducts(type, products) {
      const world = current();
      world.products = { ...world.products, [type]: products };
    },
    setShape(shape) {
      const world = current();
      world.shape = { ...world.shape, ...shape };
    },
    balance: () => caughtUp(current()).ledger.balance(),
    transactions: () => caughtUp(current()).ledger.transactions(),
    orders: () => caughtUp(current()).book.all(),
    finish: (idOrRef) => current().book.put(idOrRef, 'FULFILLED'),
    refund: (idOrRef, message) =>
      current().book.put(idOrRef, 'REFUNDED', message === undefined ? {} : { message }),
    queue: (idOrRef) => current().book.put(idOrRef, 'QUEUED'),
    setStatus: (idOrRef, word, extra) => current().book.put(idOrRef, word, extra),
    on: journal.on,
    until: journal.until,
    onRequest(hook) {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
  };
}

function caughtUp(world: World): World {
  world.book.catchUp();
  return world;
}

function setBalance(world: World, dinars: number): void {
  const difference = dinars - caughtUp(world).ledger.balance();
  if (difference === 0) return;
  const type = difference > 0 ? 'DEPOSIT' : 'WITHDRAW';
  world.ledger.move({ type, dinars: difference, at: world.settings.now(), about: '', note: 'set by hand' });
}
