// The whole counter on one machine: both stand-ins, the people, and the real bot between them with a data folder that
// goes when it closes. The terminal chat, the demo and the tests in a browser are played on it.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBotProcess } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { startProviderStandIn } from './oneclickdz/server.ts';
import type { ProviderStandIn } from './oneclickdz/server.ts';
import { openShop } from './opening.ts';
import { people } from './people.ts';
import { startTelegramStandIn } from './telegram/server.ts';
import type { TelegramStandIn } from './telegram/server.ts';
import { createBotSwitch } from './web/bot-switch.ts';
import type { BotSwitch } from './web/bot-switch.ts';

/** The open counter. */
export type Counter = {
  readonly telegram: TelegramStandIn;
  readonly provider: ProviderStandIn;
  /** The bot's power switch, for the page. */
  readonly bot: BotSwitch;
  /** Starts the bot; resolves when it asks Telegram for messages and, the first time, everybody can buy. */
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

/** Starts a bot with exactly these settings; the folder is its own. */
export type StartBot = (env: Readonly<Record<string, string>>, folder: string) => BotProcess;

/** Opens a counter whose bot has yet to be started; `startProcess` may start it in another way. */
export async function openCounter(startProcess: StartBot = startBotProcess): Promise<Counter> {
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
      .filter(({ role }) => role === 'owner')
      .map(({ id }) => id)
      .join(','),
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'warn',
  };
  const death = Promise.withResolvers<never>();
  death.promise.catch(() => undefined);
  let latest: BotProcess | undefined;
  let isClosed = false;

  /** The same process, whose end is news only when nobody asked for it. */
  function start(): BotProcess {
    const started = startProcess(env, folder);
    let isAsked = false;
    const asked = (end: () => Promise<void>) => (): Promise<void> => {
      isAsked = true;
      return end();
    };
    void started.ended.then((how) => {
      if (isAsked) return;
      death.reject(new Error([`The bot ${how}. Its last lines:`, ...started.lastLines()].join('\n')));
    });
    latest = { ...started, kill: asked(started.kill), stop: asked(started.stop) };
    return latest;
  }

  const bot = createBotSwitch({
    telegram,
    start,
    meet: () => openShop(telegram),
    forget: () => rm(env.DATA_DIR, { recursive: true, force: true }),
  });

  return {
    telegram,
    provider,
    bot,
    // A kill that was still under way when the counter closed must not bring the bot back.
    startBot: async () => (isClosed ? undefined : bot.restart()),
    killBot: () => bot.kill(),
    botLog: () => latest?.lastLines() ?? [],
    died: death.promise,
    async close() {
      isClosed = true;
      await latest?.stop();
      await Promise.all([telegram.close(), provider.close()]);
      await rm(folder, { recursive: true, force: true });
      process.removeListener('exit', lastResort);
    },
  };
}
