// The small signals around messages: who the bot is, "typing", reactions, pins and files.
import { badRequest } from '../refusal.ts';
import { integerIn, isGiven, isRecord, jsonIn, textIn } from '../payload.ts';
import { findMessage, writableChatIn } from '../chats.ts';
import { threadIn } from './send.ts';
import { viewMessage } from '../view.ts';
import type { Payload } from '../payload.ts';
import type { Chat, StoredMessage } from '../model.ts';
import type { World } from '../world.ts';

const TYPING_LASTS_MS = 5000;

const ACTIONS = new Set([
  ...['typing', 'upload_photo', 'record_video', 'upload_video', 'record_voice', 'upload_voice'],
  ...['upload_document', 'choose_sticker', 'find_location', 'record_video_note', 'upload_video_note'],
]);

/** The emoji Telegram lets a bot react with; any other is refused. */
const REACTIONS = new Set(
  (
    '❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 ' +
    '😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡'
  ).split(' '),
);

/** getMe. */
export function getMe(world: World): Record<string, unknown> {
  return {
    ...world.bot.user,
    can_join_groups: true,
    can_read_all_group_messages: world.bot.canReadAllGroupMessages,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
  };
}

/** sendChatAction; the sign lasts five seconds or until the bot's next message. */
export function sendChatAction(world: World, payload: Payload): true {
  const chat = writableChatIn(world, payload);
  if (!ACTIONS.has(textIn(payload, 'action') ?? '')) throw badRequest('wrong parameter action in request');
  threadIn(payload, chat);
  world.typingUntil.set(chat.id, world.now() + TYPING_LASTS_MS);
  world.hub.emit({ type: 'typing', chatId: chat.id });
  return true;
}

function reactionsIn(payload: Payload): string[] {
  if (!isGiven(payload, 'reaction')) return [];
  const list = jsonIn(payload, 'reaction');
  if (!Array.isArray(list)) throw badRequest("can't parse reaction types JSON object");
  if (list.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  return list.map((reaction: unknown) => {
    const emoji = isRecord(reaction) && reaction['type'] === 'emoji' ? reaction['emoji'] : undefined;
    if (typeof emoji !== 'string' || !REACTIONS.has(emoji.replaceAll('\uFE0F', ''))) {
      throw badRequest('REACTION_INVALID');
    }
    return emoji;
  });
}

function messageIn(payload: Payload, chat: Chat, purpose: string): StoredMessage {
  const message = findMessage(chat, integerIn(payload, 'message_id'));
  if (!message) throw badRequest(`message to ${purpose} not found`);
  return message;
}

/** setMessageReaction; a bot may leave one, an empty list takes it away. */
export function setMessageReaction(world: World, payload: Payload): true {
  const chat = writableChatIn(world, payload);
  const message = messageIn(payload, chat, 'react');
  message.reactions = reactionsIn(payload);
  world.hub.emit({ type: 'reaction', chatId: chat.id, message: viewMessage(world, message) });
  return true;
}

function checkMayPin(chat: Chat): void {
  if (chat.kind !== 'private' && chat.bot !== 'administrator') {
    throw badRequest('not enough rights to manage pinned messages in the chat');
  }
}

/** pinChatMessage. */
export function pinChatMessage(world: World, payload: Payload): true {
  const chat = writableChatIn(world, payload);
  checkMayPin(chat);
  messageIn(payload, chat, 'pin').isPinned = true;
  world.hub.emit({ type: 'chat', chatId: chat.id });
  return true;
}

/** unpinChatMessage; without message_id the newest pin goes. */
export function unpinChatMessage(world: World, payload: Payload): true {
  const chat = writableChatIn(world, payload);
  checkMayPin(chat);
  const messageId = integerIn(payload, 'message_id');
  const message =
    messageId === undefined ? chat.log.findLast((one) => one.isPinned) : findMessage(chat, messageId);
  if (!message?.isPinned) throw badRequest('message to unpin not found');
  message.isPinned = false;
  world.hub.emit({ type: 'chat', chatId: chat.id });
  return true;
}

/** getFile; the stand-in keeps no bytes, so the path leads nowhere. */
export function getFile(world: World, payload: Payload): Record<string, unknown> {
  const fileId = textIn(payload, 'file_id') ?? '';
  if (!world.fileIds.has(fileId)) throw badRequest('invalid file_id');
  return { file_id: fileId, file_unique_id: `u${fileId}`, file_size: 1024, file_path: `files/${fileId}` };
}
