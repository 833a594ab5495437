// Ephemeral messages (Bot API 10.2): shown in a group to one person only, with ids and editing
// methods of their own.
import { badRequest, TelegramRefusal } from '../refusal.ts';
import { flagIn, integerIn, isGiven, recordIn, textIn } from '../payload.ts';
import { messageTextIn } from '../formatted-text.ts';
import { inlineMarkupIn } from '../keyboard.ts';
import { findEphemeral, writableChatIn } from '../chats.ts';
import { changeMessage, removeMessage } from '../messages.ts';
import { checkIsModified } from './edit.ts';
import type { Payload } from '../payload.ts';
import type { Chat, StoredMessage } from '../model.ts';
import type { World } from '../world.ts';

const ANSWER_WINDOW_MS = 15_000;

/** What somebody just did in a chat that a message may answer. */
type Action = {
  queryId: string | undefined;
  receiverId: number;
  chat: Chat;
  replyTo: StoredMessage | undefined;
};

function answersPress(world: World, { queryId, receiverId, chat }: Action): boolean {
  const query = queryId === undefined ? undefined : world.queries.get(queryId);
  if (query?.personId !== receiverId || query.chat !== chat) return false;
  return world.now() - query.at <= ANSWER_WINDOW_MS;
}

/** A reply to an ephemeral message goes back to whoever sent it, and soon; administrators are no exception. */
function answersEphemeral(world: World, { replyTo, receiverId }: Action): boolean {
  if (!replyTo?.ephemeral) return false;
  const { author, original } = replyTo;
  const isTheirs = author.kind === 'person' && author.person.user.id === receiverId;
  if (isTheirs && world.now() - original.at <= ANSWER_WINDOW_MS) return true;
  throw badRequest('message to be replied not found');
}

/**
 * The one person a new message is for, or undefined for an ordinary message. A bot that is no administrator may only
 * answer an ephemeral message, or a press, within 15 seconds.
 */
export function ephemeralReceiverIn(
  world: World,
  payload: Payload,
  chat: Chat,
  replyTo: StoredMessage | undefined,
): number | undefined {
  if (!world.knowsEphemeral) return undefined;
  if (!isGiven(payload, 'ephemeral_message_parameters')) {
    if (replyTo?.ephemeral) throw badRequest('message to be replied not found');
    return undefined;
  }
  const parameters = recordIn(payload, 'ephemeral_message_parameters');
  const receiverId = parameters && integerIn(parameters, 'receiver_user_id');
  if (!parameters || receiverId === undefined) throw badRequest("can't parse ephemeral message parameters");
  if (flagIn(parameters, 'replace_callback_query_message'))
    throw badRequest('the playground replaces no message with an ephemeral one');
  if (chat.kind === 'private') throw badRequest('BOT_NOT_ADMIN');
  if (!chat.memberIds.has(receiverId)) throw badRequest('user not found');
  const action: Action = { queryId: textIn(parameters, 'callback_query_id'), receiverId, chat, replyTo };
  const isAnswer = answersEphemeral(world, action) || answersPress(world, action);
  if (!isAnswer && chat.bot !== 'administrator') throw badRequest('BOT_NOT_ADMIN');
  return receiverId;
}

function ephemeralIn(world: World, payload: Payload, purpose: string): StoredMessage {
  if (!world.knowsEphemeral) throw new TelegramRefusal(404, 'Not Found');
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
