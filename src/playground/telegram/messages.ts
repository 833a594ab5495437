// Puts messages into chats, changes and removes them, and tells the watchers. Who may do so is
// decided before, by the methods; who else hears of it, by deliver.ts.
import { buttonRows } from './keyboard.ts';
import { unixTime } from './world.ts';
import { viewMessage } from './view.ts';
import type { World } from './world.ts';
import type { Author, Chat, Entity, Markup, Media, StoredMessage, Version } from './model.ts';

/** What a new message is made of. */
export type Draft = {
  chat: Chat;
  author: Author;
  text?: string;
  entities?: Entity[];
  media?: Media;
  service?: Record<string, unknown>;
  threadId?: number;
  replyTo?: StoredMessage;
  forwardedFrom?: string;
  markup?: Markup;
  receiverId?: number;
};

function takeId(world: World, chat: Chat): number {
  // A supergroup counts its own messages; private chats and basic groups share the bot's counter.
  if (chat.kind === 'supergroup') return ++chat.lastMessageId;
  return ++world.counters.message;
}

function versionOf(world: World, message: Pick<StoredMessage, 'text' | 'entities' | 'markup'>): Version {
  const { text, entities, markup } = message;
  return structuredClone({ at: world.now(), text, entities, keyboard: buttonRows(markup) });
}

/** Stores a message, gives it its id and shows it to the watchers. */
export function addMessage(world: World, draft: Draft): StoredMessage {
  const { receiverId, text = '', entities = [], ...rest } = draft;
  const message: StoredMessage = {
    ...rest,
    id: receiverId === undefined ? takeId(world, draft.chat) : 0,
    ...(receiverId !== undefined && { ephemeral: { id: ++world.counters.ephemeral, receiverId } }),
    date: unixTime(world),
    text,
    entities,
    isDeleted: false,
    isPinned: false,
    reactions: [],
    original: versionOf(world, { text, entities, ...(rest.markup && { markup: rest.markup }) }),
    edits: [],
  };
  draft.chat.log.push(message);
  if (message.author.kind === 'bot') world.typingUntil.delete(draft.chat.id);
  world.hub.emit({ type: 'message', chatId: draft.chat.id, message: viewMessage(world, message) });
  return message;
}

/** Replaces what a message shows; an absent markup removes the keyboard. */
export function changeMessage(
  world: World,
  message: StoredMessage,
  change: { text: string; entities: Entity[]; markup?: Markup | undefined },
): void {
  message.text = change.text;
  message.entities = change.entities;
  if (change.markup) message.markup = change.markup;
  else delete message.markup;
  message.editDate = unixTime(world);
  message.edits.push(versionOf(world, message));
  world.hub.emit({ type: 'edit', chatId: message.chat.id, message: viewMessage(world, message) });
}

/** Takes a message off the screen; it stays in the log, marked as deleted. */
export function removeMessage(world: World, message: StoredMessage): void {
  message.isDeleted = true;
  world.hub.emit({ type: 'delete', chatId: message.chat.id, message: viewMessage(world, message) });
}

/** Gives a file an id that getFile and a later send will know. */
export function newFile(world: World, kind: Media['kind'], fileName?: string): Media {
  const fileId = `playground-${kind}-${++world.counters.file}`;
  world.fileIds.set(fileId, fileName === undefined ? {} : { fileName });
  return { kind, fileId, ...(fileName !== undefined && { fileName }) };
}
