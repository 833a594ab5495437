// What a person does in a chat: open the bot, write, send a sticker, edit, delete, block.
import { commandsFor } from './command-menu.ts';
import { commandForBot, deliverMessage, deliverStanding } from './deliver.ts';
import { botIsIn, findMessage, knownChat, knownGroup, knownPerson } from './chats.ts';
import { addMessage, changeMessage, newFile, removeMessage } from './messages.ts';
import type { Chat, Entity, Person, PrivateChat, StoredMessage } from './model.ts';
import type { World } from './world.ts';

/** How a message is said: in answer to another, in a topic, formatted, or forwarded. */
export type SayOptions = { replyTo?: number; threadId?: number; entities?: Entity[]; forwarded?: boolean };

/** Commands of a text, marked the way Telegram's apps mark them. */
function commandEntities(text: string): Entity[] {
  return [...text.matchAll(/(?<![\w/])\/[a-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])/gi)].map((match) => ({
    type: 'bot_command',
    offset: match.index,
    length: match[0].length,
  }));
}

function privateChat(world: World, personId: number): PrivateChat {
  const chat = knownChat(world, personId);
  if (chat.kind !== 'private') throw new Error(`Chat ${personId} is not private.`);
  return chat;
}

/** The first message to the bot lets it write back; watchers learn of it. */
function open(world: World, chat: PrivateChat): void {
  if (chat.isStarted) return;
  chat.isStarted = true;
  world.hub.emit({ type: 'chat', chatId: chat.id });
}

function enter(world: World, personId: number, chatId: number): { person: Person; chat: Chat } {
  const person = knownPerson(world, personId);
  const chat = knownChat(world, chatId);
  if (chat.kind === 'private') {
    if (chat.person !== person)
      throw new Error(`Person ${personId} cannot write in the private chat ${chatId}.`);
    if (chat.isBlocked) throw new Error(`Person ${personId} has blocked the bot; unblock it first.`);
    open(world, chat);
  } else {
    if (chat.migratedTo !== undefined) throw new Error(`Group ${chatId} has become ${chat.migratedTo}.`);
    if (!chat.memberIds.has(personId)) throw new Error(`Person ${personId} is not a member of ${chatId}.`);
  }
  return { person, chat };
}

function placeOf(chat: Chat, options: SayOptions) {
  const replyTo = options.replyTo === undefined ? undefined : findMessage(chat, options.replyTo);
  if (options.replyTo !== undefined && !replyTo) {
    throw new Error(`Chat ${chat.id} shows no message ${options.replyTo} to reply to.`);
  }
  const threadId = options.threadId ?? replyTo?.threadId;
  if (threadId !== undefined && (chat.kind === 'private' || !chat.topics.has(threadId))) {
    throw new Error(`Chat ${chat.id} has no topic ${threadId}.`);
  }
  return {
    ...(replyTo && { replyTo }),
    ...(threadId !== undefined && { threadId }),
    ...(options.forwarded && { forwardedFrom: 'Somebody' }),
  };
}

function add(world: World, draft: Parameters<typeof addMessage>[1]): StoredMessage {
  const message = addMessage(world, draft);
  deliverMessage(world, message);
  return message;
}

/** Whether the bot has declared the command for its own eyes: nobody else in the group sees that it was sent. */
function isEphemeralCommand(world: World, personId: number, chat: Chat, text: string): boolean {
  if (chat.kind === 'private' || !world.knowsEphemeral || !botIsIn(chat)) return false;
  const name = commandForBot(world, text);
  return commandsFor(world, personId, chat.id).some(
    ({ command, is_ephemeral: isEphemeral }) => command === name && isEphemeral === true,
  );
}

/** Writes a text; commands in it are marked by themselves, and one declared ephemeral is for the bot alone. */
export function say(world: World, personId: number, chatId: number, text: string, options: SayOptions = {}) {
  const { person, chat } = enter(world, personId, chatId);
  if (text === '') throw new Error('Nobody can send an empty text.');
  const entities = [...(options.entities ?? []), ...commandEntities(text)];
  const isHidden = isEphemeralCommand(world, personId, chat, text);
  return add(world, {
    ...{ chat, author: { kind: 'person', person }, text, entities },
    ...placeOf(chat, options),
    ...(isHidden && { receiverId: world.bot.user.id }),
  });
}

/** Sends a photo, sticker or voice message; a photo may have a caption. */
export function sendMedia(
  world: World,
  sent: { personId: number; chatId: number; kind: 'photo' | 'sticker' | 'voice'; caption?: string },
  options: SayOptions = {},
): StoredMessage {
  const { person, chat } = enter(world, sent.personId, sent.chatId);
  const text = sent.caption ?? '';
  const media = newFile(world, sent.kind);
  const entities = commandEntities(text);
  return add(world, {
    chat,
    author: { kind: 'person', person },
    text,
    entities,
    media,
    ...placeOf(chat, options),
  });
}

/** Changes one's own earlier text. */
export function editOwn(
  world: World,
  personId: number,
  chatId: number,
  messageId: number,
  text: string,
): void {
  const { person, chat } = enter(world, personId, chatId);
  const message = findMessage(chat, messageId);
  if (message?.author.kind !== 'person' || message.author.person !== person) {
    throw new Error(`Message ${messageId} of chat ${chatId} is not one of person ${personId}.`);
  }
  changeMessage(world, message, { text, entities: commandEntities(text) });
  deliverMessage(world, message, 'edited_message');
}

/** Presses Start: opens the private chat, lifts a block, and says /start with its payload. */
export function start(world: World, personId: number, payload?: string): StoredMessage {
  if (privateChat(world, personId).isBlocked) setBlocked(world, personId, false);
  return say(world, personId, personId, payload === undefined ? '/start' : `/start ${payload}`);
}

/** Blocks or unblocks the bot; the bot is told of either. */
export function setBlocked(world: World, personId: number, isBlocked: boolean): void {
  const chat = privateChat(world, personId);
  if (chat.isBlocked === isBlocked) return;
  chat.isBlocked = isBlocked;
  const [from, to] = isBlocked ? ['member', 'kicked'] : ['kicked', 'member'];
  deliverStanding(world, chat, { by: chat.person.user, from, to });
}

/** Deletes a message from the chat for everybody; Telegram tells bots nothing of it. */
export function deleteByPerson(world: World, chatId: number, messageId: number): void {
  const message = findMessage(knownChat(world, chatId), messageId);
  if (!message) throw new Error(`Chat ${chatId} shows no message ${messageId}.`);
  removeMessage(world, message);
}

/** A group's administrator writes in the name of the group. */
export function anonymousAdminSays(world: World, chatId: number, text: string, options: SayOptions = {}) {
  const chat = knownGroup(world, chatId);
  const entities = [...(options.entities ?? []), ...commandEntities(text)];
  return add(world, { chat, author: { kind: 'anonymous-admin' }, text, entities, ...placeOf(chat, options) });
}
