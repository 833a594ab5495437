// What a person on the page can choose to become of the next order, and what each means to the provider's stand-in.
import type { Course, Outcome } from '../oneclickdz/server.ts';

export const NEXT_KINDS = [
  'delivered',
  'refunded',
  'queued',
  'stuck',
  'never-answers',
  'answer-lost',
  'error-500',
  'error-500-accepted',
  'throttled',
  'unknown-word',
  'out-of-stock',
  'no-balance',
] as const;

export type NextKind = (typeof NEXT_KINDS)[number];

/** A choice for the next order; `afterSeconds` counts from its acceptance. */
export type NextOrder = { readonly kind: NextKind; readonly afterSeconds: number };

const REASON = 'تعذر شحن هذا الخط';

/** The same choice in the stand-in's words. */
export function outcomeOf({ kind, afterSeconds }: NextOrder): Outcome {
  const afterMs = Math.round(afterSeconds * 1000);
  const delivered: Course = { kind: 'fulfilled', afterMs };
  switch (kind) {
    case 'delivered':
      return delivered;
    case 'refunded':
      return { kind: 'refunded', afterMs, message: REASON };
    case 'queued':
      return { kind: 'queued', afterMs };
    case 'stuck':
      return { kind: 'stuck' };
    case 'never-answers':
      return { kind: 'lost', how: 'hang', accepted: true, then: delivered };
    case 'answer-lost':
      return { kind: 'lost', how: 'drop', accepted: true, then: delivered };
    case 'error-500':
      return { kind: 'lost', how: '500', accepted: false, then: delivered };
    case 'error-500-accepted':
      return { kind: 'lost', how: '500', accepted: true, then: delivered };
    case 'throttled':
      return { kind: 'throttled', retryAfterSeconds: 2, then: delivered };
    case 'unknown-word':
      return { kind: 'unknown-word', word: 'PENDING_REVIEW', afterMs };
    case 'out-of-stock':
      return { kind: 'refused', code: 'ERR_STOCK', status: 400 };
    case 'no-balance':
      return { kind: 'refused', code: 'NO_BALANCE', status: 403 };
  }
}
