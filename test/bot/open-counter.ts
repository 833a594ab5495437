// The bot as the composition root puts it together, over the ports in memory and the Telegram stand-in. Updates are
// fetched and handled only when the test says so, so that nothing has to be waited for.

import { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, expect } from 'vitest';
import { createStandings } from '../../src/app/standing.ts';
import { createHurry } from '../../src/app/hurry.ts';
import { createChat, type Chat } from '../../src/bot/chat.ts';
import { assemble, type BotParts } from '../../src/bot/bot.ts';
import { createCommands } from '../../src/bot/commands.ts';
import { slim, type BotContext } from '../../src/bot/context.ts';
import { createDesk } from '../../src/bot/desk.ts';
import { createEntry } from '../../src/bot/entry.ts';
import { createAsides } from '../../src/bot/ephemeral-asides.ts';
import { createEphemeral } from '../../src/bot/ephemeral.ts';
import { watchLateEdits } from '../../src/bot/late-edits.ts';
import { publishMenuFor } from '../../src/bot/menus.ts';
import { createNotifier, type Notifier } from '../../src/bot/notifier.ts';
import { createOutgoing, telegramClientOptions, type OutgoingOptions } from '../../src/bot/outgoing.ts';
import { createOwnerNames } from '../../src/bot/owner-names.ts';
import { createOwners } from '../../src/bot/owners.ts';
import { createPrompts, type Prompts } from '../../src/bot/prompts.ts';
import { createShopCases, createShopSide } from '../../src/bot/shop-side.ts';
import type { Language } from '../../src/domain/order.ts';
import { languageOf } from '../../src/i18n/index.ts';
import {
  startTelegramStandIn,
  type ChatMessage,
  type NewGroup,
  type PressAnswer,
  type TelegramStandIn,
} from '../../src/playground/telegram/server.ts';
import { plainVault, type HandClock } from '../app/in-memory.ts';
import { openShop, type Shop } from '../app/shop.ts';
import { ref } from '../domain/an-order.ts';
import { declareShop } from '../overheard/ear.ts';
import { figuresOf } from '../overheard/provider.ts';
import { memoryDialogues, memoryPeople, type MemoryDialogues } from './dialogues-in-memory.ts';

export const OWNER = 7;
export const COLLEAGUE = 8;
export const STRANGER = 99;

export interface Counter {
  readonly telegram: TelegramStandIn;
  readonly shop: Shop;
  readonly bot: Bot<BotContext>;
  readonly chat: Chat;
  readonly prompts: Prompts;
  readonly notifier: Notifier;
  /** The use cases of people, money, prices and groups. */
  readonly cases: ReturnType<typeof createShopCases>;
  readonly dialogues: MemoryDialogues;
  readonly people: ReturnType<typeof memoryPeople>;
  /** A group with the bot in it, which an owner has allowed. */
  addGroup(group: NewGroup): number;
  /** What handlers threw. */
  readonly failures: unknown[];
  /** What Telegram refused as malformed. */
  readonly malformed: string[];
  /** Hands everything that Telegram has over to the bot, until there is nothing more. */
  handle(): Promise<void>;
  /** Somebody writes in private, or in a chat; the bot handles it. */
  say(text: string, person?: number, chatId?: number, replyTo?: number): Promise<void>;
  /** Somebody presses a button of the bot's last message with buttons; the bot handles it. */
  press(label: string, person?: number, chatId?: number): Promise<PressAnswer>;
  /** The bot's messages in a chat that everybody there sees, oldest first. */
  messages(chatId?: number): readonly ChatMessage[];
  last(chatId?: number): ChatMessage;
  /** The last message with plain spaces and no isolates, for reading. */
  text(chatId?: number): string;
  labels(chatId?: number): string[];
  /** Lets the worker's side take one step with each order, and shows what is to be shown. */
  work(): Promise<void>;
  /** Shows what is to be shown. */
  show(): Promise<void>;
  /** What the bot does once it has been opened, and what comes of it. */
  resume(): Promise<void>;
  /** What the bot does by itself now and then. */
  tidy(): Promise<void>;
  /** What the shop adds to the chat. */
  readonly features: ReturnType<typeof createShopSide>['features'];
  /** The same shop and chat in another process, with these owners; this one was killed, and is not to be used again. */
  restart(more?: Pick<CounterOptions, 'ownerIds'>): Promise<Counter>;
  close(): Promise<void>;
}

const plain = (text: string): string =>
  text.replace(/[\u00A0\u202F]/g, ' ').replace(/[\u2068\u2069\u200E]/g, '');

export interface CounterOptions {
  /** Whom the settings name. */
  readonly ownerIds?: readonly number[];
  /** Telegram counts what is written, on the shop's clock, and the bot keeps to it: how it waits, and what it calls with. */
  readonly strict?: (clock: HandClock) => Pick<OutgoingOptions, 'sleep' | 'fetch'>;
  /** What another process left behind: its shop, its chat, and how many names it has drawn. */
  readonly left?: Pick<Counter, 'shop' | 'telegram' | 'dialogues' | 'people' | 'failures' | 'malformed'> & {
    readonly drawn: number;
  };
}

/** Flood limits as Telegram lets them slip. */
const FLOOD = { groupPerMinute: 20, privatePerSecond: 30 };

async function openChat({ strict }: CounterOptions, shop: Shop): Promise<TelegramStandIn> {
  const { clock, topups } = shop;
  const telegram = await startTelegramStandIn(
    strict === undefined ? {} : { now: clock.now, floodLimits: FLOOD },
  );
  if (!declareShop(telegram.apiRoot, { owners: [OWNER, COLLEAGUE], figures: figuresOf(topups) }))
    throw new Error('nobody listens to this shop');
  telegram.addPerson({ id: OWNER, firstName: 'Owner', languageCode: 'en' });
  telegram.addPerson({ id: COLLEAGUE, firstName: 'Collègue', languageCode: 'fr' });
  telegram.addPerson({ id: STRANGER, firstName: 'Stranger', languageCode: 'en' });
  return telegram;
}

export async function openCounter(options: CounterOptions = {}): Promise<Counter> {
  const { strict, left, ownerIds = [OWNER, COLLEAGUE] } = options;
  const shop = left?.shop ?? openShop();
  const { store, topups, catalog, prices, counter, record, clock } = shop;
  const telegram = left?.telegram ?? (await openChat(options, shop));
  const paced = strict?.(clock);
  const log = { warn: () => undefined };
  const client =
    paced === undefined
      ? { apiRoot: telegram.apiRoot }
      : telegramClientOptions(telegram.apiRoot, createOutgoing({ ...paced, clock: clock.now, log }));
  const bot = new Bot<BotContext>(telegram.token, { client });
  await bot.init();
  const failures: unknown[] = left?.failures ?? [];
  const malformed: string[] = left?.malformed ?? [];
  const dialogues = left?.dialogues ?? memoryDialogues(clock);
  const people = left?.people ?? memoryPeople();
  const languageFor: BotParts['languageFor'] = (person, code) =>
    people.language(person) ?? languageOf(code) ?? people.heard(person) ?? 'en';
  const sandbox = (): boolean => topups.account()?.sandbox === true;
  const plainChat = createChat({
    api: bot.api,
    sandbox,
    malformed: (method, description) => void malformed.push(`${method}: ${description}`),
  });
  const lateEdits = watchLateEdits(plainChat, clock.now);
  const { chat } = lateEdits;
  const ephemeral = createEphemeral({ api: bot.api, sandbox, clock: clock.now, log });
  const prompts = createPrompts({ chat, dialogues, asides: createAsides(ephemeral) });
  const names = createOwnerNames(bot.api);
  const owners = createOwners({
    ...{ ids: ownerIds, chat, names },
    languageOf: (person) => languageFor(person, undefined),
    sleep: () => Promise.resolve(),
  });
  const notifier = createNotifier({
    ...{ store, vault: plainVault, chat, lateEdits, record, clock: clock.now, wake: () => undefined },
    tellOwners: (order, alert) => owners.tellAbout(order, alert),
    privateLink: (order) => `https://t.me/${bot.botInfo.username}?start=order-${order.no}`,
    failed: (_order, error) => void failures.push(error),
  });
  let drawn = left?.drawn ?? 0;
  const newId = (): string => `m${(drawn += 1)}`;
  const standings = createStandings({ store, ownerIds, open: false, clock: clock.now });
  const newToken = (): string => `token-of-test-${(drawn += 1)}`;
  const cases = createShopCases({ store, standings, clock: clock.now, newId, newToken });
  const hurry = createHurry({ record, clock: clock.now });
  const publishMenu = async (person: number, language: Language) =>
    publishMenuFor(bot.api, person, language, (await standings.of(person)).role);
  const { accounts } = cases;
  const commands = createCommands({
    ...{ store, counter, accounts, people, chat, ephemeral, notifier, owners, hurry, publishMenu },
  });
  const entry = createEntry({ prompts, store, newFlow: () => (drawn += 1).toString(36) });
  /** What the bot does by itself, in order with what people do. */
  const going: Promise<void>[] = [];
  const side = createShopSide({
    ...{ cases, store, standings, catalog, counter, record, hurry, chat, commands, entry, publishMenu },
    ...{ clock: clock.now, names },
    languageOf: (person) => languageFor(person, undefined),
    botName: () => bot.botInfo.username,
    goOn: (update) => void going.push(bot.handleUpdate(slim(update))),
  });
  assemble(bot, {
    desk: createDesk({
      ...{ catalog, counter, prices, topups, store, chat, prompts, kept: cases.kept },
      newRef: () => ref(`t${String((drawn += 1)).padStart(7, '0')}`),
    }),
    ...{ entry, commands, standings, chat, ...side, owners, notifier, dialogues, people, languageFor },
    failed: (error) => void failures.push(error),
  });

  const allowing: Promise<unknown>[] = [];
  function addGroup(group: NewGroup): number {
    const id = telegram.addGroup(group);
    allowing.push(cases.groups.allow(OWNER, id, group.title));
    return id;
  }

  let offset = 0;
  async function handle(): Promise<void> {
    await Promise.all(allowing);
    for (;;) {
      const updates: Update[] = await bot.api.getUpdates({ offset, timeout: 0 });
      if (updates.length === 0 && going.length === 0) return;
      await Promise.all(going.splice(0));
      for (const update of updates) {
        offset = update.update_id + 1;
        await bot.handleUpdate(slim(update));
      }
    }
  }

  async function show(): Promise<void> {
    for (const order of await store.active()) notifier.changed(order);
    notifier.showDue(await store.active(), clock.now());
    await notifier.settled();
  }

  const messages = (chatId = OWNER): readonly ChatMessage[] =>
    telegram
      .messages(chatId)
      .filter(({ from, deleted, ephemeral }) => from.isBot && !deleted && ephemeral === undefined);

  function last(chatId = OWNER): ChatMessage {
    const message = messages(chatId).at(-1);
    if (message === undefined) throw new Error(`the bot has written nothing in ${chatId}`);
    return message;
  }

  return {
    ...{ telegram, shop, bot, chat, cases, prompts, notifier, dialogues, people, failures, malformed },
    ...{ handle, show, messages, last, addGroup },
    say: async (text, person = OWNER, chatId = person, replyTo) => {
      telegram.say(person, chatId, text, replyTo === undefined ? {} : { replyTo });
      await handle();
    },
    press: async (label, person = OWNER, chatId = person) => {
      const message = messages(chatId).findLast(({ keyboard }) => keyboard.flat().length > 0);
      if (message === undefined) throw new Error(`there is no button in ${chatId}`);
      const shown = message.keyboard.flat().find(({ text }) => plain(text).includes(label));
      if (shown === undefined) throw new Error(`there is no button "${label}" under "${message.text}"`);
      const answer = telegram.press(person, chatId, message.id, shown.text);
      await handle();
      return answer;
    },
    text: (chatId) => plain(last(chatId).text),
    labels: (chatId) =>
      last(chatId).keyboard.map((row) => row.map(({ text }) => `[${plain(text)}]`).join(' ')),
    work: async () => {
      const before = shop.changed.length;
      for (const order of await store.active()) {
        clock.reach(order.dueAt ?? 0);
        await shop.advance(order);
      }
      for (const order of shop.changed.slice(before)) side.moved(order);
      await show();
    },
    resume: async () => {
      await side.resume();
      await handle();
    },
    tidy: side.tidy,
    restart: (more) =>
      openCounter({
        ...{ ...options, ...more },
        left: { shop, telegram, dialogues, people, failures, malformed, drawn },
      }),
    features: side.features,
    close: () => telegram.close(),
  };
}

/** Opens a counter before each test and closes it after; nothing may have failed in between. */
export function counterForEach(use: (counter: Counter) => void): void {
  let opened: Counter | undefined;
  beforeEach(async () => use((opened = await openCounter())));
  afterEach(async () => {
    expect(opened).toMatchObject({ failures: [], malformed: [] });
    await opened?.close();
  });
}
