// Random histories of a shop's wallets, against a plain sum kept beside them: nothing is created, lost or overdrawn.

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAccounts } from '../../src/app/accounts.ts';
import type { Move } from '../../src/app/movement.ts';
import { createStandings } from '../../src/app/standing.ts';
import { availableOf, effectOf, type Entry } from '../../src/domain/ledger.ts';
import { add, dinars, subtract, ZERO, type Centimes } from '../../src/domain/money.ts';
import { newMember, type Member } from '../../src/domain/shop.ts';
import { line, ref } from '../domain/an-order.ts';
import { openShop } from './shop.ts';

const OWNERS = [7, 8];
const AGENTS = [21, 22];
const CUSTOMERS = [31, 32];
const PEOPLE = [...AGENTS, ...CUSTOMERS];
const CEILING = dinars(700);

const person = fc.constantFrom(...PEOPLE);
const owner = fc.constantFrom(...OWNERS);
const amount = fc.integer({ min: 1, max: 3000 });

/** `again` repeats an earlier movement or verdict with the same id. */
const action = fc.oneof(
  fc.record({ do: fc.constant('deposit'), by: owner, person, amount, again: fc.boolean() }),
  fc.record({
    ...{ do: fc.constant('correct'), by: owner, person, again: fc.boolean() },
    amount: fc.integer({ min: -3000, max: 3000 }).filter((sum) => sum !== 0),
  }),
  fc.record({
    ...{ do: fc.constant('transfer'), person, amount, again: fc.boolean() },
    to: person,
  }),
  fc.record({ do: fc.constant('ask'), person, amount }),
  fc.record({
    ...{ do: fc.constant('decide'), by: owner, approved: fc.boolean(), which: fc.nat(5) },
    closed: fc.boolean(),
  }),
  fc.record({ do: fc.constant('buy'), person, amount: fc.constantFrom(500, 1000, 2000) }),
  fc.record({ do: fc.constant('end'), refuse: fc.boolean() }),
);

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

async function openWorld() {
  const shop = openShop();
  const { store, clock } = shop;
  let drawn = 0;
  const standings = createStandings({ store, ownerIds: OWNERS, open: false, clock: clock.now });
  const newId = (): string => `m${(drawn += 1)}`;
  const accounts = createAccounts({
    ...{ store, standings, clock: clock.now, newId, filled: () => undefined },
  });
  const members: Member[] = PEOPLE.map((id) => ({
    ...newMember({ id, name: `P${id}`, username: null }, 0),
    ...{ rev: 1, role: AGENTS.includes(id) ? 'agent' : 'customer' },
    ceiling: AGENTS.includes(id) ? CEILING : ZERO,
  }));
  await store.change({ puts: members, entries: [], audit: [] });
  /** What was put on wallets and taken off again by owners, as the answers said. */
  let put: Centimes = ZERO;
  let last: Move | undefined;
  let bought = 0;

  const moveFor = (again: boolean): Move => (again ? last : undefined) ?? accounts.newMove();

  async function byOwner(one: Extract<Action, { do: string; by: number; amount: number; again: boolean }>) {
    const move = moveFor(one.again);
    const kind = one.do === 'deposit' ? 'deposit' : 'correction';
    const made = { by: one.by, person: one.person, amount: dinars(one.amount), reason: 'why' };
    const result = await accounts.byOwner(move, { ...made, kind });
    if (result.kind === 'moved') put = add(put, made.amount);
    last = move;
  }

  async function buy(buyer: number, value: number): Promise<void> {
    bought += 1;
    const role = AGENTS.includes(buyer) ? 'agent' : 'customer';
    const number = line(`0363${String(bought).padStart(5, '0')}`);
    const price = dinars(value);
    const name = ref(`t${String(bought).padStart(7, '0')}`);
    await shop.counter.place({
      twinAccepted: true,
      purchase: {
        ...{ ref: name, service: 'ADSL', line: number, buyer, buyerName: 'P', role, language: 'en' },
        ...{ value: price, cost: price, price, chatId: buyer, threadId: null, messageId: null },
      },
    });
  }

  async function end(refuse: boolean): Promise<void> {
    const open = (await store.active()).find(({ state }) => state.name === 'confirmed');
    if (open === undefined) return;
    if (refuse) shop.topups.sendings.push({ kind: 'refused', refusal: { reason: 'wrong-number' } });
    await shop.advance(open);
    if (refuse) return;
    shop.topups.set(open.ref, { status: { kind: 'fulfilled' } });
    await shop.follow(open.ref);
  }

  const decideAs = (id: number, request: string, approved: boolean) =>
    accounts.decide({ id, name: `P${id}` }, request, approved);

  async function decide({ by, which, approved, closed }: Extract<Action, { which: number }>): Promise<void> {
    const requests = await store.records('request');
    const request = requests[which % Math.max(1, requests.length)];
    if (request === undefined) return;
    const results = await Promise.all(OWNERS.map((one) => decideAs(one, request.id, approved)));
    results.push(await decideAs(by, request.id, true));
    if (closed) await accounts.close(request.id);
    if (closed) expect(await decideAs(by, request.id, true)).toMatchObject({ kind: 'refused' });
    const decided = results.filter(({ kind }) => kind === 'decided');
    expect(decided.length).toBe(request.verdict === null ? 1 : 0);
    if (request.verdict === null && approved) put = add(put, request.amount);
  }

  async function act(one: Action): Promise<void> {
    if ('again' in one && 'by' in one) return byOwner(one);
    if ('to' in one) {
      const move = moveFor(one.again);
      await accounts.transfer(move, one.person, one.to, dinars(one.amount));
      last = move;
    } else if ('which' in one) await decide(one);
    else if ('refuse' in one) await end(one.refuse);
    else if (one.do === 'ask')
      await accounts.ask({ id: newId(), person: one.person, amount: dinars(one.amount), slip: null });
    else await buy(one.person, one.amount);
  }

  async function everyEntry(id: number): Promise<{ entry: Entry; balance: Centimes }[]> {
    const rows: { entry: Entry; balance: Centimes }[] = [];
    let from: Parameters<typeof accounts.statementPage>[1] = null;
    do {
      const page: Awaited<ReturnType<typeof accounts.statementPage>> = await accounts.statementPage(
        id,
        from,
        3,
      );
      rows.push(...page.rows);
      from = page.next;
    } while (from !== null);
    return rows;
  }

  /** Whether everything agrees to the centime. */
  async function check(): Promise<void> {
    store.audit();
    let all = ZERO;
    for (const id of PEOPLE) {
      const wallet = await store.wallet(id);
      const rows = await everyEntry(id);
      const sum = rows.reduce((soFar, { entry }) => add(soFar, effectOf(entry)), ZERO);
      expect(sum).toBe(availableOf(wallet));
      const oldest = rows.at(-1);
      if (oldest !== undefined) expect(oldest.balance).toBe(effectOf(oldest.entry));
      const ceiling = AGENTS.includes(id) ? CEILING : ZERO;
      // No movement may take a wallet below where it may be, so it never is there.
      for (const { balance } of rows) expect(balance).toBeGreaterThanOrEqual(subtract(ZERO, ceiling));
      expect(new Set(rows.map(({ entry }) => entry.id)).size).toBe(rows.length);
      all = add(all, wallet.put);
    }
    // Transfers cancel out: what all wallets were given is what owners gave.
    expect(all).toBe(put);
  }

  return { act, check };
}

it('whatever people do, in whatever order, the wallets agree with what was done', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 40 }), async (actions) => {
      const world = await openWorld();
      for (const one of actions) await world.act(one);
      await world.check();
    }),
    { numRuns: 150 },
  );
});
