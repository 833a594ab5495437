// How updates come in where several processes share them: whoever takes a key's lane handles what waits there, one after
// the other; a lane whose process is gone is taken by another. main runs it; bot handles what it hands over.

import type { Update } from 'grammy/types';
import type { SharedLanes, TakenLane } from '../app/lanes.ts';
import type { Clock } from '../app/ports.ts';
import { isUpdate } from './intake-hand.ts';
import { about, type IntakeLog, type Sleep } from './intake-line.ts';
import type { Intake } from './intake.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import type { UpdateSource } from './shared-polling.ts';

export interface LaneIntakeOptions {
  readonly lanes: SharedLanes;
  /** Brings the updates that are written down. */
  readonly source: UpdateSource;
  /** Calls `heard` whenever something may wait. */
  readonly listen: (heard: () => void) => void;
  /** Handles one update. Whatever it throws is logged and the update counts as handled. */
  readonly handle: (update: Update) => Promise<void>;
  /** A lane was taken in whose flow somebody else may have been; before anything is done in it. */
  readonly recognise: (key: string) => Promise<void>;
  readonly queue: KeyedQueue;
  readonly log: IntakeLog;
  readonly sleep: Sleep;
  readonly clock: Clock;
}

export interface LaneIntake extends Intake {
  /** Runs a task between the updates of a key, never beside one; false, and nothing was run, while another process has it. */
  inOrder(key: string, task: () => Promise<void>): Promise<boolean>;
  /** Updates that this process has taken and not finished. */
  waiting(): number;
}

/** Lanes that one process works in at a time; what waits elsewhere is anybody's. */
const MOST_LANES = 100;
/** So many at once, so that several processes share a crowd. */
const TAKEN_AT_ONCE = 20;
/** As many as a lane brings: more is a flood. */
const MOST_WAITING = 30;
/** Also without a word that something waits: it may have been missed, or its process is gone. */
const LOOK_AGAIN_MS = 3_000;
/** A quarter of the lease. */
const RENEW_MS = 5_000;
const RECORD_AGAIN_MS = 1_000;
const TIDY_MS = 3_600_000;
const FLOOD_LOG_MS = 60_000;

/** An intake that has not begun; `run` begins it. */
export function createLaneIntake(options: LaneIntakeOptions): LaneIntake {
  const { lanes, source, listen, handle, recognise, queue, log, sleep, clock } = options;
  const inHand = new Set<Promise<void>>();
  /** Handled here, though that is not written down: not to be handled here again. */
  const unrecorded = new Set<number>();
  const over = new AbortController();
  let waiting = 0;
  let tasks = 0;
  let running: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  /** Set when stop has waited long enough: nothing is begun after that. */
  let halted = false;
  let woken = false;
  let cut = new AbortController();
  let floodLoggedAt = -Infinity;
  let failing = false;

  function wake(): void {
    woken = true;
    cut.abort();
  }
  listen(wake);

  const isStopping = (): boolean => stopping !== undefined;

  /** For as long as the lane is ours for sure: until then nobody else handles the update. */
  async function record(lane: TakenLane, id: number): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      try {
        await lanes.handled(lane, id);
        unrecorded.delete(id);
        return;
      } catch (error) {
        unrecorded.add(id);
        if (failures === 0)
          log.error({ updateId: id, ...about(error) }, 'could not record that an update was handled');
        if (halted || !lanes.isSure(lane)) return;
        await sleep(RECORD_AGAIN_MS);
      }
    }
  }

  async function handleOnce(lane: TakenLane, id: number, update: unknown): Promise<void> {
    if (halted || !lanes.isSure(lane)) return;
    try {
      if (!isUpdate(update)) throw new TypeError('what was written down is no update');
      if (!unrecorded.has(id)) await handle(update);
    } catch (error) {
      log.error({ updateId: id, ...about(error) }, 'an update could not be handled');
    }
    // What another process has taken over meanwhile is its to finish.
    if (lanes.has(lane)) await record(lane, id);
  }

  async function shed(lane: TakenLane): Promise<void> {
    if (lane.updates.length < MOST_WAITING || !lanes.has(lane)) return;
    const dropped = await lanes.shed(lane);
    if (dropped === 0 || clock() - floodLoggedAt < FLOOD_LOG_MS) return;
    floodLoggedAt = clock();
    log.warn({ key: lane.key, dropped }, 'too many updates waiting, dropping some');
  }

  /** What waited in a lane, each in its turn among the tasks of the key. */
  async function attend(lane: TakenLane): Promise<void> {
    waiting += lane.updates.length;
    let left = lane.updates.length;
    try {
      await shed(lane);
      if (lane.prompted) await recognise(lane.key);
      for (const { id, update } of lane.updates) {
        await queue.run(lane.key, () => handleOnce(lane, id, update));
        // Also of one that was left behind: the next one begins now.
        if (!halted && lanes.has(lane)) await record(lane, id);
        left -= 1;
        waiting -= 1;
      }
    } finally {
      waiting -= left;
      await queue.run(lane.key, () => lanes.release(lane));
    }
  }

  function begin(lane: TakenLane): void {
    const work = attend(lane)
      .then(wake, (error: unknown) => {
        // Nobody is woken for it: it waits for the next look.
        log.error({ key: lane.key, ...about(error) }, 'a lane could not be worked in');
      })
      .finally(() => inHand.delete(work));
    inHand.add(work);
  }

  /** Takes what waits; false when nothing more is to be had now. */
  async function look(): Promise<boolean> {
    const most = Math.min(MOST_LANES - inHand.size, TAKEN_AT_ONCE);
    if (most <= 0) return false;
    try {
      const taken = await lanes.take(most);
      failing = false;
      taken.forEach(begin);
      return taken.length === most;
    } catch (error) {
      if (!failing) log.error(about(error), 'what waits could not be asked for, trying again');
      failing = true;
      woken = false;
      return false;
    }
  }

  async function rest(): Promise<void> {
    cut = new AbortController();
    if (!woken && !isStopping()) await sleep(LOOK_AGAIN_MS, cut.signal).catch(() => undefined);
    woken = false;
  }

  async function takeLoop(): Promise<void> {
    while (!isStopping()) if (!(await look())) await rest();
  }

  /** To the very end: what is finished after the last update was taken is still ours. */
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

  /** The task comes after what waited in the lane: a person who acts a moment before is not to be overtaken. */
  async function inFreeLane(key: string, task: () => Promise<void>): Promise<boolean> {
    const lane = await lanes.takeOne(key);
    if (lane === undefined) return false;
    try {
      if (lane.prompted) await recognise(key);
      for (const { id, update } of lane.updates) await handleOnce(lane, id, update);
      if (!lanes.isSure(lane)) return false;
      await task();
      return true;
    } finally {
      await lanes.release(lane);
      wake();
    }
  }

  async function inOrder(key: string, task: () => Promise<void>): Promise<boolean> {
    let wasRun = false;
    tasks += 1;
    try {
      await queue.run(key, async () => {
        if (isStopping()) return;
        if (!lanes.holds(key)) wasRun = await inFreeLane(key, task);
        else {
          await task();
          wasRun = true;
        }
      });
    } finally {
      tasks -= 1;
    }
    return wasRun;
  }

  async function run(): Promise<void> {
    void renewLoop();
    await Promise.all([source.run(), takeLoop()]);
  }

  async function close(graceMs: number): Promise<void> {
    wake();
    // Of several that share an address one that stops must not take it from the others.
    await source.stop({ remove: false });
    await running;
    const late = new AbortController();
    const finished = Promise.all([...inHand, queue.idle()]);
    await Promise.race([finished, sleep(graceMs, late.signal).catch(() => undefined)]);
    late.abort();
    halted = true;
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
    waiting: () => waiting,
    inOrder,
  };
}
