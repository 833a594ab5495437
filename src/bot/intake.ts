// How updates come in. Telegram itself is the journal: an update is confirmed only once it has been handled, so a kill
// loses nothing and one slow update keeps nobody else's waiting. main runs it; bot handles what it hands over.

import type { Update } from 'grammy/types';
import { createHand, updatesIn } from './intake-hand.ts';
import { about, createLine, type LineOptions } from './intake-line.ts';
import { createWork, type WorkOptions } from './intake-work.ts';

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

export interface IntakeOptions extends LineOptions, WorkOptions {
  readonly api: IntakeApi;
  readonly allowedUpdates: AllowedUpdates;
}

export interface Intake {
  /** Takes updates until stopped or until polling makes no sense any more; never rejects. */
  run(): Promise<void>;
  /** Ends the poll at once, waits for what is in hand for `graceMs` at most, confirms what was handled. Never rejects. */
  stop(options: { graceMs: number }): Promise<void>;
  /** When Telegram last answered us, epoch ms; `elsewhere`: another process asks it and knows. */
  lastAnswerAt(): number | 'elsewhere' | undefined;
  /** Updates that were taken and are not finished. */
  waiting(): number;
}

const LONG_POLL_SECONDS = 30;
/** While something is in hand Telegram answers at once, so we set the pace. */
const PACE_MS = 250;
const LAST_CALL_MS = 5_000;

/** An intake that has not begun; `run` begins it. */
export function createIntake(options: IntakeOptions): Intake {
  const { api, dialogues, allowedUpdates, log, sleep } = options;
  const hand = createHand(dialogues);
  const work = createWork(hand, options);
  const line = createLine(options);
  let running: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  /** Waits until something finishes, for a moment at most, so that other people's updates are seen. */
  async function pace(finished: Promise<void>): Promise<void> {
    const cut = new AbortController();
    await Promise.race([finished, sleep(PACE_MS, cut.signal)]);
    cut.abort();
  }

  async function poll(): Promise<void> {
    await work.keepMoving();
    // Taken before the poll, so that what finishes during it isn't waited for afterwards.
    const finished = hand.nextFinish();
    const offset = hand.offset();
    // After a failure a short one, too: otherwise half a minute passes before anybody knows that the line is back.
    const timeout = hand.holding() || line.failing() ? 0 : LONG_POLL_SECONDS;
    const updates = await line.ask(async (signal) =>
      updatesIn(await api.getUpdates(pollOptions(offset, 100, timeout), signal)),
    );
    if (updates === undefined) return;
    for (const update of hand.receive(updates, offset)) void work.attend(update);
    if (hand.holding() && line.open()) await pace(finished);
  }

  function pollOptions(offset: number | undefined, limit: number, timeout: number): PollOptions {
    const rest = { limit, timeout, allowed_updates: allowedUpdates };
    return offset === undefined ? rest : { offset, ...rest };
  }

  async function loop(): Promise<void> {
    for (const update of hand.resume()) void work.attend(update);
    const removeWebhook = () =>
      line.ask((signal) => api.deleteWebhook({ drop_pending_updates: false }, signal));
    while (line.open() && (await removeWebhook()) === undefined);
    while (line.open()) await poll();
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
    await work.end(graceMs);
    await confirm();
  }

  return {
    run: () => (running ??= loop()),
    stop: ({ graceMs }) => (stopping ??= close(graceMs)),
    lastAnswerAt: () => line.lastAnswerAt(),
    waiting: () => hand.size(),
  };
}
