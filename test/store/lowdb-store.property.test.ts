// Whatever is done to the store in whatever order, the money adds up: on disk, in memory, after a restart, and after the
// newest copy was torn. What somebody was told of is there, what was refused or failed is not.

import * as fc from 'fast-check';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StoreFault, type Store } from '../../src/app/ports.ts';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { acts, type Act } from './histories.ts';
import { NOW } from './orders.ts';
import { shopModel, type ShopModel } from './shop-model.ts';
import { breakableDisk, tear, type BreakableDisk } from './temporary-folder.ts';

/** A store that is opened again and again in the same folder. */
interface World {
  readonly dir: string;
  readonly disk: BreakableDisk;
  readonly model: ShopModel;
  readonly time: { now: number };
  store: Store;
}

async function newWorld(dir: string): Promise<World> {
  const disk = breakableDisk();
  const time = { now: NOW };
  const { store } = await openLowdbStore({ dir, clock: () => time.now, files: disk.files });
  return { dir, disk, model: shopModel(), store, time };
}

async function start(world: World, recovers: boolean): Promise<void> {
  const { dir, disk, time } = world;
  const opened = await openLowdbStore({ dir, clock: () => time.now, files: disk.files });
  const { store, faults, recovered } = opened;
  expect({ faults, recovered }).toEqual({ faults: [], recovered: recovers });
  world.store = store;
}

/** Does some things at once, on a disk that may refuse them. */
async function together(world: World, { moves, broken }: Extract<Act, { kind: 'together' }>): Promise<void> {
  const { disk, model, store, time } = world;
  const wanted = [];
  for (const move of moves) wanted.push(...(await model.wants(store, move, time.now)));
  const before = await model.availables(store);
  if (broken !== undefined) disk.breakDown('ENOSPC', broken.at, broken.after);
  const answers = await Promise.allSettled(wanted.map((one) => one.submit(store)));
  disk.repair();
  model.begin(answers.some((one) => one.status === 'fulfilled' && one.value.kind === 'done'));
  for (const [i, answer] of answers.entries()) {
    if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(StoreFault);
    else wanted[i]?.heard(answer.value);
  }
  await model.checkFloors(store, before);
}

async function torn(world: World): Promise<void> {
  // A failed write whose line could not be taken back would come true: the next start takes it back, or the next write.
  await start(world, false);
  const path = join(world.dir, 'orders.json');
  const hasPrevious = await access(`${path}.prev`).then(
    () => true,
    () => false,
  );
  if (!hasPrevious) return;
  await tear(path);
  await start(world, true);
  await world.model.afterTear(world.store);
}

async function happen(world: World, act: Act): Promise<void> {
  switch (act.kind) {
    case 'together':
      return together(world, act);
    case 'restart':
      return start(world, false);
    case 'torn':
      return torn(world);
    case 'wait':
      world.time.now += act.ms;
  }
}

test('any sequence of changes, failing writes, restarts and torn files keeps all money right', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (history) => {
      const dir = await mkdtemp(join(tmpdir(), 'store-'));
      const world = await newWorld(dir);
      for (const act of history) {
        await happen(world, act);
        await world.model.check(world.store, dir);
      }
      const before = await world.store.history(7, 99);
      await start(world, false);
      expect(await world.store.history(7, 99)).toEqual(before);
      await world.model.check(world.store, dir);
      await rm(dir, { recursive: true });
    }),
    { numRuns: 80 },
  );
}, 120_000);
