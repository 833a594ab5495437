// A commit to disk with 100 and with 100,000 settled orders behind it: whole orders are taken from confirmation into the
// archive, in turns on both folders, so that a slow moment of the disk meets both.

import type { Change, Committed, Store } from '../../src/app/ports.ts';
import type { Order } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { step } from '../../src/domain/transitions.ts';
import { openLowdbStore, type OpenedStore } from '../../src/store/lowdb-store.ts';
import { confirmed, delivery, HOUR, lineOf, madeUpOrders, refOf, writeBooks } from './books.ts';
import { fixed, median, quantile, type Figure } from './figure.ts';
import { makeFolder, removeFolder } from './shop.ts';

const FEW = 100;
const MANY = 100_000;
/** Open orders in both folders meanwhile. */
const OPEN = 20;
const ROUNDS = 30;
const ORDERS_EACH = 4;
const WARM_ROUNDS = 3;
const TARGET = 1.5;

interface Side {
  readonly dir: string;
  readonly opened: OpenedStore;
  /** One per commit, in ms. */
  readonly took: number[];
}

async function openSide(closed: number): Promise<Side> {
  const dir = await makeFolder();
  const now = Date.now();
  await writeBooks(dir, { closed, open: madeUpOrders(OPEN, now - HOUR, now), now });
  return { dir, opened: await openLowdbStore({ dir, clock: Date.now }), took: [] };
}

async function timed({ opened, took }: Side, change: Change): Promise<Order> {
  const began = performance.now();
  const committed: Committed = await opened.store.commit(change);
  took.push(performance.now() - began);
  if (committed.kind !== 'done') throw new Error(`the commit was ${committed.kind}`);
  return committed.order;
}

/** One order from its confirmation to its place in the archive: five commits. */
async function live(side: Side, name: string, i: number): Promise<void> {
  const ref = refOf(name);
  let order = await timed(side, { kind: 'open', ...confirmed(ref, lineOf(900_000 + i), 7, Date.now()) });
  const events: readonly OrderEvent[] = [
    { type: 'send-begun' },
    { type: 'accepted', topupId: name },
    { type: 'found', snapshot: delivery(ref, name) },
    { type: 'shown', digest: 'en.fulfilled', messageId: 42, ended: true },
  ];
  for (const event of events) {
    const taken = step(order, event, Date.now());
    if (taken === undefined) throw new Error(`${event.type} changes nothing`);
    order = await timed(side, { kind: 'step', ...taken });
  }
}

const bothSettled = async (store: Store, name: string): Promise<boolean> =>
  (await store.byRef(refOf(name)))?.state.name === 'fulfilled';

export const commit: Figure = {
  name: 'commit',
  measure: async () => {
    const few = await openSide(FEW);
    const many = await openSide(MANY);
    for (let round = 0; round < WARM_ROUNDS + ROUNDS; round += 1) {
      if (round === WARM_ROUNDS) for (const { took } of [few, many]) took.length = 0;
      for (const side of round % 2 === 0 ? [few, many] : [many, few])
        for (let i = 0; i < ORDERS_EACH; i += 1) await live(side, `bench-${round}-${i}`, i);
    }
    const found = await bothSettled(many.opened.store, 'bench-0-0');
    for (const { opened, dir } of [few, many]) {
      await opened.close();
      await removeFolder(dir);
    }
    if (!found) throw new Error('an order that was committed is not there');
    const ratio = median(many.took) / median(few.took);
    const side = ({ took }: Side): string => `${fixed(median(took), 2)} ms`;
    const slow = ({ took }: Side): string => `${fixed(quantile(took, 0.95), 2)} ms`;
    return {
      rows: [
        {
          what: `commit to disk, ${MANY} settled orders against ${FEW}`,
          ours: side(many),
          against: side(few),
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
