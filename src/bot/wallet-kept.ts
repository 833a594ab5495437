// A purchase that waited for money comes back by itself: the bot presses a button that nobody drew, in the chat where the
// purchase was begun, and that press is handled in order like any other.

import type { Update } from 'grammy/types';
import type { Accounts } from '../app/accounts.ts';
import type { KeptOrders } from '../app/kept-orders.ts';
import type { Store } from '../app/ports.ts';
import type { Language, Order } from '../domain/order.ts';
import type { KeptOrder, Member } from '../domain/shop.ts';
import { walletsSentences } from '../i18n/wallets/index.ts';
import { pack } from './callback-data.ts';
import type { Chat } from './chat.ts';
import { isOwnPress, OWN_PRESS, placeOf, senderOf, type BotContext } from './context.ts';
import type { Entry } from './entry.ts';
import { featureButton, type Feature } from './feature.ts';
import type { Stage } from './stage.ts';
import { LET_GO, letGoButton } from './wallet-buttons.ts';
import { named } from './wallet-named.ts';

const GO_ON = 'wgo';

export interface ComingBack {
  /** A wallet has more than before. */
  readonly filled: (person: number) => void;
  /** An order moved: one that ended without a recharge has given its money back. */
  readonly moved: (order: Order) => void;
  /** The same, but only when `work` is done: what is new comes before the purchase that it lets go on. */
  readonly newsFirst: <T>(person: number, work: () => Promise<T>) => Promise<T>;
  /** What has its money and did not come back before the process ended. */
  readonly resume: () => Promise<void>;
  readonly feature: Feature;
}

/** Whoever is pressed for is as the shop knows them: names that differ would be taken for new ones. */
function pressFor(member: Member, kept: KeptOrder, language: Language, updateId: number): Update {
  const { id, name, username } = member;
  const { chatId, threadId } = kept;
  const from = {
    ...{ id, is_bot: false, first_name: name, language_code: language },
    ...(username === null ? {} : { username }),
  };
  const chat =
    chatId > 0
      ? { id: chatId, type: 'private' as const, first_name: name }
      : { id: chatId, type: 'supergroup' as const, title: '' };
  const topic = threadId === null ? {} : { message_thread_id: threadId, is_topic_message: true };
  return {
    update_id: updateId,
    callback_query: {
      ...{ id: OWN_PRESS, from, chat_instance: OWN_PRESS },
      data: pack({ kind: 'do', owner: id, verb: GO_ON, words: [] }),
      message: { message_id: 0, date: 0, chat, ...topic },
    },
  };
}

export function createComingBack(deps: {
  accounts: Accounts;
  kept: KeptOrders;
  store: Store;
  entry: Entry;
  chat: Chat;
  stage: Stage;
  languageOf: (person: number) => Language;
  /** Hands an update over that Telegram did not send, in order with those of its key. */
  goOn: (update: Update) => void;
}): ComingBack {
  const { accounts, kept, store, entry, chat, stage, languageOf, goOn } = deps;
  /** People who are being told of new money, and whether it has come. */
  const beingTold = new Map<number, { filled: boolean }>();
  // Telegram numbers from zero up.
  let pressed = 0;

  async function bringBack(person: number): Promise<void> {
    const [found, member] = await Promise.all([kept.find(person), store.record('member', person)]);
    if (found === undefined || member === undefined) return;
    pressed -= 1;
    goOn(pressFor(member, found, languageOf(person), pressed));
  }

  function filled(person: number): void {
    const telling = beingTold.get(person);
    if (telling !== undefined) telling.filled = true;
    // Read only: what can't be read now stays kept, and comes back with the next money.
    else bringBack(person).catch(() => undefined);
  }

  async function newsFirst<T>(person: number, work: () => Promise<T>): Promise<T> {
    if (beingTold.has(person)) return work();
    const telling = { filled: false };
    beingTold.set(person, telling);
    try {
      return await work();
    } finally {
      beingTold.delete(person);
      if (telling.filled) filled(person);
    }
  }

  /** Whether the person is in the middle of something else, which nobody may take away unasked. */
  function isBusy(ctx: BotContext, { chatId, promptId }: KeptOrder): boolean {
    const running = entry.running(ctx);
    const isThis =
      promptId !== null && running?.promptId === promptId && placeOf(ctx.update)?.chatId === chatId;
    return running !== undefined && !isThis;
  }

  /** The message that the shop is asked has had its say; the one that is pressed is drawn anew anyway. */
  async function closeAsked(ctx: BotContext, found: KeptOrder, becomes: 'back' | 'dropped'): Promise<void> {
    const { asked, promptId, chatId, threadId } = found;
    if (!asked || promptId === null || promptId === ctx.callbackQuery?.message?.message_id) return;
    const place = { chatId, threadId };
    if (becomes === 'dropped') return chat.unbutton(place, promptId);
    const text = walletsSentences(ctx.language).cameBack;
    await chat.edit(place, promptId, ctx.language, { text, weight: 'spare' });
  }

  async function offer(ctx: BotContext, { id, flow }: KeptOrder): Promise<void> {
    if (!(await kept.offer(id))) return;
    const t = walletsSentences(ctx.language);
    const rows = [[featureButton(t.buttons.goOn, id, GO_ON)], [letGoButton(ctx.language, id, flow)]];
    await stage.say(ctx, named(ctx, { text: t.canGoOn, rows }));
  }

  async function goOnWith(ctx: BotContext): Promise<void> {
    const person = senderOf(ctx);
    const isOurs = isOwnPress(ctx.update);
    const found = await kept.find(person);
    if (found === undefined)
      return isOurs ? undefined : stage.redraw(ctx, { text: walletsSentences(ctx.language).notKept });
    if (isOurs && isBusy(ctx, found)) return offer(ctx, found);
    const { service, line, value } = found;
    const before = entry.running(ctx)?.promptId ?? null;
    await entry.enter(ctx, { to: 'find', service, text: line, value }, !isOurs);
    const after = entry.running(ctx)?.promptId ?? null;
    // Nobody could read it: it waits on for the next money, and the person is in the middle of nothing.
    if (isOurs && (after === null || after === before)) {
      await entry.leave(ctx);
      return;
    }
    await closeAsked(ctx, found, 'back');
    // Only now: killed before, it comes back once more, in place of a prompt whose purchase was lost with the process.
    await kept.drop(found);
  }

  /** Only the purchase that the button speaks of: it may have come back since, and another may wait by now. */
  async function letGo(ctx: BotContext, [flow]: readonly string[]): Promise<void> {
    const t = walletsSentences(ctx.language);
    const found = await kept.find(senderOf(ctx));
    const isMeant = found !== undefined && (flow === undefined || found.flow === flow);
    if (!isMeant || !(await kept.drop(found))) return stage.redraw(ctx, { text: t.notKept });
    await closeAsked(ctx, found, 'dropped');
    await stage.redraw(ctx, { text: t.cancelled });
  }

  /** Unlike a deposit, which was made for it, money that is back for another reason must suffice. */
  async function bringBackPaid({ id, price, offered }: KeptOrder): Promise<void> {
    if (!offered && (await accounts.balance(id)).spendable >= price) await bringBack(id);
  }

  async function resume(): Promise<void> {
    for (const found of await kept.all()) await bringBackPaid(found);
  }

  async function freed(person: number): Promise<void> {
    const found = await kept.find(person);
    if (found !== undefined) await bringBackPaid(found);
  }

  return {
    filled,
    newsFirst,
    // What can't be read now stays kept, as with new money.
    moved: ({ buyer, state: { name } }) =>
      name === 'refunded' || name === 'rejected' ? void freed(buyer).catch(() => undefined) : undefined,
    resume,
    feature: { presses: { [GO_ON]: goOnWith, [LET_GO]: letGo }, pressedInGroups: [GO_ON, LET_GO] },
  };
}
