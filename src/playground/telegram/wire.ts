// Users, chats and messages as Telegram writes them in answers and updates.
import type { Chat, Person, StoredMessage, User } from './model.ts';
import type { World } from './world.ts';

/** Whom Telegram names as the sender of an anonymous administrator's message. */
export const ANONYMOUS_ADMIN: User = {
  id: 1087968824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

export type WireChat = Record<string, unknown> & { id: number; type: string };
export type WireMessage = Record<string, unknown> & { message_id: number; date: number; chat: WireChat };

/** The user an author is on the wire. */
export function authorUser(world: World, { author }: Pick<StoredMessage, 'author'>): User {
  if (author.kind === 'bot') return world.bot.user;
  return author.kind === 'person' ? author.person.user : ANONYMOUS_ADMIN;
}

function withoutLanguage({ id, is_bot, first_name, last_name, username }: User) {
  return { id, is_bot, first_name, ...(last_name && { last_name }), ...(username && { username }) };
}

/** The chat a message names. */
export function wireChat(chat: Chat): WireChat {
  if (chat.kind === 'private') {
    const { first_name, last_name, username } = withoutLanguage(chat.person.user);
    return {
      id: chat.id,
      first_name,
      ...(last_name && { last_name }),
      ...(username && { username }),
      type: 'private',
    };
  }
  const { id, title, kind, isForum } = chat;
  return { id, title, type: kind, ...(isForum && { is_forum: true }) };
}

function wireMarkup({ markup }: StoredMessage) {
  if (markup?.kind !== 'inline' || markup.rows.length === 0) return {};
  return {
    reply_markup: { inline_keyboard: markup.rows, ...(markup.forceReply && { force_reply: true }) },
  };
}

function wireContent(message: StoredMessage): Record<string, unknown> {
  const { text, entities, media, service } = message;
  if (service) return service;
  if (!media) return { text, ...(entities.length > 0 && { entities }) };
  const file = { file_id: media.fileId, file_unique_id: `u${media.fileId}`, file_size: 1024 };
  const caption = {
    ...(text && { caption: text }),
    ...(entities.length > 0 && { caption_entities: entities }),
  };
  switch (media.kind) {
    case 'photo':
      return { photo: [{ ...file, width: 90, height: 90 }], ...caption };
    case 'document':
      return { document: { ...file, ...(media.fileName && { file_name: media.fileName }) }, ...caption };
    case 'voice':
      return { voice: { ...file, duration: 3, mime_type: 'audio/ogg' }, ...caption };
    case 'sticker':
      return {
        sticker: {
          ...file,
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          emoji: '👍',
        },
      };
  }
}

function repliedTo(message: StoredMessage): StoredMessage | undefined {
  if (message.replyTo) return message.replyTo;
  if (message.threadId === undefined || message.chat.kind === 'private') return undefined;
  // In a topic every message that answers nothing else answers the message that opened the topic.
  const root = message.chat.topics.get(message.threadId)?.root;
  return root === message ? undefined : root;
}

function wireSender(world: World, message: StoredMessage) {
  const from = message.author.kind === 'person' ? message.author.person.user : undefined;
  return {
    from: from ?? withoutLanguage(authorUser(world, message)),
    ...(message.author.kind === 'anonymous-admin' && { sender_chat: wireChat(message.chat) }),
  };
}

/** Whom an ephemeral message is for: a person, or the bot when a person sent it. */
function receiverOf(world: World, { ephemeral, author }: StoredMessage): User | undefined {
  if (!ephemeral) return undefined;
  return author.kind === 'bot' ? world.people.get(ephemeral.receiverId)?.user : world.bot.user;
}

/** The whole message; an answered message inside it does not show what it answers itself. */
export function wireMessage(world: World, message: StoredMessage, isNested = false): WireMessage {
  const replied = isNested ? undefined : repliedTo(message);
  const receiver = receiverOf(world, message);
  const isTopicMessage = message.threadId !== undefined;
  return {
    message_id: message.id,
    ...(isTopicMessage && { message_thread_id: message.threadId, is_topic_message: true }),
    ...wireSender(world, message),
    chat: wireChat(message.chat),
    date: message.date,
    ...(message.editDate !== undefined && { edit_date: message.editDate }),
    ...(message.ephemeral && { ephemeral_message_id: message.ephemeral.id }),
    ...(receiver && { receiver_user: withoutLanguage(receiver) }),
    ...(message.forwardedFrom !== undefined && {
      forward_origin: { type: 'hidden_user', sender_user_name: message.forwardedFrom, date: message.date },
    }),
    ...(replied && !replied.isDeleted && { reply_to_message: wireMessage(world, replied, true) }),
    ...structuredClone(wireContent(message)),
    ...wireMarkup(message),
  };
}

/** What Telegram shows of a message it no longer has at hand. */
export function inaccessibleMessage(chat: Chat, messageId: number): WireMessage {
  return { chat: wireChat(chat), message_id: messageId, date: 0 };
}

/** A member of a chat in a given standing. */
export function wireMember(user: User, status: string): Record<string, unknown> {
  const base = { user: withoutLanguage(user), status };
  if (status === 'kicked') return { ...base, until_date: 0 };
  if (status === 'creator') return { ...base, is_anonymous: false };
  if (status !== 'administrator') return base;
  return {
    ...base,
    can_be_edited: false,
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: true,
    can_manage_video_chats: false,
    can_restrict_members: true,
    can_promote_members: false,
    can_change_info: true,
    can_invite_users: true,
    can_pin_messages: true,
  };
}

/** The user of a person described in ordinary words. */
export function userOf(person: {
  id: number;
  firstName: string;
  lastName?: string;
  username?: string;
  languageCode?: string;
}): Person['user'] {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.lastName !== undefined && { last_name: person.lastName }),
    ...(person.username !== undefined && { username: person.username }),
    ...(person.languageCode !== undefined && { language_code: person.languageCode }),
  };
}
