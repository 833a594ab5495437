// How the shop's features speak: below what was written, in place of what was pressed, to somebody in private, or as a
// question that waits for an answer. Failures of Telegram never end what a person asked for.

import type { Language } from '../domain/order.ts';
import type { Chat, Sent } from './chat.ts';
import { placeOf, type BotContext } from './context.ts';
import { ASK, type Asked, type Question } from './question.ts';
import type { View } from './view.ts';

export interface Stage {
  /** A new message where the update happened; in a group it answers what was written. */
  say(ctx: BotContext, view: View): Promise<void>;
  /** The pressed message says this from now on; where there was no press, or it is gone, a new message does. */
  redraw(ctx: BotContext, view: View): Promise<void>;
  /** Ends the spinner on the pressed button, with a short notice if there is something to say. */
  toast(ctx: BotContext, text?: string): Promise<void>;
  /** The same as a window that has to be closed; only the presser sees it. At most 200 characters. */
  alert(ctx: BotContext, text: string): Promise<void>;
  /** A message in a person's private chat, in the language of that person. */
  tell(person: number, view: (language: Language) => View): Promise<Sent>;
  /** Draws a question and waits for what the person sends next; private chats only. */
  ask(ctx: BotContext, question: Question, view: View): Promise<void>;
}

export function createStage(deps: { chat: Chat; languageOf: (person: number) => Language }): Stage {
  const { chat, languageOf } = deps;

  /** Where it stands now; null where Telegram did not take it. */
  async function write(ctx: BotContext, view: View): Promise<number | null> {
    const place = placeOf(ctx.update);
    if (place === undefined) return null;
    const replyTo = place.chatId < 0 ? ctx.message?.message_id : undefined;
    const sent = await chat.send(place, ctx.language, view, replyTo);
    return sent.ok ? sent.messageId : null;
  }

  async function toast(ctx: BotContext, text?: string): Promise<void> {
    if (ctx.callbackQuery === undefined) return;
    await ctx.answerCallbackQuery(text === undefined ? {} : { text }).catch(() => undefined);
  }

  /** The same in place of what was pressed. */
  async function draw(ctx: BotContext, view: View): Promise<number | null> {
    await toast(ctx);
    const place = placeOf(ctx.update);
    const pressed = ctx.callbackQuery?.message?.message_id;
    if (place === undefined) return null;
    if (pressed !== undefined && (await chat.edit(place, pressed, ctx.language, view)).ok) return pressed;
    return write(ctx, view);
  }

  return {
    say: async (ctx, view) => {
      await write(ctx, view);
    },
    redraw: async (ctx, view) => {
      await draw(ctx, view);
    },
    toast,
    alert: async (ctx, text) => {
      await ctx.answerCallbackQuery({ text, show_alert: true }).catch(() => undefined);
    },
    tell: (person, view) => {
      const language = languageOf(person);
      return chat.send({ chatId: person, threadId: null }, language, view(language));
    },
    ask: async (ctx, question, view) => {
      await ctx.conversation.exitAll();
      const asked: Asked = { ...question, messageId: await draw(ctx, view) };
      await ctx.conversation.enter(ASK, asked);
    },
  };
}
