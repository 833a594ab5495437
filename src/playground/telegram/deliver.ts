// Decides which happenings the bot hears of, privacy mode included, and queues them as updates.
import { botIsIn } from './chats.ts';
import { wireChat, wireMember, wireMessage } from './wire.ts';
import { unixTime } from './world.ts';
import { CALLBACK_LIFETIME_MS, MESSAGE_LIFETIME_MS } from './update-queue.ts';
import type { Chat, StoredMessage, User } from './model.ts';
import type { World } from './world.ts';

/** The command that a text begins with, unless it is meant for another bot. */
export function commandForBot(world: World, text: string): string | undefined {
  const [, name, addressee] = /^\/(\w{1,32})(?:@(\w+))?(?=\s|$)/.exec(text) ?? [];
  const isOurs =
    addressee === undefined || addressee.toLowerCase() === world.bot.user.username?.toLowerCase();
  return isOurs ? name : undefined;
}

/** Privacy mode: in a group a plain member bot sees only what is meant for it. */
function botCanSee(world: World, message: StoredMessage): boolean {
  const { chat } = message;
  if (!botIsIn(chat)) return false;
  if (chat.kind === 'private') return true;
  if (chat.bot === 'administrator' || world.bot.canReadAllGroupMessages) return true;
  if (message.service || commandForBot(world, message.text) !== undefined) return true;
  return message.replyTo?.author.kind === 'bot';
}

/** Queues a person's or service message for the bot, unless the bot must not see it. */
export function deliverMessage(world: World, message: StoredMessage, kind = 'message'): void {
  if (!botCanSee(world, message)) return;
  world.updates.push({
    kind,
    body: wireMessage(world, message),
    queue: `chat ${message.chat.id}`,
    expiresAt: (message.editDate ?? message.date) * 1000 + MESSAGE_LIFETIME_MS,
  });
}

/** Queues a button press; Telegram orders these by person, apart from messages. */
export function deliverPress(world: World, personId: number, query: Record<string, unknown>): void {
  world.updates.push({
    kind: 'callback_query',
    body: query,
    queue: `person ${personId}`,
    expiresAt: world.now() + CALLBACK_LIFETIME_MS,
  });
}

/** Queues the news that the bot's own standing in a chat changed. */
export function deliverStanding(
  world: World,
  chat: Chat,
  change: { by: User; from: string; to: string },
): void {
  world.hub.emit({ type: 'chat', chatId: chat.id });
  world.updates.push({
    kind: 'my_chat_member',
    body: {
      chat: wireChat(chat),
      from: change.by,
      date: unixTime(world),
      old_chat_member: wireMember(world.bot.user, change.from),
      new_chat_member: wireMember(world.bot.user, change.to),
    },
    queue: `chat ${chat.id}`,
    expiresAt: world.now() + MESSAGE_LIFETIME_MS,
  });
}
