// What people do all day: buy in their own chat or in the group, in one line or step by step, tap twice, change their
// minds, ask for credit, give credit, press what is long over. They know nothing but what the chat shows them, and they
// say it again when nothing comes.

import { setTimeout as rest } from 'node:timers/promises';
import { parse, type BuyAction } from '../../src/bot/callback-data.ts';
import type { Chance } from '../prove/chance.ts';
import { refOf, type Eyes, type Shown } from './eyes.ts';
import type { Resident, Town } from './town.ts';
import { fate } from './trouble.ts';

export interface Work {
  readonly town: Town;
  readonly eyes: Eyes;
  /** No further errands once it is aborted; those begun come to their end. */
  readonly closing: AbortSignal;
}

/** How long people wait before they say or press it again, of the world's time; a start takes some of it. */
const PATIENCE_MS = 6_000;
/** People rest between two errands for up to so long; in a big town longer, for the counter has as many hands. */
const REST_MS = { fifty: 2_000, each: 40 };
/** After the second time they leave it. */
const MOST_TIMES = 2;
const MOST_STEPS = 9;
const VALUES = [500, 1_000, 2_000] as const;

/** Every purchase is for a line of its own, of an area code that nobody has: bought twice would show. */
function lineMaker(): () => string {
  let drawn = 0;
  return () => `01${String((drawn += 1)).padStart(7, '0')}`;
}

type Quirk = 'none' | 'double' | 'cancel' | 'cancel-first' | 'leave' | 'command';

export function createErrands({ town, eyes, closing }: Work) {
  const { telegram, provider, people, group } = town;
  const newLine = lineMaker();
  const longestRest = Math.max(REST_MS.fifty, people.length * REST_MS.each);
  const say = (person: number, text: string): void => void telegram.say(person, person, text);

  function press(person: number, { message, label }: Shown, times = 1): void {
    // The button may be gone by now, and the bot dead.
    for (let i = 0; i < times; i += 1)
      void telegram.press(person, message.chatId, refOf(message), label).catch(() => undefined);
  }

  const actionOf = (person: number, { data }: Shown): BuyAction | undefined => {
    const read = parse(data);
    return read?.kind === 'buy' && read.owner === person ? read.action : undefined;
  };

  /** Presses "pay" in one of the ways that people do. */
  function pay(person: number, button: Shown, quirk: Quirk): void {
    const cancel = (): void => {
      const other = eyes.find(person, (one) => actionOf(person, one)?.do === 'cancel');
      if (other !== undefined) press(person, other);
    };
    if (quirk === 'leave') {
      cancel();
      return;
    }
    if (quirk === 'cancel-first') cancel();
    press(person, button, quirk === 'double' ? 2 : 1);
    if (quirk === 'cancel') cancel();
    if (quirk === 'command') say(person, '/cancel');
  }

  async function buy({ id, inGroup }: Resident, chance: Chance): Promise<void> {
    const [line, value] = [newLine(), chance.pick(VALUES)];
    const isInGroup = inGroup && chance.often(0.5);
    const isGuided = !isInGroup && chance.often(0.4);
    const quirk = chance.pick<Quirk>([
      'none',
      'none',
      'double',
      'double',
      'cancel',
      'cancel-first',
      'leave',
      'command',
    ]);
    provider.forNumber(line, fate(chance));
    const place = isInGroup ? group : id;
    const begin = (): unknown => telegram.say(id, place, isGuided ? '/topup' : `/topup ${line} ${value}`);
    const old = new Set<string>();
    /** The button to press next on a card that was not there before. */
    const isNext = (button: Shown): boolean => {
      const action = actionOf(id, button);
      if (action === undefined || old.has(button.data) || button.message.chatId !== place) return false;
      if (action.do === 'value') return action.value === value * 100;
      return action.do === 'service'
        ? action.service === 'ADSL'
        : /^(?:pay|pay-again|retry|back)$/.test(action.do);
    };
    for (let seen = eyes.find(id, isNext); seen !== undefined; seen = eyes.find(id, isNext))
      old.add(seen.data);

    let again = begin;
    again();
    let times = 1;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const button = await eyes.wait(id, isNext, PATIENCE_MS);
      if (button === undefined) {
        if (times >= MOST_TIMES) return;
        times += 1;
        again();
        continue;
      }
      old.add(button.data);
      const action = actionOf(id, button)?.do;
      if (action === 'pay' || action === 'pay-again') {
        pay(id, button, quirk);
        await eyes.change(id, PATIENCE_MS);
        return;
      }
      // "Back" alone means that the number is asked for.
      again = action === 'back' ? () => telegram.say(id, place, line) : () => press(id, button);
      again();
    }
  }

  const isFor =
    (person: number, verb: string) =>
    (button: Shown): boolean => {
      const read = parse(button.data);
      return read?.kind === 'do' && read.owner === person && read.verb === verb;
    };

  /** Asks to move money and presses what comes of it, perhaps twice. */
  async function give(
    person: number,
    command: 'transfer' | 'deposit',
    to: number,
    chance: Chance,
  ): Promise<void> {
    const fits = isFor(person, command === 'transfer' ? 'wgive' : 'wput');
    const before = eyes.find(person, fits)?.data;
    say(person, `/${command} ${to} ${chance.whole(1, 40) * 10}`);
    const button = await eyes.wait(person, (one) => fits(one) && one.data !== before, PATIENCE_MS, closing);
    if (button !== undefined) press(person, button, chance.often(0.5) ? 2 : 1);
  }

  const someone = (role: Resident['role'], chance: Chance): number => {
    const those = people.filter((one) => one.role === role);
    return those[chance.whole(0, those.length - 1)]?.id ?? 0;
  };

  /** An owner answers a wish for credit; often another one does so at the same moment. */
  function approve(owner: number, chance: Chance): void {
    const button = eyes.find(owner, isFor(owner, 'wyes'));
    if (button !== undefined) press(owner, button, chance.often(0.5) ? 2 : 1);
  }

  /** An outdated app: a button that has long been pressed, replaced or cancelled. */
  function pressOld(person: number, chance: Chance): void {
    const texts = telegram
      .messages(person)
      .flatMap(({ id, original, edits }) =>
        [original, ...edits].flatMap(({ keyboard }) => keyboard.flat().map((button) => ({ id, button }))),
      );
    const one = texts[chance.whole(0, Math.max(0, texts.length - 1))];
    const data = one?.button.callback_data;
    // What an owner's own buttons do to others is confirmed by pressing them as they are shown.
    if (one === undefined || data === undefined || parse(data)?.kind !== 'buy') return;
    void telegram.pressStale(person, person, one.id, data).catch(() => undefined);
  }

  /** Two thirds are purchases; what is left is whatever else their role does with money, and idle taps. */
  async function errand(one: Resident, chance: Chance): Promise<void> {
    const { id, role } = one;
    const draw = chance.next();
    if (draw < 0.66) await buy(one, chance);
    else if (draw < 0.72) pressOld(id, chance);
    else if (draw < 0.8) say(id, chance.pick(['/balance', '/history', '/cancel', '/help']));
    else if (role === 'customer') say(id, `/deposit ${chance.whole(1, 9) * 100}`);
    else if (role === 'agent') await give(id, 'transfer', someone('customer', chance), chance);
    else if (chance.often(0.6)) approve(id, chance);
    else await give(id, 'deposit', someone(chance.pick(['agent', 'customer']), chance), chance);
  }

  return {
    /** Somebody's whole day. */
    async live(one: Resident, chance: Chance): Promise<void> {
      say(one.id, '/start');
      for (;;) {
        await rest(chance.whole(100, longestRest), undefined, { signal: closing }).catch(() => undefined);
        if (closing.aborted) return;
        await errand(one, chance);
      }
    },
    press,
  };
}

export type Errands = ReturnType<typeof createErrands>;
