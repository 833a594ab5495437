// The power switch of the bot's process: restart, kill, and a fresh start with nothing remembered. One thing at a time,
// however many windows press.
import type { BotProcess } from '../bot-process.ts';
import type { TelegramStandIn } from '../telegram/server.ts';

/** `starting` lasts until the bot asks Telegram for messages, and a new one has met its people. */
export type BotState = 'starting' | 'running' | 'stopped';

/** What the page can do with the bot; the promises settle when it is done. */
export type BotSwitch = {
  readonly state: () => BotState;
  /** A bot that knows nobody meets its people: what is said in the chats meanwhile is not for anybody's eyes. */
  readonly isMeeting: () => boolean;
  /** Resolves once nobody is being met; never rejects. */
  readonly settled: () => Promise<void>;
  /** Lets a running bot finish, then starts it again. */
  readonly restart: () => Promise<void>;
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Ends it, runs `clear`, throws its data away and starts it. */
  readonly startOver: (clear: () => void) => Promise<void>;
  readonly on: (listener: (state: BotState) => void) => () => void;
};

/**
 * A switch for the bot that `start` starts. `meet` is what a bot that knows nobody goes through first; `forget` throws
 * away what it has written down.
 */
export function createBotSwitch(parts: {
  readonly telegram: Pick<TelegramStandIn, 'onRequest'>;
  readonly start: () => BotProcess;
  readonly meet: () => Promise<void>;
  readonly forget: () => Promise<void>;
}): BotSwitch {
  const listeners = new Set<(state: BotState) => void>();
  let state: BotState = 'stopped';
  let bot: BotProcess | undefined;
  let last: Promise<void> = Promise.resolve();
  let knowsNobody = true;
  let isMeeting = false;

  function become(next: BotState): void {
    if (state === next) return;
    state = next;
    for (const listener of [...listeners]) listener(next);
  }

  /** Starts it; resolves to how it ends, which is long after that. */
  function start(): { readonly started: BotProcess; readonly ended: Promise<string> } {
    const started = parts.start();
    bot = started;
    const ended = started.ended.then((how) => {
      if (bot === started) {
        bot = undefined;
        become('stopped');
      }
      return how;
    });
    return { started, ended };
  }

  async function up(): Promise<void> {
    isMeeting = knowsNobody;
    become('starting');
    const asked = Promise.withResolvers<undefined>();
    const forgetHook = parts.telegram.onRequest(({ method }) => {
      if (method === 'getUpdates') asked.resolve(undefined);
    });
    const { started, ended } = start();
    const died = ended.then((how) => {
      throw new Error([`The bot ${how}.`, ...started.lastLines()].join('\n'));
    });
    try {
      await Promise.race([asked.promise, died]);
      if (knowsNobody) await Promise.race([parts.meet(), died]);
      knowsNobody = false;
    } finally {
      forgetHook();
      isMeeting = false;
      // A bot that met nobody runs all the same.
      if (bot === started) become('running');
    }
  }

  const down = async (how: 'stop' | 'kill'): Promise<void> => {
    await bot?.[how]();
  };

  function next(work: () => Promise<void>): Promise<void> {
    last = last
      .catch(() => undefined)
      .then(work)
      .finally(() => (isMeeting = false));
    return last;
  }

  return {
    state: () => state,
    isMeeting: () => isMeeting,
    settled: () => (isMeeting ? last.catch(() => undefined) : Promise.resolve()),
    restart: () =>
      next(async () => {
        await down('stop');
        await up();
      }),
    kill: () => next(() => down('kill')),
    startOver: (clear) =>
      next(async () => {
        isMeeting = true;
        knowsNobody = true;
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
