// Who somebody is to the shop, asked anew each time.

import { beforeEach, describe, expect, it } from 'vitest';
import { createStandings, type Standings } from '../../src/app/standing.ts';
import { QUIET_MS, type Ask } from '../../src/domain/door.ts';
import { newMember, type Member } from '../../src/domain/shop.ts';
import { handClock } from './in-memory.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';

const OWNER = 7;
const NADIA = { id: 501, name: 'Nadia', username: 'nadia' };

let store: MemoryStore;
const clock = handClock();
beforeEach(() => {
  store = memoryStore(clock.now);
});

const shop = (open = false): Standings =>
  createStandings({ store, ownerIds: [OWNER], open, clock: clock.now });

const keep = async (more: Partial<Member>): Promise<void> => {
  const member = { ...newMember(NADIA, clock.now()), rev: 1, ...more };
  await store.change({ puts: [member], entries: [], audit: [] });
};

async function ask(answer: Ask['answer']): Promise<void> {
  const put: Ask = {
    ...{ kind: 'ask', rev: 1, ...NADIA, at: clock.now(), carded: true, cards: [], answer },
  };
  await store.change({ puts: [put], entries: [], audit: [] });
}

describe('a standing', () => {
  it('is owner for those whom the settings name, whatever a record says', async () => {
    await keep({ id: OWNER, role: 'customer' });
    expect(await shop().meet({ ...NADIA, id: OWNER })).toEqual({ role: 'owner' });
    expect(await shop().of(OWNER)).toEqual({ role: 'owner' });
  });

  it('is nobody’s for a stranger, of whom nothing is kept', async () => {
    expect(await shop().meet(NADIA)).toEqual({ role: null, member: undefined, ask: undefined });
    expect(await store.records('member')).toEqual([]);
  });

  it('counts from the moment it was changed', async () => {
    await keep({ role: 'agent' });
    expect((await shop().of(NADIA.id)).role).toBe('agent');
    await keep({ role: null, rev: 2 });
    expect((await shop().of(NADIA.id)).role).toBeNull();
  });

  it('keeps today’s name, and serves without when the disk is full', async () => {
    await keep({ role: 'customer' });
    store.fail(1);
    expect(await shop().meet({ ...NADIA, name: 'Nadia B.' })).toMatchObject({ role: 'customer' });
    expect(await store.record('member', NADIA.id)).toMatchObject({ name: 'Nadia' });
    await shop().meet({ ...NADIA, name: 'Nadia B.', username: null });
    expect(await store.record('member', NADIA.id)).toMatchObject({ name: 'Nadia B.', username: null });
  });
});

describe('where access is open', () => {
  it('a newcomer is a customer at once, and once', async () => {
    const met = await Promise.all([shop(true).meet(NADIA), shop(true).meet(NADIA)]);
    expect(met.map(({ role }) => role)).toEqual(['customer', 'customer']);
    const { rows } = await store.auditTrail(null, 10);
    expect(rows).toMatchObject([{ what: 'joined', about: '501', by: 'bot' }]);
  });

  it('so is somebody who still waits for an answer', async () => {
    await ask(null);
    expect(await shop(true).meet(NADIA)).toMatchObject({ role: 'customer' });
    expect(await store.records('ask')).toEqual([]);
  });

  it('but not somebody who was removed, nor who was refused a moment ago', async () => {
    await ask({ role: null, by: OWNER, name: 'Owner', at: clock.now() });
    expect((await shop(true).meet(NADIA)).role).toBeNull();
    clock.pass(QUIET_MS);
    expect((await shop(true).meet(NADIA)).role).toBe('customer');
    const known = await store.record('member', NADIA.id);
    await keep({ rev: (known?.rev ?? 0) + 1, role: null, frozen: true });
    expect((await shop(true).meet(NADIA)).role).toBeNull();
  });
});
