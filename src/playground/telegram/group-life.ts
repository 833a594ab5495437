// Who is in the playground, and what happens to groups: topics open and close, the bot is added or
// kicked, a group becomes a supergroup.
import { deliverMessage, deliverStanding } from './deliver.ts';
import { knownGroup, knownPerson } from './chats.ts';
import { addMessage } from './messages.ts';
import { ANONYMOUS_ADMIN, userOf } from './wire.ts';
import type { Author, GroupChat } from './model.ts';
import type { World } from './world.ts';

/** A person to add; the private chat has the same id. */
export type NewPerson = {
  id: number;
  firstName: string;
  lastName?: string;
  username?: string;
  languageCode?: string;
};

/** A group to add; the first member owns it, and the bot is in it from the start. */
export type NewGroup = {
  id?: number;
  title: string;
  type?: 'group' | 'supergroup';
  isForum?: boolean;
  memberIds: number[];
  adminIds?: number[];
  botIsAdmin?: boolean;
};

/** Adds a person who has not met the bot yet. */
export function addPerson(world: World, details: NewPerson): void {
  if (world.people.has(details.id)) throw new Error(`There already is a person ${details.id}.`);
  const person = { user: userOf(details), isDeactivated: false };
  world.people.set(details.id, person);
  world.chats.set(details.id, {
    kind: 'private',
    id: details.id,
    person,
    isStarted: false,
    isBlocked: false,
    log: [],
  });
  world.hub.emit({ type: 'chat', chatId: details.id });
}

function freeGroupId(world: World, kind: GroupChat['kind']): number {
  const number = ++world.counters.group;
  return kind === 'supergroup' ? -1_002_000_000_000 - number : -4_000_000_000 - number;
}

/** Adds a group and returns its id; a forum is always a supergroup. */
export function addGroup(world: World, details: NewGroup): number {
  const kind = details.isForum ? 'supergroup' : (details.type ?? 'group');
  for (const memberId of details.memberIds) knownPerson(world, memberId);
  const id = details.id ?? freeGroupId(world, kind);
  if (id >= 0 || world.chats.has(id)) throw new Error(`A group cannot have the id ${id}.`);
  world.chats.set(id, {
    kind,
    id,
    title: details.title,
    isForum: details.isForum ?? false,
    memberIds: new Set(details.memberIds),
    ownerId: details.memberIds[0],
    adminIds: new Set(details.adminIds),
    bot: details.botIsAdmin ? 'administrator' : 'member',
    topics: new Map(),
    lastMessageId: 0,
    migratedTo: undefined,
    log: [],
  });
  world.hub.emit({ type: 'chat', chatId: id });
  return id;
}

function ownerOf(world: World, chat: GroupChat): Author {
  const person = chat.ownerId === undefined ? undefined : world.people.get(chat.ownerId);
  return person ? { kind: 'person', person } : { kind: 'anonymous-admin' };
}

function ownerUser(world: World, chat: GroupChat) {
  const owner = ownerOf(world, chat);
  return owner.kind === 'person' ? owner.person.user : ANONYMOUS_ADMIN;
}

/** Opens a topic in a forum and returns its thread id. */
export function addTopic(world: World, chatId: number, name: string): number {
  const chat = knownGroup(world, chatId);
  if (!chat.isForum) throw new Error(`Group ${chatId} is no forum.`);
  const service = { forum_topic_created: { name, icon_color: 7322096 } };
  // The first id of a supergroup is the message that created it, and the general topic's thread.
  chat.lastMessageId = Math.max(1, chat.lastMessageId);
  const root = addMessage(world, {
    chat,
    author: ownerOf(world, chat),
    service,
    threadId: chat.lastMessageId + 1,
  });
  chat.topics.set(root.id, { name, isClosed: false, root });
  deliverMessage(world, root);
  return root.id;
}

/** Closes a topic: the bot can no longer write there. */
export function closeTopic(world: World, chatId: number, threadId: number): void {
  const chat = knownGroup(world, chatId);
  const topic = chat.topics.get(threadId);
  if (!topic) throw new Error(`Group ${chatId} has no topic ${threadId}.`);
  topic.isClosed = true;
  const service = { forum_topic_closed: {} };
  deliverMessage(world, addMessage(world, { chat, author: ownerOf(world, chat), service, threadId }));
}

/** Changes how the bot stands in a group; the bot is told. */
export function setBotStanding(world: World, chatId: number, standing: GroupChat['bot']): void {
  const chat = knownGroup(world, chatId);
  const from = chat.bot;
  chat.bot = standing;
  if (from !== standing) deliverStanding(world, chat, { by: ownerUser(world, chat), from, to: standing });
}

/** Turns a basic group into a supergroup with a new id and no old messages; returns the id. */
export function migrate(world: World, chatId: number): number {
  const chat = knownGroup(world, chatId);
  if (chat.kind !== 'group' || chat.migratedTo !== undefined) {
    throw new Error(`Chat ${chatId} is no basic group that could become a supergroup.`);
  }
  const { title, adminIds, memberIds, bot } = chat;
  const members = { memberIds: [...memberIds], adminIds: [...adminIds], botIsAdmin: bot === 'administrator' };
  const newId = addGroup(world, { title, type: 'supergroup', ...members });
  const farewell = addMessage(world, {
    chat,
    author: ownerOf(world, chat),
    service: { migrate_to_chat_id: newId },
  });
  deliverMessage(world, farewell);
  chat.migratedTo = newId;
  const arrival = addMessage(world, {
    chat: knownGroup(world, newId),
    author: { kind: 'anonymous-admin' },
    service: { migrate_from_chat_id: chatId },
  });
  deliverMessage(world, arrival);
  return newId;
}
