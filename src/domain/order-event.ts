// What can happen to an order after it was confirmed, what the provider says of a recharge among it, and what a step is.

import type { Entry } from './ledger.ts';
import type { Centimes } from './money.ts';
import type { Order, SealedCode } from './order.ts';
import type { ProviderRefusal } from './refusal.ts';
import type { Service } from './service.ts';

/** What the provider says of a recharge that is not over; `odd` is a word that nobody knows. */
export type Waiting =
  { readonly kind: 'handling' | 'queued' } | { readonly kind: 'odd'; readonly word: string };

/** What the provider says about a recharge, in our words; the code already sealed. */
export interface Snapshot {
  readonly topupId: string;
  readonly ref: string;
  readonly status: Waiting | { readonly kind: 'fulfilled' | 'refunded' };
  readonly service: Service | null;
  readonly number: string | null;
  readonly value: Centimes | null;
  readonly code: SealedCode | null;
  readonly transactionNo: string | null;
  readonly processedAt: string | null;
  readonly note: string | null;
}

/** Called fulfilled, but with neither code nor transaction number: either may still be on its way. */
export const isUnproven = ({ status, code, transactionNo }: Snapshot): boolean =>
  status.kind === 'fulfilled' && code === null && transactionNo === null;

/**
 * Which of an order's POSTs an answer belongs to, by their number; without it to the last one. Somebody else may have sent
 * again before it came.
 */
interface OfSend {
  readonly ofSend?: number;
}

/** Everything that can happen to an order after it was confirmed. */
export type OrderEvent =
  | { readonly type: 'send-begun' }
  | ({ readonly type: 'accepted'; readonly topupId: string } & OfSend)
  | ({ readonly type: 'refused'; readonly refusal: ProviderRefusal } & OfSend)
  | ({ readonly type: 'not-executed'; readonly waitMs: number } & OfSend)
  | ({ readonly type: 'doubt' } & OfSend)
  | ({ readonly type: 'duplicate-ref' } & OfSend)
  | { readonly type: 'found'; readonly snapshot: Snapshot }
  | { readonly type: 'not-found' }
  | { readonly type: 'unanswered' }
  | { readonly type: 'given-up' }
  /** Somebody asks how it stands: look now, whatever the schedule says. */
  | { readonly type: 'hurried' }
  | {
      readonly type: 'settled-by-hand';
      readonly outcome: 'fulfilled' | 'refunded';
      readonly by: number;
      readonly reason: string;
    }
  | {
      readonly type: 'shown';
      readonly digest: string;
      readonly messageId: number | null;
      readonly ended: boolean;
      readonly chatId?: number;
    }
  | {
      readonly type: 'show-refused';
      readonly lost: boolean;
      readonly waitMs?: number;
      readonly chatId?: number;
    }
  | { readonly type: 'owners-told'; readonly alert: string };

export type EventOf<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;

/** A decided change: the order as it becomes, and the money that moves with it. */
export interface Step {
  readonly order: Order;
  readonly entries: readonly Entry[];
}
