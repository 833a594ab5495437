// Everything the stand-in remembers, in one place: people, chats, waiting updates, open button
// presses, the bot's profile and the record of its calls.
import { createEventHub } from './events.ts';
import type { ApiCall, EventHub, PressAnswer } from './events.ts';
import { createUpdateQueue } from './update-queue.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Chat, Person, User } from './model.ts';

/** Who the bot is, as getMe tells. */
export type BotIdentity = { user: User; canReadAllGroupMessages: boolean };

/** A press waiting for its answer; `at` is milliseconds. */
export type OpenQuery = {
  id: string;
  personId: number;
  chat: Chat;
  messageId: number;
  at: number;
  isAnswered: boolean;
  settle: (answer: PressAnswer) => void;
};

/** One stored command list and whom it is for. */
export type CommandList = {
  scope: { type: string; chatId?: number; userId?: number };
  languageCode: string;
  commands: { command: string; description: string; is_ephemeral?: boolean }[];
};

export type World = {
  now: () => number;
  bot: BotIdentity;
  people: Map<number, Person>;
  chats: Map<number, Chat>;
  updates: UpdateQueue;
  queries: Map<string, OpenQuery>;
  typingUntil: Map<number, number>;
  commandLists: CommandList[];
  profile: Map<string, string>;
  fileIds: Map<string, { fileName?: string }>;
  calls: ApiCall[];
  hub: EventHub;
  pressTimeoutMs: number;
  /** False: an older server, which ignores what it does not know of ephemeral messages. */
  knowsEphemeral: boolean;
  counters: { message: number; query: number; ephemeral: number; file: number; group: number };
};

/** A world with nobody in it. */
export function createWorld(options: { now: () => number; bot: BotIdentity; pressTimeoutMs: number }): World {
  const hub = createEventHub();
  const updates: UpdateQueue = createUpdateQueue(options.now, () =>
    hub.emit({ type: 'updates', pending: updates.waiting().length }),
  );
  return {
    ...options,
    people: new Map(),
    chats: new Map(),
    updates,
    queries: new Map(),
    typingUntil: new Map(),
    commandLists: [],
    profile: new Map(),
    fileIds: new Map(),
    calls: [],
    hub,
    knowsEphemeral: true,
    counters: { message: 0, query: 0, ephemeral: 0, file: 0, group: 0 },
  };
}

/** The present in whole Unix seconds, Telegram's unit for dates. */
export function unixTime(world: World): number {
  return Math.floor(world.now() / 1000);
}
