// The shop that every history begins with: owners, agents and customers with money on their wallets, a group. Made once per
// process by the program's own use cases on a simulated disk.

import { chance } from './chance.ts';
import { BEGAN, runHistory, type Base } from './history.ts';
import { databaseNet } from './database-net.ts';
import { allStill, enter } from './machine.ts';
import { memoryDisk } from './memory-disk.ts';
import { AGENTS, CUSTOMERS, GROUP, OWNERS } from './cast.ts';
import { QUIET_DAY, type Plan } from './plan.ts';
import type { Program } from './program.ts';
import type { RealDatabase } from './real-database.ts';
import { virtualTime, type VirtualTime } from './virtual-time.ts';

const FOLDERS = ['/data', '/data/archive', '/data/journal'];

/** Somebody looks in: the shop that is open publishes its menus. */
const opening: Plan = {
  ...QUIET_DAY,
  acts: [{ person: OWNERS[0], at: 20_000, errand: { do: 'say', text: '/start' } }],
};

/** Fills the shop; the machine must have been taken over. */
export async function makeBase(program: Program): Promise<Base> {
  const filled = await fillShop();
  // Once opened, the shop has published its menus: every history begins with them.
  const { menus } = await runHistory(program, filled, opening, { tells: false });
  return { ...filled, menus };
}

/** The same shop, moved to a database by the program's own move. */
export async function moveToDatabase({ image, ...base }: Base, real: RealDatabase): Promise<Base> {
  const { fromFolder } = await import('../../src/store/moving/from-folder.ts');
  const { toDatabase } = await import('../../src/store/moving/to-database.ts');
  const { openDatabase } = await import('../../src/store/postgres/database.ts');
  const { migrate } = await import('../../src/store/postgres/migrate.ts');
  const time = virtualTime(BEGAN - 3_600_000);
  const disk = memoryDisk({
    ...{ time, chance: chance(1), pace: 1, image, proc: () => '' },
    gate: UNWATCHED,
  });
  const database = databaseNet({
    ...{ time, chance: chance(3), gate: UNWATCHED, real, pace: 1, skewMs: 0, faultOf: () => undefined },
    ...{ isAway: () => false, committed: () => Promise.resolve() },
  });
  enter({ time, disk, database, chance: chance(2), fetch: globalThis.fetch, isAlive: () => true });

  async function move(): Promise<void> {
    const opened = openDatabase({
      url: real.url,
      sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    });
    await migrate(opened);
    const { belongings, close } = await fromFolder('/data', time.now);
    await toDatabase(opened, belongings, { id: 'base', at: time.now(), folder: '/data' });
    await close();
    await opened.close();
  }

  await done(move(), time);
  await database.close();
  await real.keepBase();
  return { ...base, real, image: new Map([['/data', new Map()]]) };
}

/** Nobody dies, and nothing goes wrong. */
const UNWATCHED = {
  ...{ isAlive: () => true, life: () => 0, meet: () => false, die: () => undefined },
  ...{ faultOf: () => undefined, written: () => undefined },
};

/** Lets time run until there is nothing left to happen. */
async function done<T>(work: Promise<T>, time: VirtualTime): Promise<T> {
  await allStill();
  for (let run = time.next(); run !== undefined; run = time.next()) {
    run();
    await allStill();
  }
  return work;
}

async function fillShop(): Promise<Base> {
  const { openLowdbStore } = await import('../../src/store/lowdb-store.ts');
  const { createStandings } = await import('../../src/app/standing.ts');
  const { createShopCases } = await import('../../src/bot/shop-side.ts');
  const { centimes } = await import('../../src/domain/money.ts');
  const time = virtualTime(BEGAN - 30 * 24 * 3_600_000);
  const disk = memoryDisk({
    ...{ time, chance: chance(1), pace: 1, gate: UNWATCHED, proc: () => '' },
    image: new Map(FOLDERS.map((path) => [path, new Map()])),
  });
  enter({ time, disk, chance: chance(2), fetch: globalThis.fetch, isAlive: () => true });

  async function fill(): Promise<Base['wallets']> {
    const clock = time.now;
    const { store, close } = await openLowdbStore({ dir: '/data', clock });
    const standings = createStandings({ store, ownerIds: OWNERS, open: false, clock });
    let drawn = 0;
    const newId = (): string => `base${(drawn += 1)}`;
    const cases = createShopCases({
      store,
      standings,
      clock,
      newId,
      newToken: () => `base-token-${(drawn += 1)}`,
    });
    const { members, accounts, groups } = cases;
    for (const id of [...AGENTS, ...CUSTOMERS]) {
      await members.ask({ id, name: `Person ${id}`, username: `person${id}` });
      await members.answer(
        { id: OWNERS[0], name: 'Person 11' },
        id,
        AGENTS.some((agent) => agent === id) ? 'agent' : 'customer',
      );
    }
    const put = (person: number, amount: number) =>
      accounts.byOwner(accounts.newMove(), {
        by: OWNERS[0],
        person,
        kind: 'deposit',
        amount: centimes(amount * 100),
        reason: '',
      });
    await put(AGENTS[0], 4_000);
    await put(AGENTS[1], 1_000);
    await members.setCeiling(OWNERS[0], AGENTS[1], centimes(50_000));
    await put(CUSTOMERS[0], 1_500);
    await put(CUSTOMERS[1], 600);
    await groups.allow(OWNERS[0], GROUP, 'Counter');
    // Everybody has heard of their money long ago.
    for (const { id } of await accounts.allNews()) await accounts.heard(id);
    const wallets = new Map<string, Awaited<ReturnType<typeof store.wallet>>>();
    for (const id of [...AGENTS, ...CUSTOMERS]) wallets.set(`wallet:${id}`, await store.wallet(id));
    await close();
    return wallets;
  }

  const wallets = await done(fill(), time);
  return { image: disk.image(), menus: new Map(), wallets };
}
