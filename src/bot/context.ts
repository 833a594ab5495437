// Our context, and the one key by which updates are ordered and flows are kept: chat, member and topic.

import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { CallbackQuery, Message, Update, User } from 'grammy/types';
import type { Buyer, Person, Standing } from '../app/standing.ts';
import type { Language } from '../domain/order.ts';
import { parse } from './callback-data.ts';
import type { Place } from './chat.ts';
import type { Step } from './steps.ts';

export interface OurFlavor {
  /** The person's language: chosen, or the client's, or the shop's. */
  language: Language;
  /** Who the person is to the shop, as of this update. */
  standing: Standing;
  /** A flow of an earlier version of the bot was found under this key and dropped. */
  outdatedFlow?: boolean;
  /** A purchase took more steps than one flow should store: where it goes on in a new one. */
  goesOn?: Step;
}

export type BotContext = ConversationFlavor<Context & OurFlavor>;

/** Anonymous admins, channels and automatic forwards all share these ids: nobody can be told apart behind them. */
export const isAnonymous = (update: Update): boolean => update.message?.sender_chat !== undefined;

/** The id of a press that nobody made: the bot goes on with a purchase by itself. Telegram knows nothing of it. */
export const OWN_PRESS = 'own';

export const isOwnPress = (update: Update): boolean => update.callback_query?.id === OWN_PRESS;

/** An id that can be told from every other; what has none is nobody's, and nowhere. */
const hasId = (one: { readonly id: number } | undefined): boolean => Number.isSafeInteger(one?.id);

export function personOf(update: Update): User | undefined {
  const person = update.message?.from ?? update.callback_query?.from ?? update.my_chat_member?.from;
  return hasId(person) ? person : undefined;
}

/** Who wrote or pressed, as a Telegram user id; 0, which is nobody's and owns nothing, where Telegram does not say. */
export const senderOf = ({ from }: Pick<BotContext, 'from'>): number => from?.id ?? 0;

/** What is no text: a database refuses it inside a name, long after the person was served. */
const NO_TEXT = /\p{Cc}+/gu;

/** What Telegram says of a user, in our words. */
export const personFrom = ({ id, first_name, last_name, username }: User): Person => ({
  id,
  name: [first_name, last_name]
    .map((part) => part?.toWellFormed().replace(NO_TEXT, ' ').trim() ?? '')
    .filter((part) => part !== '')
    .join(' '),
  username: username ?? null,
});

/** The person of this update as somebody who may buy; undefined for whoever is not let in. */
export function buyerOf(ctx: BotContext): Buyer | undefined {
  const person = personOf(ctx.update);
  const { role } = ctx.standing;
  return person === undefined || role === null
    ? undefined
    : { id: person.id, name: personFrom(person).name, role };
}

const COMMAND = /^\/(\w{1,32})(?:@(\w+))?(?=\s|$)/;

/** The command that a message begins with, unless it is meant for another bot. */
export function commandIn({ message, me }: BotContext): string | undefined {
  const [, name, addressee = me.username] = COMMAND.exec(message?.text ?? '') ?? [];
  return addressee.toLowerCase() === me.username.toLowerCase() ? name : undefined;
}

/** The invitation that a link carries into the private chat; undefined for any other message. */
export const invitationIn = ({ chat, message }: BotContext): string | undefined =>
  chat?.type === 'private' ? /^\/start(?:@\w+)?\s+i-(\S{1,62})$/.exec(message?.text ?? '')?.[1] : undefined;

/** Whether a message answers one of the bot's, as the number does that it asked for in a group. */
export const repliesToUs = ({ message, me }: Pick<Context, 'message' | 'me'>): boolean =>
  message?.reply_to_message?.from?.id === me.id;

/** Whether somebody speaks to the bot: with anything in private, with a command of ours or a reply where others talk. */
export const speaksToUs = (ctx: BotContext): boolean =>
  ctx.chat?.type === 'private' || commandIn(ctx) !== undefined || repliesToUs(ctx);

/** Where an update happened; undefined for updates without a chat. */
export function placeOf(update: Update): Place | undefined {
  const message = update.message ?? update.callback_query?.message;
  const chat = message?.chat ?? update.my_chat_member?.chat;
  if (chat === undefined || !hasId(chat)) return undefined;
  const inTopic = message !== undefined && 'is_topic_message' in message && message.is_topic_message;
  const thread = inTopic && 'message_thread_id' in message ? message.message_thread_id : undefined;
  return { chatId: chat.id, threadId: thread ?? null };
}

/** The key of an update, never empty; undefined when there is no chat or no person to key by. */
export function keyOf(update: Update): string | undefined {
  const place = placeOf(update);
  const person = personOf(update);
  if (place === undefined || person === undefined) return undefined;
  return `${place.chatId}:${person.id}:${place.threadId ?? 0}`;
}

/** Whose key it is: a Telegram user id. */
export const memberOf = (key: string): number => Number(key.split(':')[1]);

const LONGEST_TEXT = 300;

/**
 * The press as it can have been made. Whoever claims a button of their own on a message whose buttons are all another's has
 * pressed one of those: no app of Telegram's offers anything else.
 */
function claimed(press: CallbackQuery): CallbackQuery {
  const { data = '', from, message } = press;
  const keyboard = message !== undefined && 'reply_markup' in message ? message.reply_markup : undefined;
  const drawn = (keyboard?.inline_keyboard ?? [])
    .flat()
    .flatMap((one) => ('callback_data' in one ? [one.callback_data] : []));
  const [first] = drawn;
  const isTheirs = (one: string): boolean => parse(one)?.owner === from.id;
  return first === undefined || drawn.some(isTheirs) || !isTheirs(data) ? press : { ...press, data: first };
}

type Written = NonNullable<Update['message']>;

const answersNothing = (message: Message): message is NonNullable<Written['reply_to_message']> =>
  message.reply_to_message === undefined;

/** What a message answers may be a card with its code: whose it was is all that is read of it. */
function unquoted(message: Written): Written {
  const { reply_to_message: answered, quote } = message;
  if (answered === undefined) return message;
  const { message_id, date, chat, from } = answered;
  const bare = { message_id, date, chat, ...(from && { from }) };
  return {
    ...message,
    ...(answersNothing(bare) && { reply_to_message: bare }),
    ...(quote && { quote: { text: '', position: 0 } }),
  };
}

function shortened(message: Written): Written {
  if (message.text === undefined || message.text.length <= LONGEST_TEXT) return message;
  const text = message.text.slice(0, LONGEST_TEXT).toWellFormed();
  const entities = message.entities?.filter((entity) => entity.offset + entity.length <= LONGEST_TEXT) ?? [];
  return { ...message, text, entities };
}

/**
 * Drops what would be stored and is never read: the messages that are pressed on or answered, with their keyboards and
 * codes, and the tail of ten-kilobyte texts; and what a forged press claims, while the keyboard is there to be looked at.
 */
export function slim(update: Update): Update {
  const { message } = update;
  const press = update.callback_query && claimed(update.callback_query);
  if (press?.message !== undefined) {
    const { chat, message_id } = press.message;
    const threadId = placeOf(update)?.threadId;
    const topic = threadId == null ? {} : { is_topic_message: true, message_thread_id: threadId };
    return { ...update, callback_query: { ...press, message: { chat, message_id, date: 0, ...topic } } };
  }
  if (press !== undefined) return { ...update, callback_query: press };
  const slimmed = message && shortened(unquoted(message));
  return slimmed === message ? update : { ...update, ...(slimmed && { message: slimmed }) };
}
