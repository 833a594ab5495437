// What every store promises of the shop's records, and of money that no order moves.

import { expect, test } from 'vitest';
import { ENTRY_MEMORY_MS } from '../../src/app/ports.ts';
import { availableOf, EMPTY_WALLET } from '../../src/domain/ledger.ts';
import type { Invite } from '../../src/domain/door.ts';
import { dinars, ZERO } from '../../src/domain/money.ts';
import {
  NEW_HOUSE,
  type CorrectionDraft,
  type CreditRequest,
  type KeptOrder,
} from '../../src/domain/shop.ts';
import { line, NOW } from '../store/orders.ts';
import {
  aMember,
  alter,
  auditLine,
  correction,
  deposit,
  letIn,
  money,
  openingBy,
  shopChange,
  transfer,
} from '../store/shop-changes.ts';
import { still, type MakeStore } from './under-test.ts';

const invite: Invite = {
  kind: 'invite',
  id: 'abc',
  rev: 1,
  role: 'agent',
  by: 1,
  at: NOW,
  until: NOW + 1,
};

export function shopChanges(make: MakeStore): void {
  test('what people write is kept as it is, whatever is in it, and spoils nobody else’s change', async () => {
    const { store } = await make(still);
    const name = 'a\u0000b \ud800 \u202e"\\';
    await Promise.all([
      store.change(shopChange({ puts: [aMember(7, { name })], audit: [{ ...auditLine('7'), why: name }] })),
      store.change(shopChange({ entries: [{ ...money('d1', 'deposit', 8, 100), reason: name }] })),
    ]);
    expect(await store.record('member', 7)).toEqual(aMember(7, { name }));
    expect((await store.auditTrail(null, 5)).rows[0]?.why).toBe(name);
    expect((await store.wallet(8)).put).toBe(dinars(100));
  });

  test('records are put, replaced and dropped, and asked for by kind', async () => {
    const { store } = await make(still);
    const kept: KeptOrder = {
      ...{ kind: 'kept', id: 7, rev: 1, service: 'ADSL', line: line('036362608'), offer: null },
      ...{ value: dinars(500), price: dinars(490), missing: dinars(90), until: NOW },
      ...{ chatId: 7, threadId: 4, flow: 'f1', promptId: null, asked: false, offered: false },
    };
    const draft: CorrectionDraft = {
      ...{
        kind: 'draft',
        id: 'm1',
        rev: 1,
        by: 1,
        person: 7,
        amount: dinars(-300),
        reason: 'twice',
        at: NOW,
      },
    };
    const request: CreditRequest = {
      ...{ kind: 'request', id: 'r1', rev: 1, person: 7, amount: dinars(90), slip: 'photo', at: NOW },
      verdict: { approved: true, by: 1, name: 'Salim', at: NOW, told: false },
      cards: [{ owner: 1, messageId: 12 }],
    };
    const house = { ...NEW_HOUSE, rev: 1, threshold: dinars(5000) };
    await store.change(shopChange({ puts: [aMember(7), aMember(8), invite, kept, draft, request, house] }));
    expect(await store.record('member', 7)).toEqual(aMember(7));
    expect(await store.record('house', 'house')).toEqual(house);
    expect(await store.record('kept', 7)).toEqual(kept);
    expect(await store.record('draft', 'm1')).toEqual(draft);
    expect(await store.record('request', 'r1')).toEqual(request);
    expect(await store.record('kept', 8)).toBeUndefined();
    await alter(store, 7, { frozen: true });
    await store.change(shopChange({ puts: [], drops: ['kept:7', 'kept:7', 'kept:99'] }));
    expect(await store.record('kept', 7)).toBeUndefined();
    expect(await store.records('member')).toEqual([{ ...aMember(7), frozen: true, rev: 2 }, aMember(8)]);
    expect(await store.records('invite')).toEqual([invite]);
    expect(await store.records('group')).toEqual([]);
  });

  test('a change that only looked at a record is stale when that record has changed, come or gone', async () => {
    const { store } = await make(still);
    await letIn(store, 7);
    let count = 0;
    const looked = (key: string, rev: number) =>
      store.change({ ...deposit(`x${(count += 1)}`, 7, 10), lookedAt: [{ key, rev }], puts: [aMember(99)] });
    for (const [key, rev] of [
      ['member:7', 0],
      ['member:7', 2],
      ['member:8', 1],
    ] as const)
      expect(await looked(key, rev)).toEqual({ kind: 'stale' });
    expect(await store.wallet(7)).toEqual(EMPTY_WALLET);
    expect(await store.records('member')).toEqual([aMember(7)]);
    expect(await looked('member:7', 1)).toEqual({ kind: 'done' });
    await store.change(shopChange({ drops: ['member:99'] }));
    expect(await looked('member:8', 0)).toEqual({ kind: 'done' });
    expect((await store.record('member', 7))?.rev).toBe(1);
    await store.change(shopChange({ drops: ['member:7'] }));
    expect(await looked('member:7', 1)).toEqual({ kind: 'stale' });
  });

  test('of changes at once that looked at what the first of them changes, only that one is done', async () => {
    const { store } = await make(still);
    await letIn(store, 7);
    const frozen = { ...aMember(7, { rev: 2, frozen: true }) };
    const [freeze, ...late] = await Promise.all([
      store.change(shopChange({ puts: [frozen] })),
      store.change({ ...deposit('a', 7, 10), lookedAt: [{ key: 'member:7', rev: 1 }] }),
      store.change({ ...deposit('b', 7, 10), lookedAt: [{ key: 'member:7', rev: 2 }] }),
    ]);
    expect(freeze).toEqual({ kind: 'done' });
    expect(late).toEqual([{ kind: 'stale' }, { kind: 'done' }]);
  });

  test('a change that was decided on another revision does nothing at all', async () => {
    const { store } = await make(still);
    await letIn(store, 7);
    const wrong = [
      [aMember(8, { rev: 2 })],
      [aMember(7)],
      [aMember(7, { rev: 3 })],
      [aMember(8), aMember(8)],
    ];
    for (const puts of wrong) {
      const more = { ...deposit('x', 7, 10), puts, drops: ['member:7'], audit: [auditLine('7')] };
      expect(await store.change(more)).toEqual({ kind: 'stale' });
    }
    expect(await store.wallet(7)).toEqual(EMPTY_WALLET);
    expect(await store.records('member')).toEqual([aMember(7)]);
    expect((await store.auditTrail(null, 5)).rows).toEqual([]);
  });

  test('of two changes decided on the same revision at the same time one is taken', async () => {
    const { store } = await make(still);
    await letIn(store, 7);
    const both = [true, false].map((frozen) =>
      store.change(shopChange({ puts: [aMember(7, { rev: 2, frozen })] })),
    );
    expect((await Promise.all(both)).map(({ kind }) => kind)).toEqual(['done', 'stale']);
    expect((await store.record('member', 7))?.frozen).toBe(true);
  });

  test('a record that was dropped begins anew', async () => {
    const { store } = await make(still);
    await letIn(store, 7);
    await store.change(shopChange({ drops: ['member:7'] }));
    expect(await store.change(shopChange({ puts: [aMember(7, { rev: 2 })] }))).toEqual({ kind: 'stale' });
    expect(await store.change(shopChange({ puts: [aMember(7)] }))).toEqual({ kind: 'done' });
    const swap = shopChange({ puts: [aMember(7, { rev: 2 })], drops: ['member:7'] });
    expect(await store.change(swap)).toEqual({ kind: 'done' });
    expect(await store.records('member')).toEqual([]);
  });

  test('money that was moved is not moved again, and nothing else of the repeated change happens', async () => {
    const { store, audit } = await make(still);
    const twice = { ...deposit('d1', 7, 100), puts: [invite], audit: [auditLine('7')] };
    const kinds = (await Promise.all([store.change(twice), store.change(twice)])).map(({ kind }) => kind);
    expect(kinds).toEqual(['done', 'exists']);
    expect(await store.change({ ...deposit('d1', 8, 5), drops: ['invite:abc'] })).toEqual({ kind: 'exists' });
    const half = shopChange({ entries: [money('d2', 'deposit', 7, 1), money('d1', 'deposit', 7, 1)] });
    expect(await store.change(half)).toEqual({ kind: 'exists' });
    expect((await store.wallet(7)).put).toBe(dinars(100));
    expect(await store.records('invite')).toEqual([invite]);
    expect((await store.auditTrail(null, 5)).rows).toEqual([auditLine('7')]);
    await audit();
  });

  test('an entry is known again for two days, and not for ever', async () => {
    let now = NOW;
    const { store } = await make(() => now);
    await store.change(deposit('d1', 7, 100));
    now += ENTRY_MEMORY_MS;
    expect(await store.change(deposit('d1', 7, 100))).toEqual({ kind: 'exists' });
    now += 1;
    expect(await store.change(deposit('d1', 7, 100))).toEqual({ kind: 'done' });
    expect(await store.change(deposit('d1', 7, 100))).toEqual({ kind: 'exists' });
  });

  test('a transfer moves what there is from one to the other, and no more', async () => {
    const { store, audit } = await make(still);
    await letIn(store, 7, 1000);
    await store.commit(openingBy(7, 'one', 300));
    expect(await store.change(transfer('t1', 7, 8, 701))).toEqual({
      ...{ kind: 'short', available: dinars(700) },
      ceiling: ZERO,
    });
    expect(await store.change(transfer('t2', 7, 8, 700))).toEqual({ kind: 'done' });
    expect(availableOf(await store.wallet(7))).toBe(0);
    expect(await store.wallet(8)).toEqual({ ...EMPTY_WALLET, put: dinars(700) });
    await audit();
  });

  test('a correction may take away what there is; a wallet that is too low may rise, and stay, but not fall', async () => {
    const { store, audit } = await make(still);
    await letIn(store, 7, 100, { ceiling: dinars(50) });
    expect((await store.change(correction('c1', 7, -151))).kind).toBe('short');
    expect((await store.change(correction('c2', 7, -150))).kind).toBe('done');
    await alter(store, 7, { ceiling: ZERO });
    const stays = { kind: 'short', available: dinars(-50), ceiling: ZERO };
    expect(await store.change(correction('c3', 7, -1))).toEqual(stays);
    expect((await store.change(transfer('t1', 7, 7, 10))).kind).toBe('done');
    expect((await store.change(deposit('d1', 7, 20))).kind).toBe('done');
    expect(availableOf(await store.wallet(7))).toBe(dinars(-30));
    await audit();
  });

  test('what a wallet may do is judged by the records as the change leaves them', async () => {
    const { store } = await make(still);
    await letIn(store, 7);
    const both = { ...correction('c1', 7, -40), puts: [aMember(7, { rev: 2, ceiling: dinars(40) })] };
    expect((await store.change(correction('c0', 7, -40))).kind).toBe('short');
    expect((await store.change(both)).kind).toBe('done');
    expect((await store.change({ ...correction('c2', 7, -1), drops: ['member:7'] })).kind).toBe('short');
  });

  test('what was put in before in the same moment may be spent at once', async () => {
    const { store } = await make(still);
    await letIn(store, 7);
    const steps = [
      store.commit(openingBy(7, 'early', 9)),
      store.change(deposit('d', 7, 9)),
      store.commit(openingBy(7, 'late', 9)),
    ];
    expect((await Promise.all(steps)).map(({ kind }) => kind)).toEqual(['short', 'done', 'done']);
  });

  test('a deposit or transfer below zero is no change at all', async () => {
    const { store } = await make(still);
    await letIn(store, 7, 10);
    await expect(store.change(deposit('d1', 7, -1))).rejects.toThrow(RangeError);
    await expect(store.change(transfer('t1', 8, 7, -5))).rejects.toThrow(RangeError);
    expect((await store.wallet(7)).put).toBe(dinars(10));
  });

  test('a change of nothing is done', async () => {
    const { store } = await make(still);
    expect(await store.change(shopChange({ drops: ['member:7'] }))).toEqual({ kind: 'done' });
  });
}
