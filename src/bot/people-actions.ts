// What an owner does about one person, from the person's card: role, credit ceiling, freezing, removal. The person hears
// it, and the card says what is true now.

import type { Known, MemberNo, MemberOutcome } from '../app/members.ts';
import { readAmount } from '../domain/amount.ts';
import { ZERO } from '../domain/money.ts';
import type { PeopleSentences } from '../i18n/people/en.ts';
import type { Rich } from '../i18n/rich.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Answered, type Feature, type Reply } from './feature.ts';
import type { Asks } from './people-asks.ts';
import type { PersonCard } from './people-card.ts';
import { words, type PeopleParts, type Tell } from './people-parts.ts';
import { leaveQuestion } from './question.ts';
import type { View } from './view.ts';

type Words = readonly string[];
type Says = (t: PeopleSentences) => Rich | string;

export function createPeopleActions(
  parts: PeopleParts & { tell: Tell; card: PersonCard; asks: Asks },
): Feature {
  const { stage, members, tell, card, asks } = parts;

  const cardOf = (ctx: BotContext, known: Known, note: Rich | string | null = null): Promise<View> =>
    card.draw({ owner: senderOf(ctx), language: ctx.language, note }, known);

  const refuse = (ctx: BotContext, why: MemberNo): Promise<void> => stage.toast(ctx, words(ctx).no[why]);

  /** The person that a button is about. */
  async function personOf([word]: Words): Promise<Known | undefined> {
    const id = idOf(word);
    return id === undefined ? undefined : members.known(id);
  }

  async function show(ctx: BotContext, from: Words): Promise<void> {
    const known = await personOf(from);
    if (known === undefined) return refuse(ctx, 'no-such-person');
    await stage.redraw(ctx, await cardOf(ctx, known));
  }

  /** Ends the spinner, tells the person, and draws the card as things are now. */
  async function done(ctx: BotContext, outcome: MemberOutcome, from: Words, says: Says): Promise<void> {
    if (outcome.kind === 'refused' && outcome.why !== 'as-it-was') return refuse(ctx, outcome.why);
    if (outcome.kind !== 'done') return show(ctx, from);
    await stage.toast(ctx);
    const wasTold = await tell(outcome.record.id, says);
    const known = { member: outcome.record, ask: null };
    await stage.redraw(ctx, await cardOf(ctx, known, wasTold ? null : words(ctx).notTold));
  }

  async function setRole(ctx: BotContext, from: Words): Promise<void> {
    const role = from[1] === 'a' ? 'agent' : 'customer';
    const before = await personOf(from);
    if (before === undefined) return refuse(ctx, 'no-such-person');
    // Somebody who waits for an answer gets one, and the other owners' cards say so.
    if (before.ask?.answer === null) return asks.answer(ctx, from);
    const { member } = before;
    const outcome = await members.setRole(senderOf(ctx), member.id, role);
    await done(ctx, outcome, from, ({ told }) => {
      if (member.role === null) return told.letIn[role];
      return role === 'agent' ? told.agent : told.customer(member.ceiling > 0);
    });
  }

  async function setFrozen(ctx: BotContext, from: Words): Promise<void> {
    const frozen = from[1] === '1';
    const outcome = await members.setFrozen(senderOf(ctx), idOf(from[0]) ?? 0, frozen);
    await done(ctx, outcome, from, ({ told }) => (frozen ? told.frozen : told.unfrozen));
  }

  async function askRemoval(ctx: BotContext, from: Words): Promise<void> {
    const member = (await personOf(from))?.member;
    if (member === undefined || member.role === null) return show(ctx, from);
    const to = { owner: senderOf(ctx), language: ctx.language };
    await stage.redraw(ctx, await card.drawRemoval(to, member));
  }

  async function remove(ctx: BotContext, from: Words): Promise<void> {
    const outcome = await members.remove(senderOf(ctx), idOf(from[0]) ?? 0);
    await done(ctx, outcome, from, ({ door }) => door.removed);
  }

  const cancelRow = (ctx: BotContext, id: number) => [
    featureButton(words(ctx).buttons.cancel, senderOf(ctx), 'pstop', [id]),
  ];

  async function askCeiling(ctx: BotContext, from: Words): Promise<void> {
    const member = (await personOf(from))?.member;
    if (member?.role !== 'agent') return refuse(ctx, member === undefined ? 'no-such-person' : 'agents-only');
    const question = { verb: 'pceil', words: [String(member.id)] };
    const text = words(ctx).ceilingAsk(member, member.ceiling);
    await stage.ask(ctx, question, { text, rows: [cancelRow(ctx, member.id)] });
  }

  async function setCeiling(ctx: BotContext, [word]: Words, { text }: Reply): Promise<Answered> {
    const t = words(ctx);
    const id = idOf(word) ?? 0;
    const reading = readAmount(text);
    if (!reading.ok && reading.fault !== 'zero')
      return { again: { text: t.amountFaults[reading.fault], rows: [cancelRow(ctx, id)] } };
    const ceiling = reading.ok ? reading.amount : ZERO;
    const outcome = await members.setCeiling(senderOf(ctx), id, ceiling);
    if (outcome.kind === 'refused' && outcome.why !== 'as-it-was') {
      await stage.say(ctx, { text: t.no[outcome.why] });
      return 'done';
    }
    const wasTold = outcome.kind !== 'done' || (await tell(id, ({ told }) => told.ceiling(ceiling)));
    const known = await members.known(id);
    if (known !== undefined) await stage.say(ctx, await cardOf(ctx, known, wasTold ? null : t.notTold));
    return 'done';
  }

  return {
    ownerPresses: {
      pcard: show,
      prole: setRole,
      pfrz: setFrozen,
      prem: askRemoval,
      premy: remove,
      pceil: askCeiling,
      /** Instead of typing the ceiling. */
      pstop: async (ctx, from) => {
        await leaveQuestion(ctx);
        await show(ctx, from);
      },
    },
    ownerAnswers: { pceil: setCeiling },
  };
}
