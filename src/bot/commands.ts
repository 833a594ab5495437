// What the commands answer, apart from the purchase itself.

import type { Accounts } from '../app/accounts.ts';
import type { Hurry } from '../app/hurry.ts';
import type { Counter } from '../app/place-order.ts';
import { ProviderFault, type Store } from '../app/ports.ts';
import type { People } from '../app/chat-memory.ts';
import { isSettled, type Language, type Order } from '../domain/order.ts';
import { mayBeJudged } from '../domain/transitions.ts';
import { LANGUAGES, sentences } from '../i18n/index.ts';
import { join, lines, type Rich } from '../i18n/rich.ts';
import { readOrderNo } from './answers.ts';
import type { Chat } from './chat.ts';
import { buyerOf, placeOf, senderOf, type BotContext } from './context.ts';
import type { Ephemeral } from './ephemeral.ts';
import { balanceButton } from './group-figures.ts';
import type { Notifier } from './notifier.ts';
import { drawCard, factsOf, MARKS } from './order-card.ts';
import { reviewView, type Owners } from './owners.ts';
import { button, type View } from './view.ts';

const HISTORY = 10;

export type Commands = ReturnType<typeof createCommands>;

export function createCommands(deps: {
  store: Store;
  counter: Counter;
  accounts: Pick<Accounts, 'balance'>;
  people: People;
  chat: Chat;
  ephemeral: Ephemeral;
  notifier: Pick<Notifier, 'privateCard' | 'codeOf'>;
  owners: Pick<Owners, 'includes'>;
  hurry: Hurry;
  publishMenu: (person: number, language: Language) => Promise<void>;
}) {
  const { store, counter, accounts, people, chat, ephemeral, notifier, owners, hurry, publishMenu } = deps;
  const t = (ctx: BotContext) => sentences(ctx.language);
  const inGroup = (ctx: BotContext): boolean => ctx.chat?.type !== 'private';

  async function say(ctx: BotContext, view: View): Promise<void> {
    const place = placeOf(ctx.update);
    if (place === undefined) return;
    await chat.send(place, ctx.language, view, inGroup(ctx) ? ctx.message?.message_id : undefined);
  }

  const recharge = (ctx: BotContext): NonNullable<View['rows']> => [
    [button(t(ctx).buttons.recharge, { kind: 'recharge', owner: senderOf(ctx) }, 'primary')],
  ];

  function cardOf(ctx: BotContext, order: Order): View {
    const person = senderOf(ctx);
    // The alert may have been missed or lost: whoever may judge the order can do so from here as well.
    if (mayBeJudged(order) && !inGroup(ctx) && owners.includes(person))
      return reviewView(person, order, ctx.language);
    const foreign = order.buyer !== person;
    if (!foreign && !inGroup(ctx)) return notifier.privateCard(order);
    return drawCard(order, { language: ctx.language, isPrivate: !inGroup(ctx), code: null, foreign });
  }

  /** For the eyes of the person of the update alone; undefined for whoever has none. */
  async function balanceText(ctx: BotContext): Promise<Rich | string | undefined> {
    const buyer = buyerOf(ctx);
    if (buyer === undefined) return undefined;
    if (buyer.role !== 'owner') {
      const { spendable, held, ceiling } = await accounts.balance(buyer.id);
      return t(ctx).walletBalance(spendable, held, ceiling);
    }
    try {
      const [left, books] = await Promise.all([counter.credit(), store.books()]);
      return t(ctx).balance(left, books.held);
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      return t(ctx).away;
    }
  }

  async function balance(ctx: BotContext): Promise<void> {
    const text = await balanceText(ctx);
    if (text === undefined) return;
    if (!inGroup(ctx)) return say(ctx, { text });
    if ((await ephemeral.show(ctx, { text })) !== undefined) return;
    const button = balanceButton({ language: ctx.language, owner: senderOf(ctx) });
    await say(ctx, { text: t(ctx).balanceInGroup, rows: [[button]] });
  }

  async function history(ctx: BotContext): Promise<void> {
    const orders = await store.history(senderOf(ctx), HISTORY);
    if (orders.length === 0) return say(ctx, { text: t(ctx).noHistory, rows: recharge(ctx) });
    const listed = orders.map((order) =>
      join([t(ctx).historyLine(factsOf(order, inGroup(ctx)), MARKS[order.state.name])]),
    );
    await say(ctx, { text: lines(t(ctx).historyTitle, ...listed) });
  }

  const openOrderOf = async (buyer: number): Promise<Order | undefined> =>
    (await store.history(buyer, HISTORY)).find((order) => !isSettled(order));

  async function status(ctx: BotContext, text: string): Promise<void> {
    const no = readOrderNo(text);
    const buyer = senderOf(ctx);
    const asked = await (text.trim() === '' ? openOrderOf(buyer) : store.byNo(no ?? 0));
    // Owners look at everybody's orders, the others at their own.
    const order = ctx.standing.role === 'owner' || asked?.buyer === buyer ? asked : undefined;
    if (order !== undefined) {
      await say(ctx, cardOf(ctx, order));
      // What was asked for is on the screen; that the disk is full is said where it matters.
      return hurry(order).catch(() => undefined);
    }
    await say(ctx, {
      text: no === undefined ? t(ctx).statusUsage : t(ctx).noSuchOrder,
    });
  }

  return {
    say,
    /** The card code of an order in the clear; whoever asks writes down for whom. */
    codeOf: notifier.codeOf,
    balance,
    balanceText,
    history,
    status,
    welcome: async (ctx: BotContext): Promise<void> => {
      await say(ctx, { text: t(ctx).welcome, rows: recharge(ctx) });
      // Telegram takes no menu for a chat that was never opened; customers have the one that everybody has.
      const hasOwnMenu = ctx.standing.role === 'owner' || ctx.standing.role === 'agent';
      if (hasOwnMenu && ctx.from !== undefined && !inGroup(ctx))
        await publishMenu(ctx.from.id, ctx.language).catch(() => undefined);
    },
    /** Who somebody is to the shop is nobody else's business. */
    help: (ctx: BotContext) => {
      const { role } = ctx.standing;
      const more = role === null || inGroup(ctx) ? null : t(ctx).helpFor[role];
      return say(ctx, { text: lines(t(ctx).help, more), rows: recharge(ctx) });
    },
    notUnderstood: (ctx: BotContext) => say(ctx, { text: t(ctx).notUnderstood, rows: recharge(ctx) }),
    sendText: (ctx: BotContext) => say(ctx, { text: t(ctx).sendText, rows: recharge(ctx) }),
    stranger: (ctx: BotContext) => say(ctx, { text: t(ctx).stranger(senderOf(ctx)), toStranger: true }),
    anonymous: (ctx: BotContext) => say(ctx, { text: t(ctx).anonymous, toStranger: true }),

    askLanguage: (ctx: BotContext) =>
      say(ctx, {
        text: t(ctx).languageAsk,
        rows: LANGUAGES.map((language) => [
          button(sentences(language).languageName, { kind: 'language', owner: senderOf(ctx), language }),
        ]),
      }),

    /** Remembers the language and says so where the question stood. */
    chooseLanguage: async (ctx: BotContext, language: Language): Promise<void> => {
      const person = ctx.from?.id;
      const message = ctx.callbackQuery?.message;
      if (person === undefined || message === undefined) return;
      await people.setLanguage(person, language);
      ctx.language = language;
      const view: View = { text: sentences(language).languageSet, rows: recharge(ctx) };
      await chat.edit({ chatId: message.chat.id, threadId: null }, message.message_id, language, view);
      if (message.chat.type === 'private') await publishMenu(person, language).catch(() => undefined);
    },

    /** What `/cancel` says when no flow was running. */
    nothingToCancel: async (ctx: BotContext): Promise<void> => {
      const open = await openOrderOf(senderOf(ctx));
      await say(ctx, { text: open === undefined ? t(ctx).nothingToCancel : t(ctx).tooLateToCancel(open.no) });
    },
    cancelled: (ctx: BotContext) => say(ctx, { text: t(ctx).cancelled, rows: recharge(ctx) }),
  };
}
