// Binds what can be seen to one running stand-in, and clears the table for a new start.
import { until } from './events.ts';
import { knownChat } from './chats.ts';
import { commandsFor } from './command-menu.ts';
import { wireUpdate } from './update-queue.ts';
import { describeChats, viewMessage } from './view.ts';
import type { Office } from './api-request.ts';
import type { Chat, StoredMessage } from './model.ts';
import type { ChatSummary, Watching } from './stand-in.ts';
import type { World } from './world.ts';

function summary(chat: Chat): ChatSummary {
  if (chat.kind === 'private') {
    const { first_name, last_name = '' } = chat.person.user;
    const bot = chat.isBlocked ? 'blocked' : chat.isStarted ? 'member' : 'not-started';
    const title = `${first_name} ${last_name}`.trim();
    return { id: chat.id, kind: 'private', title, memberIds: [chat.id], topics: [], bot };
  }
  const topics = [...chat.topics].map(([threadId, { name, isClosed }]) => ({ threadId, name, isClosed }));
  return {
    id: chat.id,
    kind: chat.kind,
    title: chat.title,
    memberIds: [...chat.memberIds],
    topics,
    bot: chat.bot,
    ...(chat.migratedTo !== undefined && { migratedTo: chat.migratedTo }),
  };
}

function shownTo(viewer: number | undefined) {
  return ({ ephemeral, author }: StoredMessage): boolean => {
    if (viewer === undefined || !ephemeral) return true;
    const isOwn = author.kind === 'person' && author.person.user.id === viewer;
    return isOwn || ephemeral.receiverId === viewer;
  };
}

/** Everything that can be seen, as methods. */
export function watching(world: World): Watching {
  const messages: Watching['messages'] = (chatId, { viewer } = {}) =>
    knownChat(world, chatId)
      .log.filter(shownTo(viewer))
      .map((message) => viewMessage(world, message));
  return {
    calls: world.calls,
    messages,
    people: () => [...world.people.values()].map(({ user }) => ({ ...user })),
    chats: () => [...world.chats.values()].map(summary),
    lastBotMessage(chatId, { viewer } = {}) {
      const isShown = shownTo(viewer);
      const isBots = (one: StoredMessage): boolean => one.author.kind === 'bot' && !one.isDeleted;
      const message = knownChat(world, chatId).log.findLast((one) => isBots(one) && isShown(one));
      return message && viewMessage(world, message);
    },
    typing: (chatId) => (world.typingUntil.get(chatId) ?? 0) > world.now(),
    commandsFor: (personId, chatId) => commandsFor(world, personId, chatId),
    pendingUpdates: () => world.updates.waiting().map(wireUpdate),
    on: (listener) => world.hub.on(listener),
    until: (predicate, options = {}) =>
      until(world.hub, predicate, { ...options, describe: () => describeChats(world) }),
  };
}

function forget(chat: Chat): void {
  chat.log.length = 0;
  if (chat.kind === 'private') {
    chat.isStarted = false;
    chat.isBlocked = false;
    chat.person.isDeactivated = false;
    return;
  }
  chat.topics.clear();
  chat.bot = chat.bot === 'administrator' ? 'administrator' : 'member';
}

/** Forgets what happened; ids go on rising, so nothing old can be mistaken for something new. */
export function startOver({ world, faults, flood }: Office): void {
  for (const query of world.queries.values()) query.settle({ answered: false });
  world.queries.clear();
  world.updates.clear();
  world.typingUntil.clear();
  world.calls.length = 0;
  faults.clear();
  flood.clear();
  for (const chat of [...world.chats.values()]) {
    if (chat.kind !== 'private' && chat.migratedTo !== undefined) {
      world.chats.delete(chat.migratedTo);
      chat.migratedTo = undefined;
    }
    forget(chat);
  }
  for (const chatId of world.chats.keys()) world.hub.emit({ type: 'chat', chatId });
}
