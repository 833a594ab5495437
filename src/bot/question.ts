// Asks a person for one thing to type (an amount, a reason, a picture of a slip) and hands the answer to the feature that
// asked. The question itself is drawn before; here is the waiting, and the end: what was answered has no buttons any more.

import type { Conversation } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { Chat } from './chat.ts';
import { placeOf, type BotContext } from './context.ts';
import type { Feature, Reply } from './feature.ts';
import type { View } from './view.ts';

export const ASK = 'ask';

/** Plain JSON: it is stored with the conversation. */
export interface Question {
  readonly verb: string;
  readonly words: readonly string[];
}

/** A question that is on the screen; null where Telegram did not take it. */
export interface Asked extends Question {
  readonly messageId: number | null;
}

/** Nobody waits for an answer any more. A purchase under way waits on. */
export const leaveQuestion = (ctx: BotContext): Promise<void> => ctx.conversation.exit(ASK);

/** After so many answers that could not be used the question is dropped. */
const MOST_TRIES = 20;

/** What an update says in answer to a question; undefined when it is meant for somebody else. */
function replyIn(ctx: Context): Reply | undefined {
  const { message } = ctx;
  if (message?.chat.type !== 'private') return undefined;
  const text = message.text ?? message.caption ?? '';
  const photo = message.photo?.at(-1)?.file_id ?? null;
  if (text.startsWith('/') || (text === '' && photo === null)) return undefined;
  return { text, photo };
}

/** The conversation behind every question. */
export function createQuestion(deps: { chat: Chat; answers: NonNullable<Feature['answers']> }) {
  const { chat, answers } = deps;

  /** Resolves to the question as it waits from now on; null when it is answered. */
  async function hear(outer: BotContext, asked: Asked, reply: Reply): Promise<Asked | null> {
    const answered = await answers[asked.verb]?.(outer, asked.words, reply);
    if (answered === undefined || answered === 'done') {
      await unbutton(outer, asked);
      return null;
    }
    const { again, words = asked.words } = answered;
    const messageId = await say(outer, again);
    const hasButtons = again.rows?.some((row) => row.length > 0) === true;
    if (!hasButtons || messageId === null) return { ...asked, words };
    await unbutton(outer, asked);
    return { ...asked, words, messageId };
  }

  async function say(outer: BotContext, view: View): Promise<number | null> {
    const place = placeOf(outer.update);
    const sent = place && (await chat.send(place, outer.language, view));
    return sent?.ok === true ? sent.messageId : null;
  }

  async function unbutton(outer: BotContext, { messageId }: Asked): Promise<void> {
    const place = placeOf(outer.update);
    if (place !== undefined && messageId !== null) await chat.unbutton(place, messageId);
  }

  return async (conversation: Conversation<BotContext>, _ctx: Context, first: Asked): Promise<void> => {
    let asked = first;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const ctx = await conversation.waitUntil((next) => replyIn(next) !== undefined, { next: true });
      const reply = replyIn(ctx) ?? { text: '', photo: null };
      const waiting = asked;
      const heard = await conversation.external((outer) => hear(outer, waiting, reply));
      if (heard === null) return;
      asked = heard;
    }
  };
}
