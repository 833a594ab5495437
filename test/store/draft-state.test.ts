// The next state beside the one on disk: nobody sees the old one altered, and its journal lines are numbered on.

import { describe, expect, it } from 'vitest';
import { walletOf } from '../../src/domain/ledger.ts';
import { recordKey } from '../../src/domain/shop.ts';
import { draftState, memberIn, type Carry } from '../../src/store/draft-state.ts';
import { EMPTY_STATE, type HotState } from '../../src/store/hot-state.ts';
import { makeShopRecord } from '../../src/store/shop-record.ts';
import { posted } from '../../src/store/wallets.ts';
import { NOW } from './orders.ts';
import { aMember, auditLine, money } from './shop-changes.ts';

const DEPOSIT = money('d1', 'deposit', 7, 100);
const happening = { puts: [], drops: [], entries: [DEPOSIT], audit: [] };
const KARIM = aMember(20);

/** Seven lines written, one wallet, one member. */
function aState(): HotState {
  const draft = draftState({ ...EMPTY_STATE, seq: 7 }, NOW, 'no');
  draft.keepWallets(posted(draft.walletOf, [DEPOSIT]));
  draft.shop.set(recordKey(KARIM), makeShopRecord(KARIM));
  return draft.next();
}

describe('a draft', () => {
  it('leaves what it began on as it was', () => {
    const from = aState();
    const draft = draftState(from, NOW, 'no');
    draft.keepWallets(posted(draft.walletOf, [DEPOSIT]));
    draft.shop.delete(recordKey(KARIM));
    expect(draft.walletOf(walletOf(7))?.put).toBe(2 * DEPOSIT.amount);
    expect(from.wallets.get(walletOf(7))?.wallet.put).toBe(DEPOSIT.amount);
    expect(from.shop.size).toBe(1);
    expect(draft.next().shop.size).toBe(0);
  });

  it('in which nothing happens is the state it began on, without a copy', () => {
    const from = aState();
    const draft = draftState(from, NOW, 'yes');
    const next = draft.next();
    expect(draft.changed).toBe(false);
    expect([next.records, next.wallets, next.shop]).toEqual([from.records, from.wallets, from.shop]);
    expect(next.wallets).toBe(from.wallets);
  });

  it('knows a member as the change leaves them', () => {
    const draft = draftState(aState(), NOW, 'no');
    const key = recordKey(KARIM);
    const frozen = makeShopRecord({ ...KARIM, frozen: true });
    expect(memberIn(draft, 20)).toMatchObject({ frozen: false });
    expect(memberIn(draft, 20, new Map([[key, frozen]]))).toMatchObject({ frozen: true });
    expect(memberIn(draft, 20, new Map([[key, undefined]]))).toBeUndefined();
  });
});

describe('the lines of the journal', () => {
  it.each<[Carry, boolean, number[]]>([
    ['no', false, []],
    ['no', true, [7]],
    ['yes', false, []],
    ['yes', true, [7, 8]],
    ['always', false, [7]],
    ['always', true, [7, 8]],
  ])('with balances carried "%s" and something noted (%s) have the numbers %j', (carry, noted, numbers) => {
    const draft = draftState(aState(), NOW, carry);
    if (noted) draft.note(happening);
    const heads = draft.lines().map(({ head }) => head);
    expect(heads.map(({ seq }) => seq)).toEqual(numbers);
    expect(heads.map(({ batch }) => batch)).toEqual(numbers.map(() => 7));
    expect(draft.next().seq).toBe(7 + numbers.length);
    if (carry !== 'no' && numbers.length > 0)
      expect(heads[0]).toMatchObject({ balances: 'first', moves: [] });
  });

  it('that could not be read again are refused, and nothing of them stays', () => {
    const draft = draftState(aState(), NOW, 'no');
    const audit = Array.from({ length: 1_000 }, () => auditLine('7'));
    expect(() => draft.note({ ...happening, audit })).toThrow(RangeError);
    expect(draft.lines()).toEqual([]);
    expect(draft.moneyIds.size).toBe(0);
    draft.note(happening);
    expect([...draft.moneyIds]).toEqual(['d1']);
  });
});
