// A clock moved by hand, a vault that hides nothing, and a process that can die at any call.

import type { Clock, Store, Topups, Vault } from '../../src/app/ports.ts';
import { NOW, sealed } from '../domain/an-order.ts';

export interface HandClock {
  readonly now: Clock;
  /** Moves the time on. */
  pass(ms: number): void;
  /** Moves the time on to a moment; never back. */
  reach(at: number): void;
}

export function handClock(start = NOW): HandClock {
  let at = start;
  return {
    now: () => at,
    pass: (ms) => {
      at += ms;
    },
    reach: (moment) => {
      at = Math.max(at, moment);
    },
  };
}

export const plainVault: Vault = {
  seal: (code) => sealed(code),
  open: (code) => (code.startsWith('sealed:') ? code.slice('sealed:'.length) : undefined),
};

/** What ends a process in the middle of a call. */
export class Killed extends Error {}

/** The same ports for a process that dies at the n-th moment: before a call has its effect, or after. */
export function mortal(
  store: Store,
  topups: Topups,
  diesAt: number,
): { store: Store; topups: Topups; lived: () => boolean } {
  let moments = 0;
  const moment = (): void => {
    moments += 1;
    if (moments >= diesAt) throw new Killed();
  };
  const at = async <T>(call: () => Promise<T>): Promise<T> => {
    moment();
    const result = await call();
    moment();
    return result;
  };
  return {
    lived: () => moments < diesAt,
    store: {
      commit: (change) => at(() => store.commit(change)),
      change: (change) => at(() => store.change(change)),
      byRef: (ref) => at(() => store.byRef(ref)),
      byNo: (no) => at(() => store.byNo(no)),
      active: () => at(() => store.active()),
      unheard: () => at(() => store.unheard()),
      mine: () => at(() => store.mine()),
      renew: () => at(() => store.renew()),
      history: (buyer, limit) => at(() => store.history(buyer, limit)),
      orders: (filter, before, limit) => at(() => store.orders(filter, before, limit)),
      books: () => at(() => store.books()),
      wallet: (person) => at(() => store.wallet(person)),
      statement: (account, before, limit) => at(() => store.statement(account, before, limit)),
      auditTrail: (before, limit) => at(() => store.auditTrail(before, limit)),
      record: (kind, id) => at(() => store.record(kind, id)),
      records: (kind) => at(() => store.records(kind)),
    },
    topups: {
      account: () => topups.account(),
      halted: () => topups.halted(),
      offers: (service, priority) => at(() => topups.offers(service, priority)),
      checkLine: (service, line) => at(() => topups.checkLine(service, line)),
      balance: (priority) => at(() => topups.balance(priority)),
      send: (order, notAfter) => at(() => topups.send(order, notAfter)),
      byId: (topupId, priority) => at(() => topups.byId(topupId, priority)),
      byRef: (ref, priority) => at(() => topups.byRef(ref, priority)),
      list: (range, page, priority) => at(() => topups.list(range, page, priority)),
    },
  };
}
