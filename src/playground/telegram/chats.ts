// Finds the chat a call or a person names, and says in Telegram's words why the bot may not write
// there.
import { badRequest, forbidden } from './refusal.ts';
import { integerIn, isGiven, textIn } from './payload.ts';
import type { Payload } from './payload.ts';
import type { Chat, GroupChat, Person, StoredMessage } from './model.ts';
import type { World } from './world.ts';

/** The chat of a call, whatever the bot's standing in it. */
export function chatIn(world: World, payload: Payload, name = 'chat_id'): Chat {
  if (!isGiven(payload, name)) throw badRequest(`${name} is empty`);
  const id = integerIn(payload, name);
  const username = textIn(payload, name)?.replace(/^@/, '').toLowerCase();
  const chat =
    id === undefined
      ? [...world.chats.values()].find(
          (one) => one.kind === 'private' && one.person.user.username?.toLowerCase() === username,
        )
      : world.chats.get(id);
  // Telegram looks only channels and supergroups up by name; people must be met by id.
  if (!chat || id === undefined) throw badRequest('chat not found');
  return chat;
}

function checkGroup(chat: GroupChat): void {
  const kind = chat.kind === 'group' ? 'group chat' : 'supergroup chat';
  if (chat.migratedTo !== undefined) {
    throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.migratedTo });
  }
  if (chat.bot === 'kicked') throw forbidden(`bot was kicked from the ${kind}`);
  if (chat.bot === 'left') throw forbidden(`bot is not a member of the ${kind}`);
}

/** The chat of a call that writes into it; refused where the bot may not write. */
export function writableChatIn(world: World, payload: Payload): Chat {
  const chat = chatIn(world, payload);
  if (chat.kind !== 'private') {
    checkGroup(chat);
    return chat;
  }
  if (chat.person.isDeactivated) throw forbidden('user is deactivated');
  if (!chat.isStarted) throw forbidden("bot can't initiate conversation with a user");
  if (chat.isBlocked) throw forbidden('bot was blocked by the user');
  return chat;
}

/** Whether updates of this chat reach the bot at all. */
export function botIsIn(chat: Chat): boolean {
  if (chat.kind === 'private') return !chat.isBlocked;
  return chat.migratedTo === undefined && (chat.bot === 'member' || chat.bot === 'administrator');
}

/** A chat a test or page names; a wrong id is a mistake of the caller, so an ordinary error. */
export function knownChat(world: World, chatId: number): Chat {
  const chat = world.chats.get(chatId);
  if (!chat) throw new Error(`The playground has no chat ${chatId}.`);
  return chat;
}

/** A group a test or page names. */
export function knownGroup(world: World, chatId: number): GroupChat {
  const chat = knownChat(world, chatId);
  if (chat.kind === 'private') throw new Error(`Chat ${chatId} is private, not a group.`);
  return chat;
}

/** A person a test or page names. */
export function knownPerson(world: World, personId: number): Person {
  const person = world.people.get(personId);
  if (!person) throw new Error(`The playground has no person ${personId}.`);
  return person;
}

/** A message that is still there, or undefined; ephemeral ones have no ordinary id. */
export function findMessage(chat: Chat, messageId: number | undefined): StoredMessage | undefined {
  if (messageId === undefined) return undefined;
  return chat.log.find((message) => message.id === messageId && !message.isDeleted && !message.ephemeral);
}

/** An ephemeral message that is still there, or undefined. */
export function findEphemeral(chat: Chat, ephemeralId: number | undefined): StoredMessage | undefined {
  return chat.log.find((message) => message.ephemeral?.id === ephemeralId && !message.isDeleted);
}

/** How a person stands in a group. */
export function standingOf(
  chat: GroupChat,
  personId: number,
): 'creator' | 'administrator' | 'member' | 'left' {
  if (!chat.memberIds.has(personId)) return 'left';
  if (chat.ownerId === personId) return 'creator';
  return chat.adminIds.has(personId) ? 'administrator' : 'member';
}
