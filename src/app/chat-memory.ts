// What is remembered of chats, beside the orders: people's languages, the conversations that are under way, and which of
// Telegram's updates have been handled.

import type { Language } from '../domain/order.ts';
import { StoreFault } from './ports.ts';

/** What is remembered of a person beyond a chat. */
export interface People {
  /** What the person chose here. */
  language(person: number): Language | undefined;
  setLanguage(person: number, language: Language): Promise<void>;
  /** The language of the person's app when it was last heard from, for what is written unasked. */
  heard(person: number): Language | undefined;
  hear(person: number, language: Language): Promise<void>;
}

/** Where a flow's one prompt stands, so that a janitor can close it. */
export interface PromptPlace {
  readonly chatId: number;
  readonly threadId: number | null;
  readonly messageId: number;
  readonly language: Language;
}

/** The state of conversations. Whoever asks about a key asks between two updates of it, never beside one. */
export interface Dialogues {
  /** A copy of what was written under the key, as plain JSON. */
  read(key: string): unknown;
  /** Keeps a copy, and in the same write that this update was handled. */
  write(key: string, state: unknown, updateId: number): Promise<void>;
  delete(key: string, updateId?: number): Promise<void>;
  /** The prompt of the flow under this key; kept with it. */
  prompt(key: string): PromptPlace | undefined;
  setPrompt(key: string, place: PromptPlace): void;
  /** When the flow under this key was last touched (epoch ms); undefined when none runs. */
  touchedAt(key: string): number | undefined;
  /** Keys whose flow was last touched before `before` (epoch ms); of any key, at any moment, and not all at once if they are many. */
  idle(before: number): Promise<readonly string[]>;
}

/** Which updates have been handled, for a process that is alone; in one file with the conversations, so that they can't disagree. */
export interface UpdateJournal {
  /** Whether this update was handled, before a restart too. */
  handled(updateId: number): boolean;
  markHandled(updateId: number): Promise<void>;
  /** Updates taken from Telegram but not finished, kept when the window is full. */
  unfinished(): readonly unknown[];
  setUnfinished(updates: readonly unknown[]): Promise<void>;
}

/** Another process goes on with this key by now; nothing was changed. */
export class LostLane extends StoreFault {
  constructor(key: string) {
    super('unwritable', new Error(`another process has the lane ${key} now`));
  }
}
