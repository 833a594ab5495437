// Whatever is done to the store in whatever order, the money adds up: on disk, in memory, and after a restart.

import * as fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StoreFault, type Change, type Committed, type Store } from '../../src/app/ports.ts';
import { total } from '../../src/domain/ledger.ts';
import { dinars } from '../../src/domain/money.ts';
import { isSettled, type OrderEvent, type Ref } from '../../src/domain/order.ts';
import { step } from '../../src/domain/transitions.ts';
import { audit } from '../../src/store/audit.ts';
import { openLowdbStore } from '../../src/store/lowdb-store.ts';
import { DELIVERED, GIVEN_BACK, NOW, opening, ref, SHOWN } from './orders.ts';
import { breakableDisk, type BreakableDisk } from './temporary-folder.ts';

const NAMES = ['aa', 'bb', 'cc', 'dd', 'ee'];
const EVENTS: readonly OrderEvent[] = [
  { type: 'send-begun' },
  { type: 'accepted', topupId: 't' },
  { type: 'refused', refusal: { reason: 'out-of-stock' } },
  { type: 'doubt' },
  { type: 'not-found' },
  { type: 'given-up' },
  { type: 'not-executed', waitMs: 5 },
  DELIVERED,
  GIVEN_BACK,
  { ...DELIVERED, snapshot: { ...DELIVERED.snapshot, number: '036000000' } },
  { type: 'settled-by-hand', outcome: 'fulfilled', by: 1, reason: 'seen' },
  { ...SHOWN, ended: false },
  SHOWN,
  { type: 'owners-told', alert: 'review:mismatch' },
];

type Move =
  | { readonly kind: 'open'; readonly name: string; readonly price: number }
  | { readonly kind: 'step'; readonly name: string; readonly event: OrderEvent };
type Act =
  | { readonly kind: 'together'; readonly moves: readonly Move[]; readonly broken: RegExp | undefined }
  | { readonly kind: 'restart' };

const name = fc.constantFrom(...NAMES);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('open'), name, price: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('step'), name, event: fc.constantFrom(...EVENTS) }) },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('together'),
      moves: fc.array(move, { minLength: 1, maxLength: 4 }),
      broken: fc.oneof(
        { weight: 8, arbitrary: fc.constant(undefined) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            /orders\.json\.tmp$/,
            /orders\.json$/,
            /orders\.json\.prev$/,
            /archive/,
            /store-\w+$/,
          ),
        },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' }) },
);

async function changeOf(store: Store, taken: Move): Promise<Change | undefined> {
  if (taken.kind === 'open') return opening(taken.name, { price: dinars(taken.price) });
  const order = await store.byRef(ref(`order-${taken.name}`));
  const next = order && step(order, taken.event, NOW);
  return next && { kind: 'step', ...next };
}

async function adds(store: Store, dir: string): Promise<void> {
  const open = (await store.active()).filter((order) => !isSettled(order));
  const books = await store.books();
  expect(books.held).toBe(total(open.map(({ price }) => price)));
  const counted = await audit(dir);
  expect(counted).toMatchObject({ ...books, entries: books, duplicates: 0 });
  expect(counted).toMatchObject({ openTotal: counted.held, fulfilledTotal: counted.taken });
}

/** Does one thing and notes in `told` the revisions that somebody has heard of. */
async function together(
  store: Store,
  disk: BreakableDisk,
  { moves, broken }: Extract<Act, { kind: 'together' }>,
  told: Map<Ref, number>,
): Promise<void> {
  const changes: Change[] = [];
  for (const one of moves) {
    const made = await changeOf(store, one);
    if (made !== undefined) changes.push(made);
  }
  if (broken !== undefined) disk.breakDown('ENOSPC', broken);
  const answers = await Promise.allSettled(changes.map((change) => store.commit(change)));
  disk.repair();
  for (const answer of answers) {
    if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(StoreFault);
    else note(answer.value, told);
  }
}

function note(answer: Committed, told: Map<Ref, number>): void {
  if (answer.kind === 'done') told.set(answer.order.ref, answer.order.rev);
}

test('any sequence of changes, failing writes and restarts keeps the books right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), async (acts) => {
      const dir = await mkdtemp(join(tmpdir(), 'store-'));
      const disk = breakableDisk();
      const start = async (): Promise<Store> => {
        const { store, faults, recovered } = await openLowdbStore({
          dir,
          clock: () => NOW,
          files: disk.files,
        });
        expect({ faults, recovered }).toEqual({ faults: [], recovered: false });
        return store;
      };
      const told = new Map<Ref, number>();
      let store = await start();
      for (const one of acts) {
        if (one.kind === 'restart') store = await start();
        else await together(store, disk, one, told);
        await adds(store, dir);
        for (const [known, rev] of told) expect((await store.byRef(known))?.rev).toBe(rev);
      }
      expect(await (await start()).history(7, 99)).toEqual(await store.history(7, 99));
      await rm(dir, { recursive: true });
    }),
    { numRuns: 60 },
  );
});
