// Tells watchers (tests, the terminal chat, the chat page) what just happened, and lets them wait
// for a state instead of sleeping.
import type { Payload } from './payload.ts';
import type { ChatMessage } from './view.ts';

/** One API call of the bot. `at` is milliseconds; `isLost` marks an answer that never left. */
export type ApiCall = {
  seq: number;
  at: number;
  method: string;
  payload: Payload;
  chatId?: number;
  ok: boolean;
  errorCode?: number;
  description?: string;
  isLost?: true;
};

/** What came of pressing a button; `answered` is false when the bot said nothing in time. */
export type PressAnswer = {
  answered: boolean;
  text?: string;
  alert?: boolean;
  url?: string;
  copied?: string;
};

/** Everything a watcher can be told. */
export type StandInEvent =
  | { type: 'message'; chatId: number; message: ChatMessage }
  | { type: 'edit'; chatId: number; message: ChatMessage }
  | { type: 'delete'; chatId: number; message: ChatMessage }
  | { type: 'reaction'; chatId: number; message: ChatMessage }
  | { type: 'press'; chatId: number; personId: number; messageId: number; data: string }
  | { type: 'callback-answer'; chatId: number; personId: number; messageId: number; answer: PressAnswer }
  | { type: 'typing'; chatId: number }
  | { type: 'chat'; chatId: number }
  | { type: 'commands' }
  | { type: 'updates'; pending: number }
  | { type: 'call'; call: ApiCall };

export type Listener = (event: StandInEvent) => void;
export type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;
export type UntilOptions = { timeoutMs?: number; what?: string };

export type EventHub = ReturnType<typeof createEventHub>;

function isTruthy<T>(value: T): value is T & Truthy<T> {
  return Boolean(value);
}

/** A hub whose listeners run synchronously, after the state they are told of is in place. */
export function createEventHub() {
  const listeners = new Set<Listener>();
  return {
    emit(event: StandInEvent): void {
      for (const listener of [...listeners]) listener(event);
    },
    on(listener: Listener): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/**
 * Resolves with the first truthy value of the predicate, asked now and after every event; rejects
 * after `timeoutMs` (10 000 by default) with what was waited for and what the chats show.
 */
export function until<T>(
  hub: EventHub,
  predicate: () => T,
  options: UntilOptions & { describe: () => string },
): Promise<Truthy<T>> {
  const { timeoutMs = 10_000, what = 'the expected state', describe } = options;
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      stop();
      finish();
    };
    const ask = (): void => {
      try {
        const value = predicate();
        if (isTruthy(value)) settle(() => resolve(value));
      } catch (error) {
        settle(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    };
    const stop = hub.on(ask);
    const timer = setTimeout(() => {
      settle(() => reject(new Error(`Waited ${timeoutMs} ms for ${what}.\n${describe()}`)));
    }, timeoutMs).unref();
    ask();
  });
}
