// Strangers who ask to be let in: every owner gets a card, the first answer counts, and the other cards say whose it was.
// Beyond so many cards an hour owners get one line for all the others, who stand in /people.

import type { Asking } from '../app/asks.ts';
import { quietUntil, type Ask } from '../domain/door.ts';
import type { Language } from '../domain/order.ts';
import type { GivenRole, Member } from '../domain/shop.ts';
import { nameOf, type Answer, type Named } from '../i18n/people/facts.ts';
import { peopleSentences } from '../i18n/people/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { personFrom, type BotContext } from './context.ts';
import { featureButton, idOf, type Feature } from './feature.ts';
import { words, type PeopleParts, type Tell } from './people-parts.ts';
import type { View } from './view.ts';

export type Asks = ReturnType<typeof createAsks>;

type Says = (language: Language) => Rich | string;

const ANSWERS: Readonly<Record<string, Answer>> = { a: 'agent', c: 'customer', n: 'refused' };

/** The three answers to somebody who asks. */
export function answerRows(owner: number, person: number, language: Language): NonNullable<View['rows']> {
  const { answer } = peopleSentences(language).buttons;
  const to = (letter: string, label: string, style?: 'success' | 'danger') =>
    featureButton(label, owner, 'pans', [person, letter], style);
  return [
    [to('a', answer.agent, 'success'), to('c', answer.customer, 'success')],
    [to('n', answer.refused, 'danger')],
  ];
}

const askCard = (owner: number, person: Named, language: Language): View => ({
  text: peopleSentences(language).asks(person),
  rows: answerRows(owner, person.id, language),
});

const openRow = (owner: number, person: number, language: Language) => [
  featureButton(peopleSentences(language).buttons.open, owner, 'pcard', [person]),
];

const byLink =
  (person: Named, role: GivenRole): Says =>
  (language) =>
    peopleSentences(language).cameByLink(person, role);

/** What became of a request, and by whom. */
function outcomeOf(ask: Ask | undefined, member: Member | undefined): Says | undefined {
  if (ask !== undefined && ask.answer !== null) {
    const { role, by, name } = ask.answer;
    const who = nameOf({ id: by, name });
    return (language) => peopleSentences(language).answered(ask, role ?? 'refused', who);
  }
  return member === undefined || member.role === null ? undefined : byLink(member, member.role);
}

export function createAsks(parts: PeopleParts & { tell: Tell }) {
  const { stage, chat, members, standings, store, languageOf, clock, tell } = parts;
  /** The lines for requests without a card, of the hour that runs. */
  let linesOfHour: Ask['cards'] = [];

  /** The cards say this from now on; that of the owner who answered is redrawn where it was pressed. */
  async function close(cards: Ask['cards'], person: number, says: Says, except?: number): Promise<void> {
    const open = cards.filter(({ owner }) => owner !== except);
    await Promise.all(
      open.map(({ owner, messageId }) => {
        const language = languageOf(owner);
        const view: View = { text: says(language), rows: [openRow(owner, person, language)] };
        return chat.edit({ chatId: owner, threadId: null }, messageId, language, view);
      }),
    );
  }

  /** The same view to every owner; where it stands. */
  async function tellOwners(view: (owner: number, language: Language) => View): Promise<Ask['cards']> {
    const sent = await Promise.all(
      standings.ownerIds.map(async (owner) => ({
        owner,
        sent: await stage.tell(owner, (language) => view(owner, language)),
      })),
    );
    return sent.flatMap(({ owner, sent: one }) => (one.ok ? [{ owner, messageId: one.messageId }] : []));
  }

  async function sendCards(person: Named): Promise<void> {
    const cards = await tellOwners((owner, language) => askCard(owner, person, language));
    const ask = await members.rememberCards(person.id, cards);
    // An owner may have answered, or the person come in by a link, while the cards were under way.
    const says = outcomeOf(ask, await store.record('member', person.id));
    if (says !== undefined) await close(cards, person.id, says, ask?.answer?.by);
  }

  const moreView = (owner: number, language: Language, count: number): View => {
    const { moreAsk, buttons } = peopleSentences(language);
    return { text: moreAsk(count), rows: [[featureButton(buttons.showThem, owner, 'plist', ['o'])]] };
  };

  async function countOn(count: number): Promise<void> {
    await Promise.all(
      linesOfHour.map(({ owner, messageId }) => {
        const language = languageOf(owner);
        const view = moreView(owner, language, count);
        return chat.edit({ chatId: owner, threadId: null }, messageId, language, view);
      }),
    );
  }

  /** An answer was given: the person and the other owners hear it. False when the person could not be told. */
  async function settled({ ask, member }: { ask: Ask; member: Member | undefined }): Promise<boolean> {
    const says = outcomeOf(ask, member);
    if (says !== undefined) await close(ask.cards, ask.id, says, ask.answer?.by);
    const until = quietUntil(ask, clock()) ?? clock();
    return tell(ask.id, ({ told, door }) =>
      member === undefined || member.role === null ? door.refused(ask.id, until) : told.letIn[member.role],
    );
  }

  async function answer(ctx: BotContext, [id36, letter = '']: readonly string[]): Promise<void> {
    const [id, given] = [idOf(id36), ANSWERS[letter]];
    if (id === undefined || given === undefined || ctx.from === undefined) return stage.toast(ctx);
    const answered = await members.answer(personFrom(ctx.from), id, given === 'refused' ? null : given);
    const t = words(ctx);
    if (answered.kind === 'refused') return stage.toast(ctx, t.no[answered.why]);
    const says = outcomeOf(answered.ask, answered.member);
    if (says === undefined) return stage.toast(ctx, t.no['no-such-person']);
    await stage.toast(ctx);
    const wasTold = answered.kind === 'before' || (await settled(answered));
    const text = lines(says(ctx.language), wasTold ? null : t.notTold);
    await stage.redraw(ctx, { text, rows: [openRow(ctx.from.id, id, ctx.language)] });
  }

  const feature: Feature = { ownerPresses: { pans: answer } };

  return {
    feature,
    answer,

    /** Brings a new request to the owners. */
    announce: async (
      person: Named,
      { announce, uncarded }: Extract<Asking, { kind: 'asked' }>,
    ): Promise<void> => {
      if (announce === 'card') return sendCards(person);
      if (announce === 'nothing') return countOn(uncarded);
      linesOfHour = await tellOwners((owner, language) => moreView(owner, language, uncarded));
    },

    /** Somebody came in by a link: their maker hears it, and a request that waited for an answer is over. */
    joined: async (person: Member, by: number, ask: Ask | undefined): Promise<void> => {
      const role = person.role ?? 'customer';
      await stage.tell(by, (language) => ({
        text: peopleSentences(language).joined(person, role),
        rows: [openRow(by, person.id, language)],
      }));
      if (ask?.answer === null) await close(ask.cards, person.id, byLink(person, role));
    },
  };
}
