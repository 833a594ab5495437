// Every message the bot writes goes out here: calls to Telegram with their failures as values, and the SANDBOX mark.

import { InputFile, type Api } from 'grammy';
import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { Language } from '../domain/order.ts';
import { sentences } from '../i18n/index.ts';
import { lines } from '../i18n/rich.ts';
import { sortFailure, type ChatFailure } from './failures.ts';
import { WEIGHT } from './outgoing-call.ts';
import type { View, Weight } from './view.ts';

export interface Place {
  readonly chatId: number;
  readonly threadId: number | null;
}

export type Sent =
  { readonly ok: true; readonly messageId: number } | { readonly ok: false; readonly failure: ChatFailure };

const HOPELESS: readonly ChatFailure['kind'][] = ['gone', 'unreachable', 'malformed'];

/** Whether it would fail the same way the next time. */
export const isHopeless = (sent: Sent): boolean => !sent.ok && HOPELESS.includes(sent.failure.kind);

const isTopicGone = (sent: Sent): boolean => !sent.ok && sent.failure.kind === 'topic-gone';

/** A file as it is sent. */
export interface NamedFile {
  readonly name: string;
  readonly content: string;
}

/** The chat side of the bot. Nothing here throws. */
export interface Chat {
  send(place: Place, language: Language, view: View, replyTo?: number): Promise<Sent>;
  /** A picture with the view as its caption: one that Telegram knows by its id, or one of ours. */
  photo(place: Place, language: Language, photo: string | Buffer, view: View): Promise<Sent>;
  /** A file with the view as its caption. */
  document(place: Place, language: Language, file: NamedFile, view: View): Promise<Sent>;
  /** Makes a message of ours say this, below its picture if it has one. "Already so" is success. */
  edit(place: Place, messageId: number, language: Language, view: View): Promise<Sent>;
  /** Takes the buttons off a message that is not in use any more. */
  unbutton(place: Place, messageId: number): Promise<void>;
  typing(place: Place): Promise<void>;
}

const isPrivate = (place: Place): boolean => place.chatId > 0;

/** Tells the outgoing side what a call is worth; it never gets as far as Telegram. */
const weighed = (place: Place, weight: Weight | undefined): object =>
  weight === undefined || isPrivate(place) ? {} : { [WEIGHT]: weight };

function keyboard(place: Place, view: View): InlineKeyboardMarkup | undefined {
  const rows = view.rows?.filter((row) => row.length > 0).map((row) => [...row]) ?? [];
  if (rows.length === 0) return undefined;
  const forceReply = view.forceReply === true && !isPrivate(place);
  return { inline_keyboard: rows, ...(forceReply ? { force_reply: true } : {}) };
}

/** A view's text as Telegram takes it, with the mark of a sandbox. */
export function bodyOf(
  language: Language,
  view: View,
  isSandbox: boolean,
): { text: string; entities: MessageEntity[] } {
  const mark = isSandbox && view.toStranger !== true ? sentences(language).sandbox : null;
  const { text, entities } = lines(mark, view.text);
  return { text, entities: [...entities] };
}

export function createChat(deps: {
  api: Api;
  sandbox: () => boolean;
  /** A payload that Telegram refuses is our bug. */
  malformed: (method: string, description: string) => void;
}): Chat {
  const { api, sandbox, malformed } = deps;

  const body = (language: Language, view: View) => bodyOf(language, view, sandbox());

  async function attempt(method: string, call: () => Promise<number>): Promise<Sent> {
    try {
      return { ok: true, messageId: await call() };
    } catch (error) {
      const failure = sortFailure(error);
      if (failure.kind === 'malformed') malformed(method, failure.description);
      return { ok: false, failure };
    }
  }

  async function sendTo(place: Place, language: Language, view: View, replyTo?: number): Promise<Sent> {
    const { text, entities } = body(language, view);
    const markup = keyboard(place, view);
    return attempt('sendMessage', async () => {
      const message = await api.sendMessage(place.chatId, text, {
        entities,
        ...weighed(place, view.weight),
        ...(place.threadId === null ? {} : { message_thread_id: place.threadId }),
        ...(markup === undefined ? {} : { reply_markup: markup }),
        // A message that only the bot sees has no id to reply to.
        ...(replyTo === undefined || replyTo === 0
          ? {}
          : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
      });
      return message.message_id;
    });
  }

  /** What a picture or a file carries besides itself. */
  function caption(place: Place, language: Language, view: View) {
    const { text, entities } = body(language, view);
    const markup = keyboard(place, view);
    return {
      caption: text,
      caption_entities: entities,
      ...(place.threadId === null ? {} : { message_thread_id: place.threadId }),
      ...(markup === undefined ? {} : { reply_markup: markup }),
    };
  }

  function editText(place: Place, messageId: number, language: Language, view: View): Promise<Sent> {
    const { text, entities } = body(language, view);
    const markup = keyboard(place, view);
    return attempt('editMessageText', async () => {
      await api.editMessageText(place.chatId, messageId, text, {
        entities,
        ...weighed(place, view.weight),
        ...(markup === undefined ? {} : { reply_markup: markup }),
      });
      return messageId;
    });
  }

  const editCaption = (place: Place, messageId: number, language: Language, view: View): Promise<Sent> =>
    attempt('editMessageCaption', async () => {
      const more = caption({ ...place, threadId: null }, language, view);
      await api.editMessageCaption(place.chatId, messageId, more);
      return messageId;
    });

  return {
    send: async (place, language, view, replyTo) => {
      const sent = await sendTo(place, language, view, replyTo);
      if (!isTopicGone(sent)) return sent;
      const isGeneral = place.threadId === null;
      const last = isGeneral ? sent : await sendTo({ ...place, threadId: null }, language, view, replyTo);
      // The general topic is closed as well: nothing can be written in this group.
      return isTopicGone(last) ? { ok: false, failure: { kind: 'unreachable' } } : last;
    },
    photo: (place, language, photo, view) =>
      attempt('sendPhoto', async () => {
        const file = typeof photo === 'string' ? photo : new InputFile(photo, 'picture.png');
        const { message_id: id } = await api.sendPhoto(place.chatId, file, caption(place, language, view));
        return id;
      }),
    document: (place, language, { name, content }, view) =>
      attempt('sendDocument', async () => {
        const file = new InputFile(Buffer.from(content, 'utf8'), name);
        const { message_id: id } = await api.sendDocument(place.chatId, file, caption(place, language, view));
        return id;
      }),
    edit: async (place, messageId, language, view) => {
      const edited = await editText(place, messageId, language, view);
      const isPicture = !edited.ok && edited.failure.kind === 'has-caption';
      const last = isPicture ? await editCaption(place, messageId, language, view) : edited;
      return !last.ok && last.failure.kind === 'unchanged' ? { ok: true, messageId } : last;
    },
    unbutton: async (place, messageId) => {
      await attempt('editMessageReplyMarkup', async () => {
        await api.editMessageReplyMarkup(place.chatId, messageId, { ...weighed(place, 'spare') });
        return messageId;
      });
    },
    typing: async (place) => {
      const thread = place.threadId === null ? {} : { message_thread_id: place.threadId };
      await api.sendChatAction(place.chatId, 'typing', thread).catch(() => undefined);
    },
  };
}
