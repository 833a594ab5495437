// The one prompt of each running purchase: where it stands, and how the next one takes its place. A prompt that has
// become an order's message belongs to the order from then on, and nobody here touches it again.

import type { Store } from '../app/ports.ts';
import type { Dialogues, PromptPlace } from '../app/chat-memory.ts';
import type { Order } from '../domain/order.ts';
import type { Chat, Place } from './chat.ts';
import { keyOf, memberOf, placeOf, senderOf, type BotContext } from './context.ts';
import type { Asides } from './ephemeral-asides.ts';
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
  /** It has been one's for a while, and what goes with a prompt here is another purchase's. */
  know(order: Order): void;
}

/** Orders whose flow may still be stored, far more than can be placed while one update is handled. */
const MOST_GIVEN = 10_000;

export const here = (outer: BotContext): Place =>
  placeOf(outer.update) ?? { chatId: senderOf(outer), threadId: null };

/** So many of a person's newest orders may have become orders since their flow was last safe on disk. */
const MOST_RECENT = 5;

/**
 * A power cut may bring back a flow that has long become an order, closed perhaps: its message is the order's all the same,
 * and nobody may write over it that nothing was taken.
 */
export async function recogniseOrders(deps: {
  dialogues: Pick<Dialogues, 'idle' | 'prompt'>;
  store: Pick<Store, 'active' | 'history'>;
  prompts: Pick<Prompts, 'give'>;
}): Promise<void> {
  const { dialogues, store, prompts } = deps;
  for (const order of await store.active()) prompts.give(order);
  for (const key of await dialogues.idle(Infinity)) {
    if (dialogues.prompt(key) === undefined) continue;
    for (const order of await newestOrders(key, store)) prompts.give(order);
  }
}

/**
 * The same where processes share the flows: whoever takes one over may not have seen that its prompt became an order's, for
 * the process that saw it was killed, or could not write that down.
 */
export async function recogniseOrdersIn(
  key: string,
  { store, prompts }: { store: Pick<Store, 'history'>; prompts: Pick<Prompts, 'know'> },
): Promise<void> {
  for (const order of await newestOrders(key, store)) prompts.know(order);
}

const newestOrders = (key: string, store: Pick<Store, 'history'>): Promise<readonly Order[]> =>
  store.history(memberOf(key), MOST_RECENT);

export function createPrompts(deps: { chat: Chat; dialogues: Dialogues; asides: Asides }): Prompts {
  const { chat, dialogues, asides } = deps;
  const given = new Set<string>();
  const isGiven = (chatId: number, messageId: number): boolean => given.has(`${chatId}:${messageId}`);

  function know({ message: { chatId, messageId } }: Order): void {
    if (messageId !== null) given.add(`${chatId}:${messageId}`);
    const [oldest] = given;
    if (given.size > MOST_GIVEN && oldest !== undefined) given.delete(oldest);
  }

  function remember(outer: BotContext, place: Place, messageId: number): Prompted {
    const key = keyOf(outer.update);
    if (key !== undefined) dialogues.setPrompt(key, { ...place, messageId, language: outer.language });
    return { promptId: messageId };
  }

  function of(key: string): PromptPlace | undefined {
    const prompt = dialogues.prompt(key);
    return prompt === undefined || isGiven(prompt.chatId, prompt.messageId) ? undefined : prompt;
  }

  async function draw(outer: BotContext, spot: Spot, view: View): Promise<Prompted> {
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
    const replyTo = place.chatId < 0 ? (outer.message?.message_id ?? spot.beganWith ?? undefined) : undefined;
    const sent = await chat.send(place, language, view, replyTo);
    return sent.ok ? remember(outer, place, sent.messageId) : { promptId: null };
  }

  return {
    of,
    put: async (outer, spot, view) => {
      const { text, instead } = view.aside ?? {};
      if (text !== undefined && instead !== undefined) {
        const isTaken = await asides.put(outer, text);
        return draw(outer, spot, isTaken ? { ...view, text: instead } : view);
      }
      const drawn = await draw(outer, spot, view);
      // Nobody waits for it: whatever it says can be had by a button of the prompt as well.
      void asides.put(outer, drawn.promptId === null ? null : (text ?? null));
      return drawn;
    },
    retire: (key) => {
      const prompt = of(key);
      if (prompt !== undefined) void chat.unbutton(prompt, prompt.messageId);
    },
    know,
    give: (order) => {
      const { chatId, threadId } = order.message;
      asides.clear(`${chatId}:${order.buyer}:${threadId ?? 0}`);
      know(order);
    },
  };
}
