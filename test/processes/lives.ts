// The bot's many lives: each ends by SIGKILL at a moment that the seed has drawn, at a request on its way to the provider or
// to Telegram, at a change in the data folder, or simply after a while; and the next one begins at once.

import { watch } from 'node:fs';
import type { BotProcess } from '../process/bot-process.ts';
import type { Chance } from '../prove/chance.ts';
import type { Town } from './town.ts';

/**
 * What a life waits for before it is killed: the `count`th of its kind, `before` it is carried out or after it. Counted is
 * from the start of the process, or from so many ms after it has caught up with what was said while it was dead: some
 * lives are killed while they recover, and others at their daily work, however slow the machine is.
 */
export type Moment = { readonly from: 'start' | number } & (
  | { readonly at: 'time'; readonly ms: number }
  | { readonly at: 'telegram' | 'provider' | 'send'; readonly count: number; readonly before: boolean }
  | { readonly at: 'disk'; readonly count: number }
);

export interface Killed {
  readonly life: number;
  readonly moment: Moment;
  /** What was under way, and when it was, in ms from the start of the process. */
  readonly what: string;
  readonly afterMs: number;
}

/** A life in which nothing of the drawn kind happens for so long after that is ended all the same. */
const LONGEST_MS = 2_000;

/** So few updates that are not handled yet count as none; counting begins after so long in any case. */
const CAUGHT_UP = 12;
const CATCHING_UP_MS = 6_000;

/** When the next life is to end. Half of them are hit where a kill hurts most: around a purchase or a write. */
export function drawMoment(chance: Chance): Moment {
  const before = chance.often(0.5);
  const from = chance.often(0.25) ? 'start' : chance.whole(0, 800);
  const draw = chance.next();
  if (draw < 0.2) return { from, at: 'time', ms: chance.whole(20, 1_000) };
  if (draw < 0.4) return { from, at: 'telegram', count: chance.whole(1, 60), before };
  if (draw < 0.5) return { from, at: 'provider', count: chance.whole(1, 20), before };
  if (draw < 0.75) return { from, at: 'send', count: chance.whole(1, 3), before };
  return { from, at: 'disk', count: chance.whole(1, 60) };
}

/** Calls `begin` when counting begins. Returns the way to stop. */
function countFrom({ telegram }: Town, from: Moment['from'], begin: () => void): () => void {
  if (from === 'start') {
    begin();
    return () => undefined;
  }
  let timer: NodeJS.Timeout | undefined;
  const soon = (ms: number): void => void (timer ??= setTimeout(begin, ms));
  const late = setTimeout(() => soon(0), CATCHING_UP_MS);
  let hasAsked = false;
  const stopListening = telegram.on((event) => {
    if (hasAsked && event.type === 'updates' && event.pending <= CAUGHT_UP) soon(from);
  });
  const stopWatching = telegram.onRequest(({ method }) => {
    hasAsked ||= method === 'getUpdates';
  });
  return () => {
    stopListening();
    stopWatching();
    clearTimeout(late);
    clearTimeout(timer);
  };
}

/** Calls `hit` once the moment has come, counting from now on. Returns the way to stop waiting. */
function lieInWait(town: Town, moment: Moment, hit: (what: string) => Promise<void>): () => void {
  let met = 0;
  const isIt = (count: number): boolean => (met += 1) === count;
  switch (moment.at) {
    case 'time': {
      const timer = setTimeout(() => void hit('nothing in particular'), moment.ms);
      return () => clearTimeout(timer);
    }
    case 'disk': {
      const watcher = watch(town.dataDir, { recursive: true }, (_, name) => {
        if (isIt(moment.count)) void hit(`a change of ${name ?? 'the folder'}`);
      });
      return () => watcher.close();
    }
    case 'telegram':
      return town.telegram.onRequest(async ({ method, phase }) => {
        const fits = (phase === 'before') === moment.before && method !== 'getUpdates';
        if (!fits || !isIt(moment.count)) return undefined;
        await hit(method);
        return 'drop';
      });
    default:
      return town.provider.onRequest(async ({ method, path, phase }) => {
        const isSend = method === 'POST' && path.startsWith('/internet/send');
        const fits = (phase === 'before') === moment.before && (moment.at === 'provider' || isSend);
        if (!fits || !isIt(moment.count)) return;
        await hit(`${method} ${path.replace(/(check-(?:id|ref))\/.*/, '$1')}`);
        // A hook that throws keeps the request from being carried out; nobody is left to hear the error.
        if (phase === 'before') throw new Error('killed before it was carried out');
      });
  }
}

export interface Lives {
  /** Everything that all lives have printed. */
  readonly output: () => string;
  /** Starts the bot and kills it at that moment. Throws when it ends by itself. */
  killedAt(moment: Moment): Promise<Killed>;
  /** Starts the bot for good. */
  last(): BotProcess;
}

export function createLives(town: Town): Lives {
  const said: (() => string)[] = [];
  let life = 0;

  function begin(): BotProcess {
    const bot = town.start();
    said.push(() => bot.output());
    life += 1;
    return bot;
  }

  return {
    output: () => said.map((output) => output()).join('\n'),
    last: begin,
    async killedAt(moment) {
      const began = performance.now();
      const bot = begin();
      let hit: string | undefined;
      const kill = async (what: string): Promise<void> => {
        hit ??= what;
        await bot.kill();
      };
      const waits: (() => void)[] = [];
      const stopCounting = countFrom(town, moment.from, () => {
        const late = setTimeout(() => void kill('nothing of the kind'), LONGEST_MS);
        waits.push(lieInWait(town, moment, kill), () => clearTimeout(late));
      });
      const how = await bot.ended;
      for (const stop of [stopCounting, ...waits]) stop();
      if (hit === undefined)
        throw new Error(`life ${life} ended by itself (${String(how)}):\n${bot.output().slice(-3_000)}`);
      return { life, moment, what: hit, afterMs: Math.round(performance.now() - began) };
    },
  };
}
