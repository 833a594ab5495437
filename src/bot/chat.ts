// Every message the bot writes goes out here: calls to Telegram with their failures as values, and the SANDBOX mark.

import type { Api } from 'grammy';
import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { Language } from '../domain/order.ts';
import { sentences } from '../i18n/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { sortFailure, type ChatFailure } from './failures.ts';
import type { View } from './view.ts';

export interface Place {
  readonly chatId: number;
  readonly threadId: number | null;
}

export type Sent =
  { readonly ok: true; readonly messageId: number } | { readonly ok: false; readonly failure: ChatFailure };

/** The chat side of the bot. Nothing here throws. */
export interface Chat {
  send(place: Place, language: Language, view: View, replyTo?: number): Promise<Sent>;
  /** Makes a message of ours say this. "Already so" is success. */
  edit(place: Place, messageId: number, language: Language, view: View): Promise<Sent>;
  /** Takes the buttons off a message that is not in use any more. */
  unbutton(place: Place, messageId: number): Promise<void>;
  typing(place: Place): Promise<void>;
}

const isPrivate = (place: Place): boolean => place.chatId > 0;

function keyboard(place: Place, view: View): InlineKeyboardMarkup | undefined {
  const rows = view.rows?.filter((row) => row.length > 0).map((row) => [...row]) ?? [];
  if (rows.length === 0) return undefined;
  const forceReply = view.forceReply === true && !isPrivate(place);
  return { inline_keyboard: rows, ...(forceReply ? { force_reply: true } : {}) };
}

export function createChat(deps: {
  api: Api;
  sandbox: () => boolean;
  /** A payload that Telegram refuses is our bug. */
  malformed: (method: string, description: string) => void;
}): Chat {
  const { api, sandbox, malformed } = deps;

  function body(language: Language, view: View): { text: string; entities: MessageEntity[] } {
    const plain: Rich = typeof view.text === 'string' ? { text: view.text, entities: [] } : view.text;
    const mark = sandbox() && view.toStranger !== true ? sentences(language).sandbox : null;
    const { text, entities } = lines(mark, plain);
    return { text, entities: [...entities] };
  }

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
        ...(place.threadId === null ? {} : { message_thread_id: place.threadId }),
        ...(markup === undefined ? {} : { reply_markup: markup }),
        ...(replyTo === undefined
          ? {}
          : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
      });
      return message.message_id;
    });
  }

  return {
    send: async (place, language, view, replyTo) => {
      const sent = await sendTo(place, language, view, replyTo);
      if (!sent.ok && sent.failure.kind === 'topic-gone' && place.threadId !== null)
        return sendTo({ ...place, threadId: null }, language, view, replyTo);
      return sent;
    },
    edit: async (place, messageId, language, view) => {
      const { text, entities } = body(language, view);
      const markup = keyboard(place, view);
      const edited = await attempt('editMessageText', async () => {
        await api.editMessageText(place.chatId, messageId, text, {
          entities,
          ...(markup === undefined ? {} : { reply_markup: markup }),
        });
        return messageId;
      });
      return !edited.ok && edited.failure.kind === 'unchanged' ? { ok: true, messageId } : edited;
    },
    unbutton: async (place, messageId) => {
      await attempt('editMessageReplyMarkup', async () => {
        await api.editMessageReplyMarkup(place.chatId, messageId);
        return messageId;
      });
    },
    typing: async (place) => {
      const thread = place.threadId === null ? {} : { message_thread_id: place.threadId };
      await api.sendChatAction(place.chatId, 'typing', thread).catch(() => undefined);
    },
  };
}
