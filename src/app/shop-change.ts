// Changes of the shop's records by people: read, decide, commit; decided again when somebody was faster.

import type { Entry } from '../domain/ledger.ts';
import {
  recordKey,
  type AuditLine,
  type RecordKind,
  type RecordOf,
  type ShopRecord,
} from '../domain/shop.ts';
import type { Changed, LookedAt, Store } from './ports.ts';

/** A decided change of one record, with the money that moves in the same breath. */
export interface Decision<R extends ShopRecord> {
  /** Its revision is set by whoever commits it. */
  readonly next: R;
  readonly entries?: readonly Entry[];
  readonly audit: readonly AuditLine[];
}

export type Outcome<R, No> =
  | { readonly kind: 'done'; readonly record: R }
  | { readonly kind: 'refused'; readonly why: No }
  | Exclude<Changed, { kind: 'done' | 'stale' }>;

const MAX_ATTEMPTS = 10;

const isDecision = <R extends ShopRecord>(
  decided: Decision<R> | { readonly no: unknown },
): decided is Decision<R> => 'next' in decided;

/** A record as it was seen, there or not. */
export const lookedAt = (kind: RecordKind, id: string | number, seen: ShopRecord | undefined): LookedAt => ({
  key: recordKey({ kind, id }),
  rev: seen?.rev ?? 0,
});

/** Reads, decides and commits, again as long as that is `stale` in the end. */
export async function untilFresh<T>(attempt: () => Promise<T | 'stale'>): Promise<T> {
  for (let count = 0; count < MAX_ATTEMPTS; count += 1) {
    const result = await attempt();
    if (result !== 'stale') return result;
  }
  throw new Error('the shop’s records are changed by too many at once');
}

/** Applies `decide` to the record as it is now. It may run more than once and must not do anything but decide. */
export const changeRecord = <K extends RecordKind, No>(
  store: Store,
  kind: K,
  id: string | number,
  decide: (now: RecordOf<K> | undefined) => Decision<RecordOf<K>> | { readonly no: No },
): Promise<Outcome<RecordOf<K>, No>> =>
  untilFresh<Outcome<RecordOf<K>, No>>(async () => {
    const known = await store.record(kind, id);
    const decided = decide(known);
    if (!isDecision(decided)) return { kind: 'refused', why: decided.no };
    const record = { ...decided.next, rev: (known?.rev ?? 0) + 1 };
    const { entries = [], audit } = decided;
    const changed = await store.change({ puts: [record], entries, audit });
    if (changed.kind === 'done') return { kind: 'done', record };
    return changed.kind === 'stale' ? 'stale' : changed;
  });
