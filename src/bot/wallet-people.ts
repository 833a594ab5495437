// Whose wallet: a person as owners and agents name one, by Telegram number or @name, and how they read it back.

import type { Members } from '../app/members.ts';
import type { Store } from '../app/ports.ts';
import type { Standings } from '../app/standing.ts';
import { westernDigits } from '../domain/service.ts';
import type { Member } from '../domain/shop.ts';
import type { Named, WalletsSentences } from '../i18n/wallets/index.ts';

/** Of a name in a message, in characters. */
const LONGEST_NAME = 32;
/** How many people are offered on buttons, and how many orders are looked through for them. */
const OFFERED = 8;
const RECENT_ORDERS = 50;

export type Found =
  | { readonly kind: 'found'; readonly member: Member }
  | { readonly kind: 'no'; readonly why: 'no-such-person' | 'several' | 'owner' };

/** The name without what would break a line, and the handle that nobody else has. */
export function namedAs({ id, name, username }: Pick<Member, 'id' | 'name' | 'username'>): Named {
  const plain = name.replace(/\s+/gu, ' ').trim().slice(0, LONGEST_NAME);
  return { name: plain === '' ? String(id) : plain, handle: username === null ? String(id) : `@${username}` };
}

/** Why nobody was found, in words. */
export function notFound(t: WalletsSentences, why: Extract<Found, { kind: 'no' }>['why']) {
  return { 'no-such-person': t.no['no-such-person'], several: t.severalHave, owner: t.isOwner }[why];
}

export type WalletPeople = ReturnType<typeof createWalletPeople>;

export function createWalletPeople(deps: { members: Members; store: Store; standings: Standings }) {
  const { members, store, standings } = deps;

  async function byId(id: number): Promise<Found> {
    if (standings.isOwner(id)) return { kind: 'no', why: 'owner' };
    const member = await store.record('member', id);
    return member === undefined ? { kind: 'no', why: 'no-such-person' } : { kind: 'found', member };
  }

  /** A user name passes from one person to another: money goes to nobody by a name that two have had. */
  async function byUsername(username: string): Promise<Found> {
    const all = await members.all();
    const [first, second] = all.filter((one) => one.username?.toLowerCase() === username.toLowerCase());
    if (first === undefined) return { kind: 'no', why: 'no-such-person' };
    return second === undefined ? { kind: 'found', member: first } : { kind: 'no', why: 'several' };
  }

  return {
    byId,

    /** `123456789` or `@nadia`. */
    find: (word: string): Promise<Found> => {
      const text = westernDigits(word);
      if (/^[1-9][0-9]{0,14}$/.test(text)) return byId(Number(text));
      const username = /^@([a-z0-9_]{3,32})$/iu.exec(text)?.[1];
      return username === undefined
        ? Promise.resolve({ kind: 'no', why: 'no-such-person' })
        : byUsername(username);
    },

    /** Whoever has a wallet here: those who bought last first, then the newest. */
    recent: async (): Promise<readonly Member[]> => {
      const [all, { rows }] = await Promise.all([members.all(), store.orders({}, null, RECENT_ORDERS)]);
      const place = new Map([...rows].reverse().map(({ buyer, no }) => [buyer, no]));
      return all
        .filter(({ role }) => role !== null)
        .sort((a, b) => (place.get(b.id) ?? 0) - (place.get(a.id) ?? 0) || b.since - a.since)
        .slice(0, OFFERED);
    },

    /** How somebody is called; undefined for whoever is not known here. */
    named: async (id: number): Promise<Named | undefined> => {
      const member = await store.record('member', id);
      return member === undefined ? undefined : namedAs(member);
    },
  };
}
