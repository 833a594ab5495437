// What owners say about somebody's wallet, until there is a movement to confirm: whose, how much, and for a correction why.
//
//   /deposit    /deposit Nadia    /deposit @nadia 2000    /correct @nadia -300 counted twice
//
// Whatever is left out is asked for; a person's card asks the same questions by its buttons.

import { readAmount } from '../domain/amount.ts';
import type { Centimes } from '../domain/money.ts';
import type { Member } from '../domain/shop.ts';
import { lines } from '../i18n/rich.ts';
import { walletsSentences, type WalletsSentences } from '../i18n/wallets/index.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Answered, type Feature } from './feature.ts';
import type { Stage } from './stage.ts';
import { inRows, type View } from './view.ts';
import { amountFrom, faultView, readCorrection, reasonFrom } from './wallet-amount.ts';
import { cancelButton } from './wallet-buttons.ts';
import type { WalletMoves } from './wallet-moves.ts';
import { choosing, namedAs, notFound, type WalletPeople } from './wallet-people.ts';

const DEPOSIT = 'wdep';
const CORRECT = 'wcor';
const WHY = 'wwhy';

type Verb = typeof DEPOSIT | typeof CORRECT;

/** What comes of words about somebody's wallet: something to confirm, or the same question again. */
type Next = { readonly view: View } | { readonly again: View };

export interface WalletOwners {
  readonly feature: Feature;
  /** `/deposit` of an owner. */
  readonly deposit: (ctx: BotContext, text: string) => Promise<void>;
}

export function createWalletOwners(deps: {
  stage: Stage;
  people: WalletPeople;
  moves: WalletMoves;
}): WalletOwners {
  const { stage, people, moves } = deps;
  const words = (ctx: BotContext): WalletsSentences => walletsSentences(ctx.language);

  async function askAmount(ctx: BotContext, member: Member, verb: Verb): Promise<void> {
    const t = words(ctx);
    const free = await moves.freeOf(member.id);
    const text = (verb === DEPOSIT ? t.howMuch : t.howMuchWrong)(namedAs(member), free);
    await stage.ask(
      ctx,
      { verb, words: [String(member.id)] },
      { text, rows: [[cancelButton(t, senderOf(ctx))]] },
    );
  }

  const usage = (t: WalletsSentences, verb: Verb) => t.usage[verb === DEPOSIT ? 'deposit' : 'correct'];

  async function askWhom(ctx: BotContext, verb: Verb): Promise<void> {
    const t = words(ctx);
    const known = await people.recent();
    if (known.length === 0) return stage.say(ctx, { text: t.nobodyYet });
    const buttons = known.map((one) => featureButton(namedAs(one).name, senderOf(ctx), verb, [one.id]));
    const rows = [...inRows(buttons, 2), [cancelButton(t, senderOf(ctx))]];
    await stage.say(ctx, { text: lines(t.whom, usage(t, verb)), rows });
  }

  /** The amount that was said goes with each name; a reason is asked for again. */
  async function askWhich(
    ctx: BotContext,
    verb: Verb,
    found: readonly Member[],
    said: string,
  ): Promise<void> {
    const t = words(ctx);
    const reading = verb === DEPOSIT ? readAmount(said) : readCorrection(said).reading;
    if (said !== '' && !reading.ok) return stage.say(ctx, faultView(t, reading.fault));
    const amount = reading.ok ? [reading.amount] : [];
    const rows = choosing(found, { owner: senderOf(ctx), verb, words: amount });
    const text = lines(t.whichOne, usage(t, verb));
    await stage.say(ctx, { text, rows: [...rows, [cancelButton(t, senderOf(ctx))]] });
  }

  async function toPut(ctx: BotContext, member: Member, text: string): Promise<Next> {
    const reading = readAmount(text);
    return reading.ok
      ? { view: await moves.confirmDeposit(ctx, member, reading.amount) }
      : { again: faultView(words(ctx), reading.fault) };
  }

  async function toCorrect(ctx: BotContext, member: Member, text: string): Promise<Next> {
    const { reading, reason } = readCorrection(text);
    if (!reading.ok) return { again: faultView(words(ctx), reading.fault) };
    if (reason === '') return { again: { text: words(ctx).reasonMissing } };
    return { view: await moves.confirmCorrection(ctx, member, { amount: reading.amount, reason }) };
  }

  async function askWhy(ctx: BotContext, member: Member, amount: Centimes): Promise<void> {
    const t = words(ctx);
    const question = { verb: WHY, words: [String(member.id), String(amount)] };
    const rows = [[cancelButton(t, senderOf(ctx))]];
    await stage.ask(ctx, question, { text: t.whyCorrect(namedAs(member), amount), rows });
  }

  async function command(ctx: BotContext, verb: Verb, text: string): Promise<void> {
    if (text.trim() === '') return askWhom(ctx, verb);
    const t = words(ctx);
    const [who, rest] = await people.startOf(text);
    if (who.kind === 'no') return stage.say(ctx, { text: lines(notFound(t, who.why), usage(t, verb)) });
    if (who.kind === 'several') return askWhich(ctx, verb, who.members, rest);
    const { member } = who;
    if (rest === '') return askAmount(ctx, member, verb);
    const { reading, reason } = readCorrection(rest);
    if (verb === CORRECT && reading.ok && reason === '') return askWhy(ctx, member, reading.amount);
    const next = await (verb === DEPOSIT ? toPut : toCorrect)(ctx, member, rest);
    await stage.say(ctx, 'view' in next ? next.view : next.again);
  }

  /** A button with a name on it, here or on the person's card. */
  const pressed =
    (verb: Verb) =>
    async (ctx: BotContext, [word, sum]: readonly string[]): Promise<void> => {
      const found = await people.byId(idOf(word) ?? 0);
      if (found.kind === 'no') return stage.redraw(ctx, { text: notFound(words(ctx), found.why) });
      const [{ member }, amount] = [found, amountFrom(sum)];
      if (amount === undefined) return askAmount(ctx, member, verb);
      if (verb === CORRECT) return askWhy(ctx, member, amount);
      await stage.redraw(ctx, await moves.confirmDeposit(ctx, member, amount));
    };

  /** Whoever is no owner any more gets no answer to a question that owners are asked. */
  async function answered(
    ctx: BotContext,
    word: string | undefined,
    read: (member: Member) => Promise<Next>,
  ): Promise<Answered> {
    if (ctx.standing.role !== 'owner') return 'done';
    const found = await people.byId(idOf(word) ?? 0);
    const next =
      found.kind === 'found' ? await read(found.member) : { view: { text: notFound(words(ctx), found.why) } };
    if ('again' in next) return next;
    await stage.say(ctx, next.view);
    return 'done';
  }

  async function withReason(ctx: BotContext, member: Member, sum: string | undefined, text: string) {
    const [amount, reason] = [amountFrom(sum), reasonFrom(text)];
    if (amount === undefined) return { view: { text: words(ctx).draftLost } };
    return reason === ''
      ? { again: { text: words(ctx).whyCorrect(namedAs(member), amount) } }
      : { view: await moves.confirmCorrection(ctx, member, { amount, reason }) };
  }

  return {
    deposit: (ctx, text) => command(ctx, DEPOSIT, text),
    feature: {
      ownerCommands: { correct: (ctx, text) => command(ctx, CORRECT, text) },
      ownerPresses: { [DEPOSIT]: pressed(DEPOSIT), [CORRECT]: pressed(CORRECT), ...moves.presses },
      ownerAnswers: {
        [DEPOSIT]: (ctx, [word], { text }) => answered(ctx, word, (member) => toPut(ctx, member, text)),
        [CORRECT]: (ctx, [word], { text }) => answered(ctx, word, (member) => toCorrect(ctx, member, text)),
        [WHY]: (ctx, [word, sum], { text }) =>
          answered(ctx, word, (member) => withReason(ctx, member, sum, text)),
      },
    },
  };
}
