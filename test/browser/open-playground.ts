// The whole playground on one machine: the counter of `npm start` with a bot whose clock may run faster, and the page.
// What the browser tests look at.
import type { BotProcess } from '../../src/playground/bot-process.ts';
import { openCounter, type Counter } from '../../src/playground/counter.ts';
import { startPlaygroundPage } from '../../src/playground/web/server.ts';
import { startProcess } from '../process/bot-process.ts';

export interface OpenPlayground extends Pick<Counter, 'telegram' | 'provider' | 'bot'> {
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

function startFast(env: Readonly<Record<string, string>>, speed: number): BotProcess {
  const child = startProcess(env, { speed });
  return {
    lastLines: () => child.output().split('\n').slice(-20),
    ended: child.ended.then((how) => `ended with ${how ?? 'nothing'}`),
    kill: () => child.kill(),
    stop: () => child.stop(),
  };
}

/** Opens it and waits for the bot. */
export async function openPlayground({ speed, withoutBot }: PlaygroundOptions = {}): Promise<OpenPlayground> {
  const counter = await openCounter(speed === undefined ? undefined : (env) => startFast(env, speed));
  const { telegram, provider, bot } = counter;
  const page = await startPlaygroundPage(counter);
  if (withoutBot !== true) await counter.startBot();
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
      await counter.close();
    },
  };
}
