// deleteMessage and deleteMessages, with the 48-hour rule.
import { badRequest } from '../refusal.ts';
import { integerIn, jsonIn } from '../payload.ts';
import { findMessage, writableChatIn } from '../chats.ts';
import { removeMessage } from '../messages.ts';
import { unixTime } from '../world.ts';
import type { Payload } from '../payload.ts';
import type { Chat, StoredMessage } from '../model.ts';
import type { World } from '../world.ts';

const DELETABLE_FOR_SECONDS = 48 * 60 * 60;
const MOST_AT_ONCE = 100;

function checkMayDelete(world: World, chat: Chat, message: StoredMessage): void {
  if (unixTime(world) - message.date > DELETABLE_FOR_SECONDS) {
    throw badRequest("message can't be deleted for everyone");
  }
  const isOwn = message.author.kind === 'bot';
  const mayDeleteOthers = chat.kind === 'private' || chat.bot === 'administrator';
  if (!isOwn && !mayDeleteOthers) throw badRequest("message can't be deleted");
}

/** deleteMessage. */
export function deleteMessage(world: World, payload: Payload): true {
  const chat = writableChatIn(world, payload);
  const message = findMessage(chat, integerIn(payload, 'message_id'));
  if (!message) throw badRequest('message to delete not found');
  checkMayDelete(world, chat, message);
  removeMessage(world, message);
  return true;
}

/** deleteMessages; ids that are not found are skipped, as in Telegram. */
export function deleteMessages(world: World, payload: Payload): true {
  const chat = writableChatIn(world, payload);
  const ids = jsonIn(payload, 'message_ids');
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest('message identifiers are not specified');
  if (ids.length > MOST_AT_ONCE) throw badRequest('too many message identifiers specified');
  const found = ids
    .map((id) => findMessage(chat, Number(id)))
    .filter((message): message is StoredMessage => message !== undefined);
  for (const message of found) checkMayDelete(world, chat, message);
  for (const message of found) removeMessage(world, message);
  return true;
}
