// The whole counter on one machine: both stand-ins, the people, and the real bot between them with a data folder that
// goes when it closes. The terminal chat and the demo are played on it.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBotProcess } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { startProviderStandIn } from './oneclickdz/server.ts';
import type { ProviderStandIn } from './oneclickdz/server.ts';
import { people } from './people.ts';
import { startTelegramStandIn } from './telegram/server.ts';
import type { TelegramStandIn } from './telegram/server.ts';

const START_PATIENCE_MS = 30_000;

/** The open counter. */
export type Counter = {
  readonly telegram: TelegramStandIn;
  readonly provider: ProviderStandIn;
  /** Starts the bot and resolves when it asks Telegram for messages. */
  readonly startBot: () => Promise<void>;
  /** Kills the bot as a power cut would; its data folder stays for the next start. */
  readonly killBot: () => Promise<void>;
  /** What the bot printed last. */
  readonly botLog: () => readonly string[];
  /** Rejects, with the bot's last lines, when it ends without having been asked to. */
  readonly died: Promise<never>;
  /** Ends the bot and both stand-ins and removes the data folder. */
  readonly close: () => Promise<void>;
};

/** Opens a counter whose bot has yet to be started. */
export async function openCounter(): Promise<Counter> {
  const [telegram, provider] = await Promise.all([startTelegramStandIn(), startProviderStandIn()]);
  for (const { id, firstName, languageCode } of people) telegram.addPerson({ id, firstName, languageCode });
  const folder = await mkdtemp(join(tmpdir(), 'recharge-playground-'));
  const lastResort = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', lastResort);

  const env = {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    ONECLICK_API_KEY: provider.key,
    ONECLICK_API_URL: provider.url,
    ADMIN_IDS: people
      .filter(({ isOwner }) => isOwner)
      .map(({ id }) => id)
      .join(','),
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'warn',
  };
  const death = Promise.withResolvers<never>();
  death.promise.catch(() => undefined);
  let bot: BotProcess | undefined;
  let isClosed = false;

  async function startBot(): Promise<void> {
    // A kill that was still under way when the counter closed must not bring the bot back.
    if (isClosed) return;
    const started = startBotProcess(env, folder);
    bot = started;
    void started.ended.then((how) => {
      if (bot !== started) return;
      death.reject(new Error([`The bot ${how}. Its last lines:`, ...started.lastLines()].join('\n')));
    });
    await Promise.race([firstPoll(telegram), death.promise]);
  }

  async function release(end: (running: BotProcess) => Promise<void>): Promise<void> {
    const running = bot;
    bot = undefined;
    if (running !== undefined) await end(running);
  }

  return {
    telegram,
    provider,
    startBot,
    killBot: () => release((running) => running.kill()),
    botLog: () => bot?.lastLines() ?? [],
    died: death.promise,
    async close() {
      isClosed = true;
      await release((running) => running.stop());
      await Promise.all([telegram.close(), provider.close()]);
      await rm(folder, { recursive: true, force: true });
      process.removeListener('exit', lastResort);
    },
  };
}

/** A long poll is recorded only when it ends, so its beginning is what to listen for. */
function firstPoll(telegram: TelegramStandIn): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      forget();
      finish();
    };
    const forget = telegram.onRequest(({ method }) => {
      if (method === 'getUpdates') settle(resolve);
    });
    const timer = setTimeout(
      () =>
        settle(() => reject(new Error(`The bot asked for no messages in ${START_PATIENCE_MS / 1000} s.`))),
      START_PATIENCE_MS,
    ).unref();
  });
}
