// Cost, margin, the shop's credit and the desk itself are owners' business: whatever others type, press or forge, they get
// nothing of it, and nothing changes.

import { expect, it } from 'vitest';
import { pack } from '../../src/bot/callback-data.ts';
import { dinars } from '../../src/domain/money.ts';
import { NEW_HOUSE } from '../../src/domain/shop.ts';
import { COLLEAGUE, counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';
import { admitBoth, forge, forgeData, inReview, KARIM, NADIA } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const COMMANDS = [
  ...['/prices', '/today', '/orders', '/orders 036362608', '/order 1042', '/audit'],
  ...['/pause closed', '/resume', '/threshold 5000'],
];
const PRESSES: readonly (readonly [verb: string, ...words: string[]])[] = [
  ['hprices'],
  ['hrule', 'agent'],
  ['hloss', 'yes'],
  ['hprice', '20'],
  ['hpset', '20'],
  ['hpclear', '20'],
  ['hploss', '20', 'yes'],
  ['hlist', 'all'],
  ['horder', '1042'],
  ['hask', '1042'],
  ['haudit'],
  ['hfile'],
];
const SECRET = /cost|margin|below|980|revenue|reference|credit|t0000001|agents pay/i;

const said = (person: number): string =>
  counter
    .messages(person)
    .map(({ text }) => text)
    .join('\n');

it.each([KARIM, NADIA, STRANGER])('%i gets nothing of the commands', async (person) => {
  await admitBoth(counter);
  await inReview(counter);
  const before = await counter.shop.store.auditTrail(null, 10);
  for (const command of COMMANDS) await counter.say(command, person);
  expect(said(person)).not.toMatch(SECRET);
  expect(await counter.cases.house.now()).toEqual(NEW_HOUSE);
  expect(await counter.shop.store.auditTrail(null, 10)).toEqual(before);
});

it.each([KARIM, NADIA, STRANGER])(
  '%i gets nothing of the buttons, forged or left from other days',
  async (person) => {
    await admitBoth(counter);
    const { ref } = await inReview(counter);
    for (const [verb, ...words] of PRESSES) {
      await forge(counter, person, verb, ...words);
      await counter.say('-50%', person);
    }
    for (const sure of [false, true]) {
      const press = { kind: 'settle', owner: person, no: 1042, outcome: 'fulfilled', sure } as const;
      await forgeData(counter, person, pack(press));
      await counter.say('because', person);
    }
    expect(said(person)).not.toMatch(SECRET);
    expect(await counter.cases.house.now()).toEqual(NEW_HOUSE);
    expect((await counter.shop.order(ref)).state.name).toBe('review');
    expect(await counter.shop.store.record('member', KARIM)).toMatchObject({ rule: null, belowCost: false });
    expect((await counter.shop.store.auditTrail(null, 10)).rows).toEqual([]);
  },
);

it('an owner’s button under somebody else’s thumb does nothing', async () => {
  await admitBoth(counter);
  await forgeData(counter, KARIM, ['d', OWNER.toString(36), 'hloss', 'yes'].join(':'));
  expect((await counter.cases.house.now()).belowCost).toBe(false);
});

it('a group sees nothing of it, even when an owner asks there', async () => {
  await inReview(counter);
  const group = counter.telegram.addGroup({ title: 'Counter', memberIds: [OWNER, COLLEAGUE] });
  await counter.cases.groups.allow(OWNER, group, 'Counter');
  for (const command of COMMANDS) await counter.say(command, OWNER, group);
  for (const [verb, ...words] of PRESSES)
    await forgeData(counter, OWNER, ['d', OWNER.toString(36), verb, ...words].join(':'), group);
  expect(said(group)).not.toMatch(SECRET);
  expect(await counter.cases.house.now()).toMatchObject({ threshold: null, belowCost: false, paused: null });
});

it('the rules of prices themselves refuse whoever is no owner', async () => {
  const { house, members } = counter.cases;
  await admitBoth(counter);
  expect(await house.setRule(KARIM, 'agent', { kind: 'fixed', amount: dinars(-500) })).toEqual({
    ...{ kind: 'refused', why: 'owners-only' },
  });
  expect(await members.setRule(KARIM, KARIM, { kind: 'fixed', amount: dinars(-500) }, true)).toEqual({
    ...{ kind: 'refused', why: 'owners-only' },
  });
});
