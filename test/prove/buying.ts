// Somebody at their phone who wants one thing: looks at the chat, presses what is there, grows impatient, taps twice, changes
// their mind at the worst moment.

import type { Chance } from './chance.ts';
import type { Errand } from './errands.ts';
import type { Said, Telegram } from './telegram.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Buy = Extract<Errand, { do: 'buy' }>;

/** What a person can do at all. */
export interface Hands {
  readonly press: (person: number, message: Said, data: string, doubles?: boolean) => void;
  readonly write: (person: number, chat: number, text: string, replyTo?: number) => void;
  /** The newest message of the bot's in a chat with such a button, touched since then. */
  readonly newest: (chat: number, fits: (data: string) => boolean, since?: number) => Said | undefined;
  /** Looks again and again until `look` says that there is nothing more to do. */
  readonly watch: (look: (looks: number) => boolean) => void;
}

const PATIENCE = 5;
const MOST_RETRIES = 2;

/** The button beside "pay" that goes with a change of mind. */
const BESIDE = { cancel: 'x', back: 'n', 'other-amount': 'm' } as const;
const isBeside = (quirk: Buy['quirk']): quirk is keyof typeof BESIDE => quirk in BESIDE;

export function goBuying(
  { time, chance, telegram }: { time: VirtualTime; chance: Chance; telegram: Telegram },
  { press, write, newest, watch }: Hands,
  person: number,
  errand: Buy,
): void {
  const began = time.now();
  const mine = `b:${person.toString(36)}:`;
  const chat = (): number => (errand.chat === 'group' ? telegram.groupNow() : person);
  let { quirk } = errand;
  let seen = '';
  let waited = 0;
  let begun = 0;
  let paid = false;
  let retries = 0;

  function begin(): void {
    const { how, line, value } = errand;
    const words = how === 'one-line' ? `/topup ${line} ${value}` : how === 'guided' ? '/topup' : line;
    write(person, chat(), chat() < 0 && how === 'number' ? `/topup ${line}` : words);
  }

  /** Pays; what else the person does comes right before or right after it. */
  function atPay(message: Said, pay: string, find: (word: string) => string | undefined): void {
    const worst = quirk;
    quirk = 'none';
    const beside = isBeside(worst) ? find(BESIDE[worst]) : undefined;
    const isFirst = beside !== undefined && chance.often(0.5);
    if (beside !== undefined && isFirst) {
      press(person, message, beside, errand.doubles);
      if (worst === 'other-amount') return;
    }
    press(person, message, pay, errand.doubles);
    paid = true;
    if (beside !== undefined && !isFirst && worst !== 'other-amount') press(person, message, beside);
    if (worst === 'new-topup') write(person, chat(), '/topup');
    if (worst === 'cancel-command') write(person, chat(), '/cancel');
  }

  /** Does what the message asks for; true when there is nothing more to do. */
  function act(message: Said): boolean {
    const find = (word: string): string | undefined =>
      message.buttons.find(
        ({ data }) => data.startsWith(mine) && data.split(':').slice(3).join(':').startsWith(word),
      )?.data;
    const [pay, again, stop] = [find('p:'), find('P:'), find('x')];
    if (pay !== undefined) {
      atPay(message, pay, find);
      return false;
    }
    if (again !== undefined) {
      if (errand.insists) press(person, message, again, errand.doubles);
      else if (stop !== undefined) press(person, message, stop);
      return !errand.insists;
    }
    const value = find(`v:${errand.value * 100}`);
    if (value !== undefined) {
      press(person, message, value, errand.doubles);
      return false;
    }
    if (find('v:') !== undefined) {
      if (stop !== undefined) press(person, message, stop);
      return true;
    }
    return answer(message, find);
  }

  function answer(message: Said, find: (word: string) => string | undefined): boolean {
    const retry = find('r');
    if (find('s:') !== undefined) {
      const service = find(`s:${errand.service === '4G' ? 'g' : 'a'}`);
      if (service !== undefined) press(person, message, service, errand.doubles);
    } else if (retry !== undefined) {
      retries += 1;
      if (retries > MOST_RETRIES) return true;
      press(person, message, retry);
    } else if (find('b') !== undefined || find('x') !== undefined)
      write(person, chat(), errand.line, chat() < 0 ? message.id : undefined);
    return false;
  }

  watch((looks) => {
    if (looks === 1) {
      begin();
      return false;
    }
    const message = newest(chat(), (data) => data.startsWith(mine), began);
    const now = message === undefined ? '' : `${message.id}@${message.touchedAt}`;
    if (message !== undefined && now !== seen) {
      seen = now;
      waited = 0;
      return act(message);
    }
    waited += 1;
    if (message === undefined && paid) return true;
    if (waited < PATIENCE) return false;
    waited = 0;
    if (message !== undefined) return act(message);
    begun += 1;
    if (begun > 1) return true;
    begin();
    return false;
  });
}
