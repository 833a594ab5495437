// Telegram: what the bot writes with, and in whose language.

import { setTimeout as sleepFor } from 'node:timers/promises';
import { Bot } from 'grammy';
import { createChat } from '../bot/chat.ts';
import type { BotContext } from '../bot/context.ts';
import { createAsides } from '../bot/ephemeral-asides.ts';
import { createEphemeral } from '../bot/ephemeral.ts';
import { createOutgoing, telegramClientOptions } from '../bot/outgoing.ts';
import { createOwnerNames } from '../bot/owner-names.ts';
import { createPrompts } from '../bot/prompts.ts';
import type { SandboxMark } from '../bot/sandbox-mark.ts';
import type { Language } from '../domain/order.ts';
import { languageOf } from '../i18n/index.ts';
import type { Ground } from './ground.ts';

/** The network, with a word of how each request ended. */
const counted =
  (fetch: typeof globalThis.fetch, ended: (status: number | undefined) => void): typeof globalThis.fetch =>
  async (input, init) => {
    try {
      const response = await fetch(input, init);
      ended(response.status);
      return response;
    } catch (error) {
      ended(undefined);
      throw error;
    }
  };

export type ChatSide = ReturnType<typeof openChat>;

export function openChat({ config, log, folder, clock, metrics }: Ground, mark: SandboxMark) {
  const fetch = counted(globalThis.fetch, (status) => metrics.telegramAnswered(status));
  const outgoing = createOutgoing({ fetch, clock, sleep: sleepFor, log });
  const bot = new Bot<BotContext>(config.botToken, {
    client: telegramClientOptions(config.telegramApiRoot, outgoing),
  });
  const chat = createChat({
    api: bot.api,
    sandbox: () => mark.isSandbox(),
    malformed: (method, description) =>
      log.error({ method, description }, 'Telegram refused a message of ours'),
  });
  const languageFor = (person: number, code?: string): Language =>
    folder.people.language(person) ?? languageOf(code) ?? folder.people.heard(person) ?? config.language;
  const ephemeral = createEphemeral({ api: bot.api, sandbox: () => mark.isSandbox(), clock, log });
  const asides = createAsides(ephemeral);
  const prompts = createPrompts({ chat, dialogues: folder.dialogues, asides });
  return { bot, chat, ephemeral, prompts, names: createOwnerNames(bot.api), languageFor };
}
