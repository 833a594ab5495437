// Where the shop serves: an owner's word, for as long as whoever gave it is an owner.

import { beforeEach, describe, expect, it } from 'vitest';
import { createGroups, MOST_TOLD_OFF, moveGroup, type Groups } from '../../src/app/groups.ts';
import { createKeptOrders } from '../../src/app/kept-orders.ts';
import { createStandings } from '../../src/app/standing.ts';
import { dinars } from '../../src/domain/money.ts';
import { line } from '../domain/an-order.ts';
import { handClock } from '../app/in-memory.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';

const [OWNER, COLLEAGUE, AGENT] = [7, 8, 501];
const GROUP = -100_1;

let store: MemoryStore;
let groups: Groups;
const clock = handClock();

/** The shop as it is after a start with these owners. */
function withOwners(...ownerIds: readonly number[]): Groups {
  const standings = createStandings({ store, ownerIds, open: false, clock: clock.now });
  return createGroups({ store, standings, clock: clock.now });
}

beforeEach(() => {
  store = memoryStore(clock.now);
  groups = withOwners(OWNER, COLLEAGUE);
});

const audited = async () => (await store.auditTrail(null, 10)).rows.map(({ by, what }) => [by, what]);

describe('a group', () => {
  it('is served once an owner has said so, and no longer when an owner takes it back', async () => {
    expect(await groups.standing(GROUP)).toBe('not-served');
    expect(await groups.allow(OWNER, GROUP, 'Counter')).toMatchObject({ kind: 'done' });
    expect(await groups.standing(GROUP)).toBe('served');
    expect(await groups.allow(COLLEAGUE, GROUP, 'Counter')).toMatchObject({ why: 'as-it-was' });
    expect(await groups.revoke(COLLEAGUE, GROUP)).toMatchObject({ kind: 'done' });
    expect(await groups.standing(GROUP)).toBe('not-served');
    expect(await groups.revoke(COLLEAGUE, GROUP)).toMatchObject({ why: 'as-it-was' });
    expect(await audited()).toEqual([
      ['8', 'group-revoked'],
      ['7', 'group-allowed'],
    ]);
  });

  it('is not opened, closed or listed by anybody else', async () => {
    expect(await groups.allow(AGENT, GROUP, 'Counter')).toMatchObject({ why: 'owners-only' });
    await groups.allow(OWNER, GROUP, 'Counter');
    expect(await groups.revoke(AGENT, GROUP)).toMatchObject({ why: 'owners-only' });
    expect(await groups.allowed(AGENT)).toEqual([]);
    expect(await groups.standing(GROUP)).toBe('served');
  });

  it('is told off once, and once more after it was served meanwhile', async () => {
    const told = await Promise.all([1, 2, 3].map(() => groups.mayTellOff(GROUP, 'Counter')));
    expect(told.filter(Boolean)).toHaveLength(1);
    await groups.allow(OWNER, GROUP, 'Counter');
    expect(await groups.mayTellOff(GROUP, 'Counter')).toBe(false);
    await groups.revoke(OWNER, GROUP);
    expect(await groups.mayTellOff(GROUP, 'Counter')).toBe(true);
    expect(await groups.mayTellOff(GROUP, 'Counter')).toBe(false);
  });
});

describe('a group allowed by somebody who is no longer an owner', () => {
  beforeEach(async () => {
    await groups.allow(OWNER, GROUP, 'Counter');
    groups = withOwners(COLLEAGUE);
  });

  it('is no longer served, is told so once, and owners see it marked', async () => {
    expect(await groups.standing(GROUP)).toBe('lapsed');
    expect(await groups.mayTellOff(GROUP, 'Counter')).toBe(true);
    expect(await groups.mayTellOff(GROUP, 'Counter')).toBe(false);
    expect(await groups.allowed(COLLEAGUE)).toMatchObject([{ group: { id: GROUP }, lapsed: true }]);
  });

  it('is served again by another owner’s word, which is written down', async () => {
    expect(await groups.allow(COLLEAGUE, GROUP, 'Counter')).toMatchObject({ record: { by: COLLEAGUE } });
    expect(await groups.standing(GROUP)).toBe('served');
    expect(await groups.allowed(COLLEAGUE)).toMatchObject([{ lapsed: false }]);
    expect(await audited()).toEqual([
      ['8', 'group-allowed'],
      ['7', 'group-allowed'],
    ]);
  });
});

describe('groups where the shop does not serve', () => {
  it('are not remembered without end: the longest silent are forgotten, those that are served never', async () => {
    await groups.allow(OWNER, GROUP, 'Counter');
    for (let id = 1; id <= MOST_TOLD_OFF + 20; id += 1) {
      clock.pass(1_000);
      expect(await groups.mayTellOff(-id, 'Somewhere')).toBe(true);
    }
    await groups.tidy();
    expect(await store.records('group')).toHaveLength(MOST_TOLD_OFF + 1);
    expect(await groups.standing(GROUP)).toBe('served');
    expect(await groups.mayTellOff(-(MOST_TOLD_OFF + 20), 'Somewhere')).toBe(false);
    expect(await groups.mayTellOff(-1, 'Somewhere')).toBe(true);
  });
});

describe('a group that became a supergroup', () => {
  const NEW = -100_2;

  it('takes its allowance along, however often that is told', async () => {
    await groups.allow(OWNER, GROUP, 'Counter');
    await Promise.all([groups.move(GROUP, NEW), moveGroup(store, GROUP, NEW)]);
    await groups.move(GROUP, NEW);
    expect(await groups.standing(NEW)).toBe('served');
    expect(await groups.standing(GROUP)).toBe('not-served');
    expect(await groups.allowed(OWNER)).toMatchObject([{ group: { id: NEW, title: 'Counter' } }]);
  });

  it('takes the purchases along that wait there, without their messages, which have other numbers now', async () => {
    await groups.allow(OWNER, GROUP, 'Counter');
    const kept = createKeptOrders({ store, clock: clock.now });
    const lacking = { service: 'ADSL', line: line('036000001'), offer: null, flow: 'f1' } as const;
    const amounts = { value: dinars(1000), price: dinars(1000), missing: dinars(600) };
    await kept.keep({ id: 501, ...lacking, ...amounts, chatId: GROUP, threadId: null });
    await kept.told(501, 57);
    await groups.move(GROUP, NEW);
    expect(await kept.find(501)).toMatchObject({ chatId: NEW, promptId: null });
  });

  it('takes it along, too, when the new one was told off before', async () => {
    await groups.allow(OWNER, GROUP, 'Counter');
    await groups.mayTellOff(NEW, 'Counter');
    await groups.move(GROUP, NEW);
    expect(await groups.standing(NEW)).toBe('served');
  });

  it('keeps what an owner has said of the new one', async () => {
    await groups.mayTellOff(GROUP, 'Counter');
    await groups.allow(OWNER, NEW, 'Counter');
    await groups.move(GROUP, NEW);
    expect(await groups.standing(NEW)).toBe('served');
  });
});
