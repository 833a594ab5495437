// What a group has room for besides what must be said: an order's progress and what could be spared go out only while the
// group is quiet, so that prompts and ends never wait for them.

import type { Clock } from '../app/ports.ts';
import { isGroup, type Call } from './outgoing-call.ts';
import { MINUTE_MS, type Pace } from './outgoing-pace.ts';
import { PATIENCE_MS } from './outgoing-waiting.ts';

export interface Room {
  /** Hears of every call as it comes: which orders are under way, and when people are being asked. */
  hear(call: Call): void;
  /** Whether the call may go; always true for what must be said. */
  has(call: Call, waiting: number): boolean;
  /** Ms until the call may go that came at `since`; some of the minute is kept for the ends of orders under way. */
  wait(call: Call, since: number): number;
}

/** Of a minute's calls, kept for prompts whatever is under way. */
const FOR_PROMPTS = 5;
/** The most that is kept for ends: prompts have the rest. */
const MOST_KEPT = 10;
const KEPT_FROM_THE_PATIENT = 5;
/** An order that has not moved for so long ends in its own time, and nothing is kept for it. */
const UNDER_WAY_MS = 90_000;
/** While prompts go out, more people than one are likely to be at it. */
const RUSH_MS = 3_000;
/** One purchase asks so much; in a minute with more nothing is said aside, since others who order need the room. */
const CALM = 4;
/** What is said aside waits so long for others who may be about to order. */
const ASIDE_MS = 1_000;

/** How long a call without room should wait before it is tried again, in ms. */
export const NO_ROOM_MS = 3_000;

export function createRoom(chat: string, pace: Pick<Pace, 'used' | 'wait'>, clock: Clock): Room {
  /** Messages of orders under way, and when they moved last. */
  const moved = new Map<number, number>();
  /** When people were asked something in the last minute, oldest first. */
  let asked: number[] = [];

  function underWay(): number {
    for (const [message, at] of moved) if (clock() - at > UNDER_WAY_MS) moved.delete(message);
    return moved.size;
  }

  function hear({ kind, weight, message }: Call): void {
    const now = clock();
    if (kind === 'send' && weight === undefined) asked = [...asked.filter((at) => now - at < MINUTE_MS), now];
    if (message === undefined) return;
    if (weight === 'progress') moved.set(message, now);
    if (weight === 'end') moved.delete(message);
  }

  return {
    hear,
    has: ({ weight }, waiting) => {
      if (!isGroup(chat) || weight === undefined || weight === 'end') return true;
      const { calls, of } = pace.used();
      const now = clock();
      const lately = asked.filter((at) => now - at < MINUTE_MS).length;
      const isRush = now - (asked.at(-1) ?? -Infinity) < RUSH_MS;
      if (weight === 'aside' ? lately > CALM : isRush) return false;
      // Whatever is under way needs one more call for its end, and whoever was just asked may well order.
      const ends = Math.max(underWay(), lately);
      return calls + waiting + ends + FOR_PROMPTS < of;
    },
    wait: ({ weight }, since) => {
      if (weight === 'end') return pace.wait({ first: true });
      const kept = (most: number): number => pace.wait({ kept: Math.min(most, underWay()) });
      if (weight === 'aside')
        return Math.max(kept(MOST_KEPT), (asked.at(-1) ?? -Infinity) + ASIDE_MS - clock());
      // Somebody who has waited that long is answered, even if an end may have to wait for it.
      const patience = since + PATIENCE_MS - clock();
      return Math.min(kept(MOST_KEPT), Math.max(kept(KEPT_FROM_THE_PATIENT), patience));
    },
  };
}
