// Loaded before every test file: whatever Telegram stand-in the file starts, by whichever way, is listened to, and a
// secret that slips out fails the test in which it did.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, inject, vi } from 'vitest';
import type { Heard } from './ear.ts';

/** Loaded with the first stand-in: most files start none. */
let ear: typeof import('./ear.ts') | undefined;
const SILENCE: Heard = { shops: 0, toOthers: 0, inGroups: 0 };

vi.mock(import('../../src/playground/telegram/server.ts'), async (original) => {
  const [server, opened] = await Promise.all([original(), import('./ear.ts')]);
  ear = opened;
  const startTelegramStandIn: typeof server.startTelegramStandIn = async (options) => {
    const telegram = await server.startTelegramStandIn(options);
    opened.listenTo(telegram);
    return telegram;
  };
  return { ...server, startTelegramStandIn };
});

vi.mock(import('../../src/playground/oneclickdz/server.ts'), async (original) => {
  const [server, { watchProvider }] = await Promise.all([original(), import('./provider.ts')]);
  const startProviderStandIn: typeof server.startProviderStandIn = async (options) =>
    watchProvider(await server.startProviderStandIn(options), options);
  return { ...server, startProviderStandIn };
});

vi.mock(import('../../src/playground/bot-process.ts'), async (original) => {
  const [bot, { declareProcess }] = await Promise.all([original(), import('./provider.ts')]);
  const startBotProcess: typeof bot.startBotProcess = (env, folder) => {
    declareProcess(env);
    return bot.startBotProcess(env, folder);
  };
  return { ...bot, startBotProcess };
});

afterEach(() => ear?.failOnSlips());
afterAll(async () => {
  const count = `${process.pid}-${performance.now()}.json`;
  await writeFile(join(inject('overheard'), count), JSON.stringify(ear?.heard ?? SILENCE));
  ear?.failOnSlips();
});
