// The calls behind a message that one person of a group sees and nobody else (Bot API 10.2 and later): who it may be sent
// to, and whether the answer proves that the server understood for whom it was. An older one ignores what it doesn't know
// and shows the message to everybody.

import type { Api } from 'grammy';
import type { MessageEntity } from 'grammy/types';
import type { Place } from './chat.ts';
import { isAnonymous, isOwnPress, personOf, placeOf, type BotContext } from './context.ts';
import { WEIGHT } from './outgoing-call.ts';
import type { Weight } from './view.ts';

/** Somebody who just did something in a group. */
export interface Receiver extends Place {
  readonly person: number;
  /** The press that is answered; Telegram takes that for 15 seconds. */
  readonly press: string | null;
  /** The message that is answered when only the bot saw it; the same 15 seconds. */
  readonly answers: number | null;
}

/** Whom an update lets the bot speak to alone; undefined in private chats and for whoever hides their name. */
export function receiverIn({ update }: BotContext): Receiver | undefined {
  const [place, person] = [placeOf(update), personOf(update)];
  if (place === undefined || person === undefined || place.chatId > 0 || isAnonymous(update))
    return undefined;
  const press = isOwnPress(update) ? null : (update.callback_query?.id ?? null);
  return { ...place, person: person.id, press, answers: update.message?.ephemeral_message_id ?? null };
}

export interface Words {
  readonly text: string;
  readonly entities: MessageEntity[];
}

/** `to-everybody`: the server did not know what it was asked for; what everybody saw has been deleted. */
export type Whispered =
  { readonly kind: 'to-one'; readonly id: number } | { readonly kind: 'to-everybody' | 'refused' };

/** Nothing here throws. */
export interface EphemeralCalls {
  send(to: Receiver, words: Words, weight: Weight | undefined): Promise<Whispered>;
  /** False when it still says what it said before. Nobody but its receiver can be shown this, whatever the server. */
  change(to: Receiver, id: number, words: Words, weight: Weight | undefined): Promise<boolean>;
  remove(to: Receiver, id: number): Promise<void>;
  isAdministrator(chatId: number): Promise<boolean>;
}

/** What a call is worth never gets as far as Telegram. */
const weighed = (weight: Weight | undefined): object => (weight === undefined ? {} : { [WEIGHT]: weight });

export function createEphemeralCalls(api: Api): EphemeralCalls {
  let me: Promise<number> | undefined;

  async function send(
    to: Receiver,
    { text, entities }: Words,
    weight: Weight | undefined,
  ): Promise<Whispered> {
    const { chatId, threadId, person, press, answers } = to;
    const message = await api.sendMessage(chatId, text, {
      entities,
      ...weighed(weight),
      ephemeral_message_parameters: {
        receiver_user_id: person,
        ...(press === null ? {} : { callback_query_id: press }),
      },
      ...(threadId === null ? {} : { message_thread_id: threadId }),
      ...(answers === null ? {} : { reply_parameters: { ephemeral_message_id: answers } }),
    });
    const { message_id: ordinary, ephemeral_message_id: id, receiver_user: receiver } = message;
    if (ordinary === 0 && id !== undefined && receiver?.id === person) return { kind: 'to-one', id };
    await api.deleteMessage(chatId, ordinary).catch(() => undefined);
    return { kind: 'to-everybody' };
  }

  async function isAdministrator(chatId: number): Promise<boolean> {
    me ??= api.getMe().then(({ id }) => id);
    const { status } = await api.getChatMember(chatId, await me);
    return status === 'administrator' || status === 'creator';
  }

  return {
    send: (to, words, weight) => send(to, words, weight).catch(() => ({ kind: 'refused' })),
    change: ({ chatId, person }, id, { text, entities }, weight) =>
      api
        .editEphemeralMessageText(chatId, person, id, text, { entities, ...weighed(weight) })
        .catch(() => false),
    remove: async ({ chatId, person }, id) => {
      await api.deleteEphemeralMessage(chatId, person, id).catch(() => undefined);
    },
    isAdministrator: (chatId) =>
      isAdministrator(chatId).catch(() => {
        me = undefined;
        return false;
      }),
  };
}
