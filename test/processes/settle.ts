// After the last kill: everybody comes to an end with what they do, time goes by, owners judge the orders that only a
// person can judge, and nothing is left open.

import { setTimeout as rest } from 'node:timers/promises';
import { parse } from '../../src/bot/callback-data.ts';
import type { Order } from '../../src/domain/order.ts';
import type { PressAnswer } from '../../src/playground/telegram/stand-in.ts';
import { OWNER, type BotProcess } from '../process/bot-process.ts';
import type { Errands } from './errands.ts';
import { refOf, type Eyes, type Shown } from './eyes.ts';
import type { Town } from './town.ts';

const MINUTE = 60_000;
/** First for the look-ups of what got lost, then for what is asked about rarely. */
const leapOf = (round: number): number => (round < 12 ? MINUTE : 15 * MINUTE);
const MOST_ROUNDS = 60;
/** A round gives the bot so long for what has become due, of the world's time. */
const ROUND_MS = 400;
const PATIENCE_MS = 5_000;
/** Longer than a chat takes in which one update after the other runs out of its time. */
const HEARD_MS = 300_000;
const MOST_PRESSES = 3;
const LOOK_AGAIN_MS = 50;

export interface Settling {
  readonly town: Town;
  readonly eyes: Eyes;
  readonly errands: Errands;
}

/** The owner has looked into the provider's dashboard and says what is there, with a reason. */
async function judge({ town, eyes, errands }: Settling, { no, ref }: Order): Promise<void> {
  const { telegram, provider } = town;
  const isThere = provider.orders().some((one) => one.ref === ref && one.status === 'FULFILLED');
  const outcome = isThere ? 'fulfilled' : 'refunded';
  const isVerdict =
    (sure: boolean) =>
    ({ data }: Shown): boolean => {
      const read = parse(data);
      return read?.kind === 'settle' && read.no === no && read.outcome === outcome && read.sure === sure;
    };
  telegram.say(OWNER, OWNER, `/order ${no}`);
  const button = await eyes.wait(OWNER, isVerdict(false), PATIENCE_MS);
  if (button === undefined) return;
  errands.press(OWNER, button);
  await eyes.change(OWNER, PATIENCE_MS);
  telegram.say(OWNER, OWNER, 'seen in the dashboard');
  const sure = await eyes.wait(OWNER, isVerdict(true), PATIENCE_MS);
  if (sure !== undefined) errands.press(OWNER, sure, 2);
  await eyes.change(OWNER, PATIENCE_MS);
}

/**
 * Whoever has cards left that still ask presses them once more, one after the other, as people do. Gives the references of those that were
 * answered with a word: their card is from before a kill, and another one took its place.
 */
async function pressWhatAsks({ town, eyes }: Settling): Promise<ReadonlySet<string>> {
  const answered = new Set<string>();
  const isPay = ({ data }: Shown): boolean => {
    const press = parse(data);
    return press?.kind === 'buy' && press.action.do === 'pay';
  };
  /** Again when nothing is answered: on a busy machine that may come after Telegram's patience. */
  async function pressed(
    id: number,
    button: Shown,
    triesLeft = MOST_PRESSES,
  ): Promise<PressAnswer | undefined> {
    const { message, label } = button;
    const answer = await town.telegram
      .press(id, message.chatId, refOf(message), label)
      .catch(() => undefined);
    return answer?.answered === false && triesLeft > 1 ? pressed(id, button, triesLeft - 1) : answer;
  }

  async function pressAll(id: number): Promise<void> {
    for (const button of eyes.all(id, isPay)) {
      const answer = await pressed(id, button);
      if (answer?.answered === true && answer.text !== undefined)
        answered.add(button.data.split(':').at(-1) ?? '');
    }
  }
  await Promise.all(town.people.map(({ id }) => pressAll(id)));
  return answered;
}

export interface Settled {
  /** How many orders owners have judged. */
  readonly judged: number;
  /** References of confirmations whose cards still ask, though whoever presses them is told that they are old. */
  readonly outdated: ReadonlySet<string>;
}

/** Lets everything come to an end, then presses what is left to press, and lets that come to its end. */
export async function settle(settling: Settling, bots: readonly BotProcess[]): Promise<Settled> {
  const judged = await letTimeGoBy(settling, bots);
  const outdated = await pressWhatAsks(settling);
  return { judged: judged + (await letTimeGoBy(settling, bots)), outdated };
}

/** Until nothing that was said is unheard. */
async function heard({ telegram, storehouse }: Town): Promise<void> {
  await telegram.until(() => telegram.pendingUpdates().length === 0, {
    timeoutMs: HEARD_MS,
    what: 'everything said to be heard',
  });
  const late = Date.now() + HEARD_MS;
  while ((await storehouse.waiting()) > 0) {
    if (Date.now() > late) throw new Error('what was said is written down, and nobody handles it');
    await rest(LOOK_AGAIN_MS);
  }
}

/** Lets time go by until no order is open and nothing that was said is unheard. Gives how many orders owners have judged. */
async function letTimeGoBy(settling: Settling, bots: readonly BotProcess[]): Promise<number> {
  const { town } = settling;
  const judged = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await heard(town);
    const open = await town.storehouse.openOrders();
    if (open.length === 0) return judged.size;
    for (const order of open.filter(({ state }) => state.name === 'review')) {
      judged.add(order.ref);
      await judge(settling, order);
    }
    if (!(await town.leap(bots, leapOf(round))))
      throw new Error(`ended by itself:\n${bots.map((bot) => bot.output().slice(-3_000)).join('\n')}`);
    await rest(ROUND_MS);
  }
  return judged.size;
}
