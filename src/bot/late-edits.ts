// Edits that got no answer in time. Telegram may still carry such a one out, behind a later one: an end is not taken as seen
// until that can't be any more.

import type { Clock } from '../app/ports.ts';
import type { Ref } from '../domain/order.ts';
import type { Sent } from './chat.ts';
import { DEADLINE_MS } from './outgoing-transport.ts';

/** After it was given up, an edit lands within this time or never, in ms. */
const LANDS_WITHIN_MS = 60_000;

export interface LateEdits {
  /** Edits an order's message. */
  edit(ref: Ref, edit: () => Promise<Sent>): Promise<Sent>;
  /** Ms for which an older edit of the order's message may still land; 0 when none can. */
  waitMs(ref: Ref): number;
  forget(ref: Ref): void;
}

export function createLateEdits(clock: Clock): LateEdits {
  const landsUntil = new Map<Ref, number>();
  return {
    async edit(ref, edit) {
      const began = clock();
      const sent = await edit();
      if (clock() - began >= DEADLINE_MS) landsUntil.set(ref, clock() + LANDS_WITHIN_MS);
      return sent;
    },
    // A clock that was set back makes it longer by nothing.
    waitMs: (ref) => Math.max(0, Math.min((landsUntil.get(ref) ?? 0) - clock(), LANDS_WITHIN_MS)),
    forget: (ref) => void landsUntil.delete(ref),
  };
}
