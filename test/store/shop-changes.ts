// Changes of the shop for the stores' tests: people who are let in, and money that comes into wallets and leaves them.

import type { Opening, ShopChange, Store } from '../../src/app/ports.ts';
import { walletOf, type Entry, type MoneyKind } from '../../src/domain/ledger.ts';
import { dinars } from '../../src/domain/money.ts';
import type { Purchase } from '../../src/domain/purchase.ts';
import { newMember, type AuditLine, type Member } from '../../src/domain/shop.ts';
import { NOW, opening } from './orders.ts';

export const OWNER = 1;

/** Nothing but what is given. */
export const shopChange = (more: Partial<ShopChange>): ShopChange => ({
  puts: [],
  entries: [],
  audit: [],
  ...more,
});

/** An entry of somebody's wallet, in whole dinars. */
export function money(id: string, kind: MoneyKind, person: number, amountDa: number, at = NOW): Entry {
  const account = walletOf(person);
  return { id, account, kind, amount: dinars(amountDa), at, by: String(OWNER), reason: 'cash', ref: id };
}

export const deposit = (id: string, person: number, amountDa: number): ShopChange =>
  shopChange({ entries: [money(id, 'deposit', person, amountDa)] });

export const correction = (id: string, person: number, amountDa: number): ShopChange =>
  shopChange({ entries: [money(id, 'correction', person, amountDa)] });

export const transfer = (id: string, from: number, to: number, amountDa: number): ShopChange =>
  shopChange({
    entries: [
      money(`${id}:out`, 'transfer-out', from, amountDa),
      money(`${id}:in`, 'transfer-in', to, amountDa),
    ],
  });

export const auditLine = (about: string, at = NOW): AuditLine => ({
  by: String(OWNER),
  at,
  what: 'deposit',
  about,
  why: 'نقدا',
});

/** The first revision of somebody who may buy as a customer. */
export const aMember = (id: number, more: Partial<Member> = {}): Member => ({
  ...newMember({ id, name: `Person ${id}`, username: null }, NOW),
  rev: 1,
  role: 'customer',
  ...more,
});

/** Lets somebody in with so much on the wallet, in dinars. */
export async function letIn(
  store: Store,
  id: number,
  amountDa = 0,
  more: Partial<Member> = {},
): Promise<Member> {
  const member = aMember(id, more);
  const entries = amountDa === 0 ? [] : [money(`first-${id}`, 'deposit', id, amountDa)];
  const changed = await store.change(shopChange({ puts: [member], entries }));
  if (changed.kind !== 'done') throw new Error(`letting in was ${changed.kind}`);
  return member;
}

/** Changes a member's record; gives it as it then is. */
export async function alter(store: Store, id: number, more: Partial<Member>): Promise<Member> {
  const known = await store.record('member', id);
  if (known === undefined) throw new Error(`nobody is ${id}`);
  const next: Member = { ...known, ...more, rev: known.rev + 1 };
  const changed = await store.change(shopChange({ puts: [next] }));
  if (changed.kind !== 'done') throw new Error(`the change was ${changed.kind}`);
  return next;
}

/** An order on somebody's own wallet. */
export const openingBy = (
  buyer: number,
  name: string,
  priceDa = 1000,
  more: Partial<Purchase> = {},
): Opening => opening(name, { buyer, role: 'customer', price: dinars(priceDa), ...more });
