// Changes of the shop inside a batch: records, and money that no order moves. All of a change happens, or nothing.

import type { Changed, ShopChange } from '../app/ports.ts';
import { holderOf, type Account, type Entry } from '../domain/ledger.ts';
import { ZERO, type Centimes } from '../domain/money.ts';
import { recordKey } from '../domain/shop.ts';
import { memberIn, type DraftRecords, type DraftState } from './draft-state.ts';
import { makeShopRecord, type KeptRecord } from './shop-record.ts';
import { isOrderKind, posted, shortage } from './wallets.ts';

/** Such money is somebody's own, each entry is one of its own, and only a correction says by its sign where it goes. */
function checkMoney(entries: readonly Entry[]): void {
  const foreign = entries.find(({ account, kind }) => account === 'shop' || isOrderKind(kind));
  if (foreign !== undefined) throw new RangeError(`entry ${foreign.id} is an order's business`);
  const turned = entries.find(({ kind, amount }) => kind !== 'correction' && amount < 0);
  if (turned !== undefined) throw new RangeError(`entry ${turned.id} is below zero`);
  if (new Set(entries.map(({ id }) => id)).size < entries.length)
    throw new RangeError('an entry is there twice in one change');
}

/** What the change makes of the records; `stale` when it was decided on others. */
function drafted(
  { shop }: DraftState,
  { puts, lookedAt = [], drops = [] }: ShopChange,
): DraftRecords | 'stale' {
  if (lookedAt.some(({ key, rev }) => (shop.get(key)?.record.rev ?? 0) !== rev)) return 'stale';
  const drafts = new Map<string, KeptRecord | undefined>();
  const known = (key: string) => (drafts.has(key) ? drafts.get(key) : shop.get(key));
  for (const record of puts) {
    const key = recordKey(record);
    if (record.rev !== (known(key)?.record.rev ?? 0) + 1) return 'stale';
    drafts.set(key, makeShopRecord(record));
  }
  for (const key of drops) if (known(key) !== undefined) drafts.set(key, undefined);
  return drafts;
}

function keep({ shop }: DraftState, drafts: DraftRecords): void {
  for (const [key, kept] of drafts) {
    if (kept === undefined) shop.delete(key);
    else shop.set(key, kept);
  }
}

/** Throws RangeError for a change that contradicts itself. `added`: whether an entry of that id was added lately. */
export function changeShop(draft: DraftState, change: ShopChange, added: (id: string) => boolean): Changed {
  const { puts, entries, audit } = change;
  checkMoney(entries);
  if (entries.some(({ id }) => draft.moneyIds.has(id) || added(id))) return { kind: 'exists' };
  const drafts = drafted(draft, change);
  if (drafts === 'stale') return { kind: 'stale' };
  const moved = posted(draft.walletOf, entries);
  const ceilingOf = (account: Account): Centimes =>
    memberIn(draft, holderOf(account) ?? 0, drafts)?.ceiling ?? ZERO;
  const short = shortage(moved, ceilingOf);
  if (short !== undefined) return short;
  if (drafts.size === 0 && entries.length === 0 && audit.length === 0) return { kind: 'done' };
  const drops = [...drafts].flatMap(([key, kept]) => (kept === undefined ? [key] : []));
  draft.note({ puts, drops, entries, audit });
  keep(draft, drafts);
  draft.keepWallets(moved);
  draft.changed = true;
  return { kind: 'done' };
}
