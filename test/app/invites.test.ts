// One-time links: one person comes in by each, and whoever comes late hears what happened to it.

import { beforeEach, describe, expect, it } from 'vitest';
import { INVITE_MS, MOST_SPENT, SPENT_MS } from '../../src/domain/door.ts';
import { COLLEAGUE, KARIM, NADIA, openMembers, OWNER } from './open-members.ts';

let { store, clock, members, ownedBy, link, known } = openMembers();

beforeEach(() => {
  ({ store, clock, members, ownedBy, link, known } = openMembers());
});

const refused = (why: string) => ({ kind: 'refused', why });
const count = async (kind: 'invite' | 'spent') => (await store.records(kind)).length;

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

  it('settles what the person had asked for, also when that was at the same moment', async () => {
    const token = await link();
    const [joined] = await Promise.all([members.join(NADIA, token), members.ask(NADIA)]);
    expect(joined.kind).toBe('joined');
    expect(await known()).toMatchObject({ role: 'customer' });
    await members.ask(KARIM);
    expect(await members.join(KARIM, await link())).toMatchObject({ kind: 'joined', ask: { id: KARIM.id } });
    expect((await store.records('ask')).filter(({ id }) => id === KARIM.id)).toEqual([]);
    expect(await members.answer({ id: OWNER, name: 'Owner' }, KARIM.id, 'agent')).toMatchObject({
      ...{ kind: 'before', member: { role: 'customer' } },
    });
  });

  it('can be used until it expires', async () => {
    const token = await link();
    clock.pass(INVITE_MS - 1);
    expect((await members.join(NADIA, token)).kind).toBe('joined');
    const late = await link();
    clock.pass(INVITE_MS);
    expect(await members.join(KARIM, late)).toEqual(refused('expired'));
  });

  it('is worth nothing once its maker is no owner any more', async () => {
    const token = await link('agent', COLLEAGUE);
    expect(await ownedBy([OWNER]).join(NADIA, token)).toEqual(refused('expired'));
  });

  it('is for somebody else, says its maker’s own try, before and after it was used', async () => {
    const token = await link();
    const owner = { id: OWNER, name: 'Owner', username: null };
    expect(await members.join(owner, token)).toEqual(refused('own-invite'));
    await members.join(NADIA, token);
    expect(await members.join(owner, token)).toEqual(refused('own-invite'));
  });

  it('does not bring back who used it and was removed', async () => {
    const token = await link();
    await members.join(NADIA, token);
    expect(await members.join(NADIA, token)).toEqual(refused('is-member'));
    await members.remove(OWNER, NADIA.id);
    expect(await members.join(NADIA, token)).toEqual(refused('removed'));
    expect(await members.join(NADIA, await link())).toEqual(refused('removed'));
  });

  it('does nothing when the disk is full', async () => {
    const token = await link();
    store.fail(1);
    await expect(members.join(NADIA, token)).rejects.toThrow();
    expect(await known()).toBeUndefined();
    expect((await members.join(NADIA, token)).kind).toBe('joined');
  });
});

describe('what is kept of a link', () => {
  it('that was used is a trace, and says so for a month', async () => {
    const token = await link();
    await members.join(NADIA, token);
    expect([await count('invite'), await count('spent')]).toEqual([0, 1]);
    clock.pass(INVITE_MS + SPENT_MS);
    await members.tidy();
    expect(await members.join(KARIM, token)).toEqual(refused('used'));
    clock.pass(1);
    await members.tidy();
    expect([await count('invite'), await count('spent')]).toEqual([0, 0]);
    expect(await members.join(KARIM, token)).toEqual(refused('no-such-invite'));
  });

  it('that became too old is a trace, and says so for a month', async () => {
    const token = await link();
    await members.tidy();
    expect(await count('invite')).toBe(1);
    clock.pass(INVITE_MS);
    await members.tidy();
    expect([await count('invite'), await count('spent')]).toEqual([0, 1]);
    expect(await members.join(KARIM, token)).toEqual(refused('expired'));
    expect(JSON.stringify(await store.records('spent')).length).toBeLessThan(120);
  });

  it('is bounded however many are made, the latest first of all', async () => {
    const tokens: string[] = [];
    for (let made = 0; made < MOST_SPENT + 30; made += 1) {
      tokens.push(await link());
      clock.pass(1_000);
    }
    clock.pass(INVITE_MS);
    await members.tidy();
    await members.tidy();
    expect([await count('invite'), await count('spent')]).toEqual([0, MOST_SPENT]);
    expect(await members.join(KARIM, tokens.at(-1) ?? '')).toEqual(refused('expired'));
    expect(await members.join(KARIM, tokens[0] ?? '')).toEqual(refused('no-such-invite'));
  });

  it('is tidied without a write when there is nothing to tidy', async () => {
    await link();
    store.fail(1);
    await members.tidy();
    await expect(link()).rejects.toThrow();
  });
});
