// A person with the chat open: writes, presses, and waits for what the bot shows. Texts are compared as they are read:
// odd spaces and direction marks, which every language puts elsewhere, are left out.

import type {
  ChatMessage,
  PressAnswer,
  SayOptions,
  TelegramStandIn,
} from '../../src/playground/telegram/stand-in.ts';

/** The text as a reader sees it: plain spaces, no direction marks. */
export const readable = (text: string): string =>
  text.replaceAll(/[\u202F\u00A0]/gu, ' ').replaceAll(/[\u200E\u200F\u2066-\u2069]/gu, '');

export interface Visitor {
  readonly id: number;
  readonly chatId: number;
  say(text: string, options?: SayOptions): ChatMessage;
  /** Presses the button on the newest message that shows it, or on the given one. */
  press(label: string, message?: ChatMessage): Promise<PressAnswer>;
  /** The first message, as it was then, that the bot wrote or changed since this person last acted and that says this. */
  sees(pattern: RegExp | string, timeoutMs?: number): Promise<ChatMessage>;
  /** Whether the bot has shown that since this person last acted. */
  saw(pattern: RegExp | string): boolean;
  /** All of the bot's texts that stand in the chat now, oldest first. */
  texts(): string[];
  /** The bot's newest message. */
  last(): ChatMessage;
  /** Button labels of a message, row by row. */
  buttons(message?: ChatMessage): string[][];
  /** What comes from now on counts as new. */
  looksAway(): void;
  /** The same person in another chat or topic. */
  in(chatId: number, threadId?: number): Visitor;
  /** Stops watching. */
  leave(): void;
}

const matches = (text: string, pattern: RegExp | string): boolean =>
  typeof pattern === 'string' ? readable(text).includes(pattern) : pattern.test(readable(text));

/** Opens a person's eyes on a chat; in a topic everything said goes there. */
export function visitor(
  telegram: TelegramStandIn,
  id: number,
  place: { chatId: number; threadId?: number } = { chatId: id },
): Visitor {
  const { chatId, threadId } = place;
  let shown: ChatMessage[] = [];
  const isHere = (message: ChatMessage): boolean => threadId === undefined || message.threadId === threadId;
  const known = new Map<string, string>();
  const leave = telegram.on((event) => {
    if ((event.type !== 'message' && event.type !== 'edit') || event.chatId !== chatId) return;
    const { message } = event;
    const isForOthers = message.ephemeral !== undefined && message.ephemeral.receiverId !== id;
    if (!message.from.isBot || !isHere(message) || isForOthers) return;
    // An old prompt that only loses its buttons says nothing new.
    const key = `${message.id}:${message.ephemeral?.id ?? ''}`;
    const isNews = known.get(key) !== message.text || message.keyboard.length > 0;
    known.set(key, message.text);
    if (isNews) shown.push(message);
  });
  const looksAway = (): void => void (shown = []);
  const found = (pattern: RegExp | string): ChatMessage | undefined =>
    shown.find(({ text }) => matches(text, pattern));
  const fromBot = (): ChatMessage[] =>
    telegram.messages(chatId, { viewer: id }).filter((one) => one.from.isBot && !one.deleted && isHere(one));

  function last(): ChatMessage {
    const message = fromBot().at(-1);
    if (message === undefined) throw new Error(`the bot has said nothing in chat ${chatId}`);
    return message;
  }

  const placeOf = (message: ChatMessage, label: string): { row: number; column: number } | undefined => {
    const rows = message.keyboard.map((row) => row.map(({ text }) => readable(text)));
    for (const same of [(text: string) => text === label, (text: string) => text.includes(label)]) {
      const row = rows.findIndex((texts) => texts.some(same));
      if (row >= 0) return { row, column: rows[row]?.findIndex(same) ?? 0 };
    }
    return undefined;
  };

  return {
    id,
    chatId,
    looksAway,
    leave,
    last,
    say(text, options = {}) {
      looksAway();
      return telegram.say(id, chatId, text, threadId === undefined ? options : { threadId, ...options });
    },
    press(label, message) {
      const candidates = message === undefined ? fromBot().toReversed() : [message];
      const on = candidates.find((one) => placeOf(one, label) !== undefined);
      const target = on && placeOf(on, label);
      if (target === undefined) throw new Error(`no button "${label}" in chat ${chatId}`);
      looksAway();
      return telegram.press(id, chatId, on?.id ?? 0, target);
    },
    sees: (pattern, timeoutMs = 10_000) =>
      telegram.until(() => found(pattern), { timeoutMs, what: `chat ${chatId} to show ${pattern}` }),
    saw: (pattern) => found(pattern) !== undefined,
    texts: () => fromBot().map(({ text }) => readable(text)),
    buttons: (message = last()) => message.keyboard.map((row) => row.map(({ text }) => readable(text))),
    in: (elsewhere, thread) =>
      visitor(telegram, id, { chatId: elsewhere, ...(thread === undefined ? {} : { threadId: thread }) }),
  };
}
