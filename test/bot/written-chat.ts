// A chat that writes down what it is told, and refuses what it shall refuse.

import type { Chat, Place, Sent } from '../../src/bot/chat.ts';
import type { ChatFailure } from '../../src/bot/failures.ts';
import type { Language } from '../../src/domain/order.ts';
import type { Weight } from '../../src/bot/view.ts';
import { textOf } from './read-view.ts';

export interface Written {
  readonly how: 'send' | 'edit';
  readonly place: Place;
  readonly messageId: number;
  readonly language: Language;
  readonly text: string;
  readonly weight: Weight | undefined;
  readonly replyTo: number | undefined;
}

/** What is sent anew gets the ids from 101 on. `editing` happens before every edit. */
export function writtenChat(editing: () => void = () => undefined) {
  const written: Written[] = [];
  /** What the next writings meet. */
  const refusals: ChatFailure[] = [];
  let messageIds = 100;
  const write = (one: Written): Promise<Sent> => {
    const failure = refusals.shift();
    if (failure !== undefined) return Promise.resolve({ ok: false, failure });
    written.push(one);
    return Promise.resolve({ ok: true, messageId: one.messageId });
  };
  const chat: Chat = {
    send: (place, language, view, replyTo) => {
      const messageId = (messageIds += 1);
      return write({
        ...{ how: 'send', place, messageId, language },
        ...{ text: textOf(view), weight: view.weight, replyTo },
      });
    },
    edit: (place, messageId, language, view) => {
      editing();
      return write({
        ...{ how: 'edit', place, messageId, language },
        ...{ text: textOf(view), weight: view.weight, replyTo: undefined },
      });
    },
    photo: () => Promise.reject(new Error('no pictures are sent here')),
    document: () => Promise.reject(new Error('no files are sent here')),
    unbutton: () => Promise.resolve(),
    typing: () => Promise.resolve(),
  };
  return { chat, written, refusals };
}
