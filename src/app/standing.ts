// Who somebody is to the shop. Asked on every action, so that a role that was taken away a second ago counts at once.

import { walletOf, type Account } from '../domain/ledger.ts';
import { newMember, type GivenRole, type Member, type Role } from '../domain/shop.ts';
import { StoreFault, type Clock, type Store } from './ports.ts';

/** What Telegram says of a person. */
export interface Person {
  readonly id: number;
  readonly name: string;
  readonly username: string | null;
}

export type Standing =
  | { readonly role: 'owner' }
  | { readonly role: GivenRole; readonly member: Member }
  /** Not let in; a member once removed or only asking is told apart by its record. */
  | { readonly role: null; readonly member: Member | undefined };

/** Somebody who may buy, and on whose money. */
export interface Buyer {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
}

/** The account that a buyer spends. */
export const accountOfBuyer = ({ id, role }: Buyer): Account => (role === 'owner' ? 'shop' : walletOf(id));

export interface Standings {
  of(person: number): Promise<Standing>;
  /** The same, and remembers a newcomer's name; where access is open, the newcomer is a customer from then on. */
  meet(person: Person): Promise<Standing>;
  isOwner(person: number): boolean;
  readonly ownerIds: readonly number[];
}

export function createStandings(deps: {
  store: Store;
  ownerIds: readonly number[];
  /** Whether everybody may buy from their own wallet. */
  open: boolean;
  clock: Clock;
}): Standings {
  const { store, ownerIds, open, clock } = deps;
  const isOwner = (person: number): boolean => ownerIds.includes(person);

  const standingOf = (member: Member | undefined): Standing =>
    member === undefined || member.role === null ? { role: null, member } : { role: member.role, member };

  async function of(person: number): Promise<Standing> {
    return isOwner(person) ? { role: 'owner' } : standingOf(await store.record('member', person));
  }

  /** Names change; whoever owners look for is found under today's. A full disk keeps nobody from being served. */
  async function remember(known: Member, { name, username }: Person): Promise<Member> {
    if (known.name === name && known.username === username) return known;
    const renamed = { ...known, name, username, rev: known.rev + 1 };
    try {
      const changed = await store.change({ puts: [renamed], entries: [], audit: [] });
      return changed.kind === 'done' ? renamed : known;
    } catch (error) {
      if (error instanceof StoreFault) return known;
      throw error;
    }
  }

  /** Where access is open: a newcomer, or somebody who still waits for an answer. */
  async function admit(known: Member | undefined, person: Person): Promise<Standing> {
    const now = clock();
    const base = known ?? newMember(person, now);
    const member: Member = { ...base, ...person, role: 'customer', askedAt: null, rev: base.rev + 1 };
    const audit = {
      by: 'bot',
      at: now,
      what: 'joined',
      about: String(person.id),
      why: 'open access',
    } as const;
    await store.change({ puts: [member], entries: [], audit: [audit] });
    return of(person.id);
  }

  return {
    ownerIds,
    isOwner,
    of,
    meet: async (person) => {
      if (isOwner(person.id)) return { role: 'owner' };
      const known = await store.record('member', person.id);
      const mayComeIn = known === undefined || (known.role === null && known.askedAt !== null);
      if (open && mayComeIn) return admit(known, person);
      return standingOf(known === undefined ? undefined : await remember(known, person));
    },
  };
}
