// The bot's power switch, on a bot made of promises.

import { expect, it } from 'vitest';
import type { RequestHook } from '../../src/playground/telegram/server.ts';
import { createBotSwitch, type BotState } from '../../src/playground/web/bot-switch.ts';

interface Actor {
  /** Asks Telegram for messages, as a bot that is up does. */
  poll(): void;
  die(how: string): void;
}

function stage({ meeting = Promise.resolve() }: { meeting?: Promise<void> } = {}) {
  const happened: string[] = [];
  const hooks = new Set<RequestHook>();
  const actors: Actor[] = [];
  const telegram = {
    onRequest: (hook: RequestHook) => {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
  };
  const bot = createBotSwitch({
    telegram,
    start() {
      happened.push('start');
      const ended = Promise.withResolvers<string>();
      const end = (how: string) => () => {
        happened.push(how);
        ended.resolve(how);
        return Promise.resolve();
      };
      actors.push({
        poll: () => {
          for (const hook of hooks) void hook({ phase: 'before', method: 'getUpdates', payload: {} });
        },
        die: ended.resolve,
      });
      return {
        lastLines: () => ['its last words'],
        ended: ended.promise,
        kill: end('kill'),
        stop: end('stop'),
      };
    },
    meet: () => {
      happened.push('meet');
      return meeting;
    },
    forget: () => Promise.resolve(void happened.push('forget')),
  });
  const states: BotState[] = [];
  bot.on((state) => states.push(state));
  /** Lets the newest bot come up. */
  const comesUp = async (): Promise<void> => {
    const before = actors.length;
    while (actors.length === before) await Promise.resolve();
    actors.at(-1)?.poll();
  };
  return { bot, happened, states, actors, comesUp };
}

it('is running once the bot asks for messages, and stopped once it is killed', async () => {
  const { bot, states, comesUp } = stage();
  await Promise.all([bot.restart(), comesUp()]);
  await bot.kill();
  expect(states).toEqual(['starting', 'running', 'stopped']);
});

it('lets a running bot finish before it starts it again', async () => {
  const { bot, happened, comesUp } = stage();
  await Promise.all([bot.restart(), comesUp()]);
  await Promise.all([bot.restart(), comesUp()]);
  expect(happened).toEqual(['start', 'meet', 'stop', 'start']);
});

it('starts over with the bot down while everything is forgotten', async () => {
  const { bot, happened, comesUp } = stage();
  await Promise.all([bot.restart(), comesUp()]);
  await Promise.all([bot.startOver(() => happened.push('clear')), comesUp()]);
  expect(happened).toEqual(['start', 'meet', 'kill', 'clear', 'forget', 'start', 'meet']);
});

it('is not running, and lets nobody else speak, before a new bot has met its people', async () => {
  const meeting = Promise.withResolvers<undefined>();
  const { bot, happened, states, comesUp } = stage({ meeting: meeting.promise.then(() => undefined) });
  const restarting = bot.restart();
  await comesUp();
  await expect.poll(() => happened).toContain('meet');
  expect(bot.isMeeting()).toBe(true);
  let isSettled = false;
  const settled = bot.settled().then(() => (isSettled = true));
  expect(states).toEqual(['starting']);
  expect(isSettled).toBe(false);
  meeting.resolve(undefined);
  await Promise.all([restarting, settled]);
  expect(bot.isMeeting()).toBe(false);
  expect(states).toEqual(['starting', 'running']);
});

it('is running, and tells what went wrong, when the people could not be met', async () => {
  const meeting = Promise.reject(new Error('nobody answered'));
  const { bot, comesUp } = stage({ meeting });
  await expect(Promise.all([bot.restart(), comesUp()])).rejects.toThrow('nobody answered');
  expect([bot.state(), bot.isMeeting()]).toEqual(['running', false]);
});

it('notices a bot that dies by itself, and can start it again', async () => {
  const { bot, actors, comesUp } = stage();
  await Promise.all([bot.restart(), comesUp()]);
  actors[0]?.die('ended with code 1');
  await expect.poll(() => bot.state()).toBe('stopped');
  await Promise.all([bot.restart(), comesUp()]);
  expect(bot.state()).toBe('running');
});

it('says what the bot said last when it does not come up, and still works afterwards', async () => {
  const { bot, actors, comesUp } = stage();
  const restarting = bot.restart();
  await expect.poll(() => actors.length).toBe(1);
  actors[0]?.die('ended with code 78');
  await expect(restarting).rejects.toThrow('The bot ended with code 78.\nits last words');
  await Promise.all([bot.restart(), comesUp()]);
  expect(bot.state()).toBe('running');
});

it('does one thing at a time, whoever presses', async () => {
  const { bot, happened, comesUp } = stage();
  const first = bot.restart();
  const second = bot.kill();
  await comesUp();
  await Promise.all([first, second]);
  expect(happened).toEqual(['start', 'meet', 'kill']);
  expect(bot.state()).toBe('stopped');
});
