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
  /** What the process is called. */
  readonly name: string;
  readonly moment: Moment;
  /** It had slept beyond its lease before. */
  readonly frozen: boolean;
  /** What was under way, and when it was, in ms from the start of the process. */
  readonly what: string;
  readonly afterMs: number;
  /** Of the world's time, epoch ms. */
  readonly at: number;
}

const LONGEST_SLEEP_MS = 60_000;
/** A life in which nothing of the drawn kind happens for so long after that is ended all the same. */
export const LONGEST_MS = 2_000;

/** So few updates that are not handled yet count as none; counting begins after so long in any case. */
const CAUGHT_UP = 12;
const CATCHING_UP_MS = 6_000;

/** What is under way as the moment comes; of a purchase its reference. */
export interface UnderWay {
  readonly what: string;
  readonly ref?: string;
}

/** When the next life is to end. Half of them are hit where a kill hurts most: around a purchase or a write. */
function drawMoment(chance: Chance): Moment {
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

const refIn = (body: unknown): { readonly ref?: string } =>
  typeof body === 'object' && body !== null && 'ref' in body ? { ref: String(body.ref) } : {};

/** What `hit` may resolve to: the request under way arrives all the same, however late. */
export const ARRIVES = 'arrives';

/** Calls `hit` once the moment has come, counting from now on. Returns the way to stop waiting. */
export function lieInWait(
  town: Town,
  moment: Moment,
  hit: (underWay: UnderWay) => Promise<typeof ARRIVES | undefined>,
): () => void {
  let met = 0;
  const isIt = (count: number): boolean => (met += 1) === count;
  switch (moment.at) {
    case 'time': {
      const timer = setTimeout(() => void hit({ what: 'nothing in particular' }), moment.ms);
      return () => clearTimeout(timer);
    }
    case 'disk': {
      const watcher = watch(town.dataDir, { recursive: true }, (_, name) => {
        if (isIt(moment.count)) void hit({ what: `a change of ${name ?? 'the folder'}` });
      });
      return () => watcher.close();
    }
    case 'telegram':
      return town.telegram.onRequest(async ({ method, phase }) => {
        const fits = (phase === 'before') === moment.before && method !== 'getUpdates';
        if (!fits || !isIt(moment.count)) return undefined;
        return (await hit({ what: method })) === ARRIVES ? undefined : 'drop';
      });
    default:
      return town.provider.onRequest(async ({ method, path, phase, body }) => {
        const isSend = method === 'POST' && path.startsWith('/internet/send');
        const fits = (phase === 'before') === moment.before && (moment.at === 'provider' || isSend);
        if (!fits || !isIt(moment.count)) return;
        await hit({ what: `${method} ${path.replace(/(check-(?:id|ref))\/.*/, '$1')}`, ...refIn(body) });
        // A hook that throws keeps the request from being carried out. Whose it was is dead; another bot would have to bear it.
        if (phase === 'before') throw new Error('killed before it was carried out');
      });
  }
}

export interface Lives {
  /** Everything that all lives have printed. */
  readonly output: () => string;
  /** Kills one, at a moment that is drawn. Throws when one ends by itself. */
  kill(chance: Chance): Promise<Killed>;
  /** Those that live for good. */
  last(): Promise<readonly BotProcess[]>;
  close(): Promise<void>;
}

/** One bot after the other. */
export function createLives(town: Town): Lives {
  const said: (() => string)[] = [];
  let life = 0;

  function begin(): BotProcess {
    const bot = town.start();
    said.push(() => bot.output());
    life += 1;
    return bot;
  }

  async function killedAt(moment: Moment): Promise<Killed> {
    const began = performance.now();
    const bot = begin();
    let hit: { readonly what: string; readonly at: number } | undefined;
    const kill = async ({ what }: UnderWay): Promise<undefined> => {
      hit ??= { what, at: Date.now() };
      await bot.kill();
    };
    const waits: (() => void)[] = [];
    const stopCounting = countFrom(town, moment.from, () => {
      const late = setTimeout(() => void kill({ what: 'nothing of the kind' }), LONGEST_MS);
      waits.push(lieInWait(town, moment, kill), () => clearTimeout(late));
    });
    const how = await bot.ended;
    for (const stop of [stopCounting, ...waits]) stop();
    if (hit === undefined)
      throw new Error(`life ${life} ended by itself (${String(how)}):\n${bot.output().slice(-3_000)}`);
    return {
      life,
      name: `life-${life}`,
      moment,
      frozen: false,
      ...hit,
      afterMs: Math.round(performance.now() - began),
    };
  }

  return {
    output: () => said.map((output) => output()).join('\n'),
    last: () => Promise.resolve([begin()]),
    kill: async (chance) => {
      const killed = await killedAt(drawMoment(chance));
      if (chance.often(0.15)) await town.sleep(chance.whole(1, LONGEST_SLEEP_MS));
      return killed;
    },
    close: () => Promise.resolve(),
  };
}
