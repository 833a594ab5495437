// sendMessage and the two media methods this project could use: may the bot write here, is the
// message well formed, then it appears.
import { badRequest } from '../refusal.ts';
import { integerIn, isGiven, isRecord, flagIn, recordIn, textIn } from '../payload.ts';
import { captionIn, messageTextIn } from '../formatted-text.ts';
import { markupIn } from '../keyboard.ts';
import { findEphemeral, findMessage, writableChatIn } from '../chats.ts';
import { addMessage, newFile } from '../messages.ts';
import { wireMessage } from '../wire.ts';
import { ephemeralReceiverIn } from './ephemeral.ts';
import type { WireMessage } from '../wire.ts';
import type { Payload } from '../payload.ts';
import type { Chat, Entity, Markup, Media, StoredMessage } from '../model.ts';
import type { World } from '../world.ts';

/** The topic a call names; refused when the chat has no such topic or it is closed. */
export function threadIn(payload: Payload, chat: Chat): number | undefined {
  const threadId = integerIn(payload, 'message_thread_id');
  if (threadId === undefined || threadId === 0) return undefined;
  const topic = chat.kind === 'private' ? undefined : chat.topics.get(threadId);
  // Telegram also refuses 1, the general topic: it must be written to without a thread.
  if (!topic) throw badRequest('message thread not found');
  if (topic.isClosed && chat.kind !== 'private' && chat.bot !== 'administrator')
    throw badRequest('TOPIC_CLOSED');
  return threadId;
}

/** The message a call answers; a missing one is refused unless the caller said not to mind. */
export function replyIn(world: World, payload: Payload, chat: Chat): StoredMessage | undefined {
  const reply = recordIn(payload, 'reply_parameters');
  if (isGiven(payload, 'reply_parameters') && !reply) {
    throw badRequest("can't parse reply parameters JSON object");
  }
  const source: Payload = reply ?? payload;
  const messageId = integerIn(source, reply ? 'message_id' : 'reply_to_message_id');
  const ephemeralId = reply && world.knowsEphemeral ? integerIn(reply, 'ephemeral_message_id') : undefined;
  if (ephemeralId !== undefined) {
    const ephemeral = findEphemeral(chat, ephemeralId);
    if (ephemeral?.author.kind !== 'person') throw badRequest('message to be replied not found');
    return ephemeral;
  }
  if (messageId === undefined) {
    if (reply) throw badRequest('message to be replied not specified');
    return undefined;
  }
  const message = findMessage(chat, messageId);
  if (!message && !flagIn(source, 'allow_sending_without_reply')) {
    throw badRequest('message to be replied not found');
  }
  return message;
}

function optional<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  const result: Partial<Record<K, V>> = {};
  if (value !== undefined) result[name] = value;
  return result;
}

type Content = { text: string; entities: Entity[]; media?: Media };

function post(world: World, payload: Payload, readContent: () => Content): WireMessage {
  const chat = writableChatIn(world, payload);
  const content = readContent();
  const markup: Markup | undefined = markupIn(payload);
  const replyTo = replyIn(world, payload, chat);
  const threadId = threadIn(payload, chat);
  const receiverId = ephemeralReceiverIn(world, payload, chat, replyTo);
  const message = addMessage(world, {
    chat,
    author: { kind: 'bot' },
    ...content,
    ...optional('markup', markup),
    ...optional('replyTo', replyTo),
    ...optional('threadId', threadId ?? replyTo?.threadId),
    ...optional('receiverId', receiverId),
  });
  return wireMessage(world, message);
}

/** sendMessage. */
export function sendMessage(world: World, payload: Payload): WireMessage {
  return post(world, payload, () => messageTextIn(payload));
}

function fileIn(world: World, payload: Payload, kind: 'photo' | 'document'): Media {
  const given = payload[kind];
  if (isRecord(given) && typeof given['fileName'] === 'string')
    return newFile(world, kind, given['fileName']);
  const text = textIn(payload, kind);
  if (text === undefined || text === '') throw badRequest(`there is no ${kind} in the request`);
  const attached = /^attach:\/\/(.+)$/.exec(text)?.[1];
  if (attached !== undefined) {
    const file = payload[attached];
    if (!isRecord(file)) throw badRequest(`there is no ${kind} in the request`);
    return newFile(world, kind, typeof file['fileName'] === 'string' ? file['fileName'] : undefined);
  }
  if (/^https?:/.test(text) && URL.canParse(text)) return newFile(world, kind, nameIn(new URL(text)));
  const known = world.fileIds.get(text);
  if (known === undefined) throw badRequest('wrong file identifier/HTTP URL specified');
  return { kind, fileId: text, ...known };
}

function nameIn({ pathname }: URL): string | undefined {
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    return last === '' ? undefined : decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** sendPhoto. */
export function sendPhoto(world: World, payload: Payload): WireMessage {
  return post(world, payload, () => ({ ...captionIn(payload), media: fileIn(world, payload, 'photo') }));
}

/** sendDocument. */
export function sendDocument(world: World, payload: Payload): WireMessage {
  return post(world, payload, () => ({ ...captionIn(payload), media: fileIn(world, payload, 'document') }));
}
