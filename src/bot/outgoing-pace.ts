// How fast one chat may be written to. Telegram keeps its numbers to itself; these stay under the ones it lets slip.

import type { Clock } from '../app/ports.ts';
import { isGroup } from './outgoing-call.ts';

/** A call before it goes. */
export interface Wish {
  /** Goes before everything else, and as soon as the minute allows: a burst of ends is over quickly. */
  readonly first?: boolean;
  /** How many of the minute's calls are kept for others. */
  readonly kept?: number;
}

export interface Pace {
  /** Ms until one more call may go; 0 means now. */
  wait(wish?: Wish): number;
  /** How many calls went in the last minute, and how many may. */
  used(): { readonly calls: number; readonly of: number };
  /** Counts one call. */
  spend(): void;
  /** Telegram complained: from `at` (epoch ms) on, one call and then no more than the refill. */
  calm(at: number): void;
  /** Whether nothing would be lost by forgetting this pace. */
  rested(): boolean;
}

interface Limits {
  /** Calls that may go at once after a rest. */
  readonly burst: number;
  readonly refillMs: number;
  /** The most in any minute, bursts included. */
  readonly perMinute: number;
}

const GROUP: Limits = { burst: 12, refillMs: 3_000, perMinute: 20 };
const PRIVATE: Limits = { burst: 30, refillMs: 1_000, perMinute: 90 };
/** A little more than a minute: calls do not take equally long to arrive. */
export const MINUTE_MS = 61_000;

/** The pace of one chat: a token bucket, and a count over the last minute on top of it. */
export function createPace(chat: string, clock: Clock): Pace {
  const { burst, refillMs, perMinute } = isGroup(chat) ? GROUP : PRIVATE;
  let tokens = burst;
  let countedAt = clock();
  let calmUntil = -Infinity;
  /** When the last calls went, oldest first; never more than a minute's worth. */
  const sent: number[] = [];

  const tokensAt = (now: number): number => Math.min(burst, tokens + Math.max(0, now - countedAt) / refillMs);

  function wait({ first = false, kept = 0 }: Wish = {}): number {
    const now = clock();
    const free = first && now >= calmUntil;
    const forToken = free ? 0 : Math.max(0, countedAt - now) + Math.max(0, 1 - tokensAt(now)) * refillMs;
    const oldest = sent[sent.length - Math.max(1, perMinute - kept)];
    const forMinute = oldest === undefined ? 0 : oldest + MINUTE_MS - now;
    return Math.max(0, Math.ceil(Math.max(forToken, forMinute)));
  }

  const used = () => {
    const since = clock() - MINUTE_MS;
    return { calls: sent.filter((at) => at > since).length, of: perMinute };
  };

  function spend(): void {
    const now = clock();
    tokens = Math.max(0, tokensAt(now) - 1);
    countedAt = Math.max(now, countedAt);
    sent.push(now);
    if (sent.length > perMinute) sent.shift();
  }

  function calm(at: number): void {
    tokens = 1;
    countedAt = at;
    calmUntil = at + MINUTE_MS;
  }

  function rested(): boolean {
    const now = clock();
    const latest = sent.at(-1) ?? -Infinity;
    return countedAt <= now && latest + MINUTE_MS <= now && tokensAt(now) >= burst;
  }

  return { wait, used, spend, calm, rested };
}
