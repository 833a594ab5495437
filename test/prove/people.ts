// People at their phones, each with what they set out to do. They know nothing of the program but what Telegram shows them.

import { goBuying, type Hands } from './buying.ts';
import { GROUP } from './cast.ts';
import type { Chance } from './chance.ts';
import { openDiary, type Deeds } from './deeds.ts';
import type { Act } from './errands.ts';
import type { Said, Telegram } from './telegram.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface People {
  readonly deeds: Deeds;
  /** Whether somebody is still at it. */
  readonly isBusy: () => boolean;
  /** An owner says how an order ended; `outcome` as the provider's dashboard shows it. */
  judge(owner: number, no: number, outcome: 'fulfilled' | 'refunded'): void;
  /** Somebody comes back and writes. */
  greet(person: number): void;
}

const MOST_LOOKS = 24;

interface World {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly telegram: Telegram;
  /** Somebody has pressed "pay" on this card for the first time. */
  readonly paid: (person: number, ref: string, card: Said) => void;
  readonly tell: (person: number, what: string) => void;
}

export function people(world: World, acts: readonly Act[]): People {
  const { time, chance, telegram, paid, tell } = world;
  const diary = openDiary();
  let busy = acts.length;

  const newest: Hands['newest'] = (chat, fits, since = 0) =>
    telegram.said.findLast(
      (one) =>
        one.chat === chat &&
        !one.deleted &&
        one.touchedAt >= since &&
        one.buttons.some(({ data }) => fits(data)),
    );

  /** `shown`: what the message said when the button was on it. */
  function press(person: number, message: Said, data: string, doubles = false, shown = message.text): void {
    const ref = diary.pressed(person, data, shown);
    if (ref !== undefined) paid(person, ref, message);
    tell(person, `presses ${data} on message ${message.id} in ${message.chat}`);
    telegram.press(person, message, data);
    if (doubles) time.after(chance.whole(30, 600), () => telegram.press(person, message, data), 'world');
  }

  function write(person: number, chat: number, text: string, replyTo?: number): void {
    diary.wrote(person, text);
    tell(person, `writes "${text}" in ${chat}`);
    telegram.write(person, chat, text, replyTo);
  }

  const done = (): void => void (busy -= 1);

  function watch(look: (looks: number) => boolean): void {
    let looks = 0;
    const again = (): void => {
      looks += 1;
      if (looks > MOST_LOOKS || look(looks)) done();
      else time.after(chance.whole(400, 2_500), again, 'world');
    };
    again();
  }

  /** Says a command and presses the button that comes of it. */
  function command(person: number, text: string, verb: string, doubles: boolean): void {
    const began = time.now();
    write(person, person, text);
    watch(() => {
      const message = newest(person, (data) => data.startsWith(`d:${person.toString(36)}:${verb}:`), began);
      const button = message?.buttons.find(({ data }) => data.includes(`:${verb}:`));
      if (message === undefined || button === undefined) return false;
      press(person, message, button.data, doubles);
      return true;
    });
  }

  function approve(person: number, doubles: boolean): void {
    const verb = `d:${person.toString(36)}:wyes:`;
    watch((looks) => {
      const message = newest(person, (data) => data.startsWith(verb));
      const button = message?.buttons.find(({ data }) => data.startsWith(verb));
      if (message !== undefined && button !== undefined) press(person, message, button.data, doubles);
      return looks > 10 || message !== undefined;
    });
  }

  /** Presses a button that stands somewhere, or stood there before. In a group it may well be somebody else's. */
  function pressOld(person: number, pick: number, gone: boolean): void {
    const isHere = ({ chat, deleted }: Said): boolean => (chat === person || chat < 0) && !deleted;
    const there = telegram.said.flatMap((message) =>
      message.buttons.map(({ data }) => ({ message, data, text: message.text })),
    );
    const all = (gone ? telegram.gone : there).filter(({ message }) => isHere(message));
    const one = all[Math.floor(pick * all.length)];
    if (one !== undefined) press(person, one.message, one.data, false, one.text);
    done();
  }

  function answerLater(person: number, text: string): void {
    busy += 1;
    const say = (): void => {
      write(person, person, text);
      done();
    };
    time.after(4_000, say, 'world');
  }

  /** Presses something on a fresh answer of the bot's, so that no order's message is drawn over. */
  function onFresh(person: number, text: string, data: string, then?: string): void {
    const began = time.now();
    write(person, person, text);
    watch(() => {
      const card = newest(person, (one) => /^[dt]:/.test(one), began);
      if (card === undefined || /(?<!\d)10\d\d(?!\d)/.test(card.text)) return false;
      press(person, card, data);
      if (then !== undefined) answerLater(person, then);
      return true;
    });
  }

  function say(person: number, text: string): void {
    write(person, person, text);
    done();
  }

  function deleteLast(person: number): void {
    const last = telegram.said.findLast(({ chat }) => chat === person || chat === GROUP);
    if (last !== undefined) telegram.remove(last);
    tell(person, 'deletes the last message');
    done();
  }

  function begin({ person, errand }: Act): void {
    switch (errand.do) {
      case 'buy':
        goBuying(world, { press, write, newest, watch }, person, errand);
        break;
      case 'deposit':
        command(person, `/deposit ${errand.to} ${errand.amount}`, 'wput', errand.doubles);
        break;
      case 'transfer':
        command(person, `/transfer ${errand.to} ${errand.amount}`, 'wgive', errand.doubles);
        break;
      case 'ask-credit':
        say(person, `/deposit ${errand.amount}`);
        break;
      case 'approve':
        approve(person, errand.doubles);
        break;
      case 'freeze': {
        const press = `d:${person.toString(36)}:pfrz:${errand.whom}:${errand.frozen ? 1 : 0}`;
        onFresh(person, '/people', press);
        break;
      }
      case 'say':
        say(person, errand.text);
        break;
      case 'press-old':
        pressOld(person, errand.pick, errand.gone ?? false);
        break;
      case 'delete-last':
        deleteLast(person);
        break;
    }
  }

  for (const act of acts) time.after(act.at, () => begin(act), 'world');

  return {
    deeds: diary.deeds,
    isBusy: () => busy > 0,
    greet: (person) => write(person, person, '/start'),
    judge(owner, no, outcome) {
      diary.judged(no);
      busy += 1;
      const verdict = `o:${owner.toString(36)}:${no}:${outcome === 'fulfilled' ? 'f' : 'r'}:1`;
      onFresh(owner, '/people', verdict, 'seen in the dashboard');
    },
  };
}
