// Who somebody is to the shop. Asked on every action, so that a role that was taken away a second ago counts at once.

import { quietUntil, type Ask } from '../domain/door.ts';
import {
  newMember,
  recordKey,
  type AuditLine,
  type GivenRole,
  type Member,
  type Role,
} from '../domain/shop.ts';
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
  /** Not let in: removed once, or asking to be let in, or nobody to the shop. */
  | { readonly role: null; readonly member: Member | undefined; readonly ask: Ask | undefined };

/** Somebody who may buy, and on whose money. */
export interface Buyer {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
}

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

  async function standingOf(person: number, member: Member | undefined): Promise<Standing> {
    if (member !== undefined && member.role !== null) return { role: member.role, member };
    return { role: null, member, ask: await store.record('ask', person) };
  }

  async function of(person: number): Promise<Standing> {
    return isOwner(person) ? { role: 'owner' } : standingOf(person, await store.record('member', person));
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

  /** Where access is open: a newcomer, whether or not they still wait for an answer. */
  async function admit(person: Person): Promise<Standing> {
    const now = clock();
    const member: Member = { ...newMember(person, now), role: 'customer', rev: 1 };
    const audit: AuditLine = {
      by: 'bot',
      at: now,
      what: 'joined',
      about: String(person.id),
      ...{ note: { kind: 'came-in', role: 'customer', by: null }, why: '' },
    };
    const drops = [recordKey({ kind: 'ask', id: person.id })];
    await store.change({ puts: [member], drops, entries: [], audit: [audit] });
    return of(person.id);
  }

  return {
    ownerIds,
    isOwner,
    of,
    meet: async (person) => {
      if (isOwner(person.id)) return { role: 'owner' };
      const known = await store.record('member', person.id);
      if (known !== undefined) return standingOf(person.id, await remember(known, person));
      const ask = await store.record('ask', person.id);
      const wasRefused = ask !== undefined && quietUntil(ask, clock()) !== undefined;
      return open && !wasRefused ? admit(person) : { role: null, member: undefined, ask };
    },
  };
}
