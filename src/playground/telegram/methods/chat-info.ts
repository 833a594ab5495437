// What the bot can ask about a chat and its members, and leaving it.
import { badRequest } from '../refusal.ts';
import { integerIn } from '../payload.ts';
import { standingOf, writableChatIn } from '../chats.ts';
import { deliverStanding } from '../deliver.ts';
import { wireChat, wireMember, wireMessage } from '../wire.ts';
import type { Payload } from '../payload.ts';
import type { Chat, GroupChat } from '../model.ts';
import type { World } from '../world.ts';

function groupIn(world: World, payload: Payload, refusal: string): GroupChat {
  const chat = writableChatIn(world, payload);
  if (chat.kind === 'private') throw badRequest(refusal);
  return chat;
}

/** getChat. */
export function getChat(world: World, payload: Payload): Record<string, unknown> {
  const chat = writableChatIn(world, payload);
  const pinned = chat.log.findLast(({ isPinned, isDeleted }) => isPinned && !isDeleted);
  return {
    ...wireChat(chat),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
    ...(pinned && { pinned_message: wireMessage(world, pinned, true) }),
  };
}

function memberOf(world: World, chat: Chat, userId: number): Record<string, unknown> {
  if (userId === world.bot.user.id) {
    return wireMember(world.bot.user, chat.kind === 'private' ? 'member' : chat.bot);
  }
  const person = world.people.get(userId);
  if (!person) throw badRequest('user not found');
  if (chat.kind !== 'private') return wireMember(person.user, standingOf(chat, userId));
  if (chat.id !== userId) throw badRequest('user not found');
  return wireMember(person.user, 'member');
}

/** getChatMember. */
export function getChatMember(world: World, payload: Payload): Record<string, unknown> {
  const chat = writableChatIn(world, payload);
  const userId = integerIn(payload, 'user_id');
  if (userId === undefined) throw badRequest('invalid user_id specified');
  return memberOf(world, chat, userId);
}

/** getChatAdministrators; other bots aside, owner and administrators of a group. */
export function getChatAdministrators(world: World, payload: Payload): Record<string, unknown>[] {
  const chat = groupIn(world, payload, 'there are no administrators in the private chat');
  const ids = [...chat.memberIds].filter((id) => standingOf(chat, id) !== 'member');
  if (chat.bot === 'administrator') ids.push(world.bot.user.id);
  return ids.map((id) => memberOf(world, chat, id));
}

/** getChatMemberCount, the bot included. */
export function getChatMemberCount(world: World, payload: Payload): number {
  const chat = writableChatIn(world, payload);
  return chat.kind === 'private' ? 2 : chat.memberIds.size + 1;
}

/** leaveChat. */
export function leaveChat(world: World, payload: Payload): true {
  const chat = groupIn(world, payload, "chat member status can't be changed in private chats");
  const from = chat.bot;
  chat.bot = 'left';
  deliverStanding(world, chat, { by: world.bot.user, from, to: 'left' });
  return true;
}
