// getUpdates: offsets, the long wait, and the rule that only the newest caller is served.
import { badRequest, conflict } from './refusal.ts';
import { integerIn, isGiven, jsonIn } from './payload.ts';
import { wireUpdate } from './update-queue.ts';
import type { WireUpdate } from './update-queue.ts';
import type { Payload } from './payload.ts';
import type { World } from './world.ts';

const MOST_UPDATES = 100;
const LONGEST_WAIT_SECONDS = 50;
const WEBHOOK_IS_SET =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const WEBHOOK_SET = 'terminated by setWebhook request';
const OUTDONE = 'terminated by other getUpdates request; make sure that only one bot instance is running';

export type LongPoll = ReturnType<typeof createLongPoll>;

function clamp(value: number | undefined, lowest: number, highest: number, usual: number): number {
  return value === undefined ? usual : Math.min(highest, Math.max(lowest, value));
}

/** Reads allowed_updates; absent means "as before". */
export function allowedIn(payload: Payload): string[] | undefined {
  if (!isGiven(payload, 'allowed_updates')) return undefined;
  const kinds = jsonIn(payload, 'allowed_updates');
  if (!Array.isArray(kinds) || !kinds.every((kind) => typeof kind === 'string')) {
    throw badRequest("can't parse allowed updates JSON object");
  }
  return kinds;
}

/** The one place where a bot waits for updates. */
export function createLongPoll(world: World, hasWebhook: () => boolean) {
  let endCurrent: ((reason?: Error) => void) | undefined;

  const waitForUpdate = (seconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const finish = (reason?: Error): void => {
        clearTimeout(timer);
        stop();
        signal.removeEventListener('abort', leave);
        if (endCurrent === finish) endCurrent = undefined;
        if (reason) reject(reason);
        else resolve();
      };
      const leave = (): void => finish();
      const timer = setTimeout(leave, seconds * 1000);
      const stop = world.hub.on((event) => {
        if (event.type === 'updates' && event.pending > 0) finish();
      });
      signal.addEventListener('abort', leave);
      endCurrent = finish;
    });

  return {
    /** Answers at most `limit` updates, waiting up to `timeout` seconds while there are none. */
    async getUpdates(payload: Payload, signal: AbortSignal): Promise<WireUpdate[]> {
      if (hasWebhook()) throw conflict(WEBHOOK_IS_SET);
      endCurrent?.(conflict(OUTDONE));
      const allowed = allowedIn(payload);
      if (allowed) world.updates.setAllowed(allowed);
      const offset = integerIn(payload, 'offset');
      const limit = clamp(integerIn(payload, 'limit'), 1, MOST_UPDATES, MOST_UPDATES);
      const seconds = clamp(integerIn(payload, 'timeout'), 0, LONGEST_WAIT_SECONDS, 0);
      if (offset !== undefined && offset !== 0) world.updates.confirm(offset);
      if (world.updates.waiting().length === 0 && seconds > 0 && !signal.aborted) {
        await waitForUpdate(seconds, signal);
      }
      return world.updates.waiting().slice(0, limit).map(wireUpdate);
    },
    /** Ends an open wait as if its time were up. */
    end(): void {
      endCurrent?.();
    },
    /** A webhook was set: whoever waits is told that it takes everything now. */
    giveWay(): void {
      if (hasWebhook()) endCurrent?.(conflict(WEBHOOK_SET));
    },
  };
}
