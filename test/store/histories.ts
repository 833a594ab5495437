// What can happen to a shop, for fast-check: orders on the shop's account and on wallets, money in and out, people who
// are frozen and trusted, several of it at once, on a disk that fails at any step, with restarts, torn files and time.

import * as fc from 'fast-check';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { DELIVERED, GIVEN_BACK, SHOWN } from './orders.ts';

export const PEOPLE = [7, 8, 9] as const;
export type Person = (typeof PEOPLE)[number];

export type Move =
  | { readonly kind: 'open'; readonly name: string; readonly by: Person | 'owner'; readonly price: number }
  | { readonly kind: 'step'; readonly name: string; readonly event: OrderEvent }
  | {
      readonly kind: 'deposit' | 'correction';
      readonly id: string;
      readonly person: Person;
      readonly amount: number;
    }
  | {
      readonly kind: 'transfer';
      readonly id: string;
      readonly from: Person;
      readonly to: Person;
      readonly amount: number;
    }
  | {
      readonly kind: 'member';
      readonly person: Person;
      readonly ceiling: number;
      readonly frozen: boolean;
      readonly role: 'customer' | 'agent' | null;
    }
  | { readonly kind: 'leave'; readonly person: Person };

export type Act =
  | {
      readonly kind: 'together';
      readonly moves: readonly Move[];
      readonly broken: { readonly at: RegExp; readonly after: number } | undefined;
    }
  | { readonly kind: 'restart' | 'torn' }
  | { readonly kind: 'wait'; readonly ms: number };

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

const name = fc.constantFrom('aa', 'bb', 'cc', 'dd', 'ee', 'ff');
const person = fc.constantFrom(...PEOPLE);
/** Few, so that the same request is made again. */
const id = fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5', 'm6');
const some = (min: number, max: number) => fc.integer({ min, max });

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('open'),
      name,
      by: fc.oneof({ weight: 3, arbitrary: person }, { weight: 1, arbitrary: fc.constant('owner') }),
      price: some(1, 9),
    }),
  },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('step'), name, event: fc.constantFrom(...EVENTS) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('deposit'), id, person, amount: some(1, 20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('correction'), id, person, amount: some(-9, 9) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('transfer'), id, from: person, to: person, amount: some(1, 9) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('member'),
      person,
      ceiling: fc.constantFrom(0, 0, 5),
      frozen: fc.constantFrom(false, false, false, true),
      role: fc.constantFrom('customer', 'customer', 'customer', 'agent', null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave'), person }) },
);

/** The steps of a write, each of which may be refused; the last one also refuses to take the journal's line back. */
const broken = fc.constantFrom(
  ...[/archive/, /journal/, /orders\.json\.tmp$/, /orders\.json\.prev$/, /orders\.json$/, /store-\w+$/].map(
    (at) => ({
      at,
      after: 0,
    }),
  ),
  { at: /journal\/.*jsonl|orders\.json$/, after: 1 },
);

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 18,
    arbitrary: fc.record({
      kind: fc.constant('together'),
      moves: fc.array(move, { minLength: 1, maxLength: 5 }),
      broken: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: broken }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'restart' }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'torn' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      ms: fc.constantFrom(60_000, 3 * 86_400_000, 20 * 86_400_000),
    }),
  },
);

const letIn = PEOPLE.map((one) => ({
  ...{ kind: 'member', person: one, ceiling: 0, frozen: false, role: 'customer' },
})) satisfies Move[];
const paidIn = PEOPLE.map((one) => ({
  ...{ kind: 'deposit', id: `start-${one}`, person: one, amount: 10 },
})) satisfies Move[];

/** Histories of a shop that has let its people in. */
export const acts: fc.Arbitrary<readonly Act[]> = fc
  .array(act, { minLength: 5, maxLength: 30 })
  .map((rest) => [{ kind: 'together', moves: [...letIn, ...paidIn], broken: undefined }, ...rest]);
