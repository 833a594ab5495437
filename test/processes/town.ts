// Fifty people or more around one counter: three owners, ten agents, the rest customers with money on their wallets, and a
// group. The stand-ins and the bot share one clock that runs fast and can leap.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../src/app/ports.ts';
import { createStandings } from '../../src/app/standing.ts';
import { createShopCases } from '../../src/bot/shop-side.ts';
import { dinars } from '../../src/domain/money.ts';
import {
  openCounter,
  OWNERS,
  type BotOptions,
  type BotProcess,
  type Counter,
} from '../process/bot-process.ts';
import { ownFolder, type Storehouse } from './storehouse.ts';

const SPEED = 10;
const MOVING_TIME = join(import.meta.dirname, '..', 'journey', 'moving-time.ts');
const LANGUAGES = ['ar', 'fr', 'en'] as const;
const FIRST_ID = 610_001;
const AGENTS = 10;
/** So many agents and customers are in the group, with one owner. */
const OF_EACH_IN_GROUP = 5;
/** Dinars; some have to ask for more soon. */
const WALLETS = { agent: 40_000, customer: 6_000 };
const PRINTED_WITHIN_MS = 60_000;

export type Role = 'owner' | 'agent' | 'customer';

export interface Resident {
  readonly id: number;
  readonly role: Role;
  readonly inGroup: boolean;
}

export interface Town extends Omit<Counter, 'open'> {
  readonly people: readonly Resident[];
  readonly group: number;
  readonly storehouse: Storehouse;
  /** Starts a bot on the town's clock; `env` is its own. */
  start(env?: BotOptions['env']): BotProcess;
  /** While no bot runs: so much time goes by. */
  sleep(ms: number): Promise<void>;
  /** So much time goes by for the running bots, which are waited for; false when one ended instead. */
  leap(bots: readonly BotProcess[], ms: number): Promise<boolean>;
}

export interface TownOptions {
  readonly people: number;
  /** How many times faster than the world's the clock of bot and provider runs. */
  readonly speed?: number;
  /** Where the shop is kept; in the counter's folder by default. */
  readonly keep?: (counter: Counter) => Storehouse;
  /** What every bot is started with beside the town's clock. */
  readonly beside?: Pick<BotOptions, 'preload' | 'env'>;
}

function residents(size: number): readonly Resident[] {
  const owners = OWNERS.map(({ id }, i): Resident => ({ id, role: 'owner', inGroup: i === 0 }));
  const others = Array.from({ length: size - OWNERS.length }, (_, i): Resident => {
    const role = i < AGENTS ? 'agent' : 'customer';
    const place = role === 'agent' ? i : i - AGENTS;
    return { id: FIRST_ID + i, role, inGroup: place < OF_EACH_IN_GROUP };
  });
  return [...owners, ...others];
}

/** Lets everybody in and fills their wallets, by the shop's own use cases. */
async function fillShop(store: Store, people: readonly Resident[], group: number): Promise<void> {
  const clock = Date.now;
  const ownerIds = OWNERS.map(({ id }) => id);
  const [by = 0] = ownerIds;
  let drawn = 0;
  const { members, accounts, groups } = createShopCases({
    ...{ store, clock, newToken: () => `opening-${(drawn += 1)}` },
    standings: createStandings({ store, ownerIds, open: false, clock }),
    newId: () => `opening${(drawn += 1)}`,
  });
  for (const { id, role } of people) {
    if (role === 'owner') continue;
    await members.ask({ id, name: `Person ${id}`, username: `person${id}` });
    await members.answer({ id: by, name: 'Owner' }, id, role);
    const amount = dinars(WALLETS[role]);
    await accounts.byOwner(accounts.newMove(), { by, person: id, kind: 'deposit', amount, reason: '' });
  }
  await groups.allow(by, group, 'Counter');
}

/** Whether a bot prints this; false when it ends without. Throws when it does neither. */
export const printed = async (bot: BotProcess, text: string): Promise<boolean> => {
  let look = (): void => undefined;
  const said = new Promise<boolean>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no "${text}" from the bot`)), PRINTED_WITHIN_MS).unref();
    look = () => {
      if (!bot.output().includes(text)) return;
      clearTimeout(late);
      resolve(true);
    };
    bot.child.stdout?.on('data', look);
    void bot.ended.then(() => {
      clearTimeout(late);
      resolve(false);
    });
  });
  try {
    look();
    return await said;
  } finally {
    bot.child.stdout?.off('data', look);
  }
};

/** Builds the town; nothing is started yet. */
export async function openTown({
  people: size,
  speed = SPEED,
  keep = ownFolder,
  beside = {},
}: TownOptions): Promise<Town> {
  const began = Date.now();
  let leapt = 0;
  const now = (): number => began + (Date.now() - began) * speed + leapt;
  const counter = await openCounter({
    provider: { now, balance: 50_000_000, defaultDelayMs: 3_000 },
    env: { ONECLICK_RATE: '200', ONECLICK_BURST: '200' },
  });
  const people = residents(size);
  for (const [i, { id, role }] of people.entries()) {
    const languageCode = LANGUAGES[i % LANGUAGES.length] ?? 'en';
    if (role !== 'owner')
      counter.telegram.addPerson({ id, firstName: `Person ${id}`, username: `person${id}`, languageCode });
  }
  const memberIds = people.filter(({ inGroup }) => inGroup).map(({ id }) => id);
  const group = counter.telegram.addGroup({ title: 'Counter', memberIds });
  const leapFile = `${counter.dataDir}.leap`;
  const pass = async (ms: number): Promise<void> => {
    leapt += ms;
    await writeFile(leapFile, String(leapt));
  };
  await pass(0);
  const storehouse = keep(counter);
  await storehouse.visit((store) => fillShop(store, people, group));
  return {
    ...{ ...counter, people, group, storehouse, sleep: pass },
    start: (env) =>
      counter.open({
        preload: [MOVING_TIME, ...(beside.preload ?? [])],
        env: {
          TEST_SPEED: String(speed),
          TEST_BEGAN: String(began),
          TEST_LEAP_FILE: leapFile,
          ...storehouse.env,
          ...beside.env,
          ...env,
        },
      }),
    leap: async (bots, ms) => {
      await pass(ms);
      for (const { child } of bots) child.kill('SIGUSR2');
      const leaps = await Promise.all(bots.map((bot) => printed(bot, `leapt ${leapt}\n`)));
      return !leaps.includes(false);
    },
    close: async () => {
      await counter.close();
      await storehouse.close();
      await rm(leapFile, { force: true });
    },
  };
}
