// Invitations: one-time links that owners make and one person comes in by. A link that was used or has become too old
// leaves a trace for a while, so that whoever comes late hears what happened to it; the rest is in the audit.

import { createHash } from 'node:crypto';
import { INVITE_MS, MOST_SPENT, SPENT_MS, type Ask, type Invite, type SpentLink } from '../domain/door.ts';
import { newMember, recordKey, type AuditLine, type GivenRole, type Member } from '../domain/shop.ts';
import type { Clock, ShopChange, Store } from './ports.ts';
import { lookedAt, untilFresh } from './shop-change.ts';
import type { Person, Standings } from './standing.ts';

export type JoinNo = 'no-such-invite' | 'used' | 'expired' | 'own-invite' | 'is-member' | 'removed';

/** `ask`: the person's request to be let in, which is settled by this. */
export type JoinResult =
  | {
      readonly kind: 'joined';
      readonly member: Member;
      readonly by: number;
      readonly ask: Ask | undefined;
    }
  | { readonly kind: 'refused'; readonly why: JoinNo };

type Changes = Pick<ShopChange, 'puts'> & { readonly drops: readonly string[] };

const idOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 32);

const spentBy = ({ id, until }: Invite, used: boolean): SpentLink => ({
  ...{ kind: 'spent', id, rev: 1, used, until },
});

export function createInvites(deps: {
  store: Store;
  standings: Standings;
  clock: Clock;
  /** At least 16 letters and digits that nobody can guess. */
  newToken: () => string;
}) {
  const { store, standings, clock, newToken } = deps;

  /** What has become of old links: those that nobody used leave a trace, and old traces go. */
  async function untidy(): Promise<Changes> {
    const now = clock();
    const expired = (await store.records('invite')).filter(({ until }) => now >= until);
    const spent = (await store.records('spent')).toSorted((a, b) => b.until - a.until);
    const gone = spent.filter(({ until }, i) => now - until > SPENT_MS || i >= MOST_SPENT - expired.length);
    return {
      puts: expired.map((invite) => spentBy(invite, false)),
      drops: [...expired, ...gone].map(recordKey),
    };
  }

  /** Why this person can't come in by this link. */
  function refusal(
    person: Person,
    link: Invite | SpentLink | undefined,
    known: Member | undefined,
  ): JoinNo | undefined {
    if (link === undefined) return 'no-such-invite';
    if (standings.isOwner(person.id)) return 'own-invite';
    if (known !== undefined) return known.role === null ? 'removed' : 'is-member';
    if (link.kind === 'spent') return link.used ? 'used' : 'expired';
    // An invitation is worth as much as the word of who made it.
    return clock() >= link.until || !standings.isOwner(link.by) ? 'expired' : undefined;
  }

  /** Spends the link and lets the person in, together or not at all. */
  async function tryToJoin(person: Person, token: string): Promise<JoinResult | 'stale'> {
    const id = idOf(token);
    const [invite, spent] = [await store.record('invite', id), await store.record('spent', id)];
    const [known, ask] = [await store.record('member', person.id), await store.record('ask', person.id)];
    const why = refusal(person, invite ?? spent, known);
    if (why !== undefined || invite === undefined) return { kind: 'refused', why: why ?? 'no-such-invite' };
    const { role, by } = invite;
    const member: Member = { ...newMember(person, clock()), role, rev: 1 };
    const audit: AuditLine = {
      ...{ by: String(person.id), at: clock(), what: 'joined', about: String(person.id) },
      ...{ note: { kind: 'came-in', role, by }, why: '' },
    };
    const changed = await store.change({
      puts: [member, spentBy(invite, true)],
      lookedAt: [lookedAt('invite', id, invite), lookedAt('ask', person.id, ask)],
      drops: [recordKey(invite), ...(ask === undefined ? [] : [recordKey(ask)])],
      entries: [],
      audit: [audit],
    });
    return changed.kind === 'done' ? { kind: 'joined', member, by, ask } : 'stale';
  }

  return {
    /** A one-time link's token. Undefined for anybody but an owner. */
    invite: async (by: number, role: GivenRole): Promise<{ token: string; until: number } | undefined> => {
      if (!standings.isOwner(by)) return undefined;
      const [token, at] = [newToken(), clock()];
      const until = at + INVITE_MS;
      const record: Invite = { kind: 'invite', id: idOf(token), rev: 1, role, by, at, until };
      const note = { kind: 'link', role } as const;
      const line: AuditLine = { by: String(by), at, what: 'invite', about: 'shop', note, why: '' };
      await store.change({ puts: [record], entries: [], audit: [line] });
      return { token, until };
    },

    /** Somebody follows an invitation. */
    join: (person: Person, token: string): Promise<JoinResult> => untilFresh(() => tryToJoin(person, token)),

    untidy,
  };
}
