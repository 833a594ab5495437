// One life of the bot within a purchase: from its start to its kill, or to the end of the purchase.

import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWNER, type BotProcess, type Counter } from '../process/bot-process.ts';
import type { Person } from './person.ts';
import { isSamePoint, readDiskLog, watchNetwork, type Point } from './points.ts';
import { isEnded } from './verdict.ts';

/** The bot's clock, and the provider's with it, runs this much faster than the world's. */
export const SPEED = 30;
const KILL_ON_DISK = join(import.meta.dirname, 'kill-on-disk.ts');
/** Two processes for each of some hundred purchases: compiling the bot only once halves the time. */
const COMPILED = join(tmpdir(), 'counter-compile-cache');
/** A person who sees nothing at all for so long asks again, which is a fault. */
const PATIENCE_MS = 8_000;
const LIFE_MS = 40_000;

export interface Life {
  /** Every point met, from the person's first word in the first life, from the start of the process in later ones. */
  readonly points: readonly Point[];
  readonly killedAt: Point | undefined;
}

/** What stays the same through all lives. */
export interface Stage {
  readonly counter: Counter;
  readonly person: Person;
  /** When the bot's clock and the world's agreed. Epoch ms. */
  readonly epoch: number;
  /** A folder for what is written down about the run. */
  readonly notes: string;
}

/** What is to be done in one life: the point to kill at, if any. */
interface Part {
  readonly life: number;
  readonly kill: Point | undefined;
}

/** Starts the bot, lets the person buy until the kill or the end, and gives what was met on the way. */
export async function live(stage: Stage, { life, kill }: Part): Promise<Life> {
  const { counter, person, notes, epoch } = stage;
  const diskLog = join(notes, `disk-${life}.jsonl`);
  const network: Point[] = [];
  let killedAt: Point | undefined;
  const isPolling = firstPoll(counter);
  const bot = counter.open({
    speed: SPEED,
    preload: [KILL_ON_DISK],
    env: { TEST_EPOCH: String(epoch), DISK_LOG: diskLog, NODE_COMPILE_CACHE: COMPILED, ...killEnv(kill) },
  });
  // In the first life nobody speaks before the bot listens; later the person is already waiting.
  if (life === 0) await Promise.race([isPolling, dies(bot)]);
  const before = life === 0 ? readDiskLog(diskLog).points.length : 0;
  const unwatch = watchNetwork(counter, async (point) => {
    network.push(point);
    if (killedAt !== undefined || kill === undefined || !isSamePoint(point, kill)) return false;
    killedAt = point;
    await bot.kill();
    return true;
  });
  try {
    if (life === 0) person.ask();
    else person.comeBack();
    await untilEnded(stage, bot, kill !== undefined);
    if (kill === undefined) await pressEverything(counter);
    // Stopped before it listens, it would not know how to stop.
    await Promise.race([isPolling, bot.ended]);
    await stop(bot);
  } finally {
    unwatch();
  }
  const disk = readDiskLog(diskLog);
  return { points: [...network, ...disk.points.slice(before)], killedAt: killedAt ?? disk.killedAt };
}

const killEnv = (kill: Point | undefined): Record<string, string> =>
  kill?.place === 'disk' ? { KILL_AT: kill.name, KILL_PHASE: kill.phase } : {};

function firstPoll({ telegram }: Counter): Promise<void> {
  return new Promise((resolve) => {
    const stop = telegram.onRequest(({ method }) => {
      if (method !== 'getUpdates') return;
      stop();
      resolve();
    });
  });
}

/** Rejects when the bot ends by itself; a kill is no death of its own. */
async function dies(bot: BotProcess): Promise<never> {
  const how = await bot.ended;
  throw new Error(`the bot ended by itself (${String(how)}):\n${bot.output()}`);
}

/** Ends a bot that still runs, which it must do without complaint; one that was killed is as it should be. */
async function stop(bot: BotProcess): Promise<void> {
  await bot.stop();
  const how = await bot.ended;
  if (how !== 0 && how !== 'SIGKILL') await dies(bot);
}

/** Until the purchase has ended or the bot is killed, which only `mayDie` allows. */
async function untilEnded({ counter, person }: Stage, bot: BotProcess, mayDie: boolean): Promise<void> {
  const stopWaiting = onSilence(counter, () => {
    const isEmpty = counter.provider.orders().length === 0 && !hasOrder(counter);
    if (isEmpty && bot.child.exitCode === null && bot.child.signalCode === null) person.ask();
  });
  const what = 'the end of the purchase';
  const ended = counter.provider.until(() => isEnded(counter), { timeoutMs: LIFE_MS, what });
  const killed = mayDie ? bot.ended.then(() => true) : dies(bot);
  try {
    await Promise.race([ended, killed]);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new Error(`${text}\nThe bot said:\n${told(bot)}`, { cause: error });
  } finally {
    stopWaiting();
    ended.catch(() => undefined);
    killed.catch(() => undefined);
  }
}

/** Acts once when the chat has shown nothing new for the length of a person's patience. Returns the way to stop. */
function onSilence({ telegram }: Counter, act: () => void): () => void {
  let timer = setTimeout(act, PATIENCE_MS);
  const stopListening = telegram.on(({ type }) => {
    if (type !== 'message' && type !== 'edit' && type !== 'typing') return;
    clearTimeout(timer);
    timer = setTimeout(act, PATIENCE_MS);
  });
  return () => {
    stopListening();
    clearTimeout(timer);
  };
}

/** What the bot printed, without the polls that a fast clock gives up too early. */
const told = (bot: BotProcess): string =>
  bot
    .output()
    .split('\n')
    .filter((line) => !/getUpdates|Telegram answers/.test(line))
    .join('\n')
    .slice(-3_000);

const hasOrder = ({ dataDir }: Counter): boolean => {
  try {
    return readFileSync(join(dataDir, 'orders.json'), 'utf8').includes('"ref"');
  } catch {
    return false;
  }
};

/** What is left of pay buttons after the end buys nothing more. */
async function pressEverything({ telegram }: Counter): Promise<void> {
  for (const { id, keyboard } of telegram.messages(OWNER)) {
    for (const { text } of keyboard.flat())
      if (text.includes('Pay ')) await telegram.press(OWNER, OWNER, id, text);
  }
}
