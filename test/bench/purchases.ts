// Whole purchases per second through the real bot and through a bare one that makes the same calls, each with one core
// and the same crowd, in turns.

import { fixed, median, sum, type Figure } from './figure.ts';
import { measureLoad, type Load } from './load.ts';
import { giveOneCore, takeAllCores } from './own-process.ts';
import { openShop, UNLIMITED, type Measurable, type Shop } from './shop.ts';

/** Enough to keep the real bot busy though each waits four seconds for the first answer to its order. */
const PEOPLE = 250;
const ROUNDS = 2;
const TARGET = 0.5;
/** The bare bot may make so many times the calls of the real one; more, and the comparison would flatter. */
const SAME_CALLS = 1.05;

interface Side {
  readonly name: 'real' | 'bare';
  readonly shop: Shop;
  readonly bot: Measurable;
  readonly calls: () => ReadonlyMap<string, number>;
  readonly loads: Load[];
  purchases: number;
}

async function openSide(name: 'real' | 'bare'): Promise<Side> {
  const shop = await openShop({ people: PEOPLE, env: UNLIMITED });
  const calls = countCalls(shop);
  return { name, shop, bot: await shop.open(name), calls, loads: [], purchases: 0 };
}

async function round(side: Side): Promise<boolean> {
  const { crowd } = side.shop;
  const pinned = giveOneCore(side.bot.pid);
  const load = await measureLoad({
    crowd,
    pids: [side.bot.pid],
    warmMs: 10_000,
    measureMs: 10_000,
    round: async (person, done) => {
      await crowd.buy(person);
      side.purchases += 1;
      done();
    },
  });
  takeAllCores();
  side.loads.push(load);
  return pinned;
}

/** Counts the calls that belong to purchases; polling for updates and a bot's own set-up do not. */
function countCalls({ telegram, provider }: Shop): () => ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1);
  telegram.on((event) => {
    if (event.type !== 'call') return;
    const { method, chatId } = event.call;
    if (chatId !== undefined || method === 'answerCallbackQuery') count(method);
  });
  provider.on((event) => {
    if (event.kind === 'call' && event.call.status === 'pending')
      count(event.call.path.split('/').slice(1, 3).join('/'));
  });
  return () => counts;
}

const callsEach = ({ calls, purchases: bought }: Side): number => sum([...calls().values()]) / bought;

const callList = ({ calls, purchases: bought }: Side): string =>
  [...calls()].map(([name, n]) => `${name} ${fixed(n / bought, 2)}`).join(', ');

const speed = ({ loads }: Side): number => median(loads.map(({ perSecond }) => perSecond));
const cost = ({ loads }: Side): number => median(loads.map(({ cpuMsEach }) => cpuMsEach));
const busy = ({ loads }: Side): string => `${fixed(median(loads.map((load) => load.busy)) * 100, 0)} %`;

export const purchases: Figure = {
  name: 'purchases',
  measure: async () => {
    const real = await openSide('real');
    const bare = await openSide('bare');
    let pinned = true;
    try {
      for (let i = 0; i < ROUNDS; i += 1) {
        for (const side of i % 2 === 0 ? [real, bare] : [bare, real]) pinned = (await round(side)) && pinned;
      }
    } finally {
      await Promise.all([real.shop.close(), bare.shop.close()]);
    }
    if (callsEach(bare) > callsEach(real) * SAME_CALLS)
      throw new Error(
        `bare-bot.ts makes more calls than the real bot: ${callList(bare)}; real: ${callList(real)}`,
      );
    const byClock = speed(real) / speed(bare);
    const byCore = cost(bare) / cost(real);
    return {
      rows: [
        {
          what: 'whole purchases per second, real bot against bare bot',
          ours: `${fixed(speed(real), 1)}/s`,
          against: `${fixed(speed(bare), 1)}/s`,
          ratio: fixed(byClock, 2),
          target: `≥ ${TARGET}`,
          met: byClock >= TARGET,
        },
        {
          what: 'the same per second of processor time',
          ours: `${fixed(1_000 / cost(real), 1)}/s`,
          against: `${fixed(1_000 / cost(bare), 1)}/s`,
          ratio: fixed(byCore, 2),
          target: `≥ ${TARGET}`,
          met: byCore >= TARGET,
        },
      ],
      notes: [
        `${PEOPLE} people at once; ${pinned ? 'each bot on one core, people and stand-ins on another' : 'cores not separated'}; the real bot used ${busy(real)} of its core, the bare one ${busy(bare)}.`,
        `${fixed(callsEach(real), 1)} calls a purchase by the real bot: ${callList(real)}`,
        `${fixed(callsEach(bare), 1)} by the bare one: ${callList(bare)}`,
      ],
    };
  },
};
