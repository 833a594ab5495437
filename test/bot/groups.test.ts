// Which groups are served, who says so, and what is said everywhere else.

import { describe, expect, it } from 'vitest';
import { createGroups } from '../../src/app/groups.ts';
import { createStandings } from '../../src/app/standing.ts';
import { letIn } from './group-people.ts';
import { COLLEAGUE, counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';

const AGENT = 501;
const FORMER = 6;

let counter: Counter;
counterForEach((opened) => (counter = opened));

const POLITE = 'This counter does not serve this group.';

/** A group that nobody has allowed. */
const foreign = (...memberIds: number[]): number =>
  counter.telegram.addGroup({
    title: 'Friends',
    memberIds: memberIds.length > 0 ? memberIds : [STRANGER, OWNER],
  });

/** Whoever owns the group takes the bot out and adds it again. */
async function add(group: number): Promise<void> {
  counter.telegram.kickBot(group);
  counter.telegram.addBot(group);
  await counter.handle();
}

const said = (group: number): string[] => counter.messages(group).map(({ text }) => text);

describe('a group to which an owner adds the bot', () => {
  it('is served at once, and is told in one line how to order', async () => {
    const group = foreign(OWNER, COLLEAGUE);
    await add(group);
    expect(said(group)).toEqual([
      'This group is open for orders: /topup, or in one line /topup 036362608 1000',
    ]);
    await counter.say('/topup 036362608 1000', COLLEAGUE, group);
    expect(counter.text(group)).toContain('Vérifiez, puis payez.');
  });

  it('added by anybody else hears one polite line, once', async () => {
    const group = foreign(STRANGER, OWNER);
    await add(group);
    expect(said(group)).toEqual([expect.stringContaining(POLITE)]);
    await add(group);
    for (const text of ['/topup', '/start', '/help', '/balance']) await counter.say(text, STRANGER, group);
    await counter.say('/topup 036362608 1000', OWNER, group);
    expect(said(group)).toHaveLength(1);
    expect(counter.shop.topups.calls).toEqual([]);
  });

  it('says nothing when its rights change or it is removed', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER] });
    counter.telegram.addBot(group, 'administrator');
    counter.telegram.kickBot(group);
    await counter.handle();
    expect(said(group)).toEqual([]);
  });
});

describe('elsewhere', () => {
  it('an owner’s /allow opens the group, nobody else’s does', async () => {
    const group = foreign(STRANGER, OWNER);
    await counter.say('/allow', STRANGER, group);
    await counter.say('/allow', STRANGER, group);
    expect(said(group)).toEqual([expect.stringContaining(POLITE)]);
    await counter.say('/allow', OWNER, group);
    expect(counter.text(group)).toContain('This group is open for orders');
    await counter.say('/allow@recharge_counter_bot', OWNER, group);
    expect(counter.text(group)).toContain('open for orders already');
    await counter.say('/topup', OWNER, group);
    expect(counter.text(group)).toBe('What would you like to recharge?');
  });

  it('an anonymous admin hears the same line, which says that the name must be seen', async () => {
    const group = foreign(OWNER);
    counter.telegram.anonymousAdminSays(group, '/allow');
    counter.telegram.anonymousAdminSays(group, '/topup');
    await counter.handle();
    const answers = said(group).filter((text) => !text.startsWith('/'));
    expect(answers).toEqual([expect.stringContaining('under their own name')]);
  });

  it('what members say to each other, and to other bots, is not answered', async () => {
    const group = counter.telegram.addGroup({ title: 'Friends', memberIds: [STRANGER], botIsAdmin: true });
    await counter.say('hello', STRANGER, group);
    await counter.say('/roll@other_bot', STRANGER, group);
    expect(said(group)).toEqual([]);
  });

  it('a button from better days is answered with a short notice', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, COLLEAGUE] });
    await counter.say('/topup 036362608 1000', OWNER, group);
    await counter.cases.groups.revoke(OWNER, group);
    const answer = await counter.press('Recharge 1 000 DA', OWNER, group);
    expect(answer.text).toBe('⛔ Nothing is sold in this group (any more). Orders already paid go on.');
    expect(counter.shop.store.all()).toEqual([]);
  });

  it('/allow in private says where it belongs, and is nothing to an agent', async () => {
    await counter.say('/allow');
    expect(counter.text()).toContain('in the group itself');
    await letIn(counter, { id: AGENT, name: 'Karim', role: 'agent' });
    await counter.say('/allow', AGENT);
    expect(counter.text(AGENT)).toContain('I did not recognise a line number');
  });
});

describe('a group allowed by somebody who is no longer an owner', () => {
  async function lapsed(): Promise<number> {
    counter.telegram.addPerson({ id: FORMER, firstName: 'Former' });
    const group = foreign(FORMER, OWNER);
    const { store } = counter.shop;
    const clock = counter.shop.clock.now;
    const standings = createStandings({ store, ownerIds: [FORMER], open: false, clock });
    await createGroups({ store, standings, clock }).allow(FORMER, group, 'Friends');
    return group;
  }

  it('is told once that an owner has to allow it again, and is then served', async () => {
    const group = await lapsed();
    await counter.say('/topup', OWNER, group);
    await counter.say('/topup', OWNER, group);
    expect(said(group)).toEqual([expect.stringContaining('Until an owner says /allow here')]);
    await counter.say('/allow', OWNER, group);
    await counter.say('/topup', OWNER, group);
    expect(counter.text(group)).toBe('What would you like to recharge?');
  });

  it('is marked in /groups', async () => {
    await lapsed();
    await counter.say('/groups');
    expect(counter.text()).toContain('⚠️ Friends · allowed by someone who is no longer an owner.');
    await counter.press('Stop serving: Friends');
    await counter.press('Yes, stop serving there');
    expect(counter.text()).toContain('The shop serves in no group.');
  });
});

describe('an owner who opens a group', () => {
  it.each([
    ['by /allow', (group: number) => counter.say('/allow', OWNER, group)],
    ['by adding the bot', add],
  ] as const)('%s has it in the private chat, with the list and a way back', async (_how, open) => {
    const group = foreign(OWNER, COLLEAGUE);
    counter.telegram.start(OWNER);
    await counter.handle();
    await open(group);
    expect(counter.text()).toBe('The shop now serves in Friends.');
    expect(counter.labels()).toEqual(['[Stop serving: Friends]', '[All groups]']);
    await counter.press('All groups');
    expect(counter.text()).toContain('Friends · since');
    await counter.press('Stop serving: Friends');
    await counter.press('Yes, stop serving there');
    expect(await counter.cases.groups.standing(group)).toBe('not-served');
    const told = counter.messages().length;
    await counter.say('/allow', OWNER, group);
    await counter.say('/allow', OWNER, group);
    expect(counter.messages()).toHaveLength(told + 1);
  });

  it('and has not opened the private chat hears it in the group alone', async () => {
    const group = foreign(OWNER, COLLEAGUE);
    await counter.say('/allow', COLLEAGUE, group);
    expect(counter.text(group)).toContain('ouvert aux commandes');
    expect(counter.messages(COLLEAGUE)).toEqual([]);
  });
});

describe('/groups', () => {
  it('lists where the shop serves, and takes it back after a second yes', async () => {
    const group = counter.addGroup({ title: 'Béjaïa', memberIds: [OWNER, COLLEAGUE] });
    await counter.say('/groups');
    expect(counter.text()).toBe('Groups where the shop serves\nBéjaïa · since 21 Nov 2026, 19:42');
    await counter.press('Stop serving: Béjaïa');
    expect(counter.text()).toContain('Stop serving in Béjaïa?');
    await counter.press('Back');
    expect(counter.text()).toContain('Groups where the shop serves');
    await counter.press('Stop serving: Béjaïa');
    await counter.press('Yes, stop serving there');
    expect(counter.text()).toContain('Nothing is sold any more in Béjaïa.');
    expect(await counter.cases.groups.standing(group)).toBe('not-served');
    await counter.say('/topup', OWNER, group);
    expect(said(group)).toEqual([expect.stringContaining(POLITE)]);
  });

  it('tells the second of two owners that it is done already', async () => {
    counter.addGroup({ title: 'Béjaïa', memberIds: [OWNER] });
    await counter.say('/groups', COLLEAGUE);
    await counter.press('Ne plus servir', COLLEAGUE);
    await counter.say('/groups');
    await counter.press('Stop serving');
    await counter.press('Yes');
    await counter.press('Oui, ne plus y servir', COLLEAGUE);
    expect(counter.text(COLLEAGUE)).toContain('Ce groupe n’est plus dans la liste.');
  });

  it('goes page by page when there are many', async () => {
    for (let n = 1; n <= 10; n += 1) {
      counter.addGroup({ title: `Branch ${n}`, memberIds: [OWNER] });
      await counter.handle();
      counter.shop.clock.pass(1_000);
    }
    await counter.say('/groups');
    expect(counter.labels()).toHaveLength(9);
    await counter.press('Older');
    expect(counter.text()).toContain('Branch 1 ·');
    expect(counter.text()).not.toContain('Branch 3 ·');
    expect(counter.labels().at(-1)).toBe('[Newer]');
  });

  it('is for owners, in private', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER] });
    await counter.say('/groups', OWNER, group);
    expect(counter.text(group)).toBe('This is for the private chat with the bot.');
    await letIn(counter, { id: AGENT, name: 'Karim', role: 'agent' });
    await counter.say('/groups', AGENT);
    expect(counter.text(AGENT)).toContain('I did not recognise a line number');
  });

  it('a button of it in other hands does nothing', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER] });
    await letIn(counter, { id: AGENT, name: 'Karim', role: 'agent' });
    await counter.say('/help', AGENT);
    const data = `d:${AGENT.toString(36)}:goffyes:${group}`;
    const pressing = counter.telegram.pressStale(AGENT, AGENT, counter.last(AGENT).id, data);
    await counter.handle();
    expect((await pressing).text).toContain('no longer in use');
    expect(await counter.cases.groups.standing(group)).toBe('served');
  });
});

describe('strangers in a group', () => {
  it('get one short line, once, with a way to the private chat', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, STRANGER] });
    for (const text of ['/topup', '/topup 036362608 1000', '/balance'])
      await counter.say(text, STRANGER, group);
    expect(said(group)).toEqual(['To order here, write to the bot in private first.']);
    const [[link] = []] = counter.last(group).keyboard;
    expect(link?.url).toBe('https://t.me/recharge_counter_bot?start=group');
    expect(counter.shop.topups.calls).toEqual([]);
  });
});
