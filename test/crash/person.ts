// The person at the counter: looks at the newest message of the bot and does what it asks for. After a crash they press
// again what they had pressed, twice, as people do.

import type { ChatMessage } from '../../src/playground/telegram/server.ts';
import { OWNER, type Counter } from '../process/bot-process.ts';

export interface Wish {
  /** A line number of the stand-in, which decides how the purchase goes. */
  readonly number: string;
  /** Step by step, instead of everything in one command. */
  readonly guided: boolean;
}

export interface Person {
  /** Says what they want. */
  ask(): void;
  /** From now on every button still there may be pressed once more, twice in a row. */
  comeBack(): void;
  leave(): void;
  /** How often they had to ask again because nothing came. */
  askedAgain(): number;
}

export const ORDER = /Order no\.\s/;
const VALUE = '1\u202f000';

export const botMessages = ({ telegram }: Counter): readonly ChatMessage[] =>
  telegram.messages(OWNER).filter((message) => message.from.isBot && !message.deleted);

/** A person who reacts from now on to whatever the bot shows. */
export function createPerson(counter: Counter, wish: Wish): Person {
  const { telegram } = counter;
  const done = new Set<string>();
  let life = 1;
  let asked = 0;

  function once(deed: string, act: () => void): void {
    if (done.has(deed)) return;
    done.add(deed);
    act();
  }

  function press(message: ChatMessage, label: string, times: number): void {
    once(`${life} ${message.id} ${label}`, () => {
      // The button may be gone by the time of the second press.
      for (let i = 0; i < times; i += 1)
        void telegram.press(OWNER, OWNER, message.id, label).catch(() => undefined);
    });
  }

  function react(): void {
    const message = botMessages(counter).at(-1);
    if (message === undefined) return;
    const labels = message.keyboard.flat().map(({ text }) => text);
    const wanted = labels.find((label) => /Pay |^ADSL/.test(label) || label.startsWith(VALUE));
    if (wanted !== undefined) press(message, wanted, life > 1 && wanted.includes('Pay') ? 2 : 1);
    else if (/Send the line number/.test(message.text))
      once(`number ${message.id}`, () => telegram.say(OWNER, OWNER, wish.number));
  }

  const soon = (): void => void setImmediate(react);
  const stop = telegram.on(({ type }) => {
    if (type === 'message' || type === 'edit') soon();
  });

  return {
    ask() {
      asked += 1;
      telegram.say(OWNER, OWNER, wish.guided ? '/topup' : `/topup ${wish.number} 1000`);
    },
    comeBack() {
      life += 1;
      soon();
    },
    leave: stop,
    askedAgain: () => asked - 1,
  };
}
