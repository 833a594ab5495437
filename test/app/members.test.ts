// Who is let in, and what owners change about a person: the first decision counts, and only an owner's.

import { beforeEach, describe, expect, it } from 'vitest';
import { findMembers } from '../../src/app/find-members.ts';
import { createMembers, INVITE_MS, type Members } from '../../src/app/members.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import { newMember, type GivenRole } from '../../src/domain/shop.ts';
import { handClock, type HandClock } from './in-memory.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';

const OWNER = 7;
const COLLEAGUE = 8;
const NADIA = { id: 501, name: 'Nadia', username: 'nadia' };
const KARIM = { id: 502, name: 'Karim', username: null };

let store: MemoryStore;
let clock: HandClock;
let members: Members;
let drawn = 0;

/** The use cases with these owners; the store is the same. */
function shopOf(ownerIds: readonly number[]): Members {
  const standings = createStandings({ store, ownerIds, open: false, clock: clock.now });
  return createMembers({
    store,
    standings,
    clock: clock.now,
    newToken: () => `token-number-${(drawn += 1)}`,
  });
}

beforeEach(() => {
  clock = handClock();
  store = memoryStore(clock.now);
  members = shopOf([OWNER, COLLEAGUE]);
});

async function link(role: GivenRole = 'customer', by = OWNER): Promise<string> {
  const invite = await members.invite(by, role);
  if (invite === undefined) throw new Error('no link');
  return invite.token;
}

const member = async (person = NADIA, role: GivenRole = 'customer'): Promise<void> => {
  await members.join(person, await link(role));
};

const known = (id = NADIA.id) => store.record('member', id);
const audited = async (): Promise<string[]> =>
  (await store.auditTrail(null, 100)).rows.map(({ by, what, about }) => `${by} ${what} ${about}`);

describe('an invitation', () => {
  it('is made by owners alone, and nothing in the store opens the door', async () => {
    expect(await members.invite(NADIA.id, 'agent')).toBeUndefined();
    const token = await link();
    expect(JSON.stringify(await store.records('invite'))).not.toContain(token);
  });

  it('lets one person in, even when two come at the same moment', async () => {
    const token = await link('agent');
    const both = await Promise.all([members.join(NADIA, token), members.join(KARIM, token)]);
    expect(both.map((one) => (one.kind === 'joined' ? 'joined' : one.why)).toSorted()).toEqual([
      'joined',
      'used',
    ]);
    expect((await members.all()).map(({ role }) => role)).toEqual(['agent']);
  });

  it('is not lost when the person asks to be let in at the same moment', async () => {
    const token = await link();
    const [joined] = await Promise.all([members.join(NADIA, token), members.ask(NADIA)]);
    expect(joined.kind).toBe('joined');
    expect(await known()).toMatchObject({ role: 'customer', askedAt: null });
  });

  it('can be used until it expires', async () => {
    const token = await link();
    clock.pass(INVITE_MS - 1);
    expect((await members.join(NADIA, token)).kind).toBe('joined');
    const late = await link();
    clock.pass(INVITE_MS);
    expect(await members.join(KARIM, late)).toEqual({ kind: 'refused', why: 'expired' });
  });

  it('is worth nothing once its maker is no owner any more', async () => {
    const token = await link('agent', COLLEAGUE);
    expect(await shopOf([OWNER]).join(NADIA, token)).toEqual({ kind: 'refused', why: 'expired' });
  });

  it('does not bring back who used it and was removed', async () => {
    const token = await link();
    await members.join(NADIA, token);
    expect(await members.join(NADIA, token)).toEqual({ kind: 'refused', why: 'is-member' });
    await members.remove(OWNER, NADIA.id);
    expect(await members.join(NADIA, token)).toEqual({ kind: 'refused', why: 'removed' });
    expect(await members.join(NADIA, await link())).toEqual({ kind: 'refused', why: 'removed' });
  });

  it('is forgotten a month after it expired', async () => {
    await link();
    clock.pass(INVITE_MS + 31 * 24 * 3_600_000);
    await link();
    expect(await store.records('invite')).toHaveLength(1);
  });

  it('does nothing when the disk is full', async () => {
    const token = await link();
    store.fail(1);
    await expect(members.join(NADIA, token)).rejects.toThrow();
    expect(await known()).toBeUndefined();
    expect((await members.join(NADIA, token)).kind).toBe('joined');
  });
});

describe('a stranger’s request', () => {
  it('is heard once', async () => {
    expect(await Promise.all([members.ask(NADIA), members.ask(NADIA)])).toEqual(['asked', 'waiting']);
    expect(await members.ask(NADIA)).toBe('waiting');
  });

  it('is answered by the first owner, whoever presses when', async () => {
    await members.ask(NADIA);
    const answers = await Promise.all([
      members.answer(OWNER, NADIA.id, 'agent'),
      members.answer(COLLEAGUE, NADIA.id, null),
    ]);
    expect(answers.map(({ kind }) => kind)).toEqual(['done', 'refused']);
    expect(await known()).toMatchObject({ role: 'agent', askedAt: null });
    expect(await members.answeredBy(NADIA.id)).toBe(OWNER);
    expect(await members.ask(NADIA)).toBe('is-member');
  });

  it('that was refused is not asked again, but a link still lets in', async () => {
    await members.ask(NADIA);
    await members.answer(OWNER, NADIA.id, null);
    expect(await members.ask(NADIA)).toBe('turned-away');
    expect((await members.join(NADIA, await link())).kind).toBe('joined');
  });

  it('is answered by owners alone', async () => {
    await members.ask(NADIA);
    expect(await members.answer(KARIM.id, NADIA.id, 'agent')).toEqual({
      kind: 'refused',
      why: 'owners-only',
    });
    expect((await known())?.role).toBeNull();
  });
});

describe('what owners change', () => {
  it('is refused to anybody else, about owners, and about people whom nobody knows', async () => {
    await member();
    for (const [by, person, why] of [
      [NADIA.id, NADIA.id, 'owners-only'],
      [OWNER, COLLEAGUE, 'is-owner'],
      [OWNER, 999, 'no-such-person'],
    ] as const) {
      expect(await members.setRole(by, person, 'agent')).toEqual({ kind: 'refused', why });
      expect(await members.setFrozen(by, person, true)).toEqual({ kind: 'refused', why });
      expect(await members.remove(by, person)).toEqual({ kind: 'refused', why });
      expect(await members.setCeiling(by, person, dinars(1))).toEqual({ kind: 'refused', why });
    }
    expect(await known()).toMatchObject({ role: 'customer', frozen: false });
  });

  it('is written down with who did it', async () => {
    await member();
    await members.setRole(OWNER, NADIA.id, 'agent');
    await members.setCeiling(COLLEAGUE, NADIA.id, dinars(500));
    await members.setFrozen(OWNER, NADIA.id, true);
    await members.setFrozen(OWNER, NADIA.id, false);
    await members.remove(OWNER, NADIA.id);
    expect(await audited()).toEqual([
      ...['7 remove 501', '7 unfreeze 501', '7 freeze 501', '8 ceiling 501', '7 role 501'],
      ...['501 joined 501', '7 invite customer'],
    ]);
  });

  it('twice is done once', async () => {
    await member();
    await members.setFrozen(OWNER, NADIA.id, true);
    expect(await members.setFrozen(COLLEAGUE, NADIA.id, true)).toEqual({ kind: 'refused', why: 'as-it-was' });
    expect(await members.setRole(OWNER, NADIA.id, 'customer')).toEqual({ kind: 'refused', why: 'as-it-was' });
  });

  it('gives credit to agents alone, and takes it along with the role', async () => {
    await member();
    expect(await members.setCeiling(OWNER, NADIA.id, dinars(500))).toEqual({
      kind: 'refused',
      why: 'agents-only',
    });
    await members.setRole(OWNER, NADIA.id, 'agent');
    await members.setCeiling(OWNER, NADIA.id, dinars(500));
    await members.setRole(OWNER, NADIA.id, 'customer');
    expect(await known()).toMatchObject({ ceiling: 0 });
  });

  it('keeps a frozen person frozen through a change of role; one who was removed and let in again may buy', async () => {
    await member();
    await members.setFrozen(OWNER, NADIA.id, true);
    await members.setRole(OWNER, NADIA.id, 'agent');
    expect(await known()).toMatchObject({ role: 'agent', frozen: true });
    await members.remove(OWNER, NADIA.id);
    expect(await members.setFrozen(OWNER, NADIA.id, false)).toEqual({
      kind: 'refused',
      why: 'no-such-person',
    });
    await members.setRole(OWNER, NADIA.id, 'customer');
    expect(await known()).toMatchObject({ role: 'customer', frozen: false });
  });
});

describe('finding people', () => {
  const people = [
    { ...newMember({ id: 501, name: 'Nadia Benali', username: 'nadia_b' }, 0) },
    { ...newMember({ id: 502, name: 'نَادِيَة', username: null }, 0) },
    { ...newMember({ id: 5011, name: 'Éric 501', username: 'eric' }, 0) },
  ];
  it.each([
    ['501', [501]],
    ['٥٠١', [501]],
    ['nadia', [501]],
    ['@nadia', [501]],
    ['@NADIA_B', [501]],
    ['benali', [501]],
    ['نادية', [502]],
    ['ناديه', [502]],
    ['eric', [5011]],
    ['ÉRIC', [5011]],
    ['@501', [501]],
    ['a', [501]],
    ['', []],
    ['@', []],
    ['  ', []],
    ['zohra', []],
  ])('%j', (text, found) => {
    expect(findMembers(people, text).map(({ id }) => id)).toEqual(found);
  });
});
