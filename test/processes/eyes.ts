// What each person has in front of them: the bot's messages with buttons that are theirs, in their own chat and in the
// group. One listener serves them all, because fifty that each look at every event would slow the town down.

import { parse } from '../../src/bot/callback-data.ts';
import type { ChatMessage, MessageRef } from '../../src/playground/telegram/server.ts';
import type { Town } from './town.ts';

/** A button somebody may press, with what it carries. */
export interface Shown {
  readonly message: ChatMessage;
  readonly label: string;
  readonly data: string;
}

export interface Eyes {
  /** Every button that fits, on the newest message first. */
  all(person: number, fits: (button: Shown) => boolean): readonly Shown[];
  /** The first of them. */
  find(person: number, fits: (button: Shown) => boolean): Shown | undefined;
  /** The same as soon as there is one; undefined after `patienceMs` of the world's time. */
  wait(
    person: number,
    fits: (button: Shown) => boolean,
    patienceMs: number,
    done?: AbortSignal,
  ): Promise<Shown | undefined>;
  /** Resolves with the next thing that the bot writes or changes for this person, or after so long. */
  change(person: number, patienceMs: number): Promise<boolean>;
  close(): void;
}

/** An ephemeral message has an id of its own kind. */
export const refOf = ({ id, ephemeral }: ChatMessage): MessageRef =>
  ephemeral === undefined ? id : { ephemeral: ephemeral.id };

const keyOf = ({ chatId, id, ephemeral }: ChatMessage): string => `${chatId} ${id} ${ephemeral?.id ?? ''}`;

const buttonsOf = (message: ChatMessage): readonly Shown[] =>
  message.keyboard
    .flat()
    .flatMap(({ text: label, callback_data: data }) =>
      data === undefined ? [] : [{ message, label, data }],
    );

/** Whose message it is: in a private chat its person's, in the group whoever its buttons are for. */
function readerOf(message: ChatMessage): number | undefined {
  if (message.chatId > 0) return message.chatId;
  if (message.ephemeral !== undefined) return message.ephemeral.receiverId;
  const [first] = buttonsOf(message);
  return first && parse(first.data)?.owner;
}

export function openEyes({ telegram }: Town): Eyes {
  const seen = new Map<number, Map<string, ChatMessage>>();
  const readers = new Map<string, number>();
  const waiting = new Map<number, Set<() => void>>();

  function look(message: ChatMessage): void {
    if (!message.from.isBot) return;
    const key = keyOf(message);
    const reader = readerOf(message) ?? readers.get(key);
    if (reader === undefined) return;
    readers.set(key, reader);
    const own = seen.get(reader) ?? new Map<string, ChatMessage>();
    seen.set(reader, own);
    own.delete(key);
    if (message.keyboard.length > 0 && !message.deleted) own.set(key, message);
    for (const wake of [...(waiting.get(reader) ?? [])]) wake();
  }

  const close = telegram.on((event) => {
    if (event.type === 'message' || event.type === 'edit' || event.type === 'delete') look(event.message);
  });

  const all: Eyes['all'] = (person, fits) =>
    [...(seen.get(person)?.values() ?? [])].reverse().flatMap((message) => buttonsOf(message).filter(fits));
  const find: Eyes['find'] = (person, fits) => all(person, fits)[0];

  /** Asks now and whenever something changes for this person. */
  function until<T>(person: number, ask: () => T | undefined, patienceMs: number, done?: AbortSignal) {
    return new Promise<T | undefined>((resolve) => {
      const own = waiting.get(person) ?? new Set<() => void>();
      waiting.set(person, own);
      const settle = (found: T | undefined): void => {
        clearTimeout(timer);
        own.delete(wake);
        done?.removeEventListener('abort', leave);
        resolve(found);
      };
      const wake = (): void => {
        const found = ask();
        if (found !== undefined) settle(found);
      };
      const leave = (): void => settle(undefined);
      const timer = setTimeout(leave, patienceMs);
      own.add(wake);
      done?.addEventListener('abort', leave, { once: true });
      wake();
    });
  }

  return {
    ...{ all, find },
    wait: (person, fits, patienceMs, done) => until(person, () => find(person, fits), patienceMs, done),
    change: async (person, patienceMs) => {
      let isFirst = true;
      const news = (): true | undefined => {
        if (!isFirst) return true;
        isFirst = false;
        return undefined;
      };
      return (await until(person, news, patienceMs)) === true;
    },
    close,
  };
}
