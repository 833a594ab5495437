// The command lists a bot has set, by scope and language, and which of them a person is shown.
import { isDeepStrictEqual } from 'node:util';
import { knownChat, standingOf } from './chats.ts';
import type { Chat } from './model.ts';
import type { CommandList, World } from './world.ts';

type Scope = CommandList['scope'];

/** The list stored for exactly this scope and language. */
export function storedList(world: World, scope: Scope, languageCode: string): CommandList | undefined {
  return world.commandLists.find(
    (list) => isDeepStrictEqual(list.scope, scope) && list.languageCode === languageCode,
  );
}

/** Stores, replaces or (with no commands) removes the list of a scope and language. */
export function storeList(world: World, list: CommandList): void {
  const old = storedList(world, list.scope, list.languageCode);
  world.commandLists = world.commandLists.filter((one) => one !== old);
  if (list.commands.length > 0) world.commandLists.push(list);
  world.hub.emit({ type: 'commands' });
}

function scopesFor(chat: Chat, personId: number): Scope[] {
  if (chat.kind === 'private') {
    return [{ type: 'chat', chatId: chat.id }, { type: 'all_private_chats' }, { type: 'default' }];
  }
  const isAdmin = ['creator', 'administrator'].includes(standingOf(chat, personId));
  return [
    { type: 'chat_member', chatId: chat.id, userId: personId },
    ...(isAdmin ? [{ type: 'chat_administrators', chatId: chat.id }] : []),
    { type: 'chat', chatId: chat.id },
    ...(isAdmin ? [{ type: 'all_chat_administrators' }] : []),
    { type: 'all_group_chats' },
    { type: 'default' },
  ];
}

/** The menu of a person in a chat: the most specific scope wins, inside it the person's language. */
export function commandsFor(world: World, personId: number, chatId: number): CommandList['commands'] {
  const language = world.people.get(personId)?.user.language_code?.slice(0, 2) ?? '';
  for (const scope of scopesFor(knownChat(world, chatId), personId)) {
    const list = storedList(world, scope, language) ?? storedList(world, scope, '');
    if (list) return structuredClone(list.commands);
  }
  return [];
}
