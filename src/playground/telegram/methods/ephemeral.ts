// Ephemeral messages (Bot API 10.2): shown in a group to one person only, with ids and editing
// methods of their own.
import { badRequest } from '../refusal.ts';
import { integerIn, isGiven, recordIn, textIn } from '../payload.ts';
import { messageTextIn } from '../formatted-text.ts';
import { inlineMarkupIn } from '../keyboard.ts';
import { findEphemeral, writableChatIn } from '../chats.ts';
import { changeMessage, removeMessage } from '../messages.ts';
import { checkIsModified } from './edit.ts';
import type { Payload } from '../payload.ts';
import type { Chat, StoredMessage } from '../model.ts';
import type { World } from '../world.ts';

const ANSWER_WINDOW_MS = 15_000;

function answersRecentAction(
  world: World,
  action: { queryId: string | undefined; receiverId: number; chat: Chat; replyTo: StoredMessage | undefined },
): boolean {
  const query = action.queryId === undefined ? undefined : world.queries.get(action.queryId);
  if (query) {
    const isRecent = world.now() - query.at <= ANSWER_WINDOW_MS;
    return isRecent && query.personId === action.receiverId && query.chat === action.chat;
  }
  const replied = action.replyTo?.ephemeral;
  return replied?.receiverId === action.receiverId;
}

/**
 * The one person a new message is for, or undefined for an ordinary message. A bot that is no
 * administrator may only answer an ephemeral message, or a press within 15 seconds.
 */
export function ephemeralReceiverIn(
  world: World,
  payload: Payload,
  chat: Chat,
  replyTo: StoredMessage | undefined,
): number | undefined {
  if (!isGiven(payload, 'ephemeral_message_parameters')) {
    if (replyTo?.ephemeral) throw badRequest('message to be replied not found');
    return undefined;
  }
  const parameters = recordIn(payload, 'ephemeral_message_parameters');
  const receiverId = parameters && integerIn(parameters, 'receiver_user_id');
  if (!parameters || receiverId === undefined) throw badRequest("can't parse ephemeral message parameters");
  if (chat.kind === 'private')
    throw badRequest('ephemeral messages can be sent only to groups and supergroups');
  if (!chat.memberIds.has(receiverId)) throw badRequest('user not found');
  const queryId = textIn(parameters, 'callback_query_id');
  if (chat.bot !== 'administrator' && !answersRecentAction(world, { queryId, receiverId, chat, replyTo })) {
    throw badRequest('not enough rights to send ephemeral messages to the chat');
  }
  return receiverId;
}

function ephemeralIn(world: World, payload: Payload, purpose: string): StoredMessage {
  const chat = writableChatIn(world, payload);
  const message = findEphemeral(chat, integerIn(payload, 'ephemeral_message_id'));
  if (!message || message.ephemeral?.receiverId !== integerIn(payload, 'receiver_user_id')) {
    throw badRequest(`message to ${purpose} not found`);
  }
  if (message.author.kind !== 'bot') throw badRequest(`message can't be ${purpose}ed`);
  return message;
}

/** editEphemeralMessageText. */
export function editEphemeralMessageText(world: World, payload: Payload): true {
  const message = ephemeralIn(world, payload, 'edit');
  const change = { ...messageTextIn(payload, 'MESSAGE_TOO_LONG'), markup: inlineMarkupIn(payload) };
  checkIsModified(message, change);
  changeMessage(world, message, change);
  return true;
}

/** editEphemeralMessageReplyMarkup. */
export function editEphemeralMessageReplyMarkup(world: World, payload: Payload): true {
  const message = ephemeralIn(world, payload, 'edit');
  const change = { text: message.text, entities: message.entities, markup: inlineMarkupIn(payload) };
  checkIsModified(message, change);
  changeMessage(world, message, change);
  return true;
}

/** deleteEphemeralMessage. */
export function deleteEphemeralMessage(world: World, payload: Payload): true {
  removeMessage(world, ephemeralIn(world, payload, 'delete'));
  return true;
}
