// Strangers who ask to be let in. Each asks once at a time and not again for a while after a no; owners get a card of
// each, up to so many an hour. The first owner's answer counts, and is known for as long as somebody may come late.

import { isForgotten, quietUntil, type Ask } from '../domain/door.ts';
import {
  newMember,
  recordKey,
  type AuditLine,
  type GivenRole,
  type Member,
  type ShopRecord,
} from '../domain/shop.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord, lookedAt, untilFresh } from './shop-change.ts';
import type { Person, Standings } from './standing.ts';
import { createTurns } from './turns.ts';

const HOUR_MS = 3_600_000;
/** Cards that owners get in an hour. */
export const CARDS_AN_HOUR = 10;
/** Requests that may wait for an answer; more than any shop answers. */
export const MOST_WAITING = 200;

/** What owners are shown of a new request; `line`: the first of this hour without a card, `nothing`: one of those after. */
export type Announcement = 'card' | 'line' | 'nothing';

/**
 * `asked`: owners should hear; `uncarded` counts this hour's requests without a card. `waiting`: they have heard already.
 * `turned-away`: they said no, and until then another request would not change it; `removed`: once let in, and shut out
 * since; `full`: too many wait already.
 */
export type Asking =
  | { readonly kind: 'asked'; readonly announce: Announcement; readonly uncarded: number }
  | { readonly kind: 'turned-away'; readonly until: number }
  | { readonly kind: 'waiting' | 'is-member' | 'removed' | 'full' };

/** What became of an owner's answer. `before`: another was faster, or the person has come in by a link. */
export type Answering =
  | { readonly kind: 'done'; readonly ask: Ask; readonly member: Member | undefined }
  | { readonly kind: 'before'; readonly ask: Ask | undefined; readonly member: Member | undefined }
  | { readonly kind: 'refused'; readonly why: 'owners-only' | 'no-such-person' };

export function createAsks(deps: { store: Store; standings: Standings; clock: Clock }) {
  const { store, standings, clock } = deps;

  /** The line that says who answered; the name of whoever was turned away is kept nowhere else. */
  const lineOf = (ask: Ask, by: number, role: GivenRole | null): AuditLine => ({
    ...{ by: String(by), at: clock(), what: 'role', about: String(ask.id) },
    ...(role === null
      ? { note: { kind: 'turned-away' }, why: ask.name }
      : { note: { kind: 'role', from: null, to: role }, why: '' }),
  });

  /** How this hour's requests were brought to the owners. */
  const countThisHour = (asks: readonly Ask[]) => {
    const recent = asks.filter(({ at }) => clock() - at < HOUR_MS);
    const carded = recent.filter((one) => one.carded).length;
    return { carded, uncarded: recent.length - carded };
  };

  async function ask(person: Person): Promise<Asking> {
    if (standings.isOwner(person.id)) return { kind: 'is-member' };
    const member = await store.record('member', person.id);
    if (member !== undefined) return { kind: member.role === null ? 'removed' : 'is-member' };
    const asks = await store.records('ask');
    const { carded, uncarded } = countThisHour(asks);
    const isFull = asks.filter(({ answer }) => answer === null).length >= MOST_WAITING;
    const getsCard = carded < CARDS_AN_HOUR;
    const asking = await changeRecord<'ask', Asking>(store, 'ask', person.id, (known) => {
      const now = clock();
      const until = known === undefined ? undefined : quietUntil(known, now);
      if (until !== undefined) return { no: { kind: 'turned-away', until } };
      if (known?.answer === null && !isForgotten(known, now)) return { no: { kind: 'waiting' } };
      if (isFull) return { no: { kind: 'full' } };
      const { id, name, username } = person;
      const next: Ask = {
        ...{ kind: 'ask', id, rev: 0, name, username },
        ...{ at: now, carded: getsCard, cards: [], answer: null },
      };
      return { next, audit: [] };
    });
    if (asking.kind === 'refused') return asking.why;
    const announce = getsCard ? 'card' : uncarded === 0 ? 'line' : 'nothing';
    return { kind: 'asked', announce, uncarded: uncarded + (getsCard ? 0 : 1) };
  }

  async function tryToAnswer(
    { id: by, name }: { readonly id: number; readonly name: string },
    person: number,
    role: GivenRole | null,
  ): Promise<Answering | 'stale'> {
    const [known, member] = [await store.record('ask', person), await store.record('member', person)];
    if (known === undefined && member === undefined) return { kind: 'refused', why: 'no-such-person' };
    if (known?.answer !== null || member !== undefined) return { kind: 'before', ask: known, member };
    const answered: Ask = { ...known, rev: known.rev + 1, answer: { role, by, name, at: clock() } };
    const come: Member | undefined =
      role === null ? undefined : { ...newMember(known, clock()), role, rev: 1 };
    const puts: readonly ShopRecord[] = come === undefined ? [answered] : [answered, come];
    const changed = await store.change({
      puts,
      lookedAt: [lookedAt('member', person, member)],
      entries: [],
      audit: [lineOf(known, by, role)],
    });
    return changed.kind === 'done' ? { kind: 'done', ask: answered, member: come } : 'stale';
  }

  /** Counted and written down one by one: whoever comes in a crowd would otherwise not be counted. */
  const inTurn = createTurns();

  return {
    ask: (person: Person): Promise<Asking> => inTurn(() => ask(person)),

    /** An owner's answer to a stranger: the first one counts. */
    answer: (
      by: { readonly id: number; readonly name: string },
      person: number,
      role: GivenRole | null,
    ): Promise<Answering> =>
      standings.isOwner(by.id)
        ? untilFresh(() => tryToAnswer(by, person, role))
        : Promise.resolve({ kind: 'refused', why: 'owners-only' }),

    /** Where the owners' cards stand; resolves to the request as it then is, undefined when it is settled otherwise. */
    rememberCards: async (person: number, cards: Ask['cards']): Promise<Ask | undefined> => {
      const kept = await changeRecord<'ask', 'gone'>(store, 'ask', person, (known) =>
        known === undefined ? { no: 'gone' } : { next: { ...known, cards }, audit: [] },
      );
      return kept.kind === 'done' ? kept.record : undefined;
    },

    /** The records of requests that nobody will ask about any more. */
    untidy: async (): Promise<readonly string[]> =>
      (await store.records('ask')).filter((one) => isForgotten(one, clock())).map(recordKey),
  };
}
