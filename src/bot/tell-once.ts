// What owners hear about an order, from one process of several: an order is one process's to look after, but one that was
// too slow may still be telling when its successor begins.

import { ALONE, type Claims } from '../app/sharing.ts';
import type { Order } from '../domain/order.ts';

/** Longer than telling takes. Whoever dies in it is followed by another: an alert told twice is better than none. */
const CLAIM_MS = 120_000;

type Tell = (order: Order, alert: string) => Promise<boolean>;

/** The same, and false while another process is at it: it will be known to have told, or this one tells later. */
export const tellOnce =
  (claims: Claims = ALONE, tell: Tell): Tell =>
  async (order, alert) =>
    (await claims.claim(`order:${order.ref}:${alert}`, CLAIM_MS)) && tell(order, alert);
