// Strangers who ask to be let in: every owner gets a card, the first answer counts, and the other cards say whose it was.

import type { Member } from '../domain/shop.ts';
import type { Language } from '../domain/order.ts';
import type { Answer, Named } from '../i18n/people/facts.ts';
import { nameOf } from '../i18n/people/facts.ts';
import { peopleSentences } from '../i18n/people/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { personFrom, type BotContext } from './context.ts';
import { featureButton, idOf, type Feature } from './feature.ts';
import { words, type PeopleParts, type Tell } from './people-parts.ts';
import type { View } from './view.ts';

export type Asks = ReturnType<typeof createAsks>;

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

export function createAsks(parts: PeopleParts & { tell: Tell }) {
  const { stage, chat, members, standings, store, languageOf, tell } = parts;
  /** Where the owners' cards of a request stand. After a restart a card is put right when it is pressed. */
  const cards = new Map<number, { readonly owner: number; readonly messageId: number }[]>();
  /** How owners are called who have answered; the shop has no record of its owners. */
  const ownerNames = new Map<number, string>();

  const openRow = (owner: number, person: number, language: Language) => [
    featureButton(peopleSentences(language).buttons.open, owner, 'pcard', [person]),
  ];

  /** Every other owner's card of this person says this from now on. */
  async function close(
    person: Named,
    except: number | null,
    say: (language: Language) => Rich | string,
  ): Promise<void> {
    const open = cards.get(person.id) ?? [];
    cards.delete(person.id);
    await Promise.all(
      open
        .filter(({ owner }) => owner !== except)
        .map(({ owner, messageId }) => {
          const language = languageOf(owner);
          const view: View = { text: say(language), rows: [openRow(owner, person.id, language)] };
          return chat.edit({ chatId: owner, threadId: null }, messageId, language, view);
        }),
    );
  }

  /** What became of a request that was answered before, or in another way. */
  async function answeredBefore(ctx: BotContext, owner: number, person: Member): Promise<void> {
    const by = await members.answeredBy(person.id);
    const name = by === undefined ? null : (ownerNames.get(by) ?? null);
    const text = words(ctx).answered(person, person.role ?? 'refused', name);
    await stage.redraw(ctx, { text, rows: [openRow(owner, person.id, ctx.language)] });
  }

  /** An owner's answer, by whichever button it was given: the person and the other owners hear it. */
  async function settled(ctx: BotContext, person: Member): Promise<boolean> {
    const owner = ctx.from?.id ?? 0;
    const name = ctx.from === undefined ? null : nameOf(personFrom(ctx.from));
    if (name !== null) ownerNames.set(owner, name);
    const { role } = person;
    await close(person, owner, (language) =>
      peopleSentences(language).answered(person, role ?? 'refused', name),
    );
    return tell(person.id, ({ told, door }) => (role === null ? door.refused(person.id) : told.letIn[role]));
  }

  async function answer(ctx: BotContext, [id36, letter = '']: readonly string[]): Promise<void> {
    const [id, given] = [idOf(id36), ANSWERS[letter]];
    const owner = ctx.from?.id ?? 0;
    if (id === undefined || given === undefined) return stage.toast(ctx);
    const outcome = await members.answer(owner, id, given === 'refused' ? null : given);
    const person = await store.record('member', id);
    if (outcome.kind === 'refused' && (outcome.why !== 'as-it-was' || person === undefined))
      return stage.toast(ctx, words(ctx).no[outcome.why]);
    if (person === undefined) return stage.toast(ctx, words(ctx).no['no-such-person']);
    if (outcome.kind !== 'done') return answeredBefore(ctx, owner, person);
    await stage.toast(ctx);
    const wasTold = await settled(ctx, person);
    const t = words(ctx);
    const said = t.answered(person, given, ownerNames.get(owner) ?? null);
    const text = lines(said, wasTold ? null : t.notTold);
    await stage.redraw(ctx, { text, rows: [openRow(owner, id, ctx.language)] });
  }

  const feature: Feature = { ownerPresses: { pans: answer } };

  return {
    feature,
    settled,

    /** Shows every owner a card of somebody who asks. */
    announce: async (person: Named): Promise<void> => {
      const sent = await Promise.all(
        standings.ownerIds.map(async (owner) => ({
          owner,
          sent: await stage.tell(owner, (language) => askCard(owner, person, language)),
        })),
      );
      cards.set(
        person.id,
        sent.flatMap(({ owner, sent: one }) => (one.ok ? [{ owner, messageId: one.messageId }] : [])),
      );
    },

    /** Somebody came in by a link: their maker hears it, and a request that waited for an answer is over. */
    joined: async (person: Member, by: number): Promise<void> => {
      const role = person.role ?? 'customer';
      await stage.tell(by, (language) => ({
        text: peopleSentences(language).joined(person, role),
        rows: [openRow(by, person.id, language)],
      }));
      await close(person, null, (language) => peopleSentences(language).cameByLink(person, role));
    },
  };
}
