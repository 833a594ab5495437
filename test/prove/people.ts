// People at their phones: each looks at a chat, presses what is there, grows impatient, taps twice, changes their mind at the
// worst moment. They know nothing of the program but what Telegram shows them.

import type { Chance } from './chance.ts';
import { GROUP, type Act, type Errand } from './plan.ts';
import type { Said, Telegram } from './telegram.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What people have done, for the promises to be measured by. */
export interface Deeds {
  /** Confirmations by the reference on their button: who pressed them. */
  readonly paid: Map<string, { readonly person: number; readonly at: number; readonly card: string }>;
  /** Movements of money confirmed, by their ids. */
  readonly moved: Map<string, { readonly amount: number; readonly verb: string }>;
  /** Requests for credit that an owner has approved. */
  readonly approved: Set<string>;
  /** How often each has asked for credit, and has written or pressed at all. */
  readonly asked: Map<number, number>;
  readonly doings: Map<number, number>;
  /** How many texts each wrote. */
  readonly wrote: Map<number, number>;
  /** Orders that an owner has judged by hand, by their numbers. */
  readonly judged: Map<number, 'fulfilled' | 'refunded'>;
}

export interface People {
  readonly deeds: Deeds;
  /** Whether somebody is still at it. */
  readonly isBusy: () => boolean;
  /** An owner says how an order ended; `outcome` as the provider's dashboard shows it. */
  judge(owner: number, no: number, outcome: 'fulfilled' | 'refunded'): void;
  /** Somebody comes back and writes. */
  greet(person: number): void;
}

type Buy = Extract<Errand, { do: 'buy' }>;

const MOST_LOOKS = 24;
const PATIENCE = 5;

interface World {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly telegram: Telegram;
  /** Somebody has pressed "pay" on this card for the first time. */
  readonly paid: (person: number, ref: string, card: Said) => void;
  readonly tell: (person: number, what: string) => void;
}

export function people({ time, chance, telegram, paid: onPaid, tell }: World, acts: readonly Act[]): People {
  const deeds: Deeds = {
    paid: new Map(),
    moved: new Map(),
    approved: new Set(),
    judged: new Map(),
    asked: new Map(),
    doings: new Map(),
    wrote: new Map(),
  };
  let busy = acts.length;

  const newest = (chat: number, fits: (data: string) => boolean, since = 0): Said | undefined =>
    telegram.said.findLast(
      (one) =>
        one.chat === chat &&
        !one.deleted &&
        one.touchedAt >= since &&
        one.buttons.some(({ data }) => fits(data)),
    );

  function press(person: number, message: Said, data: string, doubles = false): void {
    note(person, data, message);
    deeds.doings.set(person, (deeds.doings.get(person) ?? 0) + 1);
    tell(person, `presses ${data} on message ${message.id} in ${message.chat}`);
    telegram.press(person, message, data);
    if (doubles) time.after(chance.whole(30, 600), () => telegram.press(person, message, data), 'world');
  }

  /** What a press means to whoever checks. */
  function note(person: number, data: string, card: Said): void {
    const [kind, owner = '', ...words] = data.split(':');
    if (parseInt(owner, 36) !== person) return;
    if (
      kind === 'b' &&
      (words[1] === 'p' || words[1] === 'P') &&
      words[2] !== undefined &&
      !deeds.paid.has(words[2])
    ) {
      deeds.paid.set(words[2], { person, at: time.now(), card: card.text });
      if (words[1] === 'p') onPaid(person, words[2], card);
    }
    if (kind === 'd' && words[0] === 'wask') deeds.asked.set(person, (deeds.asked.get(person) ?? 0) + 1);
    if (kind === 'd' && words[0] === 'wyes' && words[1] !== undefined) deeds.approved.add(words[1]);
    if (kind === 'd' && (words[0] === 'wput' || words[0] === 'wgive') && words[3] !== undefined)
      deeds.moved.set(words[3], { amount: Number(words[2]), verb: words[0] });
  }

  function write(person: number, chat: number, text: string, replyTo?: number): void {
    deeds.doings.set(person, (deeds.doings.get(person) ?? 0) + 1);
    deeds.wrote.set(person, (deeds.wrote.get(person) ?? 0) + 1);
    if (/^\/deposit \d+$/.test(text)) deeds.asked.set(person, (deeds.asked.get(person) ?? 0) + 1);
    tell(person, `writes "${text}" in ${chat}`);
    telegram.write(person, chat, text, replyTo);
  }

  const done = (): void => void (busy -= 1);

  /** Looks again and again until `look` says that there is nothing more to do. */
  function watch(look: (looks: number) => boolean): void {
    let looks = 0;
    const again = (): void => {
      looks += 1;
      if (looks > MOST_LOOKS || look(looks)) done();
      else time.after(chance.whole(400, 2_500), again, 'world');
    };
    again();
  }

  function buy(person: number, errand: Buy): void {
    const began = time.now();
    const mine = `b:${person.toString(36)}:`;
    const chat = (): number => (errand.chat === 'group' ? telegram.groupNow() : person);
    const begin = (): void => {
      const { how, line, value } = errand;
      const words = how === 'one-line' ? `/topup ${line} ${value}` : how === 'guided' ? '/topup' : line;
      const inGroup = chat() < 0 && how === 'number' ? `/topup ${line}` : words;
      write(person, chat(), inGroup);
    };
    let { quirk } = errand;
    let seen = '';
    let waited = 0;
    let begun = 0;
    let paid = false;
    let retries = 0;

    function atPay(message: Said, pay: string, find: (word: string) => string | undefined): boolean {
      const worst = quirk;
      quirk = 'none';
      const other = { cancel: 'x', back: 'n', 'other-amount': 'm' }[
        worst === 'cancel' || worst === 'back' || worst === 'other-amount' ? worst : 'cancel'
      ];
      const beside = find(other);
      const first = worst !== 'none' && beside !== undefined && chance.often(0.5);
      if (
        (worst === 'cancel' || worst === 'back' || worst === 'other-amount') &&
        beside !== undefined &&
        first
      )
        press(person, message, beside, errand.doubles);
      if (worst === 'other-amount' && first) return false;
      press(person, message, pay, errand.doubles);
      paid = true;
      if (worst === 'cancel' || worst === 'back')
        if (beside !== undefined && !first) press(person, message, beside);
      if (worst === 'new-topup') write(person, chat(), '/topup');
      if (worst === 'cancel-command') write(person, chat(), '/cancel');
      return false;
    }

    function act(message: Said): boolean {
      const find = (word: string): string | undefined =>
        message.buttons.find(
          ({ data }) => data.startsWith(mine) && data.split(':').slice(3).join(':').startsWith(word),
        )?.data;
      const pay = find('p:');
      if (pay !== undefined) return atPay(message, pay, find);
      const again = find('P:');
      const stop = find('x');
      if (again !== undefined) {
        if (errand.insists) press(person, message, again, errand.doubles);
        else if (stop !== undefined) press(person, message, stop);
        return !errand.insists;
      }
      const value = find(`v:${errand.value * 100}`);
      if (value !== undefined) press(person, message, value, errand.doubles);
      else if (find('v:') !== undefined) {
        if (stop !== undefined) press(person, message, stop);
        return true;
      } else if (find('s:') !== undefined) {
        const service = find(`s:${errand.service === '4G' ? 'g' : 'a'}`);
        if (service !== undefined) press(person, message, service, errand.doubles);
      } else if (find('r') !== undefined) {
        retries += 1;
        if (retries > 2) return true;
        press(person, message, find('r') ?? '');
      } else if (find('b') !== undefined || stop !== undefined)
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

  function pressOld(person: number, pick: number): void {
    const mine = telegram.said.filter(({ chat, deleted }) => (chat === person || chat < 0) && !deleted);
    const all = mine.flatMap((message) => message.buttons.map(({ data }) => ({ message, data })));
    const one = all[Math.floor(pick * all.length)];
    // In a group it may well be somebody else's.
    if (one !== undefined) press(person, one.message, one.data);
    done();
  }

  function answerLater(person: number, text: string): void {
    busy += 1;
    time.after(
      4_000,
      () => {
        write(person, person, text);
        done();
      },
      'world',
    );
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

  function begin({ person, errand }: Act): void {
    switch (errand.do) {
      case 'buy': {
        buy(person, errand);
        return;
      }
      case 'deposit': {
        command(person, `/deposit ${errand.to} ${errand.amount}`, 'wput', errand.doubles);
        return;
      }
      case 'transfer': {
        command(person, `/transfer ${errand.to} ${errand.amount}`, 'wgive', errand.doubles);
        return;
      }
      case 'ask-credit':
        write(person, person, `/deposit ${errand.amount}`);
        {
          done();
          return;
        }
      case 'approve': {
        approve(person, errand.doubles);
        return;
      }
      case 'freeze': {
        onFresh(person, '/people', `d:${person.toString(36)}:pfrz:${errand.whom}:${errand.frozen ? 1 : 0}`);
        return;
      }
      case 'say':
        write(person, person, errand.text);
        {
          done();
          return;
        }
      case 'press-old': {
        pressOld(person, errand.pick);
        return;
      }
      case 'delete-last': {
        const last = telegram.said.findLast(({ chat }) => chat === person || chat === GROUP);
        if (last !== undefined) telegram.remove(last);
        tell(person, 'deletes the last message');
        done();
        return;
      }
    }
  }

  for (const act of acts) time.after(act.at, () => begin(act), 'world');

  return {
    deeds,
    isBusy: () => busy > 0,
    greet: (person) => write(person, person, '/start'),
    judge(owner, no, outcome) {
      deeds.judged.set(no, outcome);
      busy += 1;
      onFresh(
        owner,
        '/people',
        `o:${owner.toString(36)}:${no}:${outcome === 'fulfilled' ? 'f' : 'r'}:1`,
        'seen in the dashboard',
      );
    },
  };
}
