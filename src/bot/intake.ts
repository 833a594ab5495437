// How updates come in. Telegram itself is the journal: an update is confirmed only once it has been handled, so a kill
// loses nothing and one slow update keeps nobody else's waiting. main runs it; bot handles what it hands over.

import type { Update } from 'grammy/types';
import type { UpdateJournal } from '../app/chat-memory.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import { createHand, updatesIn } from './intake-hand.ts';
import { about, createLine, type LineOptions } from './intake-line.ts';

export { FATAL_WORDS, type FatalError, type IntakeLog, type Sleep } from './intake-line.ts';

/** What grammY's own signal type and Node's have in common; grammY checks for no more than this at run time. */
export interface StopSignal {
  readonly aborted: boolean;
}

export type AllowedUpdates = readonly Exclude<keyof Update, 'update_id'>[];

interface PollOptions {
  offset?: number;
  limit: number;
  /** Seconds. */
  timeout: number;
  allowed_updates: AllowedUpdates;
}

/** The two calls of grammY's `Api` that polling needs. */
export interface IntakeApi {
  getUpdates(options: PollOptions, signal?: StopSignal): Promise<Update[]>;
  deleteWebhook(options: { drop_pending_updates: boolean }, signal?: StopSignal): Promise<true>;
}

export interface IntakeOptions extends LineOptions {
  readonly api: IntakeApi;
  /** Handles one update; may have recorded it as handled itself. Whatever it throws is logged and the update counts as handled. */
  readonly handle: (update: Update) => Promise<void>;
  /** What orders updates among themselves; undefined for those that need no order. */
  readonly keyOf: (update: Update) => string | undefined;
  readonly dialogues: UpdateJournal;
  readonly queue: KeyedQueue;
  readonly allowedUpdates: AllowedUpdates;
}

export interface Intake {
  /** Takes updates until stopped or until polling makes no sense any more; never rejects. */
  run(): Promise<void>;
  /** Ends the poll at once, waits for what is in hand for `graceMs` at most, confirms what was handled. Never rejects. */
  stop(options: { graceMs: number }): Promise<void>;
  /** When Telegram last answered a poll, epoch ms. */
  lastAnswerAt(): number | undefined;
}

const LONG_POLL_SECONDS = 30;
/** While something is in hand Telegram answers at once, so we set the pace. */
const PACE_MS = 250;
const MOST_WAITING = 30;
const FLOOD_LOG_MS = 60_000;
const LAST_CALL_MS = 5_000;

/** An intake that has not begun; `run` begins it. */
export function createIntake(options: IntakeOptions): Intake {
  const { api, handle, keyOf, dialogues, queue, allowedUpdates, log, sleep, clock } = options;
  const hand = createHand(dialogues);
  const line = createLine(options);
  let running: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  /** Set when stop has waited long enough: nothing is begun after that. */
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

  async function attend(update: Update): Promise<void> {
    const id = update.update_id;
    try {
      const key = keyOf(update) ?? `update ${id}`;
      if (!isFlood(key)) await queue.run(key, () => handleOnce(update));
    } catch (error) {
      log.error({ updateId: id, ...about(error) }, 'an update could not be queued');
    }
    if (halted) return;
    await mark(id);
    hand.finish(id);
  }

  async function keepMoving(): Promise<void> {
    try {
      await hand.keepMoving();
    } catch (error) {
      log.error(about(error), 'could not write down unfinished updates');
    }
  }

  /** Waits until something finishes, for a moment at most, so that other people's updates are seen. */
  async function pace(finished: Promise<void>): Promise<void> {
    const cut = new AbortController();
    await Promise.race([finished, sleep(PACE_MS, cut.signal)]);
    cut.abort();
  }

  async function poll(): Promise<void> {
    await keepMoving();
    // Taken before the poll, so that what finishes during it isn't waited for afterwards.
    const finished = hand.nextFinish();
    const offset = hand.offset();
    // After a failure a short one, too: otherwise half a minute passes before anybody knows that the line is back.
    const timeout = hand.holding() || line.failing() ? 0 : LONG_POLL_SECONDS;
    const updates = await line.ask(async (signal) =>
      updatesIn(await api.getUpdates(pollOptions(offset, 100, timeout), signal)),
    );
    if (updates === undefined) return;
    for (const update of hand.receive(updates, offset)) void attend(update);
    if (hand.holding() && line.open()) await pace(finished);
  }

  function pollOptions(offset: number | undefined, limit: number, timeout: number): PollOptions {
    const rest = { limit, timeout, allowed_updates: allowedUpdates };
    return offset === undefined ? rest : { offset, ...rest };
  }

  async function loop(): Promise<void> {
    for (const update of hand.resume()) void attend(update);
    const removeWebhook = () =>
      line.ask((signal) => api.deleteWebhook({ drop_pending_updates: false }, signal));
    while (line.open() && (await removeWebhook()) === undefined);
    while (line.open()) await poll();
  }

  async function waitForHand(graceMs: number): Promise<void> {
    const cut = new AbortController();
    const late = sleep(graceMs, cut.signal).then(
      () => true,
      () => true,
    );
    const finish = () => hand.nextFinish().then(() => false);
    while (hand.size() > 0 && !(await Promise.race([finish(), late])));
    cut.abort();
  }

  async function confirm(): Promise<void> {
    const offset = hand.offset();
    // After a conflict the updates belong to somebody else: another poll of ours would end theirs.
    if (offset === undefined || line.dead()) return;
    try {
      await api.getUpdates(pollOptions(offset, 1, 0), AbortSignal.timeout(LAST_CALL_MS));
    } catch (error) {
      log.warn(about(error), 'could not confirm the last updates, they will be seen again and skipped');
    }
  }

  async function close(graceMs: number): Promise<void> {
    line.close();
    hand.wake();
    await running;
    await waitForHand(graceMs);
    halted = true;
    await keepMoving();
    await confirm();
  }

  return {
    run: () => (running ??= loop()),
    stop: ({ graceMs }) => (stopping ??= close(graceMs)),
    lastAnswerAt: () => line.lastAnswerAt(),
  };
}
