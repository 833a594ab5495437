// Permission is asked with every action and never follows from a keyboard that was shown: whoever is no owner types each
// owners' command, presses each owners' button and answers each owners' question, and gets a polite no; nothing changes.

import { beforeEach, describe, expect, it } from 'vitest';
import { pack } from '../../src/bot/callback-data.ts';
import { dinars } from '../../src/domain/money.ts';
import { newMember } from '../../src/domain/shop.ts';
import { sentences } from '../../src/i18n/index.ts';
import { peopleSentences } from '../../src/i18n/people/index.ts';
import { COLLEAGUE, counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';
import {
  ANSWERS,
  COMMANDS,
  everythingAt,
  fillShop,
  FROZEN,
  GROUP,
  KARIM,
  NADIA,
  NO,
  PRESSES,
  REQUEST,
  SECRET,
} from './owners-only.ts';
import { forgeData } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => fillShop(counter));

const everything = (): Promise<unknown> => everythingAt(counter);
const said = (person: number, from: number, chat = person): string[] =>
  counter
    .messages(chat)
    .slice(from)
    .map(({ text }) => text.replace(/[\u2066-\u2069\u200E]/g, ''));

/** The settings name one owner less; nothing else has changed. */
async function demote(role: 'agent' | null): Promise<void> {
  counter = await counter.restart({ ownerIds: [OWNER] });
  if (role === null) return;
  const { store, clock } = counter.shop;
  const person = { id: COLLEAGUE, name: 'Collègue', username: null };
  const member = { ...newMember(person, clock.now()), role, rev: 1 };
  await store.change({ puts: [member], entries: [], audit: [] });
}

interface Actor {
  readonly who: string;
  readonly id: number;
  /** What has happened to somebody who was an owner. */
  readonly now?: 'agent' | null;
}

const ACTORS: readonly Actor[] = [
  { who: 'a stranger', id: STRANGER },
  { who: 'a customer', id: NADIA },
  { who: 'an agent', id: KARIM },
  { who: 'a frozen agent', id: FROZEN },
  { who: 'an owner of former days', id: COLLEAGUE, now: null },
  { who: 'an owner of former days who is an agent now', id: COLLEAGUE, now: 'agent' },
];

const language = (id: number) => (id === COLLEAGUE ? 'fr' : 'en');
const textOf = (sentence: string | { readonly text: string }): string =>
  typeof sentence === 'string' ? sentence : sentence.text;

describe.each(ACTORS)('$who', ({ id, now }) => {
  beforeEach(async () => {
    if (now !== undefined) await demote(now);
  });

  const stale = async (data: string, chat = id): Promise<string | undefined> => {
    const message = counter.messages(chat).at(-1);
    if (message === undefined) throw new Error('nothing was drawn there');
    const pressing = counter.telegram.pressStale(id, chat, message.id, data);
    await counter.handle();
    const answer = await pressing;
    expect(answer.answered).toBe(true);
    return answer.text;
  };

  it('types every command of owners: it is none, and is answered as any other text', async () => {
    const before = await everything();
    const from = counter.messages(id).length;
    for (const [name, texts] of Object.entries(COMMANDS))
      for (const text of texts) await counter.say(`/${name} ${text}`.trim(), id);
    const answers = said(id, from);
    expect(answers).toHaveLength(Object.values(COMMANDS).flat().length);
    expect(answers.filter((text) => SECRET.test(text))).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('types them in a group: nothing is answered but to a stranger, and nothing changes', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, id] });
    await counter.handle();
    const before = await everything();
    for (const [name, texts] of Object.entries(COMMANDS))
      for (const text of texts) await counter.say(`/${name} ${text}`.trim(), id, group);
    expect(counter.messages(group).length).toBeLessThanOrEqual(1);
    expect(said(id, 0, group).filter((text) => SECRET.test(text))).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('presses every button of owners, forged or left from other days: a polite no', async () => {
    const before = await everything();
    const from = counter.messages(id).length;
    const t = sentences(language(id));
    const polite = [t.staleButton, textOf(t.barred), t.notYours];
    for (const [verb, all] of Object.entries(PRESSES))
      for (const words of all) {
        const data = ['d', id.toString(36), verb, ...words].join(':');
        expect(polite, verb).toContain(await stale(data));
        await counter.say('5000', id);
      }
    for (const sure of [false, true]) {
      const press = { kind: 'settle', owner: id, no: NO, outcome: 'fulfilled', sure } as const;
      expect(polite).toContain(await stale(pack(press)));
      await counter.say('because', id);
    }
    expect(said(id, from).filter((text) => SECRET.test(text))).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('presses the buttons of another: they are that one’s', async () => {
    const before = await everything();
    const t = sentences(language(id));
    for (const [verb, [words = []]] of Object.entries(PRESSES)) {
      const answer = await stale(['d', OWNER.toString(36), verb, ...words].join(':'));
      expect(answer).toBe(t.notYours);
    }
    expect(await everything()).toEqual(before);
  });
});

describe('the tables above', () => {
  it('know every command, button and question that owners have', () => {
    const { features } = counter;
    expect(Object.keys(COMMANDS).toSorted()).toEqual(Object.keys(features.ownerCommands).toSorted());
    expect(Object.keys(PRESSES).toSorted()).toEqual(Object.keys(features.ownerPresses).toSorted());
    expect(Object.keys(ANSWERS).toSorted()).toEqual(Object.keys(features.ownerAnswers).toSorted());
  });

  it('mean something: to an owner each does what it says', async () => {
    for (const [verb, all] of Object.entries(PRESSES))
      for (const words of all) {
        const data = ['d', OWNER.toString(36), verb, ...words].join(':');
        const before = counter.messages().length;
        await forgeData(counter, OWNER, data);
        expect(counter.messages().length, verb).toBeGreaterThan(before);
      }
  });
});

describe.each(Object.entries(ANSWERS))('the question %s', (verb, [[pressed, ...words], answer]) => {
  async function ask(): Promise<void> {
    const data =
      pressed === undefined
        ? pack({ kind: 'settle', owner: COLLEAGUE, no: NO, outcome: 'fulfilled', sure: false })
        : ['d', COLLEAGUE.toString(36), pressed, ...words].join(':');
    await forgeData(counter, COLLEAGUE, data);
  }

  it.each([null, 'agent'] as const)('outlives nobody’s role (%s)', async (role) => {
    await ask();
    await demote(role);
    const before = await everything();
    const from = counter.messages(COLLEAGUE).length;
    await counter.say(answer, COLLEAGUE);
    const answers = said(COLLEAGUE, from);
    const no = peopleSentences('fr').no['owners-only'];
    const { stranger } = sentences('fr');
    expect(answers, verb).toEqual([role === 'agent' ? no : textOf(stranger(COLLEAGUE))]);
    expect(answers.filter((text) => SECRET.test(text) || text.includes('Nadia'))).toEqual([]);
    expect(await everything()).toEqual(before);
  });
});

it('an owner’s button pressed in a group says that it is for the private chat, and shows nothing there', async () => {
  const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, KARIM] });
  await counter.handle();
  const before = await everything();
  for (const [verb, [words = []]] of Object.entries(PRESSES))
    await forgeData(counter, OWNER, ['d', OWNER.toString(36), verb, ...words].join(':'), group);
  expect(counter.messages(group)).toEqual([]);
  expect(await everything()).toEqual(before);
});

it('an owner’s command typed in a group leads to the private chat, and shows nothing there', async () => {
  const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, KARIM] });
  await counter.handle();
  const before = await everything();
  for (const [name, texts] of Object.entries(COMMANDS))
    for (const text of texts) await counter.say(`/${name} ${text}`.trim(), OWNER, group);
  const answers = said(OWNER, 0, group);
  expect(answers).toHaveLength(Object.values(COMMANDS).flat().length);
  expect(new Set(answers).size).toBe(2);
  expect(answers.filter((text) => SECRET.test(text))).toEqual([]);
  expect(await everything()).toEqual(before);
});

it('the use cases themselves refuse whoever is no owner', async () => {
  const { house, members, groups, accounts } = counter.cases;
  const before = await everything();
  const cheap = { kind: 'fixed', amount: dinars(-500) } as const;
  const refused = { kind: 'refused', why: 'owners-only' };
  expect(
    await Promise.all([
      house.setRule(KARIM, 'agent', cheap),
      house.setBelowCost(KARIM, true),
      house.pause(KARIM, ''),
      house.resume(KARIM),
      house.setThreshold(KARIM, null),
      members.setPrice(KARIM, KARIM, { rule: cheap, belowCost: true }),
      members.setRole(KARIM, KARIM, 'customer'),
      members.setFrozen(KARIM, FROZEN, false),
      members.setCeiling(KARIM, KARIM, dinars(500)),
      members.remove(KARIM, NADIA),
      members.answer({ id: KARIM, name: 'Karim' }, STRANGER, 'agent'),
      groups.allow(KARIM, GROUP - 1, 'Mine'),
      groups.revoke(KARIM, GROUP),
      accounts.decide({ id: KARIM, name: 'Karim' }, REQUEST, true),
    ]),
  ).toEqual(Array(14).fill(refused));
  expect(await members.invite(KARIM, 'agent')).toBeUndefined();
  expect(await groups.allowed(KARIM)).toEqual([]);
  expect(await everything()).toEqual(before);
});
