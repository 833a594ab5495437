// What every store promises of statements, the audit trail and searches among orders.

import { expect, test } from 'vitest';
import { everyRow } from '../../src/app/pages.ts';
import type { OrderFilter, Store } from '../../src/app/ports.ts';
import { walletOf, type Entry } from '../../src/domain/ledger.ts';
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
  SENT,
  SHOWN,
} from '../store/orders.ts';
import { auditLine, deposit, letIn, money, openingBy, shopChange, transfer } from '../store/shop-changes.ts';
import { still, type MakeStore } from './under-test.ts';

const statementOf = (store: Store, person: number, limit = 3): Promise<readonly Entry[]> =>
  everyRow((before) => store.statement(walletOf(person), before, limit));

export function pages(make: MakeStore): void {
  test('a statement has every entry of one account once, newest first, but for captures', async () => {
    const { store } = await make(still);
    await letIn(store, 7, 1000);
    const order = orderIn(await store.commit(openingBy(7, 'one', 100)));
    await store.change(deposit('other', 8, 5));
    await store.change(transfer('t', 7, 8, 20));
    await advance(store, order, [...SENT, DELIVERED, SHOWN]);
    const given = orderIn(await store.commit(openingBy(7, 'two', 50)));
    await advance(store, given, [...SENT, GIVEN_BACK, SHOWN]);
    await buy(store, 'owners');
    const told = (await statementOf(store, 7)).map(({ kind, amount }) => [kind, amount / 100]);
    expect(told).toEqual([
      ['release', 50],
      ['hold', 50],
      ['transfer-out', 20],
      ['hold', 100],
      ['deposit', 1000],
    ]);
    expect((await statementOf(store, 8)).map(({ id }) => id)).toEqual(['t:in', 'other']);
    expect(await store.statement('shop', null, 5)).toEqual({ rows: [], next: null });
  });

  test('no entry of a change is lost between two pages, and the last page says so', async () => {
    const { store } = await make(still);
    const entries = Array.from({ length: 7 }, (_, i) => money(`e${i}`, 'deposit', 7 + (i % 2), 1));
    await store.change(shopChange({ entries }));
    await store.change(shopChange({ entries: [money('f', 'deposit', 7, 1), money('g', 'deposit', 7, 1)] }));
    for (const limit of [1, 2, 3, 6, 9])
      expect((await statementOf(store, 7, limit)).map(({ id }) => id)).toEqual([
        'g',
        'f',
        'e6',
        'e4',
        'e2',
        'e0',
      ]);
    const whole = await store.statement(walletOf(7), null, 6);
    expect(whole.next).toBeNull();
  });

  test('a page stays where it was when entries are added', async () => {
    const { store } = await make(still);
    for (const id of ['a', 'b', 'c']) await store.change(deposit(id, 7, 1));
    const first = await store.statement(walletOf(7), null, 2);
    await store.change(deposit('d', 7, 1));
    const second = await store.statement(walletOf(7), first.next, 2);
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  test('what people did is told newest first, what they did to an order too', async () => {
    const { store } = await make(still);
    const order = await advance(store, orderIn(await store.commit(opening('one'))), SENT);
    await store.change(shopChange({ audit: [auditLine('a'), auditLine('b')] }));
    const shown = { ...change(order, { ...SHOWN, ended: false }), audit: auditLine('order') };
    await store.commit(shown);
    expect((await store.commit(shown)).kind).toBe('stale');
    await store.change(deposit('silent', 7, 1));
    const trail = await everyRow((before) => store.auditTrail(before, 2));
    expect(trail).toEqual([auditLine('order'), auditLine('b'), auditLine('a')]);
  });

  test('orders are found by buyer, line, time and state, open and closed together, highest number first', async () => {
    const { store } = await make(still);
    const other = { line: line('036000000'), buyer: 8 };
    await buy(store, 'xa');
    await buy(store, 'xb', other, GIVEN_BACK);
    const later = await buy(store, 'xc', {}, DELIVERED, NOW + 5);
    await store.commit(opening('xd', other));
    await advance(store, orderIn(await store.commit(opening('xe'))), [...SENT, DELIVERED]);
    await buy(store, 'xf', other);
    const found = async (filter: OrderFilter): Promise<string> => {
      const rows = await everyRow((before) => store.orders(filter, before, 2));
      return rows.map((one) => one.ref.slice(-1)).join('');
    };
    expect(await found({})).toBe('fedcba');
    expect(await found({ buyer: 8 })).toBe('fdb');
    expect(await found({ line: later.line })).toBe('eca');
    expect(await found({ since: NOW + 1 })).toBe('c');
    expect(await found({ settledSince: NOW })).toBe('fecba');
    expect(await found({ settledSince: NOW + 5 })).toBe('c');
    expect(await found({ settledSince: NOW + 6 })).toBe('');
    expect(await found({ settledSince: NOW, state: 'refunded' })).toBe('b');
    expect(await found({ open: true })).toBe('d');
    expect(await found({ open: false })).toBe('fecba');
    expect(await found({ state: 'fulfilled' })).toBe('feca');
    expect(await found({ state: 'confirmed' })).toBe('d');
    expect(await found({ buyer: 8, state: 'refunded', line: other.line, since: NOW })).toBe('b');
    expect(await found({ buyer: 9 })).toBe('');
    expect((await store.orders({}, null, 6)).next).toBeNull();
  });

  test('an order is found by when it settled, however long ago it was opened, shown or not', async () => {
    const { store } = await make(still);
    const week = 7 * 24 * 3_600_000;
    const shown = await advance(store, orderIn(await store.commit(opening('old'))), SENT);
    const unshown = await advance(store, orderIn(await store.commit(opening('odd'))), SENT);
    await buy(store, 'new', {}, DELIVERED, NOW + week - 1);
    await advance(store, shown, [DELIVERED, SHOWN], NOW + week);
    await advance(store, unshown, [DELIVERED], NOW + week);
    const rows = await everyRow((before) => store.orders({ settledSince: NOW + week }, before, 1));
    expect(rows.map((one) => one.ref)).toEqual([unshown.ref, shown.ref]);
  });
}
