// One copy of the bot on PostgreSQL against two that share a database, each with a crowd of its own in front, in
// turns: what they sell together, and what a purchase costs them.

import { freePort } from '../store/postgres/server.ts';
import { CARD_KEY } from './books.ts';
import { fixed, median, type Figure } from './figure.ts';
import { measureLoad, type Load } from './load.ts';
import { onlyOnPostgres, type BenchServer } from './postgres.ts';
import { openShop, UNLIMITED, type Measurable, type Shop } from './shop.ts';

const PEOPLE = 250;
const ROUNDS = 2;
/** What is shared must not be paid for by everybody who shares it. */
const TARGET = 1.2;

interface Side {
  readonly shop: Shop;
  readonly bots: readonly Measurable[];
  readonly loads: Load[];
  /** What each purchase cost the database, in ms of processor time. */
  readonly databaseMs: number[];
}

async function openSide(server: BenchServer, copies: number): Promise<Side> {
  const DATABASE_URL = await server.database(`copies_${copies}`);
  const shop = await openShop({ people: PEOPLE, env: { ...UNLIMITED, DATABASE_URL, CARD_KEY } });
  const bots: Measurable[] = [];
  while (bots.length < copies) bots.push(await shop.open('real', { port: await freePort() }));
  return { shop, bots, loads: [], databaseMs: [] };
}

async function round({ shop: { crowd }, bots, loads, databaseMs }: Side, server: BenchServer): Promise<void> {
  const spent: number[] = [];
  const load = await measureLoad({
    crowd,
    pids: bots.map(({ pid }) => pid),
    warmMs: 10_000,
    measureMs: 10_000,
    edge: () => spent.push(server.cpuMs()),
    round: async (person, done) => {
      await crowd.buy(person);
      done();
    },
  });
  loads.push(load);
  const [from = 0, to = 0] = spent;
  databaseMs.push((to - from) / load.done);
}

const speed = ({ loads }: Side): number => median(loads.map(({ perSecond }) => perSecond));
const cost = ({ loads }: Side): number => median(loads.map(({ cpuMsEach }) => cpuMsEach));
const busy = ({ loads }: Side): string => fixed(median(loads.map((load) => load.busy)), 2);
const millis = (ms: number): string => `${fixed(ms, 1)} ms`;

export const copies: Figure = {
  name: 'copies',
  measure: () =>
    onlyOnPostgres(async (server) => {
      const one = await openSide(server, 1);
      const two = await openSide(server, 2);
      try {
        for (let i = 0; i < ROUNDS; i += 1)
          for (const side of i % 2 === 0 ? [one, two] : [two, one]) await round(side, server);
      } finally {
        await Promise.all([one.shop.close(), two.shop.close()]);
      }
      const byCost = cost(two) / cost(one);
      return {
        rows: [
          {
            what: 'whole purchases per second on PostgreSQL, two copies against one',
            ours: `${fixed(speed(two), 1)}/s`,
            against: `${fixed(speed(one), 1)}/s`,
            ratio: fixed(speed(two) / speed(one), 2),
            target: '',
            met: null,
          },
          {
            what: 'what a purchase costs the copies, two against one',
            ours: millis(cost(two)),
            against: millis(cost(one)),
            ratio: fixed(byCost, 2),
            target: `≤ ${TARGET}`,
            met: byCost <= TARGET,
          },
        ],
        notes: [
          `processor time of the bots alone; beside it the database's: ${millis(median(two.databaseMs))} and ${millis(median(one.databaseMs))} a purchase.`,
          `${PEOPLE} people at once; of two copies one asks Telegram, both take what waits; people, stand-ins, database and copies share this machine's cores, of which two copies used ${busy(two)} and one ${busy(one)}.`,
        ],
      };
    }),
};
