// The one way by which this process changes the database: changes that arrive while a transaction runs become one batch
// together, judged by the same rules as on disk, on the part of the shop that they touch.

import type { Clock } from '../../app/ports.ts';
import { startBatch, type Batch } from '../batch.ts';
import { storeFault } from '../disk.ts';
import { groupCommit, type Answer } from '../group-commit.ts';
import type { OrderRecords } from '../order-record.ts';
import { submitted, takeAll, type Taking } from '../taking.ts';
import type { Database, Query } from './database.ts';
import { readSlice, type Slice } from './slice.ts';
import { allTouched, type Touched } from './touched.ts';
import { takeNumbers, writeSlice } from './write-slice.ts';

export interface Writer {
  /** Resolves to what `take` gave once its transaction is committed; rejects with StoreFault when it could not be. */
  readonly submit: <V>(touched: Touched, take: (batch: Batch, slice: Slice) => V) => Promise<V>;
  /** Waits for the writes in hand; later changes are refused with StoreFault. */
  readonly close: () => Promise<void>;
}

interface Submitted {
  readonly touched: Touched;
  readonly taking: (slice: Slice) => Taking;
}

export function createWriter(deps: {
  database: Database;
  records: OrderRecords;
  clock: Clock;
  holder: string;
}): Writer {
  const { database, records, clock, holder } = deps;
  let closed = false;

  /** Judges a batch; twice when it opens orders, whose numbers are only known then. */
  async function judge(query: Query, slice: Slice, takings: readonly Taking[], now: number) {
    const begin = (nextNo: number): Batch =>
      startBatch(
        { ...slice.state, nextNo },
        {
          ...{ records, now, recent: slice.recent, carry: 'no' },
          archived: (ref) => slice.closed.has(ref),
          added: (id) => slice.added.has(id),
        },
      );
    const batch = begin(1);
    const answers = takeAll(batch, takings);
    const opened = batch.next().nextNo - 1;
    if (opened === 0) return { batch, answers };
    const numbered = begin(await takeNumbers(query, opened));
    return { batch: numbered, answers: takeAll(numbered, takings) };
  }

  const write = (together: readonly Submitted[]): Promise<readonly Answer<undefined>[]> =>
    database.write(async (query) => {
      const now = clock();
      const slice = await readSlice(query, allTouched(together.map(({ touched }) => touched)), {
        records,
        now,
      });
      const takings = together.map(({ taking }) => taking(slice));
      const { batch, answers } = await judge(query, slice, takings, now);
      if (batch.changed()) await writeSlice(query, { from: slice.state, batch, now, holder });
      return answers;
    });

  const commits = groupCommit(write);
  return {
    submit: async (touched, take) => {
      if (closed) throw storeFault(new Error('the store is closed'));
      let read: Slice | undefined;
      return submitted(
        (taking) =>
          commits.submit({
            touched,
            taking: (slice) => {
              read = slice;
              return taking;
            },
          }),
        (batch) => {
          if (read === undefined) throw new TypeError('a change was judged before anything was read');
          return take(batch, read);
        },
      );
    },
    close: async () => {
      closed = true;
      await commits.idle();
    },
  };
}
