// Tells the owners that the disk (or the database) refuses the order book; not again for every order that meets the same
// full disk, and by one process of several.

import { StoreFault, type Clock } from '../app/ports.ts';

const NOT_AGAIN_WITHIN_MS = 3_600_000;
/** What lasts so long may have ended the process that speaks: then every other one tells, rather than none. */
const OTHERS_AFTER_MS = 10 * 60_000;
/** Without a fault for so long a trouble is over. */
const OVER_AFTER_MS = 3 * 60_000;

/**
 * To be given every fault of ours; `tell` is called for those of the disk, once an hour at the most. `speaks`: whether it
 * is for this process to tell, of all that share the store.
 */
export function createDiskAlert({
  tell,
  speaks = () => true,
  clock,
}: {
  tell: () => void;
  speaks?: () => boolean;
  clock: Clock;
}): (error: unknown) => void {
  let toldAt = -Infinity;
  let since = -Infinity;
  let lastAt = -Infinity;
  return (error) => {
    if (!(error instanceof StoreFault)) return;
    const now = clock();
    if (now - lastAt > OVER_AFTER_MS) since = now;
    lastAt = now;
    if (now - toldAt < NOT_AGAIN_WITHIN_MS || (!speaks() && now - since < OTHERS_AFTER_MS)) return;
    toldAt = now;
    tell();
  };
}
