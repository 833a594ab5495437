// The hands and eyes of the playground: everything tests, the terminal chat and the chat page can
// do with the running stand-in.
import type { ApiCall, Listener, PressAnswer, StandInEvent, Truthy, UntilOptions } from './events.ts';
import type { Fault, FaultRule } from './faults.ts';
import type { FloodLimits } from './flood.ts';
import type { NewGroup, NewPerson } from './group-life.ts';
import type { CommandList } from './world.ts';
import type { SayOptions } from './person.ts';
import type { MessageRef, PressTarget } from './press.ts';
import type { RequestHook, RequestMoment } from './api-request.ts';
import type { Button, Entity, User, Version } from './model.ts';
import type { WireUpdate } from './update-queue.ts';
import type { ChatMessage } from './view.ts';

export type { ApiCall, Button, ChatMessage, Entity, Fault, FaultRule, FloodLimits, Listener, MessageRef };
export type { NewGroup, NewPerson, PressAnswer, PressTarget, RequestHook, RequestMoment, SayOptions };
export type { StandInEvent, Truthy, UntilOptions, User, Version, WireUpdate };

/** How to start the stand-in; all times are milliseconds. */
export type TelegramStandInOptions = {
  /** 0 or absent: any free port. */
  port?: number;
  now?: () => number;
  token?: string;
  bot?: { firstName?: string; username?: string; canReadAllGroupMessages?: boolean };
  floodLimits?: FloodLimits;
  /** How long a press waits for answerCallbackQuery; 5000 by default. */
  pressTimeoutMs?: number;
  /** The wait after the first failed webhook delivery, doubled each time; 1000 by default. */
  webhookFirstRetryMs?: number;
};

/** A person or group as the chat page lists it. */
export type ChatSummary = {
  id: number;
  kind: 'private' | 'group' | 'supergroup';
  title: string;
  memberIds: number[];
  topics: { threadId: number; name: string; isClosed: boolean }[];
  bot: 'not-started' | 'blocked' | 'member' | 'administrator' | 'kicked' | 'left';
  migratedTo?: number;
};

/** What people do. Mistakes of the caller (an unknown chat, a missing button) are thrown as errors. */
export type PersonSide = {
  addPerson(person: NewPerson): void;
  addGroup(group: NewGroup): number;
  addTopic(chatId: number, name: string): number;
  closeTopic(chatId: number, threadId: number): void;
  start(personId: number, payload?: string): ChatMessage;
  say(personId: number, chatId: number, text: string, options?: SayOptions): ChatMessage;
  sendSticker(personId: number, chatId: number, options?: SayOptions): ChatMessage;
  sendVoice(personId: number, chatId: number, options?: SayOptions): ChatMessage;
  sendPhoto(personId: number, chatId: number, caption?: string, options?: SayOptions): ChatMessage;
  editOwn(personId: number, chatId: number, messageId: number, text: string): void;
  anonymousAdminSays(chatId: number, text: string, options?: SayOptions): ChatMessage;
  press(personId: number, chatId: number, message: MessageRef, target: PressTarget): Promise<PressAnswer>;
  pressStale(personId: number, chatId: number, messageId: number, data: string): Promise<PressAnswer>;
  deleteMessage(chatId: number, messageId: number): void;
  block(personId: number): void;
  unblock(personId: number): void;
  /** The person's account disappears from Telegram. */
  deactivate(personId: number): void;
  kickBot(chatId: number): void;
  /** Adds the bot back, or changes its rights. */
  addBot(chatId: number, standing?: 'member' | 'administrator'): void;
  migrate(chatId: number): number;
};

/** What can be seen. Lists are copies or read-only, oldest first. */
export type Watching = {
  readonly calls: readonly ApiCall[];
  people(): User[];
  chats(): ChatSummary[];
  /** Every message of a chat, deleted ones included; a viewer sees no ephemeral ones of others. */
  messages(chatId: number, options?: { viewer?: number }): ChatMessage[];
  lastBotMessage(chatId: number, options?: { viewer?: number }): ChatMessage | undefined;
  typing(chatId: number): boolean;
  /** The command menu of a person in a chat: most specific scope first, language inside a scope. */
  commandsFor(personId: number, chatId: number): CommandList['commands'];
  pendingUpdates(): WireUpdate[];
  on(listener: Listener): () => void;
  until<T>(predicate: () => T, options?: UntilOptions): Promise<Truthy<T>>;
};

/** What can be made to go wrong. */
export type Trouble = {
  faultNext(rule: FaultRule): () => void;
  outage(on: boolean): void;
  /** Off: from now on an older server, which ignores the parameters of ephemeral messages and shows them to everybody. */
  knowEphemeral(on: boolean): void;
  onRequest(hook: RequestHook): () => void;
};

/** The running stand-in. */
export type TelegramStandIn = PersonSide &
  Watching &
  Trouble & {
    readonly apiRoot: string;
    readonly port: number;
    readonly token: string;
    readonly bot: User;
    /** Forgets all messages, presses, calls and faults; people, groups, the bot's profile and its connection stay. */
    startOver(): void;
    /** Ends every open connection at once. */
    close(): Promise<void>;
  };
