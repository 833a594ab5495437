// A commit to disk with 100 and with 100,000 settled orders behind it: whole orders are taken from confirmation into the
// archive, in turns on both folders.

import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { HOUR, madeUpOrders, writeBooks } from './books.ts';
import { fixed, type Figure } from './figure.ts';
import { liveInTurns, slow, times, usual, type Side } from './order-life.ts';
import { makeFolder, removeFolder } from './shop.ts';

const FEW = 100;
const MANY = 100_000;
/** Open orders in both folders meanwhile. */
export const OPEN = 20;
export const TARGET = 1.5;

export async function openFolderSide(closed: number): Promise<Side> {
  const dir = await makeFolder();
  const now = Date.now();
  await writeBooks(dir, { closed, open: madeUpOrders(OPEN, now - HOUR, now), now });
  const { store, close } = await openLowdbStore({ dir, clock: Date.now });
  return {
    ...{ store, took: [] },
    close: async () => {
      await close();
      await removeFolder(dir);
    },
  };
}

export const commit: Figure = {
  name: 'commit',
  measure: async () => {
    const few = await openFolderSide(FEW);
    const many = await openFolderSide(MANY);
    await liveInTurns([few, many]);
    for (const { close } of [few, many]) await close();
    const ratio = times(many, few);
    return {
      rows: [
        {
          what: `commit to disk, ${MANY} settled orders against ${FEW}`,
          ours: usual(many),
          against: usual(few),
          ratio: fixed(ratio, 2),
          target: `≤ ${TARGET}`,
          met: ratio <= TARGET,
        },
      ],
      notes: [
        `median of ${few.took.length} commits each, opening to archive, ${OPEN} other orders open; 95 of 100 within ${slow(many)} and ${slow(few)}.`,
      ],
    };
  },
};
