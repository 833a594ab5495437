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

/** After so long without anything new, a button that is still there is pressed again. */
const CALM_MS = 600;
/** `Check again` too: on a busy machine a fast clock runs out of patience with the provider. */
const WANTED = /Pay |^ADSL|^1\u202f000|^Check again/;
/** What an owner answers who has looked and found no order at the provider. */
const NOT_RECHARGED = /^Give the money back|^Yes, I am sure/;

export const botMessages = ({ telegram }: Counter): readonly ChatMessage[] =>
  telegram.messages(OWNER).filter((message) => message.from.isBot && !message.deleted);

/** A person who reacts from now on to whatever the bot shows. */
export function createPerson(counter: Counter, wish: Wish): Person {
  const { telegram, provider } = counter;
  const done = new Set<string>();
  let life = 1;
  let asked = 0;

  function once(deed: string, act: () => void): void {
    if (done.has(deed)) return;
    done.add(deed);
    act();
  }

  function press({ id }: ChatMessage, label: string, times: number): void {
    // The button may be gone by the time of the second press.
    for (let i = 0; i < times; i += 1) void telegram.press(OWNER, OWNER, id, label).catch(() => undefined);
  }

  function react(isCalm = false): void {
    const message = botMessages(counter).at(-1);
    if (message === undefined) return;
    const buttons = message.keyboard.flat();
    const wanted = buttons.find(
      ({ text }) => WANTED.test(text) || (NOT_RECHARGED.test(text) && provider.orders().length === 0),
    );
    if (wanted !== undefined) {
      const { text, callback_data: data } = wanted;
      const deed = `${life} ${message.id} ${text}`;
      once(deed, () => press(message, text, life > 1 && text.includes('Pay') ? 2 : 1));
      // Drawn anew meanwhile: what they pressed was not heard.
      if (isCalm) once(`${deed} ${data ?? ''} ${message.edits.length}`, () => press(message, text, 1));
    } else if (message.text.includes('Send the line number'))
      once(`number ${message.id}`, () => telegram.say(OWNER, OWNER, wish.number));
    else if (message.text.includes('Write how you know it'))
      once(`reason ${life} ${message.id}`, () => telegram.say(OWNER, OWNER, 'looked'));
  }

  let calm: NodeJS.Timeout | undefined;
  const soon = (): void => {
    setImmediate(() => react());
    clearTimeout(calm);
    calm = setTimeout(() => react(true), CALM_MS);
  };
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
    leave() {
      stop();
      clearTimeout(calm);
    },
    askedAgain: () => asked - 1,
  };
}
