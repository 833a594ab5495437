// The orders the stand-in has accepted. What a clock decides is worked out when somebody asks (`catchUp`),
// so a test that moves the clock sees exactly what a caller at that moment would have seen.
import type { Ledger } from './ledger.ts';
import { standingAt } from './outcome.ts';
import type { Course, Delays, ServiceType, Standing } from './outcome.ts';

/** An accepted order as a test sees it; money in dinars, moments in epoch milliseconds. */
export type AcceptedOrder = {
  readonly id: string;
  /** As the caller sent it (or as made by the stand-in when none was sent). */
  readonly ref: string;
  /** As kept, answered and searched: the same, or `API-<username>-<ref>`. */
  readonly storedRef: string;
  readonly type: ServiceType;
  readonly number: string;
  readonly value: number;
  readonly status: string;
  readonly statusSince: number;
  readonly acceptedAt: number;
  readonly debited: number;
  readonly refunded: number;
  readonly cardCode: string;
  readonly numTrans: string;
  readonly message?: string;
  /** Whether answers carry the card, its transaction number and date. */
  readonly showsCard: boolean;
};

/** What is known when an order is accepted; `debit` in dinars. */
export type Acceptance = {
  readonly ref: string | undefined;
  readonly storedRef: (ref: string) => string;
  readonly type: ServiceType;
  readonly number: string;
  readonly value: number;
  readonly debit: number;
  readonly course: Course;
};

/** The accepted orders and the hands that can move them. */
export type OrderBook = {
  accept(order: Acceptance): AcceptedOrder;
  /** Applies everything the clock has decided since the last time: new standings, refunds credited back. */
  catchUp(): void;
  /** Oldest first. */
  all(): readonly AcceptedOrder[];
  byId(id: string): AcceptedOrder | undefined;
  byStoredRef(ref: string): AcceptedOrder | undefined;
  /** Whether a caller's own reference has been accepted before. */
  isTaken(ref: string): boolean;
  /** Sets the standing by hand from now on; REFUNDED also credits the debit back, once; throws for an unknown order. */
  put(idOrRef: string, word: string, extra?: { message?: string; card?: boolean }): AcceptedOrder;
};

type Entry = { order: AcceptedOrder; readonly course: Course };

/** Creates an empty book; `changed` hears each order when accepted and at each new standing. */
export function createOrderBook(parts: {
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly delays: Delays;
  readonly newId: () => string;
  readonly changed: (order: AcceptedOrder) => void;
}): OrderBook {
  const { ledger, now } = parts;
  const entries: Entry[] = [];
  const open = new Set<Entry>();
  const byId = new Map<string, Entry>();
  const byRef = new Map<string, Entry>();
  const byStoredRef = new Map<string, Entry>();

  function stand(entry: Entry, standing: Standing, showsCard: boolean): void {
    const { order } = entry;
    const credit = standing.word === 'REFUNDED' ? order.debited - order.refunded : 0;
    const told = standing.message === undefined ? {} : { message: standing.message };
    const { word: status, since: statusSince } = standing;
    entry.order = {
      ...order,
      ...told,
      status,
      statusSince,
      refunded: order.refunded + credit,
      showsCard,
    };
    if (credit > 0) {
      ledger.move({
        type: 'REFUND-ADSL',
        dinars: credit,
        at: standing.since,
        about: order.id,
        note: order.storedRef,
      });
    }
    parts.changed(entry.order);
  }

  function catchUp(): void {
    const due = [...open]
      .map((entry) => ({
        entry,
        standing: standingAt(entry.course, entry.order.acceptedAt, now(), parts.delays),
      }))
      .filter(({ entry, standing }) => standing.word !== entry.order.status)
      .sort((a, b) => a.standing.since - b.standing.since);
    for (const { entry, standing } of due) {
      // Whoever hears of one change may look at the book, which brings the rest up to date first.
      if (entry.order.status === standing.word) continue;
      if (standing.word === 'FULFILLED' || standing.word === 'REFUNDED') open.delete(entry);
      stand(entry, standing, standing.word === 'FULFILLED');
    }
  }

  return {
    catchUp,
    all: () => entries.map((entry) => entry.order),
    byId: (id) => byId.get(id)?.order,
    byStoredRef: (ref) => byStoredRef.get(ref)?.order,
    isTaken: (ref) => byRef.has(ref),
    accept(acceptance) {
      const order = newOrder(acceptance, parts.newId(), entries.length + 1, now());
      const entry: Entry = { order, course: acceptance.course };
      entries.push(entry);
      open.add(entry);
      byId.set(order.id, entry);
      byRef.set(order.ref, entry);
      byStoredRef.set(order.storedRef, entry);
      if (order.debited > 0) {
        const { id: about, storedRef: note, acceptedAt: at } = order;
        ledger.move({ type: 'ADSL', dinars: -order.debited, at, about, note });
      }
      // Not `order`: whoever hears of the moved balance may look, and the clock may have ended it by then.
      parts.changed(entry.order);
      catchUp();
      return entry.order;
    },
    put(idOrRef, word, extra = {}) {
      catchUp();
      const entry = byId.get(idOrRef) ?? byRef.get(idOrRef) ?? byStoredRef.get(idOrRef);
      if (entry === undefined) throw new Error(`The stand-in has no order ${idOrRef}`);
      if (word === 'FULFILLED' && entry.order.refunded > 0) {
        throw new Error(`Order ${idOrRef} was refunded: its money is back, it cannot be delivered`);
      }
      open.delete(entry);
      const told = extra.message === undefined ? {} : { message: extra.message };
      stand(entry, { word, since: now(), ...told }, extra.card ?? word === 'FULFILLED');
      return entry.order;
    },
  };
}

function newOrder(acceptance: Acceptance, id: string, count: number, at: number): AcceptedOrder {
  const { type, number, value, debit } = acceptance;
  const ref = acceptance.ref ?? `auto-${id}`;
  return {
    id,
    ref,
    storedRef: acceptance.storedRef(ref),
    type,
    number,
    value,
    status: 'HANDLING',
    statusSince: at,
    acceptedAt: at,
    debited: debit,
    refunded: 0,
    cardCode: `9000${String((count * 73_856_093) % 100_000_000).padStart(8, '0')}`,
    numTrans: `AT-${new Date(at).getUTCFullYear()}-${String(count).padStart(5, '0')}`,
    showsCard: false,
  };
}
