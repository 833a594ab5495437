// setMyCommands, getMyCommands and deleteMyCommands: one list per scope and language.
import { z } from 'zod';
import { badRequest } from '../refusal.ts';
import { integerIn, isGiven, jsonIn, recordIn, textIn } from '../payload.ts';
import { chatIn } from '../chats.ts';
import { storedList, storeList } from '../command-menu.ts';
import type { Payload } from '../payload.ts';
import type { CommandList, World } from '../world.ts';

const MOST_COMMANDS = 100;
const LONGEST_DESCRIPTION = 256;
const GENERAL_SCOPES = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'];
const CHAT_SCOPES = ['chat', 'chat_administrators', 'chat_member'];

const listShape = z.array(
  z.object({
    command: z.string(),
    description: z.string(),
    is_ephemeral: z.boolean().exactOptional(),
  }),
);

/** A language argument: empty or two letters. */
export function languageIn(payload: Payload): string {
  const language = textIn(payload, 'language_code') ?? '';
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}

function scopeIn(world: World, payload: Payload): CommandList['scope'] {
  if (!isGiven(payload, 'scope')) return { type: 'default' };
  const scope = recordIn(payload, 'scope');
  const type = scope && textIn(scope, 'type');
  if (!scope || type === undefined)
    throw badRequest("can't parse BotCommandScope: object with a type expected");
  if (GENERAL_SCOPES.includes(type)) return { type };
  if (!CHAT_SCOPES.includes(type))
    throw badRequest("can't parse BotCommandScope: unsupported type specified");
  const chat = chatIn(world, scope);
  if (type === 'chat') return { type, chatId: chat.id };
  if (chat.kind === 'private') throw badRequest("can't use the scope in the private chat");
  if (type === 'chat_administrators') return { type, chatId: chat.id };
  const userId = integerIn(scope, 'user_id');
  if (userId === undefined || !chat.memberIds.has(userId)) throw badRequest('user not found');
  return { type, chatId: chat.id, userId };
}

function commandsIn(payload: Payload): CommandList['commands'] {
  const parsed = listShape.safeParse(jsonIn(payload, 'commands'));
  if (!parsed.success) throw badRequest("can't parse commands JSON object");
  if (parsed.data.length > MOST_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  for (const { command, description } of parsed.data) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
    if (description.trim() === '' || description.length > LONGEST_DESCRIPTION) {
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    }
  }
  return parsed.data;
}

/** setMyCommands. */
export function setMyCommands(world: World, payload: Payload): true {
  const commands = commandsIn(payload).map(({ is_ephemeral: isEphemeral, ...command }) => ({
    ...command,
    ...(isEphemeral && world.knowsEphemeral && { is_ephemeral: true }),
  }));
  storeList(world, { scope: scopeIn(world, payload), languageCode: languageIn(payload), commands });
  return true;
}

/** getMyCommands; only what was set for exactly this scope and language. */
export function getMyCommands(world: World, payload: Payload): CommandList['commands'] {
  return storedList(world, scopeIn(world, payload), languageIn(payload))?.commands ?? [];
}

/** deleteMyCommands. */
export function deleteMyCommands(world: World, payload: Payload): true {
  storeList(world, { scope: scopeIn(world, payload), languageCode: languageIn(payload), commands: [] });
  return true;
}
