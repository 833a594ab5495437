// The people of a journey that is played in each language: an owner who speaks it, newcomers who do, and its words, which
// are those of the catalogues.

import { dinars, ZERO, type Centimes } from '../../src/domain/money.ts';
import type { Language } from '../../src/domain/order.ts';
import type { GivenRole } from '../../src/domain/shop.ts';
import { deskSentences } from '../../src/i18n/desk/index.ts';
import { groupsSentences } from '../../src/i18n/groups/index.ts';
import { sentences } from '../../src/i18n/index.ts';
import { peopleSentences } from '../../src/i18n/people/index.ts';
import type { Rich } from '../../src/i18n/rich.ts';
import { walletsSentences } from '../../src/i18n/wallets/index.ts';
import type { Product, Products } from '../../src/playground/oneclickdz/server.ts';
import type { ChatMessage } from '../../src/playground/telegram/stand-in.ts';
import type { ShopDay } from './shop-day.ts';
import { readable, visitor, type Visitor } from './visitor.ts';

/** A sentence as a reader sees it. */
export const said = (sentence: Rich | string): string =>
  readable(typeof sentence === 'string' ? sentence : sentence.text);

/** Its first line: what follows may depend on the moment. */
export const firstOf = (sentence: Rich | string): string => said(sentence).split('\n')[0] ?? '';

/** All that the bot can say in a language. */
export const wordsOf = (language: Language) => ({
  t: sentences(language),
  people: peopleSentences(language),
  wallets: walletsSentences(language),
  groups: groupsSentences(language),
  desk: deskSentences(language),
});
export type Words = ReturnType<typeof wordsOf>;

/** Somebody with a name by which the shop knows them. */
export interface Guest extends Visitor {
  readonly name: string;
  readonly username: string | null;
  /** As sentences about money name them. */
  readonly named: { readonly name: string; readonly handle: string };
}

export interface Cast extends Words {
  readonly language: Language;
  readonly owner: Visitor;
  /** The other owners, and the language of each. */
  readonly colleagues: readonly { readonly owner: Visitor; readonly words: Words }[];
  /** Somebody with an app in this language, who has not met the bot yet. */
  readonly newcomer: (name: string) => Guest;
  /** The token of a fresh link of the owner's. */
  readonly link: (role: GivenRole) => Promise<string>;
  /** Somebody let in by a link, with so many dinars. */
  readonly member: (role: GivenRole, name: string, money?: number) => Promise<Guest>;
  /** The owner's card of a person. */
  readonly cardOf: (guest: Guest) => Promise<ChatMessage>;
  /** Looks at what somebody reads of their balance. In dinars. */
  readonly has: (guest: Guest, free: number, held?: number) => Promise<void>;
}

const CARDS: readonly Product[] = [
  { value: 500, cost: 486.37, available: true },
  { value: 1000, cost: 973.61, available: true },
  { value: 2000, cost: 1946.83, available: true },
];
/** Costs that no price and no balance can equal, so that one that slips out is known for what it is. */
export const STOCK: Products = { ADSL: CARDS, '4G': CARDS };

/** A card code on a screen. */
export const CODE = /\d{12}/u;

const FIRST_ID = 800_100;
const TOKEN = /start=i-([\w-]+)/u;

/** Telegram ids are one's own for the whole day. */
const ids = new WeakMap<ShopDay, number>();

/** The people of one language on a day. */
export function castOf(day: ShopDay, language: Language): Cast {
  const words = wordsOf(language);
  const speakers = { en: day.owner, fr: day.patronne, ar: day.sahib };
  const owner = speakers[language];
  const colleagues = (['en', 'fr', 'ar'] as const)
    .filter((other) => other !== language)
    .map((other) => ({ owner: speakers[other], words: wordsOf(other) }));

  function newcomer(name: string): Guest {
    const id = (ids.get(day) ?? FIRST_ID) + 1;
    ids.set(day, id);
    const username = `${name.toLowerCase()}_${id}`;
    day.telegram.addPerson({ id, firstName: name, username, languageCode: language });
    return { ...visitor(day.telegram, id), name, username, named: { name, handle: `@${username}` } };
  }

  async function link(role: GivenRole): Promise<string> {
    owner.say(`/invite ${role}`);
    const { text } = await owner.sees(firstOf(words.people.link(role, '', 0)));
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new Error(`no link in "${text}"`);
    return token;
  }

  /** The owner puts the first money on somebody's wallet. */
  async function fill(guest: Guest, amount: Centimes): Promise<void> {
    const { wallets } = words;
    owner.say(`/deposit ${guest.id} ${amount / 100}`);
    const card = await owner.sees(said(wallets.confirmDeposit(guest.named, amount, ZERO)));
    await owner.press(said(wallets.buttons.put(amount)), card);
    await guest.sees(said(wallets.depositTold(amount, amount)));
    await owner.sees(said(wallets.deposited(guest.named, amount, amount)));
  }

  async function member(role: GivenRole, name: string, money = 0): Promise<Guest> {
    const guest = newcomer(name);
    guest.say(`/start i-${await link(role)}`);
    await guest.sees(said(words.people.told.letIn[role]));
    if (money > 0) await fill(guest, dinars(money));
    guest.looksAway();
    return guest;
  }

  return {
    ...{ ...words, language, owner, colleagues, newcomer, link, member },
    cardOf: ({ named, id }) => {
      owner.say(`/people ${named.handle}`);
      return owner.sees(new RegExp(`: ${id}$`, 'mu'));
    },
    has: async (guest, free, held = 0) => {
      guest.say('/balance');
      await guest.sees(said(words.t.walletBalance(dinars(free), dinars(held), ZERO)));
    },
  };
}
