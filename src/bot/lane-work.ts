// What becomes of the updates in a lane that was taken: each its turn among the tasks of the key, handled once, written
// down as handled, or left to whoever has the lane by then. Used by the lane intake.

import type { Update } from 'grammy/types';
import { LostLane } from '../app/chat-memory.ts';
import type { SharedLanes, TakenLane } from '../app/lanes.ts';
import { OutcomeUnknown, type Clock } from '../app/ports.ts';
import { isUpdate } from './intake-hand.ts';
import { about, type IntakeLog, type Sleep } from './intake-line.ts';
import type { KeyedQueue } from './keyed-queue.ts';

export interface LaneWorkOptions {
  readonly lanes: SharedLanes;
  /** Handles one update. Whatever it throws is logged and the update counts as handled. */
  readonly handle: (update: Update) => Promise<void>;
  /** A lane was taken in whose flow somebody else may have been; before anything is done in it. */
  readonly recognise: (key: string) => Promise<void>;
  readonly queue: KeyedQueue;
  readonly log: IntakeLog;
  readonly sleep: Sleep;
  readonly clock: Clock;
}

export interface LaneWork {
  /** Handles what came with a lane and gives it back. Rejects when nothing could be done in it. */
  attend(lane: TakenLane): Promise<void>;
  /**
   * The same within one turn of the key, and then the task: somebody who acted a moment before is not to be overtaken by
   * it. False when the lane was lost before.
   */
  attendBefore(lane: TakenLane, task: () => Promise<void>): Promise<boolean>;
  /** Updates that were taken and not finished. */
  waiting(): number;
  /** Nothing is begun after this. */
  halt(): void;
}

/** As many as a lane brings: more is a flood. */
const MOST_WAITING = 30;
const RECORD_AGAIN_MS = 1_000;
const FLOOD_LOG_MS = 60_000;
/** Updates that were handled a while ago are written down as such. */
const MOST_REMEMBERED = 10_000;

/** grammY puts what a handler throws into an error of its own. */
const isA = (kind: typeof LostLane | typeof OutcomeUnknown, error: unknown): boolean =>
  error instanceof kind || (error instanceof Error && 'error' in error && isA(kind, error.error));

export function createLaneWork(options: LaneWorkOptions): LaneWork {
  const { lanes, handle, recognise, queue, log, sleep, clock } = options;
  /** Handled here, whether that is written down or not: not to be handled here again, should the lane come back. */
  const finished = new Set<number>();
  let waiting = 0;
  let halted = false;
  let floodLoggedAt = -Infinity;

  const mayBegin = (lane: TakenLane): boolean => !halted && lanes.isSure(lane);

  function finish(id: number): void {
    finished.add(id);
    const [oldest] = finished;
    if (finished.size > MOST_REMEMBERED && oldest !== undefined) finished.delete(oldest);
  }

  /** For as long as the lane is ours for sure: until then nobody else handles the update. */
  async function record(lane: TakenLane, id: number): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      try {
        await lanes.handled(lane, id);
        return;
      } catch (error) {
        if (failures === 0)
          log.error({ updateId: id, ...about(error) }, 'could not record that an update was handled');
        if (!mayBegin(lane)) return;
        await sleep(RECORD_AGAIN_MS);
      }
    }
  }

  async function handleOnce(lane: TakenLane, id: number, update: unknown): Promise<void> {
    if (!finished.has(id)) {
      try {
        if (!isUpdate(update)) throw new TypeError('what was written down is no update');
        await handle(update);
      } catch (error) {
        log.error({ updateId: id, ...about(error) }, 'an update could not be handled');
        // What another process has taken over is its to finish.
        if (isA(LostLane, error)) return;
        // The next start finds out what became of it; until then nothing behind it is begun.
        if (isA(OutcomeUnknown, error)) throw error;
      }
      finish(id);
    }
    await record(lane, id);
  }

  async function inTurn(lane: TakenLane, id: number, update: unknown): Promise<void> {
    const turn = { isBegun: false };
    await queue.run(lane.key, async () => {
      turn.isBegun = mayBegin(lane);
      if (turn.isBegun) await handleOnce(lane, id, update);
    });
    if (!turn.isBegun || finished.has(id) || !lanes.has(lane)) return;
    // Left behind: it had its time, and the next one begins.
    finish(id);
    await record(lane, id);
  }

  async function shed(lane: TakenLane): Promise<void> {
    if (lane.updates.length < MOST_WAITING || !lanes.has(lane)) return;
    const dropped = await lanes.shed(lane);
    if (dropped === 0 || clock() - floodLoggedAt < FLOOD_LOG_MS) return;
    floodLoggedAt = clock();
    log.warn({ key: lane.key, dropped }, 'too many updates waiting, dropping some');
  }

  async function all(
    lane: TakenLane,
    each: (lane: TakenLane, id: number, update: unknown) => Promise<void>,
  ): Promise<void> {
    let left = lane.updates.length;
    waiting += left;
    try {
      await shed(lane);
      if (lane.prompted) await recognise(lane.key);
      for (const { id, update } of lane.updates) {
        await each(lane, id, update);
        left -= 1;
        waiting -= 1;
      }
    } finally {
      waiting -= left;
    }
  }

  return {
    attend: async (lane) => {
      try {
        await all(lane, inTurn);
      } finally {
        await queue.run(lane.key, () => lanes.release(lane));
      }
    },
    attendBefore: async (lane, task) => {
      try {
        await all(lane, async (...one) => {
          if (mayBegin(lane)) await handleOnce(...one);
        });
        if (!mayBegin(lane)) return false;
        await task();
        return true;
      } finally {
        await lanes.release(lane);
      }
    },
    waiting: () => waiting,
    halt: () => void (halted = true),
  };
}
