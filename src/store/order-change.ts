// Changes of orders inside a batch: an opened one is judged by what its buyer may and has, a step by the revision it was
// decided on. Steps are never refused for money: what was held is paid or given back, whatever became of the wallet.

import type { Change, Opening } from '../app/ports.ts';
import { holderOf, post, type Entry } from '../domain/ledger.ts';
import { isClosed, type Draft, type Order, type Ref } from '../domain/order.ts';
import { accountOf } from '../domain/purchase.ts';
import type { AuditLine } from '../domain/shop.ts';
import { memberIn, type DraftState } from './draft-state.ts';
import { isBalanced, unposted } from './hot-state.ts';
import type { OrderRecord, OrderRecords } from './order-record.ts';
import { ofWallets, posted, shortage, type Shortage } from './wallets.ts';

/** What became of a change; `archived`: the reference was opened before and the order is closed. */
export type Verdict =
  | { readonly kind: 'done' | 'exists' | 'twin'; readonly order: Order }
  | { readonly kind: 'archived'; readonly ref: Ref }
  | { readonly kind: 'stale' | 'barred' }
  | Shortage;

export interface OrderChanges {
  readonly draft: DraftState;
  readonly records: OrderRecords;
  /** Whether a closed order has that reference. */
  readonly archived: (ref: Ref) => boolean;
  /** Orders beside the draft's that may be somebody's twin; of one that is in both, the draft's counts. */
  readonly recent: readonly Order[];
}

interface Putting {
  readonly order: Order;
  readonly before: readonly Entry[];
  readonly more: readonly Entry[];
  readonly audit: readonly AuditLine[];
}

function checkEntries({ order, entries }: OrderRecord): void {
  const foreign = entries.find(({ ref, account }) => ref !== order.ref || account !== order.account);
  if (foreign !== undefined) throw new RangeError(`entry ${foreign.id} is not of order ${order.ref}`);
  if (!isBalanced({ order, entries }))
    throw new RangeError(`the entries of order ${order.ref} do not match its state`);
}

/** Everything that may throw comes first, so that a change is taken in whole or not at all. */
function put({ draft, records }: OrderChanges, { order, before, more, audit }: Putting): Verdict {
  const fresh = unposted(before, more);
  const record = records.make(order, [...before, ...fresh]);
  checkEntries(record);
  const books = fresh.reduce(post, draft.books);
  const entries = ofWallets(fresh);
  const moved = posted(draft.walletOf, entries);
  if (entries.length > 0 || audit.length > 0) draft.note({ entries, puts: [], drops: [], audit });
  draft.books = books;
  draft.keepWallets(moved);
  if (isClosed(record.order)) {
    draft.orders.delete(order.ref);
    draft.closed.set(order.ref, record);
  } else draft.orders.set(order.ref, record);
  draft.changed = true;
  return { kind: 'done', order: record.order };
}

/** Why an order may not be opened on its buyer's own money. */
function refusal(draft: DraftState, order: Draft, entries: readonly Entry[]): Verdict | undefined {
  const holder = holderOf(order.account);
  if (holder === undefined) return undefined;
  const member = memberIn(draft, holder);
  if (member === undefined || member.frozen || member.role !== order.role) return { kind: 'barred' };
  return shortage(posted(draft.walletOf, ofWallets(entries)), () => member.ceiling);
}

const mayHaveBeenBought = ({ state }: Order): boolean =>
  state.name !== 'rejected' && state.name !== 'refunded';

/** The newest order since then that may have bought the same; a line is of one service. */
function twinOf({ draft, recent }: OrderChanges, asked: Draft, since: number): Order | undefined {
  const isTwin = (order: Order): boolean =>
    order.line === asked.line &&
    order.value === asked.value &&
    order.confirmedAt >= since &&
    mayHaveBeenBought(order);
  const { orders, closed } = draft;
  const here = [...orders.now().values(), ...closed.values()].map(({ order }) => order);
  const others = recent.filter(({ ref }) => orders.get(ref) === undefined && !closed.has(ref));
  const twins = [...here, ...others].filter(isTwin);
  return twins.sort((a, b) => b.confirmedAt - a.confirmedAt || b.no - a.no)[0];
}

/** Opens an order under the next number; throws RangeError when its money does not add up. */
export function openOrder(changes: OrderChanges, { order, entries, twinSince }: Opening): Verdict {
  const { draft, archived } = changes;
  const there = draft.orders.get(order.ref) ?? draft.closed.get(order.ref);
  if (there !== undefined) return { kind: 'exists', order: there.order };
  if (archived(order.ref)) return { kind: 'archived', ref: order.ref };
  // An agent who spends the shop's own credit would be a gift that no sum shows.
  if (order.account !== accountOf(order))
    throw new RangeError(`order ${order.ref} is not on its buyer's account`);
  const refused = refusal(draft, order, entries);
  if (refused !== undefined) return refused;
  const twin = twinSince === undefined ? undefined : twinOf(changes, order, twinSince);
  if (twin !== undefined) return { kind: 'twin', order: twin };
  const opened: Order = { ...order, no: draft.nextNo, rev: 1 };
  const verdict = put(changes, { order: opened, before: [], more: entries, audit: [] });
  draft.nextNo += 1;
  return verdict;
}

/** Replaces an order by its next revision; throws RangeError when its money does not add up. */
export function stepOrder(
  changes: OrderChanges,
  { order, entries, audit }: Extract<Change, { kind: 'step' }>,
): Verdict {
  const there = changes.draft.orders.get(order.ref);
  if (there?.order.rev !== order.rev - 1) return { kind: 'stale' };
  const { no, account } = there.order;
  if (no !== order.no || account !== order.account)
    throw new RangeError(`order ${order.ref} can't change its number or its account`);
  const audits = audit === undefined ? [] : [audit];
  return put(changes, { order, before: there.entries, more: entries, audit: audits });
}
