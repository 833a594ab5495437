// One order from its confirmation to its place among the closed ones, commit by commit, and how long each commit took.

import type { Change, Store } from '../../src/app/ports.ts';
import type { Order } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { step } from '../../src/domain/transitions.ts';
import { confirmed, delivery, lineOf, refOf } from './books.ts';
import { fixed, median, quantile } from './figure.ts';

/** A store that is measured. */
export interface Side {
  readonly store: Store;
  /** One per commit, in ms. */
  readonly took: number[];
  /** Closes it and takes it away. */
  readonly close: () => Promise<void>;
}

const ROUNDS = 30;
const ORDERS_EACH = 4;
const WARM_ROUNDS = 3;

async function timed({ store, took }: Side, change: Change): Promise<Order> {
  const began = performance.now();
  const committed = await store.commit(change);
  took.push(performance.now() - began);
  if (committed.kind !== 'done') throw new Error(`the commit was ${committed.kind}`);
  return committed.order;
}

/** Five commits. */
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

/** Lives orders on all sides in turns, so that a slow moment of the disk meets each. */
export async function liveInTurns(sides: readonly Side[]): Promise<void> {
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round += 1) {
    if (round === WARM_ROUNDS) for (const { took } of sides) took.length = 0;
    for (const side of round % 2 === 0 ? sides : sides.toReversed())
      for (let i = 0; i < ORDERS_EACH; i += 1) await live(side, `bench-${round}-${i}`, i);
  }
  for (const { store } of sides)
    if ((await store.byRef(refOf('bench-0-0')))?.state.name !== 'fulfilled')
      throw new Error('an order that was committed is not there');
}

const millis = (ms: number): string => `${fixed(ms, 2)} ms`;
export const usual = ({ took }: Side): string => millis(median(took));
export const slow = ({ took }: Side): string => millis(quantile(took, 0.95));
/** How many times as long the one takes as the other. */
export const times = (one: Side, other: Side): number => median(one.took) / median(other.took);
