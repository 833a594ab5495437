// The ids of money entries that were added lately, so that a request that is repeated (a double tap, a redelivered
// update, an answer lost in a kill) moves its money once.

import { ENTRY_MEMORY_MS } from '../app/ports.ts';

export interface EntryMemory {
  /** Whether an entry of that id was added within the last `ENTRY_MEMORY_MS`. */
  has(id: string, now: number): boolean;
  /** Times in epoch ms. */
  add(ids: readonly string[], at: number): void;
  readonly size: () => number;
}

/** Whether something that was added then is still known. */
export const isRemembered = (at: number, now: number): boolean => now - at <= ENTRY_MEMORY_MS;

export function entryMemory(): EntryMemory {
  /** In the order in which they were added, oldest first. */
  const added = new Map<string, number>();
  return {
    has(id, now) {
      const at = added.get(id);
      return at !== undefined && isRemembered(at, now);
    },
    add(ids, now) {
      for (const id of ids) {
        added.delete(id);
        added.set(id, now);
      }
      for (const [id, at] of added) {
        if (isRemembered(at, now)) break;
        added.delete(id);
      }
    },
    size: () => added.size,
  };
}
