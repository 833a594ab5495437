// Edits that got no answer in time. Telegram may still carry such a one out, behind a later one: the card that was confirmed,
// with its buttons, over the end of its order. An end is not taken as seen until that can't be any more.

import type { Clock } from '../app/ports.ts';
import type { Chat } from './chat.ts';
import { DEADLINE_MS } from './outgoing-transport.ts';

/** After it was given up, an edit lands within this time or never, in ms. */
const LANDS_WITHIN_MS = 60_000;

export interface LateEdits {
  /** The same chat, with its edits watched. */
  readonly chat: Chat;
  /** Ms for which an older edit of this message may still land; 0 when none can. */
  waitMs(chatId: number, messageId: number): number;
}

export function watchLateEdits(chat: Chat, clock: Clock): LateEdits {
  const landsUntil = new Map<string, number>();
  const keyOf = (chatId: number, messageId: number): string => `${chatId} ${messageId}`;

  function note(key: string): void {
    const now = clock();
    for (const [other, until] of landsUntil) if (until <= now) landsUntil.delete(other);
    landsUntil.set(key, now + LANDS_WITHIN_MS);
  }

  async function watched<T>(chatId: number, messageId: number, edit: () => Promise<T>): Promise<T> {
    const began = clock();
    const done = await edit();
    if (clock() - began >= DEADLINE_MS) note(keyOf(chatId, messageId));
    return done;
  }

  return {
    chat: {
      ...chat,
      edit: (place, messageId, language, view) =>
        watched(place.chatId, messageId, () => chat.edit(place, messageId, language, view)),
      unbutton: (place, messageId) => watched(place.chatId, messageId, () => chat.unbutton(place, messageId)),
    },
    // A clock that was set back makes it longer by nothing.
    waitMs: (chatId, messageId) => {
      const until = landsUntil.get(keyOf(chatId, messageId)) ?? 0;
      return Math.max(0, Math.min(until - clock(), LANDS_WITHIN_MS));
    },
  };
}
