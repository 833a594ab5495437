// Whose wallet: a person as somebody names one, by Telegram number, @name or name, and how they read it back.

import { findMembers } from '../app/find-members.ts';
import type { Members } from '../app/members.ts';
import type { Store } from '../app/ports.ts';
import type { Standings } from '../app/standing.ts';
import { westernDigits } from '../domain/service.ts';
import type { Member } from '../domain/shop.ts';
import { nameOf } from '../i18n/people/facts.ts';
import type { Named, WalletsSentences } from '../i18n/wallets/index.ts';
import { featureButton } from './feature.ts';
import { firstWord } from './wallet-amount.ts';

/** How many people are offered on buttons, and how many orders are looked through for them. */
const OFFERED = 8;
const RECENT_ORDERS = 50;
/** Of a name as it is typed, in words: a page that was pasted is not compared with everybody word by word. */
const LONGEST_NAME = 12;

export type Found =
  | { readonly kind: 'found'; readonly member: Member }
  | { readonly kind: 'no'; readonly why: 'no-such-person' | 'several' | 'owner' };

/** Several have a name like that; those who are offered. */
export interface Several {
  readonly kind: 'several';
  readonly members: readonly Member[];
}

/** The name, kept apart from what stands around it, and the handle that nobody else has. */
export function namedAs({ id, name, username }: Pick<Member, 'id' | 'name' | 'username'>): Named {
  return { name: nameOf({ id, name }), handle: username === null ? String(id) : `@${username}` };
}

/** Why nobody was found, in words. */
export function notFound(t: WalletsSentences, why: Extract<Found, { kind: 'no' }>['why']) {
  return { 'no-such-person': t.no['no-such-person'], several: t.severalHave, owner: t.isOwner }[why];
}

/** People to choose from, each with what the button goes on with. */
export const choosing = (
  members: readonly Member[],
  { owner, verb, words = [] }: { owner: number; verb: string; words?: readonly (string | number)[] },
) =>
  members.map((one) => {
    const { name, handle } = namedAs(one);
    return [featureButton(`${name} (${handle})`, owner, verb, [one.id, ...words])];
  });

export type WalletPeople = ReturnType<typeof createWalletPeople>;

export function createWalletPeople(deps: { members: Members; store: Store; standings: Standings }) {
  const { members, store, standings } = deps;

  async function byId(id: number): Promise<Found> {
    if (standings.isOwner(id)) return { kind: 'no', why: 'owner' };
    const member = await store.record('member', id);
    return member === undefined ? { kind: 'no', why: 'no-such-person' } : { kind: 'found', member };
  }

  /** How somebody is called; undefined for whoever is not known here. */
  async function named(id: number): Promise<Named | undefined> {
    const member = await store.record('member', id);
    return member === undefined ? undefined : namedAs(member);
  }

  /** A user name passes from one person to another: money goes to nobody by a name that two have had. */
  async function byUsername(username: string): Promise<Found> {
    const all = await members.all();
    const [first, second] = all.filter((one) => one.username?.toLowerCase() === username.toLowerCase());
    if (first === undefined) return { kind: 'no', why: 'no-such-person' };
    return second === undefined ? { kind: 'found', member: first } : { kind: 'no', why: 'several' };
  }

  /** `123456789` or `@nadia`. */
  function find(word: string): Promise<Found> {
    const text = westernDigits(word.replace(/\p{Cf}/gu, ''));
    if (/^[1-9][0-9]{0,14}$/.test(text)) return byId(Number(text));
    const username = /^@([a-z0-9_]{3,32})$/iu.exec(text)?.[1];
    return username === undefined
      ? Promise.resolve({ kind: 'no', why: 'no-such-person' })
      : byUsername(username);
  }

  /** Whoever is called like that, by name or by @name: a word that is the one's name and the other's @name means both. */
  function called(all: readonly Member[], words: string): readonly Member[] {
    const byName = findMembers(
      all.map((one) => ({ ...one, username: null })),
      words,
    );
    const byHandle = findMembers(
      all.map((one) => ({ ...one, name: '' })),
      words,
    );
    const ids = new Set([...byName, ...byHandle].map(({ id }) => id));
    return all.filter(({ id }) => ids.has(id));
  }

  return {
    byId,
    find,

    /** Whom a text begins with, and what is left of it: `@nadia 2000`, `123456789 2000`, `Nadia Ben Salah 2 000`. */
    startOf: async (
      text: string,
      /** Whom a name may mean, of all who are in. */
      meant: (all: readonly Member[], name: string) => readonly Member[] = called,
    ): Promise<readonly [who: Found | Several, rest: string]> => {
      const [first, behind] = firstWord(text);
      if (/^[\p{Cf}]*[@\p{Nd}]/u.test(first)) return [await find(first), behind];
      const all = (await members.all()).filter(({ role }) => role !== null);
      const words = text.trim().split(/\s+/u);
      // The longest name that fits: a name may end in a number, and so does what is said of money.
      for (let length = Math.min(words.length, LONGEST_NAME); length > 0; length -= 1) {
        const [one, ...more] = meant(all, words.slice(0, length).join(' '));
        if (one === undefined) continue;
        const rest = words.slice(length).join(' ');
        if (more.length === 0) return [{ kind: 'found', member: one }, rest];
        return [{ kind: 'several', members: [one, ...more].slice(0, OFFERED) }, rest];
      }
      return [{ kind: 'no', why: 'no-such-person' }, ''];
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

    named,

    /** The same, or the number of whoever is not known here. */
    namedOrNumber: async (id: number): Promise<Named> =>
      (await named(id)) ?? { name: String(id), handle: String(id) },
  };
}
