// Strangers who ask to be let in: once at a time, quiet after a no, and no flood of cards for the owners.

import { beforeEach, describe, expect, it } from 'vitest';
import { CARDS_AN_HOUR, MOST_WAITING } from '../../src/app/asks.ts';
import { QUIET_MS } from '../../src/domain/door.ts';
import { HOUR, MINUTE } from '../domain/an-order.ts';
import * as shop from './open-members.ts';
import { KARIM, NADIA, openMembers } from './open-members.ts';

const OWNER = { id: shop.OWNER, name: 'Owner' };
const COLLEAGUE = { id: shop.COLLEAGUE, name: 'Collègue' };

let { store, clock, members, known } = openMembers();

beforeEach(() => {
  ({ store, clock, members, known } = openMembers());
});

const somebody = (id: number) => ({ id, name: `P${id}`, username: null });

describe('a stranger’s request', () => {
  it('is heard once', async () => {
    const both = await Promise.all([members.ask(NADIA), members.ask(NADIA)]);
    expect(both.map(({ kind }) => kind)).toEqual(['asked', 'waiting']);
    expect(await members.ask(NADIA)).toEqual({ kind: 'waiting' });
  });

  it('is answered by the first owner, whoever presses when, and the other hears who it was', async () => {
    await members.ask(NADIA);
    const answers = await Promise.all([
      members.answer(OWNER, NADIA.id, 'agent'),
      members.answer(COLLEAGUE, NADIA.id, null),
    ]);
    expect(answers).toMatchObject([
      { kind: 'done', member: { role: 'agent' } },
      { kind: 'before', ask: { answer: { role: 'agent', by: OWNER.id, name: 'Owner' } } },
    ]);
    expect(await known()).toMatchObject({ role: 'agent', rev: 1 });
    expect(await members.ask(NADIA)).toEqual({ kind: 'is-member' });
    const { rows } = await store.auditTrail(null, 10);
    expect(rows).toMatchObject([
      { by: '7', what: 'role', about: '501', note: { kind: 'role', from: null, to: 'agent' } },
    ]);
  });

  it('is answered by owners alone', async () => {
    await members.ask(NADIA);
    expect(await members.answer(KARIM, NADIA.id, 'agent')).toEqual({ kind: 'refused', why: 'owners-only' });
    expect(await known()).toBeUndefined();
    expect(await members.answer(OWNER, 999, 'agent')).toEqual({ kind: 'refused', why: 'no-such-person' });
  });

  it('that was refused is not asked again for a day, and a link still lets in', async () => {
    await members.ask(NADIA);
    await members.answer(OWNER, NADIA.id, null);
    const until = clock.now() + QUIET_MS;
    clock.pass(QUIET_MS - 1);
    await members.tidy();
    expect(await members.ask(NADIA)).toEqual({ kind: 'turned-away', until });
    clock.pass(1);
    expect(await members.ask(NADIA)).toMatchObject({ kind: 'asked' });
    await members.answer(COLLEAGUE, NADIA.id, null);
    const { token = '' } = (await members.invite(OWNER.id, 'customer')) ?? {};
    expect((await members.join(NADIA, token)).kind).toBe('joined');
  });

  it('of somebody who was removed is none', async () => {
    await members.ask(NADIA);
    await members.answer(OWNER, NADIA.id, 'agent');
    await members.remove(OWNER.id, NADIA.id);
    expect(await members.ask(NADIA)).toEqual({ kind: 'removed' });
  });

  it('that was refused may be let in by an owner who changes his mind', async () => {
    await members.ask(NADIA);
    await members.answer(OWNER, NADIA.id, null);
    expect(await members.known(NADIA.id)).toMatchObject({ ask: { answer: { role: null } } });
    expect(await members.setRole(COLLEAGUE.id, NADIA.id, 'customer')).toMatchObject({ kind: 'done' });
    expect(await known()).toMatchObject({ role: 'customer', frozen: false, name: 'Nadia' });
  });

  it('makes nobody a member by anything else that an owner may do to people', async () => {
    await members.ask(NADIA);
    for (const outcome of [
      await members.setFrozen(OWNER.id, NADIA.id, true),
      await members.remove(OWNER.id, NADIA.id),
      await members.setPrice(OWNER.id, NADIA.id, { belowCost: true }),
    ])
      expect(outcome.kind).toBe('refused');
    expect(await known()).toBeUndefined();
  });
});

describe('what is kept of it', () => {
  it('goes a day after the answer; who was turned away, by whom, stays in the audit', async () => {
    await members.ask(NADIA);
    await members.ask(KARIM);
    await members.answer(OWNER, NADIA.id, null);
    await members.answer(OWNER, KARIM.id, 'customer');
    clock.pass(QUIET_MS);
    await members.tidy();
    expect(await store.records('ask')).toEqual([]);
    expect((await members.everybody()).map(({ member }) => member.name)).toEqual(['Karim']);
    const { rows } = await store.auditTrail(null, 10);
    expect(rows).toMatchObject([
      { note: { kind: 'role', to: 'customer' } },
      { note: { kind: 'turned-away' }, why: 'Nadia' },
    ]);
  });

  it('waits for an answer for a month, and may then be asked again', async () => {
    await members.ask(NADIA);
    clock.pass(30 * QUIET_MS);
    await members.tidy();
    expect(await members.ask(NADIA)).toEqual({ kind: 'waiting' });
    clock.pass(1);
    expect(await members.ask(NADIA)).toMatchObject({ kind: 'asked' });
    clock.pass(31 * QUIET_MS);
    await members.tidy();
    expect(await store.records('ask')).toEqual([]);
  });

  it('is where the owners’ cards stand', async () => {
    await members.ask(NADIA);
    const cards = [{ owner: 7, messageId: 3 }];
    expect(await members.rememberCards(NADIA.id, cards)).toMatchObject({ cards });
    expect(await members.answer(OWNER, NADIA.id, 'agent')).toMatchObject({ ask: { cards } });
    expect(await members.rememberCards(KARIM.id, cards)).toBeUndefined();
    expect(await store.record('ask', KARIM.id)).toBeUndefined();
  });
});

describe('many who ask at once', () => {
  it('give the owners so many cards an hour, then one line, then nothing but its count', async () => {
    const told: string[] = [];
    for (let id = 1_000; id < 1_000 + CARDS_AN_HOUR + 5; id += 1) {
      const asked = await members.ask(somebody(id));
      told.push(asked.kind === 'asked' ? `${asked.announce} ${asked.uncarded}` : asked.kind);
      clock.pass(MINUTE);
    }
    expect(told).toEqual([
      ...Array<string>(CARDS_AN_HOUR).fill('card 0'),
      ...['line 1', 'nothing 2', 'nothing 3', 'nothing 4', 'nothing 5'],
    ]);
    expect((await members.everybody()).length).toBe(CARDS_AN_HOUR + 5);
    clock.pass(HOUR);
    expect(await members.ask(NADIA)).toMatchObject({ announce: 'card', uncarded: 0 });
  });

  it('are counted one by one when they come in the same moment', async () => {
    const crowd = Array.from({ length: MOST_WAITING + 50 }, (_, i) => members.ask(somebody(1_000 + i)));
    const came = (await Promise.all(crowd)).map((one) => (one.kind === 'asked' ? one.announce : one.kind));
    const count = (what: string): number => came.filter((one) => one === what).length;
    expect([count('card'), count('line'), count('full')]).toEqual([CARDS_AN_HOUR, 1, 50]);
  });

  it('are told to come back when more wait than any shop answers', async () => {
    for (let id = 1_000; id < 1_000 + MOST_WAITING; id += 1) await members.ask(somebody(id));
    expect(await members.ask(NADIA)).toEqual({ kind: 'full' });
    expect(await members.ask(somebody(1_000))).toEqual({ kind: 'waiting' });
    await members.answer(OWNER, 1_000, null);
    expect(await members.ask(NADIA)).toMatchObject({ kind: 'asked' });
  });
});
