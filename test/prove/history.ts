// One history: the unmodified program in a world made from a plan, stepped from event to event, killed where the plan says,
// and judged. Everything that happens follows from the plan alone.

import { HOT, openBook, type StoredOrder, type Wallet } from './book.ts';
import { OWNERS } from './cast.ts';
import { chance } from './chance.ts';
import type { Violation } from './court.ts';
import { openDatabaseBook } from './database-book.ts';
import { databaseNet } from './database-net.ts';
import { deaths } from './deaths.ts';
import { faults } from './faults.ts';
import { allStill, enter, type Machine } from './machine.ts';
import { memoryDisk, type Gate, type Image, type MemoryDisk } from './memory-disk.ts';
import { wakesAt } from './naps.ts';
import { network } from './network.ts';
import { people } from './people.ts';
import { faultsEndOf, type Plan } from './plan.ts';
import { promises } from './promises.ts';
import type { Program, RunningProgram } from './program.ts';
import { provider } from './provider.ts';
import type { RealDatabase } from './real-database.ts';
import { openStory } from './story.ts';
import { telegram, type Menus } from './telegram.ts';
import { virtualTime } from './virtual-time.ts';

export const BEGAN = Date.UTC(2026, 8, 14, 9, 0, 0);

export interface Base {
  readonly image: Image;
  readonly menus: Menus;
  readonly wallets: ReadonlyMap<string, Wallet>;
  /** Where the shop is, if it is not on the disk. */
  readonly real?: RealDatabase;
}

export interface Outcome {
  readonly violation: Violation | undefined;
  /** Where it died: `<phase> <what>`. */
  readonly died: readonly string[];
  /** Every kind of step that was seen. */
  readonly seen: ReadonlySet<string>;
  readonly steps: number;
  /** How often each promise was put to the test. */
  readonly checks: readonly number[];
  readonly orders: number;
  readonly lives: number;
  readonly menus: Menus;
  /** What happened, when asked for. */
  readonly story: readonly string[];
}

const HOUR = 3_600_000;
/** A history that does not come to rest after so many steps never will. */
const MOST_STEPS = 120_000;
const MOST_MS = 80 * HOUR;
const RESTART_MS = 5_000;
const MOST_FAILED_STARTS = { folder: 40, postgres: 100 }; // Four minutes without a database are 48.
const isLock = (error: unknown): boolean => error instanceof Error && error.name === 'LockedError';
/** What only a person can judge is judged so long after everything else, and no more often. */
const JUDGE_AFTER_MS = 3 * HOUR;

/** Runs a plan to its end. The machine must have been taken over, and the program loaded after that. */
export async function runHistory(
  program: Program,
  base: Base,
  plan: Plan,
  { tells }: { readonly tells: boolean },
): Promise<Outcome> {
  const time = virtualTime(BEGAN);
  const draw = chance(plan.seed);
  let life = 0;
  let alive = false;
  let calm = false;
  let running: RunningProgram | undefined;
  let dying = false;
  let stopped = false;
  let keyRefused = false;
  let failedStarts = 0;
  let beganCalm = false;

  const age = (): number => time.now() - BEGAN;
  const story = openStory(age, tells);
  const { tell } = story;
  const isCalm = (): boolean => calm;
  const fault = faults(plan, { draw: draw.stream('faults'), age, isCalm });
  const death = deaths(plan.crashes, { isCalm, tell });

  const gate: Gate = {
    isAlive: () => alive,
    life: () => life,
    meet: (name, phase) => alive && death.meet(name, phase),
    die: () => {
      alive = false;
      dying = true;
    },
    faultOf: fault.ofFile,
    written: (where, bytes) => checks.written(where, bytes),
  };
  const diskGate: Gate = {
    ...gate,
    meet: (name, phase) => gate.meet(`disk ${name}`, phase),
    written: (path, bytes) => {
      checks.written(path, bytes);
      const file = path === `${HOT}.tmp` ? diskBook.read(bytes) : undefined;
      if (file !== undefined) checks.kept(file);
    },
  };
  const disk: MemoryDisk = memoryDisk({
    ...{ time, chance: draw.stream('disk'), pace: plan.diskPace, gate: diskGate, image: base.image },
    proc: () => `1 (node) S ${Array.from({ length: 18 }, () => '0').join(' ')} ${life} 0`,
  });
  const diskBook = openBook(() => disk);
  const { real } = base;
  const databaseBook = real && openDatabaseBook(real);
  const database =
    real &&
    databaseNet({
      ...{
        time,
        chance: draw.stream('database'),
        gate,
        real,
        pace: plan.diskPace,
        skewMs: plan.databaseSkewMs,
      },
      faultOf: (name) => {
        const trouble = fault.ofStatement(name);
        if (trouble !== undefined) tell(`✗ ${name} at the database: ${trouble.how}`);
        return trouble;
      },
      isAway: fault.isDatabaseAway,
      committed: async (tables) => {
        const file = await databaseBook?.look(tables);
        if (file !== undefined) checks.kept(file);
      },
    });
  await real?.restore();
  await databaseBook?.look();
  const shop = provider({ time, plan, began: BEGAN });
  const chats = telegram({ time, chance: draw.stream('telegram'), plan, began: BEGAN, menus: base.menus });
  const checks = promises({
    ...{ time, plan, book: databaseBook?.book ?? diskBook, provider: shop, telegram: chats },
    ...{ baseWallets: base.wallets, life: () => life, deeds: () => crowd.deeds },
  });
  const net = network({
    ...{ time, chance: draw.stream('network'), gate, faultOf: fault.ofCall },
    services: { telegram: chats.service, provider: shop.service },
    leaves: (asked) => {
      story.leaves(asked);
      checks.leaves(asked);
    },
    heard: (asked, reply) => {
      if (reply.status === 401) keyRefused = true;
      story.heard(asked, reply);
      checks.heard(asked, reply);
    },
  });
  const machine: Machine = {
    time,
    disk,
    chance: draw.stream('program'),
    fetch: net.fetch,
    database,
    isAlive: () => alive,
  };
  enter(machine);

  function ended(why: string): void {
    tell(`■ ${why}`);
    alive = false;
    stopped = true;
  }

  function couldNotStart(error: unknown): void {
    const why = `could not start: ${error instanceof Error ? error.message : String(error)}`;
    failedStarts += 1;
    // A lock that a power cut tore is believed for as long as its owner may be alive.
    const isTooOften = failedStarts > MOST_FAILED_STARTS[real === undefined ? 'folder' : 'postgres'];
    // A start that waits for a database gives up half a minute after what was wrong with it.
    const wasCalm = real === undefined ? calm : beganCalm;
    if (isTooOften || (wasCalm && !isLock(error))) checks.broken(5, why);
    ended(why);
  }

  function start(): void {
    life += 1;
    beganCalm = calm;
    death.begin();
    alive = true;
    keyRefused = false;
    tell(`▶ life ${life} begins`);
    const mine = life;
    const isMine = (): boolean => life === mine && alive;
    const logged = (line: string): void => {
      checks.logged(line);
      if (tells) tell(`  log ${line.trim().slice(0, 300)}`);
    };
    const started = program({ logged });
    running = started;
    started.over.then(
      () => (isMine() ? ended('has stopped') : undefined),
      (error: unknown) => (isMine() ? couldNotStart(error) : undefined),
    );
  }

  function bury(): void {
    time.cut();
    net.close();
    chats.hangUp();
    const crash = dying ? death.bury() : undefined;
    if (crash !== undefined) disk.crash(crash.death);
    database?.crash(crash?.death ?? 'kill');
    time.after(crash?.downMs ?? RESTART_MS, start, 'world');
    dying = false;
    stopped = false;
  }

  const crowd = people(
    {
      ...{ time, chance: draw.stream('crowd'), telegram: chats },
      paid: plan.isCalm ? checks.paid : () => undefined,
      tell: (person, what) => tell(`☺ ${person} ${what}`),
    },
    plan.acts,
  );
  const stop = (): void => {
    if (alive) tell('■ is asked to stop');
    running?.stop();
  };
  const buyers = new Set(plan.acts.map(({ person }) => person));
  for (const moment of plan.stops) time.after(moment, stop, 'world');
  if (plan.migrateAt !== null) time.after(plan.migrateAt, () => chats.migrate(), 'world');
  for (const { what, from } of plan.database)
    if (what === 'away') time.after(from, () => database?.cutAll(), 'world');
  const { clockStep } = plan;
  if (clockStep !== null) time.after(clockStep.at, () => time.setClock(clockStep.ms), 'world');
  for (const { person, to } of plan.blocked)
    for (const back of person > 0 ? [person] : buyers)
      time.after(to + 1_000, () => crowd.greet(back), 'world');
  start();

  const faultsEnd = faultsEndOf(plan);
  let settlingSince = Infinity;
  let judgedAt = 0;

  /** An owner looks at the provider's dashboard. */
  function judge(open: readonly StoredOrder[]): void {
    judgedAt = age();
    for (const { no, ref, state } of open) {
      if (state.name !== 'review') continue;
      const bought = shop.purchases.find((one) => one.ref === ref);
      const end = bought === undefined ? 'REFUNDED' : shop.statusOf(bought);
      if (end === 'FULFILLED') crowd.judge(OWNERS[0], no, 'fulfilled');
      if (end === 'REFUNDED') crowd.judge(OWNERS[0], no, 'refunded');
    }
  }

  /** Whether nothing is left to happen. */
  function settle(): boolean {
    const now = age();
    if (!calm && now >= faultsEnd && !crowd.isBusy()) {
      calm = true;
      settlingSince = now;
      tell('— from here on nothing goes wrong any more —');
      if (keyRefused) stop();
    }
    if (!calm || !alive || !chats.isQuiet()) return false;
    const open = checks.open();
    if (now - settlingSince > JUDGE_AFTER_MS && now - judgedAt > HOUR) judge(open);
    return open.length === 0;
  }

  const isOver = (): boolean => dying || stopped;
  let quietSteps = 0;
  let steps = 0;
  for (; steps < MOST_STEPS; steps += 1) {
    const isBusy = crowd.isBusy();
    const settledMs = isBusy ? 0 : age() - settlingSince;
    const run = time.next(wakesAt(time, settledMs, real !== undefined && !isBusy));
    if (run === undefined) break;
    run();
    await allStill();
    if (isOver()) bury();
    if (checks.violation() !== undefined || age() > MOST_MS) break;
    if (steps % 16 === 0 && settle()) {
      // Whatever is still under way (an announcement, a last edit) may finish.
      quietSteps += 1;
      if (quietSteps > 2) break;
    }
  }
  alive = false;
  net.close();
  await database?.close();
  if (steps >= MOST_STEPS) checks.broken(5, 'nothing came to rest');
  else checks.atEnd();
  return {
    ...{ violation: checks.violation(), died: death.died, seen: death.seen, steps, story: story.lines },
    ...{ checks: checks.counts, orders: shop.purchases.length, lives: life, menus: chats.menus() },
  };
}
