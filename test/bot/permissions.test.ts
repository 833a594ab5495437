// Permission is asked with every action and never follows from a keyboard that was shown: whoever is no owner types each
// owners' command, presses each owners' button and answers each owners' question, and gets a polite no; nothing changes.

import { beforeEach, describe, expect, it } from 'vitest';
import { pack } from '../../src/bot/callback-data.ts';
import { publishMenuFor, publishMenus } from '../../src/bot/menus.ts';
import { dinars } from '../../src/domain/money.ts';
import { newMember, type RecordKind, type Role } from '../../src/domain/shop.ts';
import { LANGUAGES, sentences } from '../../src/i18n/index.ts';
import { peopleSentences } from '../../src/i18n/people/index.ts';
import { found } from '../domain/an-order.ts';
import { letIn } from './group-people.ts';
import { COLLEAGUE, counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';
import { forgeData } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const [KARIM, NADIA, FROZEN] = [20, 30, 40];
/** The order in review, a group, and a request for credit, which buttons name. */
const [NO, GROUP, REQUEST] = [1042, -1005, 'r1'];

/** Every command of owners, as it would do something. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  invite: ['', 'agent'],
  people: ['', 'karim'],
  correct: ['', '@30', '30 -100 twice'],
  prices: [''],
  today: [''],
  pause: ['', 'closed'],
  resume: [''],
  threshold: ['', '5000'],
  orders: ['', 'open', '036362608', '30'],
  order: ['', String(NO)],
  audit: [''],
  groups: [''],
  allow: [''],
};

/** Every button of owners, with words that mean something. */
const PRESSES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  pans: [[String(STRANGER), 'a']],
  pinv: [['a']],
  plist: [[], ['a', '0']],
  pcard: [['20']],
  prole: [['30', 'a']],
  pfrz: [
    ['30', '1'],
    ['40', '0'],
  ],
  prem: [['30']],
  premy: [['30']],
  pceil: [['20']],
  pstop: [['20']],
  wdep: [['30']],
  wcor: [['30']],
  wput: [['30', '100000', 'x1', '0']],
  wfix: [['x1']],
  wyes: [[REQUEST]],
  wno: [[REQUEST]],
  wstat: [['30']],
  wfileof: [['30']],
  hprices: [[]],
  hrule: [['agent']],
  hloss: [['yes']],
  hprice: [['20']],
  hpset: [['20']],
  hpclear: [['20']],
  hploss: [['20', 'yes']],
  hlist: [['all'], ['p30']],
  hstates: [[]],
  horder: [[String(NO)]],
  hask: [[String(NO)]],
  haudit: [[]],
  hfile: [[]],
  glist: [['0']],
  goff: [[String(GROUP)]],
  goffyes: [[String(GROUP)]],
};

/** How each question of owners is asked, and what would be an answer. */
const ANSWERS: Readonly<Record<string, readonly [data: readonly string[], answer: string]>> = {
  pceil: [['pceil', '20'], '5000'],
  wdep: [['wdep', '30'], '5000'],
  wcor: [['wcor', '30'], '-100 twice'],
  wwhy: [['wcor', '30', '-10000'], 'counted twice'],
  hrule: [['hrule', 'agent'], '-50%'],
  hpset: [['hpset', '20'], '-50%'],
  hwhy: [[], 'seen in the dashboard'],
};

const KINDS: readonly RecordKind[] = [
  ...([
    'member',
    'ask',
    'invite',
    'spent',
    'request',
    'draft',
    'news',
    'kept',
    'group',
    'house',
    'incidents',
  ] as const),
];

/** Everything that there is to change. */
async function everything(): Promise<unknown> {
  const { store } = counter.shop;
  const records = await Promise.all(KINDS.map((kind) => store.records(kind)));
  const wallets = await Promise.all([OWNER, COLLEAGUE, KARIM, NADIA, FROZEN].map((id) => store.wallet(id)));
  return { records, wallets, orders: store.all(), audit: (await store.auditTrail(null, 100)).rows };
}

/** What nobody but an owner may read. */
const SECRET =
  /cost|margin|below|980|9.800|revenue|reference|t0000001|agents pay|start=i-|Telegram number: (20|30|40)|Friends/i;

const said = (person: number, from: number, chat = person): string[] =>
  counter
    .messages(chat)
    .slice(from)
    .map(({ text }) => text.replace(/[\u2066-\u2069\u200E]/g, ''));

beforeEach(async () => {
  await letIn(counter, { id: KARIM, name: 'Karim', role: 'agent' });
  await letIn(counter, { id: NADIA, name: 'Nadia', role: 'customer' });
  await letIn(counter, { id: FROZEN, name: 'Lina', role: 'agent' });
  await counter.handle();
  await counter.cases.members.setFrozen(OWNER, FROZEN, true);
  await counter.cases.members.ask({ id: STRANGER, name: 'Stranger', username: null });
  await counter.cases.groups.allow(OWNER, GROUP, 'Friends');
  await counter.cases.accounts.ask({ person: NADIA, amount: dinars(500), slip: null, id: REQUEST });
  const order = await counter.shop.buy();
  await counter.shop.advance(order);
  await counter.shop.record(order.ref, found('fulfilled', { number: '036000000' }));
  for (const person of [STRANGER, KARIM, NADIA, FROZEN, COLLEAGUE]) await counter.say('/start', person);
});

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

describe.each(LANGUAGES)('the menus in %s', (language) => {
  /** Commands that need no feature. */
  const PLAIN = ['topup', 'balance', 'history', 'status', 'language', 'cancel', 'help'];

  it('have every command where it works, and no other', async () => {
    const { telegram, features, bot } = counter;
    await publishMenus(bot.api, language);
    const shown = async (person: number, role: Role): Promise<string[]> => {
      await publishMenuFor(bot.api, person, language, role);
      const commands = telegram.commandsFor(person, person);
      for (const { command, description } of commands)
        expect(Object.entries(sentences(language).commands)).toContainEqual([command, description]);
      return commands.map(({ command }) => command).toSorted();
    };
    const { transfer, ...everybodys } = features.commands;
    expect(transfer).toBeDefined();
    const { allow, ...owners } = features.ownerCommands;
    expect(allow).toBeDefined();
    const customers = [...PLAIN, ...Object.keys(everybodys)];
    expect(await shown(NADIA, 'customer')).toEqual(customers.toSorted());
    expect(await shown(KARIM, 'agent')).toEqual([...customers, 'transfer'].toSorted());
    expect(await shown(OWNER, 'owner')).toEqual([...customers, ...Object.keys(owners)].toSorted());
    const group = telegram.addGroup({ title: 'G', memberIds: [OWNER, KARIM] });
    const inGroup = (person: number) => telegram.commandsFor(person, group).map(({ command }) => command);
    const served = PLAIN.filter((command) => command !== 'language');
    expect(inGroup(KARIM).toSorted()).toEqual(served.toSorted());
    expect(inGroup(OWNER).toSorted()).toEqual([...served, ...features.inGroups].toSorted());
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
