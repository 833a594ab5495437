// The one place that decides what an answer other than yes means: a refusal, "not executed", a halt, a fault or doubt.

import type { ProviderFaultCode } from '../app/ports.ts';
import type { ProviderRefusal } from '../domain/refusal.ts';
import type { HaltDetail } from './access.ts';
import { upperUnderscored, type Details } from './envelope.ts';

/** An answer that is not a yes. */
export interface Complaint {
  readonly purpose: 'send' | 'read';
  readonly status: number;
  /** Whether the provider's application said it (a JSON error envelope) and not a router or a proxy. */
  readonly envelope: boolean;
  /** Whether it was JSON at all. */
  readonly readable: boolean;
  /** Normalised. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly details?: Details;
  readonly retryAfterMs?: number | undefined;
}

/** `not-executed` and `doubt` are for sends, `not-found` and `fault` for reads. Times in ms. */
export type Verdict =
  | { readonly kind: 'refused'; readonly refusal: ProviderRefusal }
  | { readonly kind: 'duplicate-ref' }
  | { readonly kind: 'not-executed'; readonly waitMs: number }
  /** Not `certain` when the body was a page of somebody else: then a send is in doubt as well. */
  | { readonly kind: 'halt'; readonly detail: HaltDetail; readonly certain: boolean }
  | { readonly kind: 'doubt' }
  | { readonly kind: 'not-found' }
  | {
      readonly kind: 'fault';
      readonly code: ProviderFaultCode;
      readonly repeatable: boolean;
      readonly waitMs?: number | undefined;
    };

type Reason = ProviderRefusal['reason'] | 'duplicate-ref';

const REASONS: ReadonlyMap<string, Reason> = new Map([
  ['ERR_PHONE', 'wrong-number'],
  ['INVALID_PHONE', 'wrong-number'],
  ['ERR_STOCK', 'out-of-stock'],
  ['NO_BALANCE', 'shop-balance'],
  ['INSUFFICIENT_BALANCE', 'shop-balance'],
  ['DUPLICATED_REF', 'duplicate-ref'],
  ['ERR_VALIDATION', 'bad-request'],
]);

/** Words that the sending guide looks for in the message (fact sheet §2.4); only where the code says nothing. */
const WORDS = ['ERR_PHONE', 'ERR_STOCK', 'INSUFFICIENT_BALANCE', 'NO_BALANCE', 'DUPLICATED_REF'];

const HALTS: ReadonlyMap<string, HaltDetail> = new Map([
  ['MISSING_ACCESS_TOKEN', 'key'],
  ['INVALID_ACCESS_TOKEN', 'key'],
  ['ERR_AUTH', 'key'],
  ['IP_BLOCKED', 'address'],
  ['IP_NOT_ALLOWED', 'address'],
  ['API_DISABLED', 'disabled'],
]);

const REPEATABLE = new Set([408, 429, 500, 502, 503, 504]);

/** A wait for "not executed" without a hint, and the bounds of a hint. */
const WAIT_MS = { usual: 5_000, least: 1_000, most: 60_000 };

/** Judges an answer; the code counts first, the words of the message only where the code says nothing. */
export function judge(complaint: Complaint): Verdict {
  const detail = haltOf(complaint);
  if (detail !== undefined) return { kind: 'halt', detail, certain: complaint.readable };
  const reason = reasonOf(complaint);
  if (reason === 'duplicate-ref') return { kind: 'duplicate-ref' };
  if (reason !== undefined) return { kind: 'refused', refusal: { reason } };
  return complaint.purpose === 'send' ? judgeSend(complaint) : judgeRead(complaint);
}

function haltOf({ status, envelope, code = '' }: Complaint): HaltDetail | undefined {
  const named = envelope && status < 500 ? HALTS.get(code) : undefined;
  return named ?? (status === 401 ? 'key' : undefined);
}

function reasonOf({ status, envelope, code = '', message = '' }: Complaint): Reason | undefined {
  if (!envelope) return undefined;
  const coded = REASONS.get(code);
  // A server that failed may quote anything in its message.
  if (coded !== undefined || status >= 500) return coded;
  const words = upperUnderscored(message);
  return REASONS.get(WORDS.find((word) => words.includes(word)) ?? '');
}

function judgeSend({ status, envelope, code, retryAfterMs }: Complaint): Verdict {
  // Both are answered before the application has begun (fact sheet §2.4): the reference stays free. The edge may say
  // "too many requests" on a page of its own.
  if (status === 429 || (envelope && status === 503 && code === 'AUTH_UNAVAILABLE')) {
    return { kind: 'not-executed', waitMs: notExecutedWaitMs(retryAfterMs) };
  }
  if (!envelope) return { kind: 'doubt' };
  // "Timed out" and "conflict" may be said of a purchase that is under way.
  const definite = status >= 400 && status < 500 && status !== 408 && status !== 409;
  return definite ? { kind: 'refused', refusal: { reason: 'bad-request' } } : { kind: 'doubt' };
}

export const notExecutedWaitMs = (hintMs: number = WAIT_MS.usual): number =>
  // Whole, because it becomes a stored moment: "Retry-After: 1.2345" is no reason to lose the answer.
  Math.ceil(Math.min(WAIT_MS.most, Math.max(WAIT_MS.least, hintMs)));

function judgeRead({ status, envelope, code = '', retryAfterMs: waitMs }: Complaint): Verdict {
  if (REPEATABLE.has(status)) {
    return { kind: 'fault', code: status === 429 ? 'throttled' : 'server', repeatable: true, waitMs };
  }
  // A router that wraps "no such path" says nothing about the order that was asked for.
  if (status === 404 && envelope && !/ROUTE|ENDPOINT|PATH|METHOD/.test(code)) return { kind: 'not-found' };
  if (status === 400 && envelope) return { kind: 'refused', refusal: { reason: 'bad-request' } };
  return { kind: 'fault', code: envelope || status >= 500 ? 'server' : 'unreadable', repeatable: false };
}
