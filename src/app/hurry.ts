// Somebody asks how an order stands: it is looked at now instead of in half an hour, but not again and again.

import type { Order } from '../domain/order.ts';
import type { Clock } from './ports.ts';
import type { Record } from './record.ts';

const NOT_AGAIN_WITHIN_MS = 60_000;
/** Waits shorter than this are not worth hurrying. */
const SOON_MS = 15_000;

/** Makes an order that waits long due now, once a minute at the most. Throws StoreFault like every change. */
export type Hurry = (order: Order) => Promise<void>;

export function createHurry({ record, clock }: { record: Record; clock: Clock }): Hurry {
  const hurried = new Map<string, number>();
  return async ({ ref, dueAt, state }) => {
    const now = clock();
    for (const [other, at] of hurried) if (now - at >= NOT_AGAIN_WITHIN_MS) hurried.delete(other);
    // What waits for a promised moment (429, a look-up after doubt) keeps to it.
    const waits = state.name === 'handling' || state.name === 'queued' || state.name === 'review';
    if (!waits || dueAt === null || dueAt - now < SOON_MS || hurried.has(ref)) return;
    hurried.set(ref, now);
    await record(ref, { type: 'hurried' });
  };
}
