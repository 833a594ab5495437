// Telegram is asked for updates by one of several processes: it serves one line at a time. What comes is written down where
// all of them find it, and only then confirmed. The others are ready to ask in its place.

import type { Update } from 'grammy/types';
import type { OneOfAll } from '../app/lanes.ts';
import { updatesIn } from './intake-hand.ts';
import { about, createLine, type LineOptions } from './intake-line.ts';
import type { AllowedUpdates, IntakeApi } from './intake.ts';

/** Where updates come from. */
export interface UpdateSource {
  /** Brings updates until stopped or until that makes no sense any more; never rejects. */
  run(): Promise<void>;
  /** Ends at once; `remove`: whatever Telegram was told goes with it. Never rejects. */
  stop(options: { remove: boolean }): Promise<void>;
  /** When Telegram last answered, epoch ms; `elsewhere`: another process asks it and knows. */
  lastAnswerAt(): number | 'elsewhere' | undefined;
}

export interface SharedPollingOptions extends LineOptions {
  readonly api: IntakeApi;
  readonly asking: OneOfAll;
  /** Writes updates down; they are confirmed when it resolves. */
  readonly receive: (updates: readonly Update[]) => Promise<void>;
  readonly allowedUpdates: AllowedUpdates;
}

const LONG_POLL_SECONDS = 30;
const MOST = 100;
/** How soon another process asks when the one that did is gone. */
const TURN_AGAIN_MS = 3_000;
/** The long poll of a process that has just lost its turn may still be open. */
const CONFLICT_PATIENCE_MS = 60_000;
const RECEIVE_AGAIN_MS = 1_000;

/** A source that has not begun; `run` begins it. */
export function createSharedPolling(options: SharedPollingOptions): UpdateSource {
  const { api, asking, receive, allowedUpdates, log } = options;
  const line = createLine({ conflictPatienceMs: CONFLICT_PATIENCE_MS, ...options });
  let running: Promise<void> | undefined;
  let offset: number | undefined;
  /** Another process asks: Telegram's answers are its. */
  let isElsewhere = false;

  /** Until they are written down, or the line is closed: what is not confirmed comes again. */
  async function writeDown(updates: readonly Update[]): Promise<boolean> {
    for (let failures = 0; line.open(); failures += 1) {
      try {
        await receive(updates);
        return true;
      } catch (error) {
        if (failures === 0) log.error(about(error), 'updates could not be written down, trying again');
        await line.rest(RECEIVE_AGAIN_MS);
      }
    }
    return false;
  }

  async function poll(lost: AbortSignal): Promise<void> {
    // After a failure a short one: otherwise half a minute passes before anybody knows that the line is back.
    const timeout = line.failing() ? 0 : LONG_POLL_SECONDS;
    const place = offset === undefined ? {} : { offset };
    const updates = await line.ask(async (signal) => {
      const request = { ...place, limit: MOST, timeout, allowed_updates: allowedUpdates };
      try {
        return updatesIn(await api.getUpdates(request, AbortSignal.any([signal, lost])));
      } catch (error) {
        // Somebody else asks by now, and that ended our question.
        if (lost.aborted) return [];
        throw error;
      }
    });
    const last = updates?.at(-1);
    if (updates === undefined || last === undefined) return;
    // After a quiet week Telegram may number from somewhere lower: the last one counts, not the highest.
    if (await writeDown(updates)) offset = last.update_id + 1;
  }

  async function loop(): Promise<void> {
    let isReady = false;
    while (line.open()) {
      const turn = await asking.turn();
      isElsewhere = turn.kind === 'other';
      if (turn.kind !== 'mine') {
        isReady = false;
        await line.rest(TURN_AGAIN_MS);
      } else if (isReady) await poll(turn.lost);
      else
        isReady =
          (await line.ask((signal) => api.deleteWebhook({ drop_pending_updates: false }, signal))) === true;
    }
  }

  return {
    run: () => (running ??= loop()),
    stop: async () => {
      line.close();
      await running;
      await asking.giveUp();
    },
    lastAnswerAt: () => (isElsewhere ? 'elsewhere' : line.lastAnswerAt()),
  };
}
