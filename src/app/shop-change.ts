// One record of the shop changed by one person: read, decide, commit; decided again when somebody was faster.

import type { Entry } from '../domain/ledger.ts';
import type { AuditLine, RecordKind, RecordOf, ShopRecord } from '../domain/shop.ts';
import type { Changed, Store } from './ports.ts';

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

/** Applies `decide` to the record as it is now. It may run more than once and must not do anything but decide. */
export async function changeRecord<K extends RecordKind, No>(
  store: Store,
  kind: K,
  id: string | number,
  decide: (now: RecordOf<K> | undefined) => Decision<RecordOf<K>> | { readonly no: No },
): Promise<Outcome<RecordOf<K>, No>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const known = await store.record(kind, id);
    const decided = decide(known);
    if (!isDecision(decided)) return { kind: 'refused', why: decided.no };
    const record = { ...decided.next, rev: (known?.rev ?? 0) + 1 };
    const { entries = [], audit } = decided;
    const changed = await store.change({ puts: [record], entries, audit });
    if (changed.kind === 'done') return { kind: 'done', record };
    if (changed.kind !== 'stale') return changed;
  }
  throw new Error(`${kind} ${id} is changed by too many at once`);
}
