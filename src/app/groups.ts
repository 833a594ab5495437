// In which groups the shop serves. An owner's word counts, given by adding the bot or by /allow, and can be taken back.
// It counts for as long as whoever gave it is an owner: after that another owner has to give it again.

import { recordKey, type AuditLine, type Group, type KeptOrder } from '../domain/shop.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord, lookedAt, untilFresh, type Outcome } from './shop-change.ts';
import type { Standings } from './standing.ts';

export type GroupOutcome = Outcome<Group, 'owners-only' | 'as-it-was'>;

/** `lapsed`: allowed by somebody who is no longer an owner. */
export type GroupStanding = 'served' | 'lapsed' | 'not-served';

/** A group that was allowed, and whether that still counts. */
export interface AllowedGroup {
  readonly group: Group;
  readonly lapsed: boolean;
}

/** Groups that are remembered where the shop does not serve: anybody may add the bot to any number of them. */
export const MOST_TOLD_OFF = 500;

export type Groups = ReturnType<typeof createGroups>;

export function createGroups({
  store,
  standings,
  clock,
}: {
  store: Store;
  standings: Standings;
  clock: Clock;
}) {
  const fresh = (id: number, title: string): Group => ({
    ...{ kind: 'group', id, rev: 0, title, allowed: false, by: 0, at: clock(), toldOff: false },
  });

  const standingOf = (group: Group | undefined): GroupStanding =>
    group?.allowed !== true ? 'not-served' : standings.isOwner(group.by) ? 'served' : 'lapsed';

  const line = (by: number, what: AuditLine['what'], { id, title }: Group): AuditLine => ({
    by: String(by),
    at: clock(),
    what,
    about: String(id),
    why: title,
  });

  return {
    standing: async (id: number): Promise<GroupStanding> => standingOf(await store.record('group', id)),

    /** An owner wants the shop to serve there; also in place of somebody whose word no longer counts. */
    allow: (by: number, id: number, title: string): Promise<GroupOutcome> => {
      if (!standings.isOwner(by)) return Promise.resolve({ kind: 'refused', why: 'owners-only' });
      return changeRecord<'group', 'owners-only' | 'as-it-was'>(store, 'group', id, (known) => {
        if (standingOf(known) === 'served') return { no: 'as-it-was' };
        const base = known ?? fresh(id, title);
        const next = { ...base, title, allowed: true, by, at: clock(), toldOff: false };
        return { next, audit: [line(by, 'group-allowed', next)] };
      });
    },

    /** An owner takes it back. Open orders go on. */
    revoke: async (by: number, id: number): Promise<GroupOutcome> => {
      if (!standings.isOwner(by)) return { kind: 'refused', why: 'owners-only' };
      const revoked = await changeRecord<'group', 'owners-only' | 'as-it-was'>(
        store,
        'group',
        id,
        (known) => {
          if (known?.allowed !== true) return { no: 'as-it-was' };
          const next = { ...known, allowed: false, by, at: clock(), toldOff: false };
          return { next, audit: [line(by, 'group-revoked', next)] };
        },
      );
      if (revoked.kind === 'done') await leaveGroup(store, id);
      return revoked;
    },

    /** The bot can't write there any more. */
    leave: (id: number): Promise<void> => leaveGroup(store, id),

    /** True once for each group where the shop does not serve (any more): that is when it says so. */
    mayTellOff: async (id: number, title: string): Promise<boolean> => {
      const told = await changeRecord<'group', 'told'>(store, 'group', id, (known) =>
        known?.toldOff === true || standingOf(known) === 'served'
          ? { no: 'told' }
          : { next: { ...(known ?? fresh(id, title)), toldOff: true }, audit: [] },
      );
      return told.kind === 'done';
    },

    /** Forgets where the shop said longest ago that it does not serve; it would say so once more. */
    tidy: async (): Promise<void> => {
      const idle = (await store.records('group')).filter(({ allowed }) => !allowed);
      const old = idle.toSorted((a, b) => b.at - a.at).slice(MOST_TOLD_OFF);
      if (old.length === 0) return;
      const seen = old.map((group) => lookedAt('group', group.id, group));
      await store.change({ puts: [], lookedAt: seen, drops: old.map(recordKey), entries: [], audit: [] });
    },

    /** A group became a supergroup: its new id inherits what was said of the old one. */
    move: (from: number, to: number): Promise<void> => moveGroup(store, from, to),

    /** Every group that was allowed, the latest first; empty for anybody but an owner. */
    allowed: async (by: number): Promise<readonly AllowedGroup[]> => {
      if (!standings.isOwner(by)) return [];
      const groups = (await store.records('group')).filter(({ allowed }) => allowed);
      return groups
        .toSorted((a, b) => b.at - a.at || a.id - b.id)
        .map((group) => ({ group, lapsed: standingOf(group) === 'lapsed' }));
    },
  };
}

/** Purchases that wait for money, begun in this group. */
const keptIn = async (store: Store, id: number): Promise<readonly KeptOrder[]> =>
  (await store.records('kept')).filter(({ chatId }) => chatId === id);

/** What waits for money comes back to its buyer in private. */
function leaveGroup(store: Store, id: number): Promise<void> {
  return untilFresh(async () => {
    const puts = (await keptIn(store, id)).map((kept) => ({
      ...{ ...kept, rev: kept.rev + 1 },
      ...{ chatId: kept.id, threadId: null, promptId: null },
    }));
    if (puts.length === 0) return;
    const changed = await store.change({ puts, entries: [], audit: [] });
    return changed.kind === 'stale' ? 'stale' : undefined;
  });
}

/**
 * The new id of a group inherits what was said of the old one, and the purchases that wait there; the old one is
 * forgotten. What an owner has said of the new id meanwhile stays. Safe to repeat.
 */
export function moveGroup(store: Store, from: number, to: number): Promise<void> {
  return untilFresh(async () => {
    const [known, there] = await Promise.all([store.record('group', from), store.record('group', to)]);
    if (known === undefined) return;
    const moved: Group = { ...known, id: to, rev: (there?.rev ?? 0) + 1 };
    const kept = (await keptIn(store, from)).map((one) => ({
      ...{ ...one, chatId: to, rev: one.rev + 1 },
      // Messages are numbered anew there: the old number may be another message's.
      promptId: null,
    }));
    const puts = [...(there?.allowed === true ? [] : [moved]), ...kept];
    const changed = await store.change({ puts, drops: [recordKey(known)], entries: [], audit: [] });
    return changed.kind === 'stale' ? 'stale' : undefined;
  });
}
