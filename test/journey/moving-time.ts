// Loaded before the bot with `--import`: its clock and timers run TEST_SPEED times faster than the world's, and on
// SIGUSR2 time leaps to where TEST_LEAP_FILE says: what was due by then fires, and the leap is said on stdout. The bot
// itself knows no such switch.

import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

interface Pending {
  due: number;
  readonly fire: () => void;
}

/** How long the rest of an answer may take, of the world's time, and after how many of these a request counts as hanging. */
const BODY_MS = 10;
const HANGING_TRIES = 15;

const speed = Number(process.env['TEST_SPEED'] ?? '1');
/** Epoch ms at which the test's own clock began; both sides count from it. */
const began = Number(process.env['TEST_BEGAN'] ?? Date.now());
const leapFile = process.env['TEST_LEAP_FILE'];
const realNow = Date.now.bind(Date);
const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;
const realSetInterval = globalThis.setInterval;
const realClearInterval = globalThis.clearInterval;
const isOnDatabase = process.env['DATABASE_URL'] !== undefined;
const pending = new Map<unknown, Pending>();

const readLeap = (): number => (leapFile === undefined ? 0 : Number(readFileSync(leapFile, 'utf8')));
let leapt = readLeap();

Date.now = () => began + (realNow() - began) * speed + leapt;

/**
 * The database is asked in the world's time: how long its driver waits for an answer neither runs fast nor leaps, or every
 * leap would look like a lost answer, and a busy machine like a database that is gone.
 */
const DRIVER = /node_modules\/pg(?:-pool)?\//u;
/** Below this question and the timer that asks it. */
const CALLER = 3;
const isDrivers = (): boolean => DRIVER.test((new Error().stack ?? '').split('\n')[CALLER] ?? '');

function later(run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout {
  if (isOnDatabase && isDrivers()) return realSetTimeout(run, ms, ...args);
  const fire = (): void => {
    pending.delete(handle);
    run(...args);
  };
  const handle = realSetTimeout(fire, ms / speed);
  pending.set(handle, {
    due: Date.now() + ms,
    fire: () => {
      realClearTimeout(handle);
      fire();
    },
  });
  return handle;
}

function everySo(run: () => void, ms = 0): NodeJS.Timeout {
  const beat: Pending = {
    due: Date.now() + ms,
    fire: () => {
      beat.due = Date.now() + ms;
      run();
    },
  };
  const handle = realSetInterval(beat.fire, ms / speed);
  pending.set(handle, beat);
  return handle;
}

function forget(handle: NodeJS.Timeout | undefined): void {
  pending.delete(handle);
  realClearTimeout(handle);
  realClearInterval(handle);
}

interface SleepOptions {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}

const sleep = <T>(
  ms?: number,
  value?: T,
  { signal, ref = true }: SleepOptions = {},
): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => {
      forget(handle);
      reject(new DOMException('The operation was aborted', 'AbortError'));
    };
    const handle = later(() => {
      signal?.removeEventListener('abort', giveUp);
      resolve(value);
    }, ms);
    if (!ref) handle.unref();
    if (signal?.aborted === true) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
  });

/** Requests under way, long polls left out. */
let underWay = 0;
const realFetch = globalThis.fetch;

const fetch: typeof realFetch = async (...args) => {
  const [target] = args;
  const address = target instanceof Request ? target.url : String(target);
  if (address.endsWith('/getUpdates')) return realFetch(...args);
  underWay += 1;
  try {
    return await realFetch(...args);
  } finally {
    realSetTimeout(() => (underWay -= 1), BODY_MS);
  }
};

function leap(): void {
  leapt = readLeap();
  const now = Date.now();
  for (const one of [...pending.values()]) if (one.due <= now) one.fire();
  process.stdout.write(`leapt ${leapt}\n`);
}

/** An answer that is on its way comes before the leap; otherwise every leap would look like a lost answer. */
function leapWhenQuiet(triesLeft: number): void {
  if (underWay === 0 || triesLeft === 0) leap();
  else realSetTimeout(() => leapWhenQuiet(triesLeft - 1), BODY_MS);
}

process.on('SIGUSR2', () => leapWhenQuiet(HANGING_TRIES));

Object.assign(globalThis, {
  fetch,
  setTimeout: Object.assign(later, realSetTimeout),
  setInterval: everySo,
  clearTimeout: forget,
  clearInterval: forget,
});
Object.assign(timers, { setTimeout: sleep });
syncBuiltinESMExports();
