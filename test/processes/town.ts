// Fifty people around one counter: three owners, ten agents, the rest customers with money on their wallets, and a group.
// The stand-ins and the bot share one clock that runs fast and can leap.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStandings } from '../../src/app/standing.ts';
import { createShopCases } from '../../src/bot/shop-side.ts';
import { dinars } from '../../src/domain/money.ts';
import { openFolder } from '../../src/store/open-folder.ts';
import {
  openCounter,
  OWNERS,
  type BotOptions,
  type BotProcess,
  type Counter,
} from '../process/bot-process.ts';

/** How many times faster than the world's the clock of bot and provider runs. */
const SPEED = 10;
const MOVING_TIME = join(import.meta.dirname, '..', 'journey', 'moving-time.ts');
const LANGUAGES = ['ar', 'fr', 'en'] as const;
const FIRST_ID = 610_001;
const AGENTS = 10;
/** So many agents and customers are in the group, with one owner. */
const OF_EACH_IN_GROUP = 5;
/** Dinars; some have to ask for more soon. */
const WALLETS = { agent: 40_000, customer: 6_000 };
const LEAP_DEADLINE_MS = 20_000;

export type Role = 'owner' | 'agent' | 'customer';

export interface Resident {
  readonly id: number;
  readonly role: Role;
  readonly inGroup: boolean;
}

export interface Town extends Omit<Counter, 'open'> {
  readonly people: readonly Resident[];
  readonly group: number;
  /** Starts the bot on the town's clock. */
  start(): BotProcess;
  /** While no bot runs: so much time goes by. */
  sleep(ms: number): Promise<void>;
  /** So much time goes by for a running bot, which is waited for; false when it ended instead. */
  leap(bot: BotProcess, ms: number): Promise<boolean>;
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
async function fillShop({ dataDir, provider }: Counter, people: readonly Resident[], group: number) {
  const clock = Date.now;
  const folder = await openFolder({
    ...{ dir: dataDir, cardKey: undefined, apiKey: provider.key, clock },
    log: () => undefined,
  });
  const ownerIds = OWNERS.map(({ id }) => id);
  const [by = 0] = ownerIds;
  let drawn = 0;
  const { members, accounts, groups } = createShopCases({
    ...{ store: folder.store, clock, newToken: () => `opening-${(drawn += 1)}` },
    standings: createStandings({ store: folder.store, ownerIds, open: false, clock }),
    newId: () => `opening${(drawn += 1)}`,
  });
  try {
    for (const { id, role } of people) {
      if (role === 'owner') continue;
      await members.ask({ id, name: `Person ${id}`, username: `person${id}` });
      await members.answer({ id: by, name: 'Owner' }, id, role);
      const amount = dinars(WALLETS[role]);
      await accounts.byOwner(accounts.newMove(), { by, person: id, kind: 'deposit', amount, reason: '' });
    }
    await groups.allow(by, group, 'Counter');
  } finally {
    await folder.close();
  }
}

const printed = async (bot: BotProcess, text: string): Promise<boolean> => {
  let look = (): void => undefined;
  const said = new Promise<boolean>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no "${text}" from the bot`)), LEAP_DEADLINE_MS).unref();
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

/** Builds the town; nothing is started yet. `beside` is what every bot is started with beside the town's clock. */
export async function openTown(
  size: number,
  beside: Pick<BotOptions, 'preload' | 'env'> = {},
): Promise<Town> {
  const began = Date.now();
  let leapt = 0;
  const now = (): number => began + (Date.now() - began) * SPEED + leapt;
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
  await fillShop(counter, people, group);
  return {
    ...{ ...counter, people, group, sleep: pass },
    start: () =>
      counter.open({
        preload: [MOVING_TIME, ...(beside.preload ?? [])],
        env: {
          TEST_SPEED: String(SPEED),
          TEST_BEGAN: String(began),
          TEST_LEAP_FILE: leapFile,
          ...beside.env,
        },
      }),
    leap: async (bot, ms) => {
      await pass(ms);
      bot.child.kill('SIGUSR2');
      return printed(bot, `leapt ${leapt}\n`);
    },
    close: async () => {
      await counter.close();
      await rm(leapFile, { force: true });
    },
  };
}
