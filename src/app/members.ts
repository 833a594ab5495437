// Who is let in: invitations, strangers' requests, roles, freezing. Owners alone decide, and that is asked each time.

import { quietUntil, type Ask } from '../domain/door.ts';
import { ZERO, type Centimes } from '../domain/money.ts';
import type { PriceRule } from '../domain/pricing.ts';
import { newMember, type AuditLine, type GivenRole, type Member } from '../domain/shop.ts';
import { createAsks } from './asks.ts';
import { createInvites } from './invites.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord, type Outcome } from './shop-change.ts';
import type { Standings } from './standing.ts';

export type MemberNo =
  | 'owners-only'
  | 'no-such-person'
  /** Owners are named in the settings; their role can't be changed in the chat. */
  | 'is-owner'
  | 'as-it-was'
  /** Credit is for agents. */
  | 'agents-only';

export type MemberOutcome = Outcome<Member, MemberNo>;

/** Somebody whom the shop knows: let in, let in once, or asking to be; `ask` is null once that is settled. */
export interface Known {
  readonly member: Member;
  readonly ask: Ask | null;
}

export type Members = ReturnType<typeof createMembers>;

/** Somebody who only asks, as a member without a role. */
const asMember = (ask: Ask): Member => newMember(ask, ask.at);

export function createMembers(deps: {
  store: Store;
  standings: Standings;
  clock: Clock;
  /** At least 16 letters and digits that nobody can guess. */
  newToken: () => string;
  /** Somebody may spend more than before: whatever waited for money may go on. */
  filled: (person: number) => void;
}) {
  const { store, standings, clock, filled } = deps;
  const { untidy: oldLinks, ...invites } = createInvites(deps);
  const { untidy: oldAsks, ...asks } = createAsks(deps);

  /** What is done, and what there is to say of it. */
  type Deed = Pick<AuditLine, 'what' | 'note'>;

  const line = (by: number, about: number, deed: Deed): AuditLine => ({
    ...{ by: String(by), at: clock(), about: String(about), why: '' },
    ...deed,
  });

  /** An owner changes a member; `decide` gives the next record, or why not. `stranger`: who may become one by it. */
  async function manage(
    by: number,
    person: number,
    decide: (member: Member) => { next: Member; deed: Deed } | { no: MemberNo },
    stranger?: Member,
  ): Promise<MemberOutcome> {
    if (!standings.isOwner(by)) return { kind: 'refused', why: 'owners-only' };
    if (standings.isOwner(person)) return { kind: 'refused', why: 'is-owner' };
    return changeRecord<'member', MemberNo>(store, 'member', person, (member = stranger) => {
      if (member === undefined) return { no: 'no-such-person' };
      const decided = decide(member);
      if ('no' in decided) return decided;
      const { next, deed } = decided;
      const [from, to] = [member.ceiling, next.ceiling];
      const lost: Deed = { what: 'ceiling', note: { kind: 'ceiling', from, to } };
      // Credit that goes with a role is money too, and is told as such.
      const deeds = from === to || deed.what === 'ceiling' ? [deed] : [deed, lost];
      return { next, audit: deeds.map((one) => line(by, person, one)) };
    });
  }

  const isWaiting = (ask: Ask): boolean => ask.answer === null || quietUntil(ask, clock()) !== undefined;

  async function known(person: number): Promise<Known | undefined> {
    const [member, ask] = [await store.record('member', person), await store.record('ask', person)];
    if (member !== undefined) return { member, ask: null };
    return ask === undefined || !isWaiting(ask) ? undefined : { member: asMember(ask), ask };
  }

  return {
    ...invites,
    ...asks,
    known,

    /** Also lets in whoever was removed, or refused lately. */
    setRole: async (by: number, person: number, role: GivenRole): Promise<MemberOutcome> =>
      manage(
        by,
        person,
        (member) =>
          member.role === role
            ? { no: 'as-it-was' }
            : {
                next: {
                  ...{ ...member, role },
                  // Credit is for agents: it does not stay behind with a customer.
                  ceiling: role === 'agent' ? member.ceiling : ZERO,
                  // Whoever is let in again after having been removed may buy.
                  frozen: member.role !== null && member.frozen,
                },
                deed: { what: 'role', note: { kind: 'role', from: member.role, to: role } },
              },
        (await known(person))?.member,
      ),

    /** No new orders from now on; open ones go on. */
    setFrozen: (by: number, person: number, frozen: boolean): Promise<MemberOutcome> =>
      manage(by, person, (member) => {
        if (member.role === null) return { no: 'no-such-person' };
        if (member.frozen === frozen) return { no: 'as-it-was' };
        return { next: { ...member, frozen }, deed: { what: frozen ? 'freeze' : 'unfreeze' } };
      }),

    /** The person may not buy any more, nor come back by a link; what is on the wallet stays on the books. */
    remove: (by: number, person: number): Promise<MemberOutcome> =>
      manage(by, person, (member) =>
        member.role === null
          ? { no: 'as-it-was' }
          : {
              next: { ...member, role: null, frozen: true, ceiling: ZERO },
              deed: { what: 'remove', note: { kind: 'role', from: member.role, to: null } },
            },
      ),

    setCeiling: async (by: number, person: number, ceiling: Centimes): Promise<MemberOutcome> => {
      const outcome = await manage(by, person, (member) => {
        if (member.role !== 'agent') return { no: 'agents-only' };
        if (member.ceiling === ceiling) return { no: 'as-it-was' };
        const note = { kind: 'ceiling', from: member.ceiling, to: ceiling } as const;
        return { next: { ...member, ceiling }, deed: { what: 'ceiling', note } };
      });
      if (outcome.kind === 'done' && ceiling > 0) filled(person);
      return outcome;
    },

    /** The person's own price (null goes back to that of the role), or whether it may be below cost; the other stays as it is. */
    setPrice: (
      by: number,
      person: number,
      change: { readonly rule: PriceRule | null } | { readonly belowCost: boolean },
    ): Promise<MemberOutcome> =>
      manage(by, person, (member) => {
        const next = { ...member, ...change };
        const { rule, belowCost } = next;
        return { next, deed: { what: 'price', note: { kind: 'price', role: null, rule, belowCost } } };
      }),

    /** Everybody who was ever let in, by name. */
    all: async (): Promise<readonly Member[]> =>
      (await store.records('member')).toSorted((a, b) => a.name.localeCompare(b.name)),

    /** The same, and whoever asks to be let in or was told no lately. */
    everybody: async (): Promise<readonly Known[]> => {
      const members = (await store.records('member')).map((member): Known => ({ member, ask: null }));
      const isIn = new Set(members.map(({ member }) => member.id));
      const strangers = (await store.records('ask'))
        .filter((ask) => !isIn.has(ask.id) && isWaiting(ask))
        .map((ask): Known => ({ member: asMember(ask), ask }));
      return [...members, ...strangers].toSorted((a, b) => a.member.name.localeCompare(b.member.name));
    },

    /** Lets go of what nobody will ask about any more: every commit writes all that is kept. */
    tidy: async (): Promise<void> => {
      const [links, old] = [await oldLinks(), await oldAsks()];
      const drops = [...links.drops, ...old];
      if (drops.length > 0) await store.change({ puts: links.puts, drops, entries: [], audit: [] });
    },
  };
}
