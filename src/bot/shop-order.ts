// `/order <no>` for owners: its story, a question to the provider now, and the verdict on an order that only a person can
// judge: outcome → why → sure.

import { LONGEST_REASON, type OrderDesk } from '../app/order-desk.ts';
import { isSettled, type Order } from '../domain/order.ts';
import { cut } from '../domain/text.ts';
import { mayBeJudged } from '../domain/transitions.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import { sentences } from '../i18n/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { readOrderNo } from './answers.ts';
import type { Press } from './callback-data.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Answered, type Feature } from './feature.ts';
import type { OwnerNames } from './owner-names.ts';
import { leaveQuestion } from './question.ts';
import { actorsOf, isAwaitingProof, storyView } from './shop-story.ts';
import type { Stage } from './stage.ts';
import { button, type View } from './view.ts';

type Settle = Extract<Press, { kind: 'settle' }>;
type Outcome = Settle['outcome'];

export interface ShopOrder {
  readonly feature: Feature;
  /** An owner's verdict on an order in review, from whichever message carries its buttons. */
  readonly settle: (ctx: BotContext, press: Settle) => Promise<void>;
}

const outcomeOf = (word: string | undefined): Outcome | undefined =>
  word === 'fulfilled' || word === 'refunded' ? word : undefined;

export function createShopOrder(deps: { stage: Stage; desk: OrderDesk; names: OwnerNames }): ShopOrder {
  const { stage, desk, names } = deps;
  const t = (ctx: BotContext) => deskSentences(ctx.language);
  /** What an owner wrote before being asked whether it is sure; after a restart it is asked for again. */
  const reasons = new Map<string, string>();
  const keyOf = (ctx: BotContext, no: number, outcome: Outcome): string =>
    `${senderOf(ctx)}:${no}:${outcome}`;

  async function view(ctx: BotContext, no: number): Promise<View> {
    const order = await desk.find(senderOf(ctx), no);
    if (order === undefined) return { text: t(ctx).orders.noSuch };
    const actors = actorsOf(order).map(async (id) => [id, await names.of(Number(id))] as const);
    const named = new Map(await Promise.all(actors));
    return storyView(order, { owner: senderOf(ctx), language: ctx.language, names: named });
  }

  /** Why nobody's verdict is wanted (any more). */
  const needless = (ctx: BotContext, order: Order): Rich | string => {
    const { alerts } = sentences(ctx.language);
    return isSettled(order) ? alerts.notInReview(order.no) : alerts.needsNone(order.no);
  };

  /** An owner who is about to judge an order should know what the provider says of it. */
  const warning = (ctx: BotContext, order: Order | undefined): string | Rich | null =>
    order !== undefined && isAwaitingProof(order) ? t(ctx).story.proving : null;

  async function open(ctx: BotContext, text: string): Promise<void> {
    const no = readOrderNo(text);
    await stage.say(ctx, no === undefined ? { text: t(ctx).orders.usage } : await view(ctx, no));
  }

  async function askNow(ctx: BotContext, no: number): Promise<void> {
    const order = await desk.askNow(senderOf(ctx), no);
    const waits = ['handling', 'queued', 'review'].includes(order?.state.name ?? '');
    await stage.toast(ctx, waits ? t(ctx).asking : t(ctx).notAskedNow);
    await stage.redraw(ctx, await view(ctx, no));
  }

  const cancel = (ctx: BotContext, no: number) => [
    featureButton(t(ctx).buttons.cancel, senderOf(ctx), 'horder', [no]),
  ];

  async function askWhy(ctx: BotContext, order: Order, outcome: Outcome): Promise<void> {
    const { no } = order;
    const sure = sentences(ctx.language).alerts.sure[outcome](no);
    await stage.ask(
      ctx,
      { verb: 'hwhy', words: [String(no), outcome] },
      { text: lines(warning(ctx, order), t(ctx).verdict.why(sure)), rows: [cancel(ctx, no)] },
    );
  }

  async function hearWhy(ctx: BotContext, no: number, outcome: Outcome, text: string): Promise<Answered> {
    const reason = cut(text.trim(), LONGEST_REASON);
    const { verdict } = t(ctx);
    const { alerts, buttons } = sentences(ctx.language);
    if (reason === '') return { again: { text: verdict.noReason, rows: [cancel(ctx, no)] } };
    const order = await desk.find(senderOf(ctx), no);
    if (order === undefined || !mayBeJudged(order)) {
      await stage.say(ctx, { text: order === undefined ? t(ctx).orders.noSuch : needless(ctx, order) });
      return 'done';
    }
    reasons.set(keyOf(ctx, no, outcome), reason);
    const yes: Press = { kind: 'settle', owner: senderOf(ctx), no, outcome, sure: true };
    await stage.say(ctx, {
      text: lines(warning(ctx, order), alerts.sure[outcome](no), verdict.reason(reason)),
      rows: [[button(buttons.sure, yes, 'danger')], cancel(ctx, no)],
    });
    return 'done';
  }

  async function settleNow(ctx: BotContext, no: number, outcome: Outcome, reason: string): Promise<void> {
    const { alerts } = sentences(ctx.language);
    const settling = await desk.settle({ by: senderOf(ctx), no, outcome, reason });
    reasons.delete(keyOf(ctx, no, outcome));
    if (settling.kind === 'refused') return stage.toast(ctx);
    await stage.redraw(ctx, {
      text: settling.kind === 'settled' ? alerts.settled(no) : needless(ctx, settling.order),
      rows: [[featureButton(String(no), senderOf(ctx), 'horder', [no])]],
    });
  }

  async function settle(ctx: BotContext, { no, outcome, sure }: Settle): Promise<void> {
    if (ctx.chat?.type !== 'private') return stage.toast(ctx, t(ctx).privateOnly);
    const order = await desk.find(senderOf(ctx), no);
    if (order === undefined) return stage.toast(ctx);
    if (!mayBeJudged(order)) return stage.redraw(ctx, { text: needless(ctx, order) });
    const reason = sure ? reasons.get(keyOf(ctx, no, outcome)) : undefined;
    await (reason === undefined ? askWhy(ctx, order, outcome) : settleNow(ctx, no, outcome, reason));
  }

  return {
    settle,
    feature: {
      ownerCommands: { order: open },
      ownerPresses: {
        horder: async (ctx, [word]) => {
          // Back from the question why: nobody waits for a reason any more.
          await leaveQuestion(ctx);
          await stage.redraw(ctx, await view(ctx, idOf(word) ?? 0));
        },
        hask: (ctx, [word]) => askNow(ctx, idOf(word) ?? 0),
      },
      ownerAnswers: {
        hwhy: async (ctx, [word, outcome], { text }) => {
          const verdict = outcomeOf(outcome);
          return verdict === undefined ? 'done' : hearWhy(ctx, idOf(word) ?? 0, verdict, text);
        },
      },
    },
  };
}
