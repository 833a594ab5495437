// How owners name the person whose wallet they mean.

import { afterEach, expect, it, vi } from 'vitest';
import { createStandings } from '../../src/app/standing.ts';
import { createWalletPeople } from '../../src/bot/wallet-people.ts';
import { newMember } from '../../src/domain/shop.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
afterEach(() => vi.restoreAllMocks());

const PEOPLE = 50;

async function aShopOf(people: number) {
  const { store, clock } = counter.shop;
  const puts = Array.from({ length: people }, (_, i) => {
    const who = { id: 1_000 + i, name: `Nadia Ben Salah ${i}`, username: null };
    return { ...newMember(who, clock.now()), role: 'customer', rev: 1 } as const;
  });
  await store.change({ puts, entries: [], audit: [] });
  const standings = createStandings({ store, ownerIds: [OWNER], open: false, clock: clock.now });
  return createWalletPeople({ members: counter.cases.members, store, standings });
}

it('a long reason behind a name is the reason, and a page of words is not compared with everybody word by word', async () => {
  const people = await aShopOf(PEOPLE);
  const reason = 'counted twice '.repeat(300).trim();
  const [who, rest] = await people.startOf(`Nadia Ben Salah 7 ${reason}`);
  expect(who).toMatchObject({ kind: 'found', member: { id: 1_007 } });
  expect(rest).toBe(reason);
  const folding = vi.spyOn(String.prototype, 'normalize');
  expect(await people.startOf(reason)).toMatchObject([{ kind: 'no', why: 'no-such-person' }, '']);
  expect(folding.mock.calls.length).toBeLessThan(PEOPLE * 40);
});
