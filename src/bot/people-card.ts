// One person as an owner sees them: who, with how much money, at which price, with which orders, and what can be done.

import { isSettled, type Language, type Order } from '../domain/order.ts';
import type { Known } from '../app/members.ts';
import type { Member } from '../domain/shop.ts';
import { sentences } from '../i18n/index.ts';
import type { Outside, PersonFacts } from '../i18n/people/facts.ts';
import { peopleSentences } from '../i18n/people/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { featureButton } from './feature.ts';
import { factsOf, MARKS } from './order-card.ts';
import { answerRows } from './people-asks.ts';
import type { PeopleParts } from './people-parts.ts';
import type { View } from './view.ts';

/** Orders shown on a card, and how far back open ones are looked for. */
const LAST_ORDERS = 3;
const RECENT_ORDERS = 50;

/** For whom and about whom a card is drawn; the note is a last line about what just happened. */
export interface CardOf {
  readonly owner: number;
  readonly language: Language;
  readonly note?: Rich | string | null;
}

const outsideOf = ({ ask }: Known): Outside =>
  ask === null ? 'removed' : ask.answer === null ? 'asking' : 'refused';

type Rows = NonNullable<View['rows']>;

function memberRows({ owner, language }: CardOf, { id, role, frozen }: Member): Rows {
  const { buttons: b } = peopleSentences(language);
  const to = (label: string, verb: string, more: readonly string[] = [], style?: 'danger' | 'success') =>
    featureButton(label, owner, verb, [id, ...more], style);
  return [
    // Built by others: what is about money by wallets, the price by the shop desk.
    [to(b.deposit, 'wdep'), to(b.correction, 'wcor')],
    [to(b.statement, 'wstat'), to(b.price, 'hprice')],
    [
      ...(role === 'agent'
        ? [to(b.ceiling, 'pceil'), to(b.make.customer, 'prole', ['c'])]
        : [to(b.make.agent, 'prole', ['a'])]),
    ],
    [
      frozen ? to(b.unfreeze, 'pfrz', ['0'], 'success') : to(b.freeze, 'pfrz', ['1'], 'danger'),
      to(b.remove, 'prem', [], 'danger'),
    ],
  ];
}

function rowsOf(card: CardOf, { member, ask }: Known): Rows {
  const { owner, language } = card;
  const { buttons: b } = peopleSentences(language);
  const back = [featureButton(b.back, owner, 'plist', [member.role?.charAt(0) ?? 'o', 'p', member.id])];
  if (member.role !== null) return [...memberRows(card, member), back];
  if (ask?.answer === null) return [...answerRows(owner, member.id, language), back];
  return [
    [
      featureButton(b.letIn.agent, owner, 'prole', [member.id, 'a']),
      featureButton(b.letIn.customer, owner, 'prole', [member.id, 'c']),
    ],
    back,
  ];
}

export type PersonCard = ReturnType<typeof createPersonCard>;

export function createPersonCard({ store, accounts }: Pick<PeopleParts, 'store' | 'accounts'>) {
  async function factsAbout(known: Known): Promise<PersonFacts> {
    const { id, name, username, role, frozen, rule } = known.member;
    const { balance, held, ceiling } = await accounts.balance(id);
    return { id, name, username, role, frozen, rule, balance, held, ceiling, outside: outsideOf(known) };
  }

  const recent = (person: number): Promise<readonly Order[]> => store.history(person, RECENT_ORDERS);

  return {
    /** The card of a person. */
    draw: async (card: CardOf, known: Known): Promise<View> => {
      const { language, note = null } = card;
      const t = peopleSentences(language);
      const [facts, orders] = await Promise.all([factsAbout(known), recent(known.member.id)]);
      const listed = orders
        .slice(0, LAST_ORDERS)
        .map((order) => sentences(language).historyLine(factsOf(order, false), MARKS[order.state.name]));
      const story = listed.length === 0 ? [t.noOrders] : [t.lastOrders, ...listed];
      return { text: lines(t.card(facts), ...story, note), rows: rowsOf(card, known) };
    },

    /** What an owner reads before a person is removed for good. */
    drawRemoval: async ({ owner, language }: CardOf, member: Member): Promise<View> => {
      const t = peopleSentences(language);
      const [facts, orders] = await Promise.all([factsAbout({ member, ask: null }), recent(member.id)]);
      const open = orders.filter((order) => !isSettled(order)).length;
      return {
        text: t.removeSure(facts, open),
        rows: [
          [featureButton(t.buttons.removeYes, owner, 'premy', [member.id], 'danger')],
          [featureButton(t.buttons.back, owner, 'pcard', [member.id])],
        ],
      };
    },
  };
}
