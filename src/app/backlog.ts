// What is still to be done, counted: for the figures that a shop is watched by.

import { isSettled, type Order, type StateName } from '../domain/order.ts';

export interface Backlog {
  /** Orders that are not closed. */
  readonly byState: Readonly<Record<StateName, number>>;
  /** How late the next step is that should have been taken first, ms; 0 when none is. */
  readonly lateMs: number;
  /** Ends that nobody has seen yet. */
  readonly unseen: number;
}

const NONE: Readonly<Record<StateName, number>> = {
  ...{ confirmed: 0, sending: 0, unknown: 0, handling: 0, queued: 0, review: 0 },
  ...{ fulfilled: 0, refunded: 0, rejected: 0 },
};

/** `open`: every order that is not closed. */
export function backlogOf(open: readonly Order[], now: number): Backlog {
  const byState = { ...NONE };
  let lateMs = 0;
  let unseen = 0;
  for (const order of open) {
    byState[order.state.name] += 1;
    if (order.dueAt !== null) lateMs = Math.max(lateMs, now - order.dueAt);
    if (isSettled(order) && !order.message.ended) unseen += 1;
  }
  return { byState, lateMs, unseen };
}
