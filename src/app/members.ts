// Who is let in: invitations, strangers' requests, roles, freezing. Owners alone decide, and that is asked each time.

import { createHash } from 'node:crypto';
import type { Centimes } from '../domain/money.ts';
import { ZERO } from '../domain/money.ts';
import { ruleAsTyped, type PriceRule } from '../domain/pricing.ts';
import {
  newMember,
  recordKey,
  type AuditLine,
  type GivenRole,
  type Invite,
  type Member,
} from '../domain/shop.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord, type Outcome } from './shop-change.ts';
import type { Person, Standings } from './standing.ts';

/** How long an invitation can be used. */
export const INVITE_MS = 3 * 24 * 3_600_000;
/** How long an old invitation is known, so that whoever comes late hears what happened to it. */
const KEEP_INVITE_MS = 30 * 24 * 3_600_000;
/** Somebody who is changed by others at the same moment is let in at the next try. */
const JOIN_ATTEMPTS = 5;
/** In how many lines of the audit the answer to a request is looked for. */
const RECENT_LINES = 200;

export type MemberNo =
  | 'owners-only'
  | 'no-such-person'
  /** Owners are named in the settings; their role can't be changed in the chat. */
  | 'is-owner'
  | 'as-it-was'
  /** Credit is for agents. */
  | 'agents-only';

export type MemberOutcome = Outcome<Member, MemberNo>;

export type JoinNo = 'no-such-invite' | 'used' | 'expired' | 'own-invite' | 'is-member' | 'removed';

/**
 * `asked`: owners should hear; `waiting`: they have heard already. `turned-away`: they said no, and another request would
 * not change it; `removed`: once let in, and shut out since.
 */
export type AskOutcome = 'asked' | 'waiting' | 'is-member' | 'turned-away' | 'removed';

export type JoinResult =
  | { readonly kind: 'joined'; readonly member: Member; readonly by: number }
  | { readonly kind: 'refused'; readonly why: JoinNo };

export type Members = ReturnType<typeof createMembers>;

const idOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 32);

export function createMembers(deps: {
  store: Store;
  standings: Standings;
  clock: Clock;
  /** At least 16 letters and digits that nobody can guess. */
  newToken: () => string;
}) {
  const { store, standings, clock, newToken } = deps;

  const line = (by: number, what: AuditLine['what'], about: number | string, why: string): AuditLine => ({
    by: String(by),
    at: clock(),
    what,
    about: String(about),
    why,
  });

  /** An owner changes a member; `decide` gives the next record, or why not. */
  async function manage(
    by: number,
    person: number,
    decide: (member: Member) => { next: Member; what: AuditLine['what']; why: string } | { no: MemberNo },
  ): Promise<MemberOutcome> {
    if (!standings.isOwner(by)) return { kind: 'refused', why: 'owners-only' };
    if (standings.isOwner(person)) return { kind: 'refused', why: 'is-owner' };
    return changeRecord<'member', MemberNo>(store, 'member', person, (member) => {
      if (member === undefined) return { no: 'no-such-person' };
      const decided = decide(member);
      if ('no' in decided) return decided;
      return { next: decided.next, audit: [line(by, decided.what, person, decided.why)] };
    });
  }

  /** Why this person can't come in by this invitation. */
  function joinRefusal(
    person: Person,
    invite: Invite | undefined,
    known: Member | undefined,
  ): JoinNo | undefined {
    if (invite === undefined) return 'no-such-invite';
    if (standings.isOwner(person.id)) return 'own-invite';
    if (known !== undefined && known.role !== null) return 'is-member';
    if (known?.frozen === true) return 'removed';
    if (invite.usedBy !== null) return 'used';
    // An invitation is worth as much as the word of who made it.
    return clock() >= invite.until || !standings.isOwner(invite.by) ? 'expired' : undefined;
  }

  /** Marks the invitation used and lets the person in, together or not at all; undefined when somebody was faster. */
  async function tryToJoin(person: Person, token: string): Promise<JoinResult | undefined> {
    const [invite, known] = await Promise.all([
      store.record('invite', idOf(token)),
      store.record('member', person.id),
    ]);
    const why = joinRefusal(person, invite, known);
    if (why !== undefined || invite === undefined) return { kind: 'refused', why: why ?? 'no-such-invite' };
    const base = known ?? newMember(person, clock());
    const { role, by } = invite;
    const member: Member = { ...base, ...person, role, askedAt: null, rev: base.rev + 1 };
    const used: Invite = { ...invite, usedBy: person.id, rev: invite.rev + 1 };
    const audit = [line(person.id, 'joined', person.id, `${role}, invited by ${by}`)];
    const changed = await store.change({ puts: [used, member], entries: [], audit });
    return changed.kind === 'done' ? { kind: 'joined', member, by } : undefined;
  }

  return {
    /** A one-time link's token. Undefined for anybody but an owner. */
    invite: async (by: number, role: GivenRole): Promise<{ token: string; until: number } | undefined> => {
      if (!standings.isOwner(by)) return undefined;
      const [token, at] = [newToken(), clock()];
      const until = at + INVITE_MS;
      const record: Invite = { kind: 'invite', id: idOf(token), rev: 1, role, by, at, until, usedBy: null };
      const old = (await store.records('invite')).filter((one) => at - one.until > KEEP_INVITE_MS);
      await store.change({
        puts: [record],
        drops: old.map(recordKey),
        entries: [],
        audit: [line(by, 'invite', role, 'one-time link')],
      });
      return { token, until };
    },

    /** Somebody follows an invitation. */
    join: async (person: Person, token: string): Promise<JoinResult> => {
      for (let attempt = 0; attempt < JOIN_ATTEMPTS; attempt += 1) {
        const joined = await tryToJoin(person, token);
        if (joined !== undefined) return joined;
      }
      return { kind: 'refused', why: 'used' };
    },

    /** A stranger asks to be let in; once. */
    ask: async (person: Person): Promise<AskOutcome> => {
      if (standings.isOwner(person.id)) return 'is-member';
      const asking = await changeRecord<'member', AskOutcome>(store, 'member', person.id, (known) => {
        if (known !== undefined && known.role !== null) return { no: 'is-member' };
        if (known?.frozen === true) return { no: 'removed' };
        if (known !== undefined) return { no: known.askedAt === null ? 'turned-away' : 'waiting' };
        return { next: { ...newMember(person, clock()), askedAt: clock() }, audit: [] };
      });
      if (asking.kind === 'done') return 'asked';
      return asking.kind === 'refused' ? asking.why : 'waiting';
    },

    /** Whose answer let a person in or sent them away last; undefined when it is long ago. Telegram id. */
    answeredBy: async (person: number): Promise<number | undefined> => {
      const { rows } = await store.auditTrail(null, RECENT_LINES);
      const found = rows.find(({ what, about }) => what === 'role' && about === String(person));
      return found === undefined ? undefined : Number(found.by);
    },

    /** An owner's answer to a stranger: the first one counts. */
    answer: (by: number, person: number, role: GivenRole | null): Promise<MemberOutcome> =>
      manage(by, person, (member) =>
        member.askedAt === null || member.role !== null
          ? { no: 'as-it-was' }
          : { next: { ...member, role, askedAt: null }, what: 'role', why: role ?? 'turned away' },
      ),

    setRole: (by: number, person: number, role: GivenRole): Promise<MemberOutcome> =>
      manage(by, person, (member) =>
        member.role === role
          ? { no: 'as-it-was' }
          : {
              next: {
                ...{ ...member, role, askedAt: null },
                // Credit is for agents: it does not stay behind with a customer.
                ceiling: role === 'agent' ? member.ceiling : ZERO,
                // Whoever is let in again after having been removed may buy.
                frozen: member.role !== null && member.frozen,
              },
              what: 'role',
              why: `${member.role ?? 'nobody'} to ${role}`,
            },
      ),

    /** No new orders from now on; open ones go on. */
    setFrozen: (by: number, person: number, frozen: boolean): Promise<MemberOutcome> =>
      manage(by, person, (member) => {
        if (member.role === null) return { no: 'no-such-person' };
        if (member.frozen === frozen) return { no: 'as-it-was' };
        return { next: { ...member, frozen }, what: frozen ? 'freeze' : 'unfreeze', why: '' };
      }),

    /** The person may not buy any more, nor come back by a link; what is on the wallet stays on the books. */
    remove: (by: number, person: number): Promise<MemberOutcome> =>
      manage(by, person, (member) =>
        member.role === null
          ? { no: 'as-it-was' }
          : {
              next: { ...member, role: null, frozen: true, ceiling: ZERO, askedAt: null },
              what: 'remove',
              why: member.role,
            },
      ),

    setCeiling: (by: number, person: number, ceiling: Centimes): Promise<MemberOutcome> =>
      manage(by, person, (member) => {
        if (member.role !== 'agent') return { no: 'agents-only' };
        if (member.ceiling === ceiling) return { no: 'as-it-was' };
        const why = `${member.ceiling} to ${ceiling} centimes`;
        return { next: { ...member, ceiling }, what: 'ceiling', why };
      }),

    /** The person's own price; null goes back to the price of the role. */
    setRule: (
      by: number,
      person: number,
      rule: PriceRule | null,
      belowCost: boolean,
    ): Promise<MemberOutcome> =>
      manage(by, person, (member) => ({
        next: { ...member, rule, belowCost },
        what: 'price',
        why: `${rule === null ? 'price of the role' : ruleAsTyped(rule)}${belowCost ? ', also below cost' : ''}`,
      })),

    /** Everybody who was ever let in or asks to be, by name. */
    all: async (): Promise<readonly Member[]> =>
      (await store.records('member')).toSorted((a, b) => a.name.localeCompare(b.name)),
  };
}
