// A day at the counter: the real bot between the two stand-ins, on one clock that runs fast and can leap, and the books
// counted at closing time. What every journey is driven with, once on a folder and once on PostgreSQL.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, inject, vi } from 'vitest';
import type { AcceptedOrder } from '../../src/playground/oneclickdz/order-book.ts';
import type { ProviderStandInOptions } from '../../src/playground/oneclickdz/options.ts';
import type { ProviderStandIn } from '../../src/playground/oneclickdz/server.ts';
import type { TelegramStandIn } from '../../src/playground/telegram/stand-in.ts';
import type { Audit } from '../../src/store/audit.ts';
import { openCounter, OWNERS, type BotOptions, type BotProcess } from '../process/bot-process.ts';
import { booksOf } from './books.ts';
import { openDayDatabase, type DayDatabase } from './day-database.ts';
import { visitor, type Visitor } from './visitor.ts';

// A journey has many steps, and the machine may have other work.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Whether the shop is kept in PostgreSQL, in this run of the journeys. */
export const IN_A_DATABASE = inject('journeysOn') !== undefined;

/** Of the world's time; the bot needs a few milliseconds from a timer to a request. */
const QUIET_MS = 40;
const MOVING_TIME = join(import.meta.dirname, 'moving-time.ts');
const FULL_DISK = join(import.meta.dirname, 'full-disk.ts');

export interface ShopDay {
  readonly telegram: TelegramStandIn;
  readonly provider: ProviderStandIn;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the shop is kept in, where that is not the folder. */
  readonly database: DayDatabase | undefined;
  /** The three owners; they speak English, French and Arabic. */
  readonly owner: Visitor;
  readonly patronne: Visitor;
  readonly sahib: Visitor;
  /** The bot that runs now. */
  bot(): BotProcess;
  /** Epoch ms on the clock that bot and provider share. */
  now(): number;
  /** Resolves once everything people did has been handled and written down. */
  caughtUp(): Promise<void>;
  /** Lets so much time pass at once, for bot and provider. */
  leap(ms: number): Promise<void>;
  /** Leaps again and again until `done` says so; `steps` at the most. */
  leapUntil(done: () => boolean, ms: number, steps?: number): Promise<void>;
  /** Starts a bot on the same folder or database; the day begins with one. */
  start(options?: BotOptions): Promise<BotProcess>;
  /** The same without waiting for it to open: one that is to be refused. */
  launch(options?: BotOptions): BotProcess;
  /** Whether there is room for what is written of orders and money. */
  fillDisk(full: boolean): Promise<void>;
  /** Orders the provider has accepted for a number, oldest first. */
  accepted(number: string): readonly AcceptedOrder[];
  /** How often a purchase for that number reached the provider. */
  sends(number: string): number;
  /** Ends the bot by SIGTERM and counts. */
  count(): Promise<Counted>;
  close(): Promise<void>;
}

/** All money as the files, or the database, have it and as the provider has it, in centimes, and how the bot ended. */
export interface Counted extends Audit {
  readonly exit: number | string | null;
  /** What the provider took and did not give back. */
  readonly providerTook: number;
  /** What the orders that it took or may take money for cost by our own book. */
  readonly costs: number;
}

export interface DayOptions {
  readonly speed?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly provider?: ProviderStandInOptions;
  /** Do not start the bot yet. */
  readonly closed?: boolean;
  /** Begin at eight in the morning in Algiers: what is told of a day must not depend on when the test is run. */
  readonly morning?: boolean;
}

const DAY = 24 * HOUR;
/** In Algiers, which is an hour ahead all year round. */
const EIGHT = 7 * HOUR;

/** How long it is from a moment (epoch ms) to the next eight o'clock. */
const untilMorning = (now: number): number => (DAY + EIGHT - (now % DAY)) % DAY;

const numberIn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'number' in body ? body.number : undefined;

/** A database takes its part of the world's time, which is the patience with a provider, too. */
const FASTEST = IN_A_DATABASE ? 10 : Infinity;

/** Opens a counter with a bot in it; ten times the world's speed unless told otherwise. */
export async function openDay({
  speed: wanted = 10,
  env = {},
  provider,
  closed = false,
  morning = false,
}: DayOptions = {}): Promise<ShopDay> {
  const began = Date.now();
  const speed = Math.min(wanted, FASTEST);
  let leapt = morning ? untilMorning(began) : 0;
  const now = (): number => began + (Date.now() - began) * speed + leapt;
  const server = inject('journeysOn');
  const database = server === undefined ? undefined : await openDayDatabase(server, { began, speed, leapt });
  const counter = await openCounter({
    provider: { now, defaultDelayMs: 1_000, ...provider },
    env: { ONECLICK_RATE: '200', ONECLICK_BURST: '200', ...database?.env, ...env },
  });
  const { telegram, dataDir } = counter;
  const leapFile = join(dataDir, '..', `${dataDir.split('/').at(-1) ?? 'counter'}.leap`);
  const sign = `${leapFile}.full`;
  await writeFile(leapFile, String(leapt));
  let bot: BotProcess | undefined;
  const running = (): BotProcess => {
    if (bot === undefined) throw new Error('no bot was started');
    return bot;
  };

  const printed = (one: BotProcess, text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!one.output().includes(text)) return;
        one.child.stdout?.off('data', look);
        resolve();
      };
      one.child.stdout?.on('data', look);
      void one.ended.then(() => reject(new Error(`ended before "${text}":\n${one.output()}`)));
      look();
    });

  const launch = (options: BotOptions = {}): BotProcess =>
    counter.open({
      ...options,
      preload: [MOVING_TIME, FULL_DISK, ...(options.preload ?? [])],
      env: {
        TEST_SPEED: String(speed),
        TEST_BEGAN: String(began),
        TEST_LEAP_FILE: leapFile,
        TEST_DISK_FULL: sign,
        ...options.env,
      },
    });

  async function start(options?: BotOptions): Promise<BotProcess> {
    bot = launch(options);
    await printed(bot, 'the counter is open');
    return bot;
  }

  const caughtUp = async (): Promise<void> => {
    await telegram.until(() => telegram.pendingUpdates().length === 0, { what: 'all updates to be handled' });
    await database?.caughtUp();
  };

  async function leap(ms: number): Promise<void> {
    // What people have said is handled before time goes on, or it would count as said later.
    await caughtUp();
    // What a bot has just begun with a database it gets to the end of, or every leap would look like a slow database.
    await database?.quiet(QUIET_MS);
    leapt += ms;
    await writeFile(leapFile, String(leapt));
    await database?.leap(leapt);
    running().child.kill('SIGUSR2');
    await printed(running(), `leapt ${leapt}\n`);
    do await quiet(counter.provider);
    while ((await database?.quiet(QUIET_MS)) === false);
  }

  const people = OWNERS.map(({ id }) => visitor(telegram, id));
  const [owner, patronne, sahib] = people;
  if (owner === undefined || patronne === undefined || sahib === undefined)
    throw new Error('three owners needed');
  if (!closed) {
    await start();
    // Nobody can be written to before having pressed Start.
    for (const person of people) person.say('/start');
    await Promise.all(people.map((person) => person.sees('ADSL')));
  }

  return {
    ...{ telegram, provider: counter.provider, dataDir, env: counter.env, database, owner, patronne, sahib },
    ...{ bot: running, now, leap, caughtUp, start, launch },
    leapUntil: async (done, ms, steps = 40) => {
      for (let step = 0; !done(); step += 1) {
        if (step >= steps) throw new Error(`${steps} leaps of ${ms} ms were not enough`);
        await leap(ms);
      }
    },
    fillDisk: async (full) => {
      if (database !== undefined) await database.fill(full);
      else await (full ? writeFile(sign, '') : rm(sign, { force: true }));
    },
    accepted: (number) => counter.provider.orders().filter((order) => order.number === number),
    sends: (number) =>
      counter.provider.calls.filter(
        ({ method, path, body }) =>
          method === 'POST' && path.startsWith('/internet/send') && numberIn(body) === number,
      ).length,
    count: async () => {
      await running().stop();
      const exit = await running().ended;
      const kept = counter.provider.orders().map(({ debited, refunded }) => debited - refunded);
      const providerTook = Math.round(kept.reduce((all, one) => all + one, 0) * 100);
      const { key } = counter.provider;
      const books = await (database === undefined ? booksOf(dataDir, key) : database.books(key));
      return { ...books, exit, providerTook };
    },
    close: async () => {
      await counter.close();
      await database?.close();
      await Promise.all([leapFile, sign].map((file) => rm(file, { force: true })));
    },
  };
}

/**
 * One day for all tests of a file: open before the first, closed after the last. Some time passes before each, so that
 * nothing is still under way.
 */
export function dayForAll(
  use: (day: ShopDay) => void,
  {
    prepare,
    between = MINUTE,
    ...options
  }: DayOptions & { prepare?: (day: ShopDay) => Promise<void>; between?: number } = {},
): void {
  let day: ShopDay | undefined;
  beforeAll(async () => {
    day = await openDay(options);
    use(day);
    await prepare?.(day);
  });
  beforeEach(() => day?.leap(between));
  afterAll(() => day?.close());
}

/** Resolves once nothing has come or gone at the provider for a moment: what a leap made due has been asked. */
async function quiet(provider: ProviderStandIn): Promise<void> {
  let heard = performance.now();
  const stop = provider.on(() => (heard = performance.now()));
  await provider.until(() => performance.now() - heard > QUIET_MS);
  stop();
}
