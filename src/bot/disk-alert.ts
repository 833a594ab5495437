// Tells the owners that the disk refuses the order book; not again for every order that meets the same full disk.

import { StoreFault, type Clock } from '../app/ports.ts';

const NOT_AGAIN_WITHIN_MS = 3_600_000;

/** To be given every fault of ours; `tell` is called for those of the disk, once an hour at the most. */
export function createDiskAlert({
  tell,
  clock,
}: {
  tell: () => void;
  clock: Clock;
}): (error: unknown) => void {
  let toldAt = -Infinity;
  return (error) => {
    if (!(error instanceof StoreFault) || clock() - toldAt < NOT_AGAIN_WITHIN_MS) return;
    toldAt = clock();
    tell();
  };
}
