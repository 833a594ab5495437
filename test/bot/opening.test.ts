// Before anybody may speak: the bot's name is learnt and the key is asked about, but no longer than a moment.

import { Bot } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotContext } from '../../src/bot/context.ts';
import type { MenuOwner } from '../../src/bot/menus.ts';
import { openForBusiness } from '../../src/bot/opening.ts';
import { startTelegramStandIn, type TelegramStandIn } from '../../src/playground/telegram/server.ts';
import { declareShop } from '../overheard/ear.ts';

let telegram: TelegramStandIn;
/** Begun, and not yet over when the door is open: the menus. */
let begun: Promise<void>[];
beforeEach(async () => {
  telegram = await startTelegramStandIn();
  declareShop(telegram.apiRoot, { owners: [7] });
  begun = [];
});
afterEach(async () => {
  await Promise.all(begun);
  await telegram.close();
});

/** What happens, in order; whatever is waited for happens when the test says so. */
function openDoor(given: {
  isKnown: boolean;
  token?: string;
  isAway?: boolean;
  owners?: readonly MenuOwner[];
}) {
  const happened: string[] = [];
  const key = Promise.withResolvers<undefined>();
  const patience = Promise.withResolvers<undefined>();
  const waiting = Promise.withResolvers<undefined>();
  let isStopping = false;
  const bot = new Bot<BotContext>(given.token ?? telegram.token, { client: { apiRoot: telegram.apiRoot } });
  const open = openForBusiness({
    bot,
    intake: { run: () => Promise.resolve(void happened.push('run')) },
    mark: {
      isKnown: () => given.isKnown,
      learn: () => {
        happened.push('learn');
        if (given.isAway === true) return Promise.reject(new Error('the provider is away'));
        return given.isKnown ? Promise.resolve() : key.promise;
      },
    },
    shopLanguage: 'fr',
    ...(given.owners === undefined ? {} : { owners: given.owners }),
    patiently: (task, hopeless = () => false) => {
      const tried = task().catch((error: unknown) => {
        if (!hopeless(error)) happened.push('would try again');
      });
      const over = tried.then(() => undefined);
      begun.push(over);
      return over;
    },
    sleep: async (ms) => {
      happened.push(`waits ${ms} ms at the most`);
      waiting.resolve(undefined);
      await patience.promise;
    },
    stopping: () => isStopping,
    opened: (name) => void happened.push(`open as ${name}`),
    refused: () => void happened.push('refused'),
  });
  return {
    ...{ open, happened },
    waiting: waiting.promise,
    keySpeaks: () => key.resolve(undefined),
    patienceEnds: () => patience.resolve(undefined),
    stop: () => (isStopping = true),
  };
}

const OPEN = ['open as recharge_counter_bot', 'run'];

describe('the door opens', () => {
  it('at once with a key that is known, though it is asked about again', async () => {
    const { open, happened } = openDoor({ isKnown: true });
    await open;
    expect(happened).toEqual(['learn', ...OPEN]);
  });

  it.each(['keySpeaks', 'patienceEnds'] as const)('with a new key after a moment: %s', async (end) => {
    const door = openDoor({ isKnown: false });
    await door.waiting;
    expect(door.happened).toEqual(['learn', 'waits 3000 ms at the most']);
    door[end]();
    await door.open;
    expect(door.happened.slice(2)).toEqual(OPEN);
    door.keySpeaks();
  });

  it('with a new key that nothing can be learnt of, once that was tried', async () => {
    const door = openDoor({ isKnown: false, isAway: true });
    await door.open;
    expect(door.happened).toEqual(expect.arrayContaining(['would try again', ...OPEN]));
  });

  it('and owners find their own commands in the menu', async () => {
    telegram.addPerson({ id: 7, firstName: 'Owner', languageCode: 'en' });
    telegram.start(7);
    await openDoor({ isKnown: true, owners: [{ id: 7, language: 'en' }] }).open;
    await Promise.all(begun);
    expect(telegram.commandsFor(7, 7).map(({ command }) => command)).toContain('people');
  });

  it('not at all when the process ends meanwhile', async () => {
    const door = openDoor({ isKnown: false });
    await door.waiting;
    door.stop();
    door.keySpeaks();
    await door.open;
    expect(door.happened).not.toContain('run');
  });

  it('not with a token that Telegram refuses, which is said at once', async () => {
    const door = openDoor({ isKnown: false, token: '7000002:no-such-bot-0123456789abcdef' });
    await door.open;
    expect(door.happened).toEqual(['learn', 'refused']);
    door.keySpeaks();
  });
});
