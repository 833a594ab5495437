// How updates come in where several processes share them: whoever takes a key's lane handles what waits there, one after
// the other; a lane whose process is gone is taken by another. main runs it; bot handles what it hands over.

import type { Update } from 'grammy/types';
import type { Bells, SharedLanes, TakenLane } from '../app/lanes.ts';
import { slim } from './context.ts';
import { updatesIn } from './intake-hand.ts';
import { about } from './intake-line.ts';
import type { Intake } from './intake.ts';
import { createLaneWork, type LaneWorkOptions } from './lane-work.ts';
import type { UpdateSource } from './shared-polling.ts';

interface BroughtUpdate {
  readonly update_id: number;
}

export interface LaneIntakeOptions extends LaneWorkOptions {
  /** Brings the updates that are written down; nothing more once it has stopped. */
  readonly source: UpdateSource;
  /** Writes updates down that Telegram brought by itself. */
  readonly write: (brought: readonly BroughtUpdate[]) => Promise<void>;
  readonly bells: Pick<Bells, 'on'>;
}

export interface LaneIntake extends Intake {
  /** Resolves when Telegram may forget the update; rejects when it has to bring it again, to whoever goes on. */
  receive(brought: BroughtUpdate): Promise<void>;
  /** Runs a task between the updates of a key, never beside one; false, and nothing was run, while another process has it. */
  inOrder(key: string, task: () => Promise<void>): Promise<boolean>;
  /** Updates that this process has taken and not finished. */
  waiting(): number;
}

/** Lanes that one process works in at a time; what waits elsewhere is anybody's. */
const MOST_LANES = 100;
/** So many at once, so that several processes share a crowd. */
const TAKEN_AT_ONCE = 20;
/** Also without a word that something waits: it may have been missed, or its process is gone. */
const LOOK_AGAIN_MS = 3_000;
/** A quarter of the lease. */
const RENEW_MS = 5_000;
const TIDY_MS = 3_600_000;

/** Writes updates down, as much of each as is read, in the lane of its key; they may be confirmed to Telegram when it resolves. */
export const receiverInto =
  (lanes: Pick<SharedLanes, 'receive'>, keyOf: (update: Update) => string | undefined) =>
  async (brought: readonly BroughtUpdate[]): Promise<void> =>
    lanes.receive(
      updatesIn(brought).map((update) => ({
        ...{ id: update.update_id, update: slim(update) },
        key: keyOf(update) ?? `update ${update.update_id}`,
      })),
    );

/** An intake that has not begun; `run` begins it. */
export function createLaneIntake(options: LaneIntakeOptions): LaneIntake {
  const { lanes, source, write, bells, queue, log, sleep, clock } = options;
  const work = createLaneWork(options);
  const inHand = new Set<Promise<void>>();
  const over = new AbortController();
  /** Tasks, and updates that are being written down. */
  let tasks = 0;
  let running: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  /** Nothing is brought here any more. */
  let isDry = false;
  let isEnough = false;
  let woken = false;
  let cut = new AbortController();
  let failing = false;

  const isStopping = (): boolean => stopping !== undefined;

  function wake(): void {
    woken = true;
    cut.abort();
  }
  // What comes in while this one stops the others take; where there are none, it is looked for at the end.
  bells.on('updates', () => {
    if (!isStopping()) wake();
  });

  function begin(lane: TakenLane): void {
    const attending = work
      .attend(lane)
      .then(wake, (error: unknown) => {
        // Nobody is woken for it: it waits for the next look.
        log.error({ key: lane.key, ...about(error) }, 'a lane could not be worked in');
      })
      .finally(() => inHand.delete(attending));
    inHand.add(attending);
  }

  /** Takes what waits; gives in how many lanes. */
  async function look(): Promise<number> {
    const most = Math.min(MOST_LANES - inHand.size, TAKEN_AT_ONCE);
    if (most <= 0) return 0;
    try {
      const taken = await lanes.take(most);
      failing = false;
      taken.forEach(begin);
      return taken.length;
    } catch (error) {
      if (!failing) log.error(about(error), 'what waits could not be asked for, trying again');
      failing = true;
      woken = false;
      return 0;
    }
  }

  async function rest(): Promise<void> {
    cut = new AbortController();
    if (!woken && !isEnough) await sleep(LOOK_AGAIN_MS, cut.signal).catch(() => undefined);
    woken = false;
  }

  /** To the last update that was brought here: when no other process is left, nobody else handles it. */
  async function takeLoop(): Promise<void> {
    while (!isEnough) {
      const isLast = isDry && inHand.size + tasks === 0;
      const taken = await look();
      if (isLast && taken === 0) return;
      if (taken < TAKEN_AT_ONCE) await rest();
    }
  }

  /** To the very end: what is in hand when the others have stopped is still ours. */
  async function renewLoop(): Promise<void> {
    for (let tidyAt = clock() + TIDY_MS; !over.signal.aborted;) {
      await sleep(RENEW_MS, over.signal).catch(() => undefined);
      try {
        if (inHand.size + tasks > 0) await lanes.renew();
        if (clock() < tidyAt) continue;
        tidyAt = clock() + TIDY_MS;
        await lanes.tidy();
      } catch (error) {
        log.warn(about(error), 'the lanes could not be looked after');
      }
    }
  }

  async function inLane(key: string, task: () => Promise<void>): Promise<boolean> {
    if (isStopping()) return false;
    if (lanes.holds(key)) return task().then(() => true);
    const lane = await lanes.takeOne(key);
    if (lane === undefined) return false;
    try {
      return await work.attendBefore(lane, task);
    } finally {
      wake();
    }
  }

  async function counted(task: () => Promise<void>): Promise<void> {
    tasks += 1;
    try {
      await task();
    } finally {
      tasks -= 1;
      if (isStopping()) wake();
    }
  }

  async function inOrder(key: string, task: () => Promise<void>): Promise<boolean> {
    let wasRun = false;
    await counted(() =>
      queue.run(key, async () => {
        wasRun = await inLane(key, task);
      }),
    );
    return wasRun;
  }

  async function receive(brought: BroughtUpdate): Promise<void> {
    if (isStopping()) throw new Error('the bot takes no updates now');
    await counted(() => write([brought]));
  }

  async function run(): Promise<void> {
    void renewLoop();
    await Promise.all([source.run(), takeLoop()]);
  }

  async function close(graceMs: number): Promise<void> {
    wake();
    // Of several that share an address one that stops must not take it from the others.
    await source.stop({ remove: false });
    isDry = true;
    wake();
    const late = new AbortController();
    const half = (): Promise<void> => sleep(graceMs / 2, late.signal).catch(() => undefined);
    await Promise.race([running, half()]);
    // What was begun last has the other half to end in.
    isEnough = true;
    wake();
    await running;
    await Promise.race([Promise.all([...inHand, queue.idle()]), half()]);
    late.abort();
    work.halt();
    over.abort();
    try {
      await lanes.releaseAll();
    } catch (error) {
      log.warn(about(error), 'the lanes could not be given back, others wait for the end of their lease');
    }
  }

  return {
    run: () => (running ??= run()),
    stop: ({ graceMs }) => (stopping ??= close(graceMs)),
    lastAnswerAt: () => source.lastAnswerAt(),
    waiting: () => work.waiting(),
    inOrder,
    receive,
  };
}
