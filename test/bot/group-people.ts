// People for the groups of tests: agents and customers with money of their own, let in without a word.

import { walletOf, type Entry } from '../../src/domain/ledger.ts';
import { dinars } from '../../src/domain/money.ts';
import { newMember, type GivenRole } from '../../src/domain/shop.ts';
import type { Counter } from './open-counter.ts';

export interface Newcomer {
  readonly id: number;
  readonly name: string;
  readonly role: GivenRole;
  /** In dinars. */
  readonly money?: number;
  readonly languageCode?: string;
  /** Has opened the private chat, so that the bot can write there; yes unless told. */
  readonly isOpen?: boolean;
}

/** Adds a person to Telegram and to the shop. */
export async function letIn(counter: Counter, newcomer: Newcomer): Promise<void> {
  const { id, name, role, money = 10_000, languageCode = 'en', isOpen = true } = newcomer;
  const { telegram, shop } = counter;
  telegram.addPerson({ id, firstName: name, languageCode });
  const member = { ...newMember({ id, name, username: null }, shop.clock.now()), role, rev: 1 };
  const deposit: Entry = {
    ...{ id: `d${id}`, account: walletOf(id), kind: 'deposit', amount: dinars(money), at: shop.clock.now() },
    ...{ by: '7', reason: 'cash', ref: `d${id}` },
  };
  const entries = money === 0 ? [] : [deposit];
  const changed = await shop.store.change({ puts: [member], entries, audit: [] });
  if (changed.kind !== 'done') throw new Error(`${name} was not let in: ${changed.kind}`);
  if (isOpen) telegram.start(id);
}
