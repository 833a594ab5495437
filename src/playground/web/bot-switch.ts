// The power switch of the bot's process: restart, kill, and a fresh start with nothing remembered. One thing at a time,
// however many windows press.
import type { BotProcess } from '../bot-process.ts';
import type { TelegramStandIn } from '../telegram/server.ts';

/** `starting` lasts until the bot asks Telegram for messages. */
export type BotState = 'starting' | 'running' | 'stopped';

/** What the page can do with the bot; the promises settle when it is done. */
export type BotSwitch = {
  readonly state: () => BotState;
  /** Lets a running bot finish, then starts it again. */
  readonly restart: () => Promise<void>;
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Ends it, runs `clear`, throws its data away and starts it. */
  readonly startOver: (clear: () => void) => Promise<void>;
  readonly on: (listener: (state: BotState) => void) => () => void;
};

/** A switch for the bot that `start` starts; `forget` throws away what it has written down. */
export function createBotSwitch(parts: {
  readonly telegram: Pick<TelegramStandIn, 'onRequest'>;
  readonly start: () => BotProcess;
  readonly forget: () => Promise<void>;
}): BotSwitch {
  const listeners = new Set<(state: BotState) => void>();
  let state: BotState = 'stopped';
  let bot: BotProcess | undefined;
  let last: Promise<void> = Promise.resolve();

  function become(next: BotState): void {
    if (state === next) return;
    state = next;
    for (const listener of [...listeners]) listener(next);
  }

  async function up(): Promise<void> {
    become('starting');
    const asked = Promise.withResolvers<'up'>();
    const forgetHook = parts.telegram.onRequest(({ method }) => {
      if (method === 'getUpdates') asked.resolve('up');
    });
    const started = parts.start();
    bot = started;
    const ended = started.ended.then((how) => {
      if (bot === started) {
        bot = undefined;
        become('stopped');
      }
      return how;
    });
    const first = await Promise.race([asked.promise, ended]);
    forgetHook();
    if (first !== 'up') throw new Error([`The bot ${first}.`, ...started.lastLines()].join('\n'));
    become('running');
  }

  const down = async (how: 'stop' | 'kill'): Promise<void> => {
    await bot?.[how]();
  };

  function next(work: () => Promise<void>): Promise<void> {
    last = last.catch(() => undefined).then(work);
    return last;
  }

  return {
    state: () => state,
    restart: () =>
      next(async () => {
        await down('stop');
        await up();
      }),
    kill: () => next(() => down('kill')),
    startOver: (clear) =>
      next(async () => {
        await down('kill');
        clear();
        await parts.forget();
        await up();
      }),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
