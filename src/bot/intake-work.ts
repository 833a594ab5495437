// What becomes of an update once it is taken, however it came: its turn among those of its key, handled once, written down
// as handled. Used by the intakes.

import type { Update } from 'grammy/types';
import type { UpdateJournal } from '../app/chat-memory.ts';
import type { Clock } from '../app/ports.ts';
import type { Hand } from './intake-hand.ts';
import { about, type IntakeLog, type Sleep } from './intake-line.ts';
import type { KeyedQueue } from './keyed-queue.ts';

export interface WorkOptions {
  /** Handles one update; may have recorded it as handled itself. Whatever it throws is logged and the update counts as handled. */
  readonly handle: (update: Update) => Promise<void>;
  /** What orders updates among themselves; undefined for those that need no order. */
  readonly keyOf: (update: Update) => string | undefined;
  readonly dialogues: UpdateJournal;
  readonly queue: KeyedQueue;
  readonly log: IntakeLog;
  readonly sleep: Sleep;
  readonly clock: Clock;
}

export interface Work {
  /** Handles the update in its turn and lets go of it; false when the work ended before. Never rejects. */
  attend(update: Update): Promise<boolean>;
  /** Waits for what is in hand for `graceMs` at most; nothing is begun after that. Never rejects. */
  end(graceMs: number): Promise<void>;
  /** Keeps the list of unfinished updates as short as it may be, and logs what keeps it from that. Never rejects. */
  keepMoving(): Promise<void>;
}

const MOST_WAITING = 30;
const FLOOD_LOG_MS = 60_000;

/** The work on what a hand holds. */
export function createWork(hand: Hand, options: WorkOptions): Work {
  const { handle, keyOf, dialogues, queue, log, sleep, clock } = options;
  /** Set when there was waiting enough: nothing is begun after that. */
  let halted = false;
  let floodLoggedAt = -Infinity;

  async function mark(updateId: number): Promise<void> {
    if (dialogues.handled(updateId)) return;
    try {
      await dialogues.markHandled(updateId);
    } catch (error) {
      // It was handled; holding the offset back for a full disk would only have it handled again.
      log.error({ updateId, ...about(error) }, 'could not record that an update was handled');
    }
  }

  async function handleOnce(update: Update): Promise<void> {
    if (halted) return;
    try {
      await handle(update);
    } catch (error) {
      log.error({ updateId: update.update_id, ...about(error) }, 'an update could not be handled');
    }
    // Before the next of its key begins: after a kill, redelivery must not put this one behind it.
    await mark(update.update_id);
  }

  function isFlood(key: string): boolean {
    if (queue.pending(key) <= MOST_WAITING) return false;
    if (clock() - floodLoggedAt >= FLOOD_LOG_MS) {
      floodLoggedAt = clock();
      log.warn({ key }, 'too many updates waiting, dropping some');
    }
    return true;
  }

  async function attend(update: Update): Promise<boolean> {
    const id = update.update_id;
    try {
      const key = keyOf(update) ?? `update ${id}`;
      if (!isFlood(key)) await queue.run(key, () => handleOnce(update));
    } catch (error) {
      log.error({ updateId: id, ...about(error) }, 'an update could not be queued');
    }
    if (halted) return false;
    await mark(id);
    hand.finish(id);
    return true;
  }

  async function keepMoving(): Promise<void> {
    try {
      await hand.keepMoving();
    } catch (error) {
      log.error(about(error), 'could not write down unfinished updates');
    }
  }

  async function end(graceMs: number): Promise<void> {
    const cut = new AbortController();
    const late = sleep(graceMs, cut.signal).then(
      () => true,
      () => true,
    );
    const finish = () => hand.nextFinish().then(() => false);
    while (hand.size() > 0 && !(await Promise.race([finish(), late])));
    cut.abort();
    halted = true;
    await keepMoving();
  }

  return { attend, end, keepMoving };
}
