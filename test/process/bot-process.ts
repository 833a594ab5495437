// The real bot as a process of its own, between the two stand-ins: what the journeys, the crash tests and the
// measurements drive. Nothing of the bot's insides is touched.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProviderStandIn, type ProviderStandIn } from '../../src/playground/oneclickdz/server.ts';
import { startTelegramStandIn, type TelegramStandIn } from '../../src/playground/telegram/server.ts';
import { declareProcess } from '../overheard/provider.ts';

export const OWNER = 500100;

const ROOT = join(import.meta.dirname, '..', '..');
/** Makes every second of the bot's clock and timers pass in a fraction of one. */
const FAST_TIME = join(import.meta.dirname, 'fast-time.ts');

export interface BotProcess {
  readonly child: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  /** Of that, the lines on stderr. */
  complaints(): readonly string[];
  /** Resolves to the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  kill(): Promise<void>;
  /** SIGTERM, then waits. */
  stop(): Promise<void>;
}

export interface BotOptions {
  /** How many times faster than the world its clock runs. */
  readonly speed?: number;
  readonly preload?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `src/start.js` with exactly this environment. */
export function startProcess(env: Readonly<Record<string, string>>, options: BotOptions = {}): BotProcess {
  const preload = [...(options.speed === undefined ? [] : [FAST_TIME]), ...(options.preload ?? [])];
  declareProcess({ ...env, ...options.env });
  const child = spawn(
    process.execPath,
    [...preload.flatMap((file) => ['--import', file]), join(ROOT, 'src', 'start.js')],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        ...env,
        ...(options.speed === undefined ? {} : { TEST_SPEED: String(options.speed) }),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    complaints += chunk.toString();
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    ...{ child, ended },
    output: () => output,
    complaints: () => complaints.split('\n').filter((line) => line !== ''),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

export interface Counter {
  readonly telegram: TelegramStandIn;
  readonly provider: ProviderStandIn;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** Starts the bot; one at a time. */
  open(options?: BotOptions): BotProcess;
  close(): Promise<void>;
}

export interface Person {
  readonly id: number;
  readonly firstName: string;
  readonly languageCode: string;
}

export const OWNERS: readonly Person[] = [
  { id: OWNER, firstName: 'Owner', languageCode: 'en' },
  { id: OWNER + 1, firstName: 'Patronne', languageCode: 'fr' },
  { id: OWNER + 2, firstName: 'صاحب المحل', languageCode: 'ar' },
];

/** Two fresh stand-ins, three owners who have pressed start nowhere yet, an empty data folder. */
export async function openCounter(
  options: {
    provider?: Parameters<typeof startProviderStandIn>[0];
    env?: Readonly<Record<string, string>>;
  } = {},
): Promise<Counter> {
  const telegram = await startTelegramStandIn();
  const provider = await startProviderStandIn({
    balance: 1_000_000,
    defaultDelayMs: 200,
    ...options.provider,
  });
  for (const person of OWNERS) telegram.addPerson(person);
  const dataDir = await mkdtemp(join(tmpdir(), 'counter-'));
  const env = {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    ONECLICK_API_KEY: provider.key,
    ONECLICK_API_URL: provider.url,
    ADMIN_IDS: OWNERS.map(({ id }) => id).join(','),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    ...options.env,
  };
  const running = new Set<BotProcess>();
  return {
    telegram,
    provider,
    dataDir,
    env,
    open: (botOptions) => {
      const bot = startProcess(env, botOptions);
      running.add(bot);
      void bot.ended.then(() => running.delete(bot));
      return bot;
    },
    close: async () => {
      await Promise.all([...running].map((bot) => bot.kill()));
      await Promise.all([telegram.close(), provider.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
