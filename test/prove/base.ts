// The shop that every history begins with: owners, agents and customers with money on their wallets, a group. Made once per
// process by the program's own use cases on a simulated disk.

import { chance } from './chance.ts';
import { BEGAN, runHistory, type Base } from './history.ts';
import { allStill, enter } from './machine.ts';
import { memoryDisk } from './memory-disk.ts';
import { AGENTS, CUSTOMERS, GROUP, OWNERS } from './cast.ts';
import { QUIET_DAY, type Plan } from './plan.ts';
import type { Program } from './program.ts';
import { virtualTime } from './virtual-time.ts';

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

async function fillShop(): Promise<Base> {
  const { openLowdbStore } = await import('../../src/store/lowdb-store.ts');
  const { createStandings } = await import('../../src/app/standing.ts');
  const { createShopCases } = await import('../../src/bot/shop-side.ts');
  const { centimes } = await import('../../src/domain/money.ts');
  const time = virtualTime(BEGAN - 30 * 24 * 3_600_000);
  const gate = {
    ...{ isAlive: () => true, life: () => 0, meet: () => false, die: () => undefined },
    ...{ faultOf: () => undefined, written: () => undefined },
  };
  const disk = memoryDisk({
    ...{ time, chance: chance(1), pace: 1, gate, proc: () => '' },
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

  const filling = fill();
  await allStill();
  for (let run = time.next(); run !== undefined; run = time.next()) {
    run();
    await allStill();
  }
  return { image: disk.image(), menus: new Map(), wallets: await filling };
}
