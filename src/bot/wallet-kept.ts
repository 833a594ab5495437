// A purchase that waited for money comes back by itself: the bot presses a button that nobody drew, in the chat where the
// purchase was begun, and that press is handled in order like any other.

import type { Update } from 'grammy/types';
import type { KeptOrders } from '../app/kept-orders.ts';
import type { Store } from '../app/ports.ts';
import type { Language } from '../domain/order.ts';
import type { KeptOrder, Member } from '../domain/shop.ts';
import { walletsSentences } from '../i18n/wallets/index.ts';
import { pack } from './callback-data.ts';
import { isOwnPress, OWN_PRESS, placeOf, type BotContext } from './context.ts';
import type { Entry } from './entry.ts';
import { featureButton, type Feature } from './feature.ts';
import type { Stage } from './stage.ts';
import { LET_GO, letGoButton } from './wallet-buttons.ts';

const GO_ON = 'wgo';

export interface ComingBack {
  /** A wallet has more than before. */
  readonly filled: (person: number) => void;
  /** The same, but only when `work` is done: what is new comes before the purchase that it lets go on. */
  readonly newsFirst: <T>(person: number, work: () => Promise<T>) => Promise<T>;
  readonly presses: NonNullable<Feature['presses']>;
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
  kept: KeptOrders;
  store: Store;
  entry: Entry;
  stage: Stage;
  languageOf: (person: number) => Language;
  /** Hands an update over that Telegram did not send, in order with those of its key. */
  goOn: (update: Update) => void;
}): ComingBack {
  const { kept, store, entry, stage, languageOf, goOn } = deps;
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
  function isBusy(ctx: BotContext, person: number): boolean {
    const running = entry.running(ctx);
    const chatId = placeOf(ctx.update)?.chatId ?? 0;
    return (
      running !== undefined && !(running.promptId !== null && kept.wasTold(person, chatId, running.promptId))
    );
  }

  async function goOnWith(ctx: BotContext): Promise<void> {
    const person = ctx.from?.id ?? 0;
    const t = walletsSentences(ctx.language);
    const isOurs = isOwnPress(ctx.update);
    if (isOurs && (await kept.find(person)) !== undefined && isBusy(ctx, person)) {
      const rows = [[featureButton(t.buttons.goOn, person, GO_ON)], [letGoButton(ctx.language, person)]];
      return stage.say(ctx, { text: t.canGoOn, rows });
    }
    const taken = await kept.take(person);
    if (taken === undefined) return isOurs ? undefined : stage.redraw(ctx, { text: t.notKept });
    const { service, line, value } = taken;
    await entry.enter(ctx, { to: 'find', service, text: line, value }, !isOurs);
  }

  return {
    filled,
    newsFirst,
    presses: {
      [GO_ON]: goOnWith,
      [LET_GO]: async (ctx) => {
        await kept.take(ctx.from?.id ?? 0);
        await stage.redraw(ctx, { text: walletsSentences(ctx.language).cancelled });
      },
    },
  };
}
