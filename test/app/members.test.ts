// Who is let in, and what owners change about a person: the first decision counts, and only an owner's.

import { beforeEach, describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import type { GivenRole } from '../../src/domain/shop.ts';
import { COLLEAGUE, NADIA, openMembers, OWNER } from './open-members.ts';

let { store, members, link, known, filled } = openMembers();

beforeEach(() => {
  ({ store, members, link, known, filled } = openMembers());
});

const member = async (person = NADIA, role: GivenRole = 'customer'): Promise<void> => {
  await members.join(person, await link(role));
};

const audited = async (): Promise<string[]> =>
  (await store.auditTrail(null, 100)).rows.map(({ by, what, about }) => `${by} ${what} ${about}`);

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
      ...['7 ceiling 501', '7 remove 501', '7 unfreeze 501', '7 freeze 501', '8 ceiling 501', '7 role 501'],
      ...['501 joined 501', '7 invite shop'],
    ]);
  });

  it('the price and whether it may be below cost are changed apart: two owners in the same moment lose neither', async () => {
    await member();
    const rule = { kind: 'percent', hundredths: -300 } as const;
    await members.setPrice(OWNER, NADIA.id, { belowCost: true });
    await Promise.all([
      members.setPrice(OWNER, NADIA.id, { belowCost: false }),
      members.setPrice(COLLEAGUE, NADIA.id, { rule }),
    ]);
    expect(await known()).toMatchObject({ rule, belowCost: false });
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
    expect(filled).toEqual([NADIA.id]);
    await members.setRole(OWNER, NADIA.id, 'customer');
    expect(await known()).toMatchObject({ ceiling: 0 });
    const { rows } = await store.auditTrail(null, 2);
    expect(rows.map(({ what, note }) => ({ what, note }))).toEqual([
      { what: 'ceiling', note: { kind: 'ceiling', from: dinars(500), to: dinars(0) } },
      { what: 'role', note: { kind: 'role', from: 'agent', to: 'customer' } },
    ]);
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
