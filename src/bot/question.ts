// Asks a person for one thing to type (an amount, a reason, a picture of a slip) and hands the answer to the feature that
// asked. The question itself is drawn before; here is only the waiting.

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

  /** Resolves to whether the question is answered. */
  async function hear(outer: BotContext, { verb, words }: Question, reply: Reply): Promise<boolean> {
    const answered = await answers[verb]?.(outer, words, reply);
    if (answered === undefined || answered === 'done') return true;
    await say(outer, answered.again);
    return false;
  }

  async function say(outer: BotContext, view: View): Promise<void> {
    const place = placeOf(outer.update);
    if (place !== undefined) await chat.send(place, outer.language, view);
  }

  return async (conversation: Conversation<BotContext>, _ctx: Context, question: Question): Promise<void> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const ctx = await conversation.waitUntil((next) => replyIn(next) !== undefined, { next: true });
      const reply = replyIn(ctx) ?? { text: '', photo: null };
      if (await conversation.external((outer) => hear(outer, question, reply))) return;
    }
  };
}
