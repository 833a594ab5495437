// What every store promises of twins: the same value confirmed for the same line a moment ago, unless the person says yes to
// a second one.

import { expect, test } from 'vitest';
import type { Change, Opening, Store } from '../../src/app/ports.ts';
import { dinars, ZERO } from '../../src/domain/money.ts';
import type { Purchase } from '../../src/domain/purchase.ts';
import {
  advance,
  buy,
  change,
  DELIVERED,
  GIVEN_BACK,
  line,
  NOW,
  opening,
  orderIn,
  ref,
  SENT,
  SHOWN,
  unlessTwin,
} from '../store/orders.ts';
import { alter, letIn, openingBy } from '../store/shop-changes.ts';
import { still, type MakeStore } from './under-test.ts';

/** Confirms the same again under another reference, which has to be no twin. */
const again = (name: string, more: Partial<Purchase> = {}, since = NOW): Opening =>
  unlessTwin(opening(name, more), since);

const elsewhere = (name: string): Opening => opening(name, { line: line('036362609') });

/** The first is on its way when the others come, which are then written together. */
const together = (store: Store, [first, second, third]: readonly [Change, Change, Change]) =>
  Promise.all([store.commit(first), store.commit(second), store.commit(third)]);

export function twins(make: MakeStore): void {
  const open = async (store: Store, name: string) => orderIn(await store.commit(opening(name)));

  test('a twin is refused, with the order that it would repeat, and leaves nothing behind', async () => {
    const { store, audit } = await make(still);
    const first = await open(store, 'one');
    expect(await store.commit(again('two', { buyer: 8 }))).toEqual({ kind: 'twin', order: first });
    expect(await store.byRef(ref('order-two'))).toBeUndefined();
    expect(await store.books()).toEqual({ held: first.price, taken: ZERO });
    expect((await open(store, 'three')).no).toBe(first.no + 1);
    await audit();
  });

  test('the newest counts, and a second yes is never refused', async () => {
    const { store } = await make(still);
    const newest = orderIn(await store.commit(opening('one', {}, NOW + 1)));
    await open(store, 'two');
    expect(await store.commit(again('three'))).toEqual({ kind: 'twin', order: newest });
    expect((await open(store, 'three')).no).toBe(newest.no + 2);
  });

  test.each([
    ['for another line', unlessTwin(elsewhere('two'), NOW)],
    ['of another value', again('two', { value: dinars(500) })],
    ['later than it matters', again('two', {}, NOW + 1)],
  ])('an order %s is no twin', async (_what, second) => {
    const { store } = await make(still);
    await open(store, 'one');
    expect((await store.commit(second)).kind).toBe('done');
  });

  test('what was refunded or rejected is repeated without asking', async () => {
    const { store } = await make(still);
    await buy(store, 'one', {}, GIVEN_BACK);
    await advance(store, await open(store, 'two'), [{ type: 'given-up' }]);
    expect((await store.commit(again('three'))).kind).toBe('done');
  });

  test('what was delivered, or a person has to look at, is not', async () => {
    const { store } = await make(still);
    const delivered = await buy(store, 'one');
    expect(await store.commit(again('two'))).toEqual({ kind: 'twin', order: delivered });
    const other = { ...DELIVERED, snapshot: { ...DELIVERED.snapshot, number: '036000000' } };
    const inReview = await advance(store, await open(store, 'three'), [...SENT, other]);
    expect(inReview.state.name).toBe('review');
    expect(await store.commit(again('four'))).toEqual({ kind: 'twin', order: inReview });
  });

  test('of twins at once one is opened, and the others hear of it', async () => {
    const { store, audit } = await make(still);
    const names = ['one', 'two', 'three', 'four', 'five'];
    const [first, ...rest] = await Promise.all(names.map((name) => store.commit(again(name))));
    expect(first?.kind).toBe('done');
    expect(rest.map((one) => [one.kind, orderIn(one).ref])).toEqual(
      rest.map(() => ['twin', ref('order-one')]),
    );
    await audit();
  });

  test('what the changes just before made of an order counts', async () => {
    const { store } = await make(still);
    const first = await open(store, 'one');
    const givenUp = change(first, { type: 'given-up' });
    const [, , second] = await together(store, [elsewhere('other'), givenUp, again('two')]);
    expect(second.kind).toBe('done');
    const delivered = await advance(store, orderIn(second), [...SENT, DELIVERED]);
    const shown = change(delivered, SHOWN);
    const [, closed, third] = await together(store, [elsewhere('later'), shown, again('three')]);
    expect(third).toEqual({ kind: 'twin', order: orderIn(closed) });
  });

  test('an order confirmed again is itself and not its own twin, open or closed', async () => {
    const { store } = await make(still);
    const [first, second] = await Promise.all([store.commit(again('one')), store.commit(again('one'))]);
    expect([first.kind, second.kind]).toEqual(['done', 'exists']);
    const closed = await advance(store, orderIn(first), [...SENT, DELIVERED, SHOWN]);
    expect(await store.commit(again('one'))).toEqual({ kind: 'exists', order: closed });
  });

  test('whoever may not buy or can’t pay hears that, and not of a twin', async () => {
    const { store } = await make(still);
    await letIn(store, 7, 1500);
    await store.commit(openingBy(7, 'one', 1000));
    const second = unlessTwin(openingBy(7, 'two', 1000), NOW);
    expect((await store.commit(second)).kind).toBe('short');
    await alter(store, 7, { ceiling: dinars(500) });
    expect((await store.commit(second)).kind).toBe('twin');
    await alter(store, 7, { frozen: true });
    expect((await store.commit(second)).kind).toBe('barred');
  });
}
