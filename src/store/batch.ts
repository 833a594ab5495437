// How changes that are written together turn one state into the next. Each is judged on top of those before it, so that
// of fifty purchases at once only those that there is money for come through.

import type { Change, Changed, ShopChange } from '../app/ports.ts';
import type { Order, Ref } from '../domain/order.ts';
import { draftState, type Carry } from './draft-state.ts';
import type { HotState } from './hot-state.ts';
import type { NewLine } from './journal-line.ts';
import { openOrder, stepOrder, type OrderChanges, type Verdict } from './order-change.ts';
import type { OrderRecord, OrderRecords } from './order-record.ts';
import { changeShop } from './shop-change.ts';

export interface Batch {
  /** Takes one change in, on top of those before it; throws RangeError for one that contradicts itself. */
  commit(change: Change): Verdict;
  change(change: ShopChange): Changed;
  /** Orders that this batch closes: they belong in the archive before `next` is written. */
  closed(): readonly OrderRecord[];
  /** What belongs in the journal before `next` is written. */
  lines(): readonly NewLine[];
  changed(): boolean;
  /** The state with everything taken in so far. */
  next(): HotState;
}

export interface BatchOptions {
  readonly records: OrderRecords;
  /** Whether a closed order has that reference. */
  readonly archived: (ref: Ref) => boolean;
  /** Orders beside the state's that may be somebody's twin. */
  readonly recent: readonly Order[];
  /** Whether an entry of that id was added lately. */
  readonly added: (id: string) => boolean;
  /** Epoch ms. */
  readonly now: number;
  readonly carry: Carry;
}

/** Begins a batch on a committed state. */
export function startBatch(from: HotState, options: BatchOptions): Batch {
  const { records, archived, recent, added, now, carry } = options;
  const draft = draftState(from, now, carry);
  const orders: OrderChanges = { draft, records, archived, recent };
  return {
    commit: (change) => (change.kind === 'open' ? openOrder(orders, change) : stepOrder(orders, change)),
    change: (change) => changeShop(draft, change, added),
    closed: () => [...draft.closed.values()],
    lines: draft.lines,
    changed: () => draft.changed,
    next: draft.next,
  };
}
