// The whole playground on one machine: two stand-ins, the real bot in a process of its own, and the page. What the
// browser tests look at.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProviderStandIn, type ProviderStandIn } from '../../src/playground/oneclickdz/server.ts';
import { people } from '../../src/playground/people.ts';
import { startTelegramStandIn, type TelegramStandIn } from '../../src/playground/telegram/server.ts';
import { createBotSwitch, type BotSwitch } from '../../src/playground/web/bot-switch.ts';
import { startPlaygroundPage } from '../../src/playground/web/server.ts';
import { startProcess } from '../process/bot-process.ts';

export interface OpenPlayground {
  readonly telegram: TelegramStandIn;
  readonly provider: ProviderStandIn;
  readonly bot: BotSwitch;
  readonly url: string;
  /** Calls the Bot API as the bot would. */
  call(method: string, payload: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
}

export interface PlaygroundOptions {
  /** How many times faster than the world the bot's clock runs. */
  readonly speed?: number;
  /** Leaves the bot stopped, for tests that speak in its place. */
  readonly withoutBot?: boolean;
}

/** Opens it and waits for the bot. */
export async function openPlayground(options: PlaygroundOptions = {}): Promise<OpenPlayground> {
  const [telegram, provider] = await Promise.all([startTelegramStandIn(), startProviderStandIn()]);
  for (const { id, firstName, languageCode } of people) telegram.addPerson({ id, firstName, languageCode });
  const folder = await mkdtemp(join(tmpdir(), 'playground-page-'));
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
  const bot = createBotSwitch({
    telegram,
    start() {
      const child = startProcess(env, options.speed === undefined ? {} : { speed: options.speed });
      return {
        lastLines: () => child.output().split('\n').slice(-20),
        ended: child.ended.then((how) => `ended with ${how ?? 'nothing'}`),
        kill: () => child.kill(),
        stop: () => child.stop(),
      };
    },
    forget: () => rm(join(folder, 'data'), { recursive: true, force: true }),
  });
  const page = await startPlaygroundPage({ telegram, provider, bot });
  if (options.withoutBot !== true) await bot.restart();
  return {
    telegram,
    provider,
    bot,
    url: page.url,
    async call(method, payload) {
      const response = await fetch(`${telegram.apiRoot}/bot${telegram.token}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      });
      if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
    },
    async close() {
      await bot.kill();
      await page.close();
      await Promise.all([telegram.close(), provider.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
