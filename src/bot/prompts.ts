// The one prompt of each running purchase: where it stands, and how the next one takes its place. A prompt that has
// become an order's message belongs to the order from then on, and nobody here touches it again.

import type { Dialogues, PromptPlace } from '../app/ports.ts';
import type { Order } from '../domain/order.ts';
import type { Chat, Place } from './chat.ts';
import { keyOf, placeOf, type BotContext } from './context.ts';
import type { View } from './view.ts';

/** Where a flow stands on the screen: its prompt, and whether the person has written something below it since. */
export interface Spot {
  readonly flow: string;
  readonly owner: number;
  readonly promptId: number | null;
  readonly typed: boolean;
  /** The message that began the flow; in a group the prompt answers it, so that one person's reply field opens. */
  readonly beganWith: number | null;
}

export interface Prompted {
  readonly promptId: number | null;
}

export interface Prompts {
  /** Puts a prompt where the last one stood, or below what the person typed meanwhile. */
  put(outer: BotContext, spot: Spot, view: View): Promise<Prompted>;
  /** The prompt of the flow under a key; undefined when there is none or it has become an order's message. */
  of(key: string): PromptPlace | undefined;
  /** Takes the buttons off a flow's prompt that gives way to another. */
  retire(key: string): void;
  /** This message is an order's now. */
  give(order: Order): void;
}

/** Orders whose flow may still be stored, far more than can be placed while one update is handled. */
const MOST_GIVEN = 10_000;

export const here = (outer: BotContext): Place =>
  placeOf(outer.update) ?? { chatId: outer.from?.id ?? 0, threadId: null };

export function createPrompts({ chat, dialogues }: { chat: Chat; dialogues: Dialogues }): Prompts {
  const given = new Set<string>();
  const isGiven = (chatId: number, messageId: number): boolean => given.has(`${chatId}:${messageId}`);

  function remember(outer: BotContext, place: Place, messageId: number): Prompted {
    const key = keyOf(outer.update);
    if (key !== undefined) dialogues.setPrompt(key, { ...place, messageId, language: outer.language });
    return { promptId: messageId };
  }

  function of(key: string): PromptPlace | undefined {
    const prompt = dialogues.prompt(key);
    return prompt === undefined || isGiven(prompt.chatId, prompt.messageId) ? undefined : prompt;
  }

  return {
    of,
    put: async (outer, spot, view) => {
      const place = here(outer);
      const { language } = outer;
      const last = spot.promptId === null || isGiven(place.chatId, spot.promptId) ? null : spot.promptId;
      const opensReply = view.forceReply === true && place.chatId < 0;
      if (last !== null && !spot.typed && !opensReply) {
        const edited = await chat.edit(place, last, language, view);
        if (edited.ok) return remember(outer, place, edited.messageId);
      } else if (last !== null) {
        void chat.unbutton(place, last);
      }
      const replyTo =
        place.chatId < 0 ? (outer.message?.message_id ?? spot.beganWith ?? undefined) : undefined;
      const sent = await chat.send(place, language, view, replyTo);
      return sent.ok ? remember(outer, place, sent.messageId) : { promptId: null };
    },
    retire: (key) => {
      const prompt = of(key);
      if (prompt !== undefined) void chat.unbutton(prompt, prompt.messageId);
    },
    give: ({ message: { chatId, messageId } }) => {
      if (messageId !== null) given.add(`${chatId}:${messageId}`);
      const [oldest] = given;
      if (given.size > MOST_GIVEN && oldest !== undefined) given.delete(oldest);
    },
  };
}
