// The two stand-ins, a crowd of owners and one measured process between them: the real bot, or the bare one. The same
// arrangement for both, so that what differs is the bot.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import {
  startProviderStandIn,
  type ProviderStandIn,
  type ProviderStandInOptions,
} from '../../src/playground/oneclickdz/server.ts';
import {
  startTelegramStandIn,
  type TelegramStandIn,
  type TelegramStandInOptions,
} from '../../src/playground/telegram/server.ts';
import manifest from '../../package.json' with { type: 'json' };
import { startProcess } from '../process/bot-process.ts';
import { bringCrowd, type Crowd } from './crowd.ts';

/** Far beyond what is spent in a run, in dinars. */
const BALANCE = 1_000_000_000;
/** What `npm start` tells Node: both bots run as the shop's does. */
const NODE_FLAGS = manifest.scripts.start.split(' ').filter((word) => word.startsWith('--'));
const BARE_BOT = join(import.meta.dirname, 'bare-bot.ts');
/** The real bot keeps its default limits towards Telegram; the provider's budget is for a shop, not for a race. */
export const UNLIMITED = { ONECLICK_RATE: '1000', ONECLICK_BURST: '1000' };
const START_DEADLINE_MS = 30_000;
const LOOK_MS = 50;

export interface Measurable {
  readonly pid: number;
  /** From the start of the process to its opening. */
  readonly startMs: number;
  end(): Promise<void>;
}

export interface Shop {
  readonly telegram: TelegramStandIn;
  readonly provider: ProviderStandIn;
  readonly crowd: Crowd;
  /** Starts the bot and waits for its first getUpdates, or, where it has a port, until it says there that it is ready. */
  open(bot: 'real' | 'bare', options?: OpenOptions): Promise<Measurable>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** As for the tests' bot. */
  readonly speed?: number;
  readonly port?: number;
}

export interface ShopOptions {
  readonly people: number;
  readonly provider?: ProviderStandInOptions;
  readonly telegram?: TelegramStandInOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** A folder that is ready; it is left in place at the end. */
  readonly dataDir?: string;
}

/** An empty folder for one run. */
export const makeFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'bench-'));

export const removeFolder = (dir: string): Promise<void> => rm(dir, { recursive: true, force: true });

interface Child {
  readonly pid: number;
  readonly ended: Promise<unknown>;
  readonly output: () => string;
  readonly kill: () => Promise<unknown>;
}

function startBare(env: Readonly<Record<string, string>>): Child {
  const child = spawn(process.execPath, [BARE_BOT], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const kill = (): Promise<unknown> => {
    child.kill('SIGKILL');
    return ended;
  };
  return { pid: child.pid ?? 0, ended, output: () => '', kill };
}

/** Until the bot on the port is fit to serve; for ever when it is not. */
async function untilReady(port: number, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: stopped }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return;
    await rest(LOOK_MS);
  }
}

function startReal(env: Readonly<Record<string, string>>, speed: number | undefined): Child {
  const bot = startProcess(env, speed === undefined ? {} : { speed });
  return {
    pid: bot.child.pid ?? 0,
    ended: bot.ended,
    output: () => bot.output(),
    kill: () => bot.kill(),
  };
}

/** Opens a shop; nothing is started yet. */
export async function openShop(options: ShopOptions): Promise<Shop> {
  const telegram = await startTelegramStandIn(options.telegram);
  const provider = await startProviderStandIn({ balance: BALANCE, defaultDelayMs: 0, ...options.provider });
  const crowd = bringCrowd(telegram, options.people);
  const dataDir = options.dataDir ?? (await makeFolder());
  const env = {
    PATH: process.env['PATH'] ?? '',
    NODE_OPTIONS: NODE_FLAGS.join(' '),
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    ONECLICK_API_KEY: provider.key,
    ONECLICK_API_URL: provider.url,
    ADMIN_IDS: crowd.people.join(','),
    DATA_DIR: dataDir,
    DEFAULT_LANGUAGE: 'en',
    LOG_LEVEL: 'error',
    ...options.env,
  };
  const running = new Set<Child>();
  // A bench that fails must not leave bots behind.
  const killAll = (): void => {
    for (const child of running) void child.kill();
  };
  process.on('exit', killAll);

  async function open(bot: 'real' | 'bare', { speed, port }: OpenOptions = {}): Promise<Measurable> {
    const opened = Promise.withResolvers<'opened'>();
    const stop = telegram.onRequest(({ method, phase }) => {
      if (port === undefined && method === 'getUpdates' && phase === 'before') opened.resolve('opened');
    });
    const over = new AbortController();
    const began = performance.now();
    const own = { ...env, ...(port !== undefined && { PORT: String(port) }) };
    const child = bot === 'real' ? startReal(own, speed) : startBare(own);
    running.add(child);
    if (port !== undefined) void untilReady(port, over.signal).then(() => opened.resolve('opened'));
    const late = setTimeout(() => opened.reject(new Error(`the ${bot} bot did not open`)), START_DEADLINE_MS);
    const first = await Promise.race([opened.promise, child.ended]);
    const startMs = performance.now() - began;
    clearTimeout(late);
    over.abort();
    stop();
    if (first !== 'opened') throw new Error(`the ${bot} bot ended at its start: ${child.output()}`);
    const end = async (): Promise<void> => {
      running.delete(child);
      await child.kill();
    };
    return { pid: child.pid, startMs, end };
  }

  return {
    telegram,
    provider,
    crowd,
    open,
    close: async () => {
      process.off('exit', killAll);
      await Promise.all([...running].map((child) => child.kill()));
      await Promise.all([telegram.close(), provider.close()]);
      if (options.dataDir === undefined) await removeFolder(dataDir);
    },
  };
}
