// One history: the unmodified program in a world made from a plan, stepped from event to event, killed where the plan says,
// and judged. Everything that happens follows from the plan alone.

import { chance } from './chance.ts';
import { allStill, enter, type Machine } from './machine.ts';
import { memoryDisk, type Gate, type Image, type MemoryDisk, type Phase } from './memory-disk.ts';
import { network, type Asked, type NetFault } from './network.ts';
import { people } from './people.ts';
import { OWNERS, TROUBLED_LINE, type Plan } from './plan.ts';
import { promises, type Violation } from './promises.ts';
import type { Program, RunningProgram } from './program.ts';
import { provider } from './provider.ts';
import { telegram, type Menus } from './telegram.ts';
import { virtualTime } from './virtual-time.ts';

export const BEGAN = Date.UTC(2026, 8, 14, 9, 0, 0);

export interface Base {
  readonly image: Image;
  readonly menus: Menus;
  readonly wallets: ReadonlyMap<
    string,
    { readonly put: number; readonly held: number; readonly taken: number }
  >;
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

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A history that does not come to rest after so many steps never will. */
const MOST_STEPS = 120_000;
const MOST_MS = 80 * HOUR;
const RESTART_MS = 5_000;
const MOST_FAILED_STARTS = 40;
const isLock = (error: unknown): boolean => error instanceof Error && error.name === 'LockedError';
/** With nothing due for so long, nothing is under way. */
const IDLE_MS = 1_500;

/** How far the clock leaps at once: a machine that naps while nothing is under way, and longer when only time can help. */
function napOf(settledMs: number): number {
  if (settledMs < MINUTE) return 10_000;
  if (settledMs < 10 * MINUTE) return 20_000;
  if (settledMs < 2 * HOUR) return MINUTE;
  return HOUR;
}

/** The moment when nothing goes wrong any more. */
const faultsEndOf = ({ acts, net, disk, stops, stale, blocked, migrateAt }: Plan): number =>
  Math.max(
    migrateAt ?? 0,
    ...stops,
    ...acts.map(({ at }) => at + MINUTE),
    ...[...net, ...disk, ...stale, ...blocked].map(({ to }) => to),
  );

export interface Options {
  readonly tells: boolean;
}

/** Runs a plan to its end. The machine must have been taken over, and the program loaded after that. */
export async function runHistory(
  program: Program,
  base: Base,
  plan: Plan,
  { tells }: Options,
): Promise<Outcome> {
  const time = virtualTime(BEGAN);
  const draw = chance(plan.seed);
  const story: string[] = [];
  const seen = new Set<string>();
  const died: string[] = [];
  const counts = new Map<string, number>();
  let life = 0;
  let alive = false;
  let lifeSteps = 0;
  let armed = 0;
  let calm = false;
  let running: RunningProgram | undefined;
  let dying = false;
  let stopped = false;
  let keyRefused = false;
  let failedStarts = 0;

  const at = (): string => ((time.now() - BEGAN) / 1000).toFixed(3).padStart(9);
  const tell = (what: string): void => {
    if (tells) story.push(`${at()}  ${what}`);
  };

  const faults = draw.stream('faults');
  function faultOf(asked: Asked): NetFault | undefined {
    if (calm) return undefined;
    const { service, name } = asked;
    const now = time.now() - BEGAN;
    if (plan.troublemaker !== null && isAbout(asked, plan.troublemaker)) return SLOW;
    for (const trouble of plan.net)
      if (
        trouble.service === service &&
        now >= trouble.from &&
        now < trouble.to &&
        name.startsWith(trouble.name) &&
        faults.often(trouble.share)
      )
        return trouble.fault;
    return undefined;
  }

  function diskFault(name: string): { code?: string; slower?: number } | undefined {
    if (calm) return undefined;
    const now = time.now() - BEGAN;
    const trouble = plan.disk.find(({ from, to, only }) => now >= from && now < to && name.includes(only));
    if (trouble === undefined) return undefined;
    if (trouble.what === 'slow')
      return { slower: name.startsWith('disk sync') || name.startsWith('sync') ? 3_000 : 200 };
    if (trouble.what === 'full')
      return /^(write|open .*tmp|mkdir)/.test(name) ? { code: 'ENOSPC' } : undefined;
    return faults.often(0.3) ? { code: 'EIO' } : undefined;
  }

  function meets(name: string, phase: Phase): boolean {
    const crash = plan.crashes[armed];
    if (crash === undefined || calm) return false;
    const { at: where } = crash;
    if ('step' in where) return phase === 'before' && lifeSteps >= where.step;
    if (where.name !== name || where.phase !== phase) return false;
    const count = (counts.get(`${phase} ${name}`) ?? 0) + 1;
    counts.set(`${phase} ${name}`, count);
    return count >= where.nth;
  }

  function meet(name: string, phase: Phase): boolean {
    if (!alive) return false;
    if (phase === 'before') lifeSteps += 1;
    seen.add(name);
    if (!meets(name, phase)) return false;
    died.push(`${phase} ${name}`);
    tell(`☠ dies ${phase} ${name} (${plan.crashes[armed]?.death ?? ''})`);
    return true;
  }

  function die(): void {
    alive = false;
    dying = true;
  }

  const gate: Gate = {
    isAlive: () => alive,
    life: () => life,
    meet: (name, phase) => meet(name, phase),
    die,
    faultOf: diskFault,
    written: (path, bytes) => checks.written(path, bytes),
  };
  const diskGate: Gate = { ...gate, meet: (name, phase) => meet(`disk ${name}`, phase) };
  const disk: MemoryDisk = memoryDisk({
    ...{ time, chance: draw.stream('disk'), pace: plan.diskPace, gate: diskGate, image: base.image },
    proc: () => `1 (node) S ${Array.from({ length: 18 }, () => '0').join(' ')} ${life} 0`,
  });
  const shop = provider({ time, plan, began: BEGAN });
  const chats = telegram({ time, chance: draw.stream('telegram'), plan, began: BEGAN, menus: base.menus });
  const checks = promises({
    ...{ time, plan, disk: () => disk, provider: shop, telegram: chats, deeds: () => crowd.deeds },
    ...{ baseWallets: base.wallets, life: () => life },
  });
  const fetch = network({
    ...{ time, chance: draw.stream('network'), gate, faultOf },
    services: { telegram: chats.service, provider: shop.service },
    leaves: (asked) => {
      if (tells && asked.name !== 'getUpdates') tell(`  → ${asked.service} ${asked.name} ${brief(asked)}`);
      checks.leaves(asked);
    },
    heard: (asked, reply) => {
      if (reply.status === 401) keyRefused = true;
      if (tells && asked.service === 'provider')
        tell(`  ← ${asked.name} ${reply.status} ${JSON.stringify(reply.body).slice(0, 160)}`);
      checks.heard(asked, reply);
    },
  });
  const machine: Machine = { time, disk, chance: draw.stream('program'), fetch, isAlive: () => alive };
  enter(machine);

  function start(): void {
    life += 1;
    lifeSteps = 0;
    counts.clear();
    alive = true;
    keyRefused = false;
    tell(`▶ life ${life} begins`);
    const mine = life;
    const started = program({
      logged: (line) => {
        checks.logged(line);
        if (tells) tell(`  log ${line.trim().slice(0, 300)}`);
      },
    });
    running = started;
    started.over.then(
      () => {
        if (life !== mine || !alive) return;
        // An orderly end, or one that it chose.
        tell('■ has stopped');
        alive = false;
        stopped = true;
      },
      (error: unknown) => {
        if (life !== mine || !alive) return;
        tell(`■ could not start: ${error instanceof Error ? error.message : String(error)}`);
        failedStarts += 1;
        // A lock that a power cut tore is believed for as long as its owner may be alive.
        if (failedStarts > MOST_FAILED_STARTS || (calm && !isLock(error)))
          checks.broken(5, `could not start: ${error instanceof Error ? error.message : String(error)}`);
        alive = false;
        stopped = true;
      },
    );
  }

  function bury(): void {
    const crash = plan.crashes[armed];
    time.cut();
    chats.hangUp();
    if (dying && crash !== undefined) {
      disk.crash(crash.death);
      armed += 1;
    }
    time.after(dying ? (crash?.downMs ?? RESTART_MS) : RESTART_MS, start, 'world');
    dying = false;
    stopped = false;
  }

  const crowd = people(
    {
      time,
      chance: draw.stream('crowd'),
      telegram: chats,
      paid: plan.isCalm ? checks.paid : () => undefined,
      tell: (person, what) => tell(`☺ ${person} ${what}`),
    },
    plan.acts,
  );
  const stop = (): void => {
    if (alive) tell('■ is asked to stop');
    running?.stop();
  };
  for (const moment of plan.stops) time.after(moment, stop, 'world');
  if (plan.migrateAt !== null) time.after(plan.migrateAt, () => chats.migrate(), 'world');
  for (const { person, to } of plan.blocked) time.after(to + 1_000, () => crowd.greet(person), 'world');
  start();

  let steps = 0;
  const faultsEnd = faultsEndOf(plan);
  let settlingSince = Infinity;
  let judgedAt = 0;

  function settle(): boolean {
    const now = time.now() - BEGAN;
    if (!calm && now >= faultsEnd && !crowd.isBusy()) {
      calm = true;
      settlingSince = now;
      tell('— from here on nothing goes wrong any more —');
      if (keyRefused) stop();
    }
    if (!calm || !alive || !chats.isQuiet()) return false;
    const open = checks.open();
    if (open.length === 0) return true;
    // What only a person can judge is judged, as the provider's dashboard shows it.
    if (now - settlingSince > 3 * HOUR && now - judgedAt > HOUR) {
      judgedAt = now;
      for (const { no, ref, state } of open) {
        if (state.name !== 'review') continue;
        const bought = shop.purchases.find((one) => one.ref === ref);
        const end = bought === undefined ? 'REFUNDED' : shop.statusOf(bought);
        if (end === 'FULFILLED' || end === 'REFUNDED')
          crowd.judge(OWNERS[0], no, end === 'FULFILLED' ? 'fulfilled' : 'refunded');
      }
    }
    return false;
  }

  const isOver = (): boolean => dying || stopped;
  let quietSteps = 0;
  for (; steps < MOST_STEPS; steps += 1) {
    const nap = napOf(crowd.isBusy() ? 0 : time.now() - BEGAN - settlingSince);
    const idleMs = time.nextDue() - time.now();
    const run = time.next(idleMs < IDLE_MS ? undefined : Math.ceil((time.nextDue() + 1) / nap) * nap);
    if (run === undefined) break;
    run();
    await allStill();
    if (isOver()) bury();
    if (checks.violation() !== undefined) break;
    if (time.now() - BEGAN > MOST_MS) break;
    if (steps % 16 === 0 && settle()) {
      // Whatever is still under way (an announcement, a last edit) may finish.
      quietSteps += 1;
      if (quietSteps > 2) break;
    }
  }
  alive = false;
  if (checks.violation() === undefined) {
    if (steps >= MOST_STEPS) checks.broken(5, 'nothing came to rest');
    else checks.atEnd();
  }
  return {
    ...{ violation: checks.violation(), died, seen, steps, story, checks: checks.counts },
    ...{ orders: shop.purchases.length, lives: life, menus: chats.menus() },
  };
}

/** What a troublemaker's calls are like. */
const SLOW: NetFault = { how: 'slow', ms: 18_000 };

/** Whether a call is made for the troublemaker alone: to the own chat, or about the line that only they ask for. */
const isAbout = ({ service, body, query }: Asked, person: number): boolean =>
  service === 'telegram' ? body['chat_id'] === person : query.get('number') === TROUBLED_LINE.line;

function brief({ body, path, query }: Asked): string {
  if ('ref' in body) return JSON.stringify(body);
  if ('text' in body)
    return `${String(body['chat_id'])}${'message_id' in body ? `/${String(body['message_id'])}` : ''} “${String(body['text']).replaceAll('\n', ' / ').slice(0, 90)}”`;
  return `${path.includes('check-') ? path : ''} ${query.toString().slice(0, 60)} ${JSON.stringify(body).slice(0, 80)}`;
}
