// A code bought in a group goes to its buyer's private chat; where that was never opened it waits behind a button that
// shows it to the buyer alone, and every showing is written down first.

import { beforeEach, describe, expect, it } from 'vitest';
import { groupsSentences } from '../../src/i18n/groups/index.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { StoreFault } from '../../src/app/ports.ts';
import { LONGEST_ALERT } from '../../src/bot/group-code.ts';
import type { PressAnswer } from '../../src/playground/telegram/server.ts';
import { letIn } from './group-people.ts';
import { COLLEAGUE, counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';

const KARIM = 501;
const CODE = '1111222233334444';

let counter: Counter;
counterForEach((opened) => (counter = opened));
let group: number;

/** An agent's order in the group, delivered; whether the agent ever opened the private chat. */
async function delivered(isOpen: boolean, code = CODE): Promise<void> {
  await letIn(counter, { id: KARIM, name: 'Karim', role: 'agent', isOpen });
  group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, COLLEAGUE, KARIM, STRANGER] });
  await counter.say('/topup 036362608 1000', KARIM, group);
  await counter.press('Recharge', KARIM, group);
  await counter.work();
  const [order] = counter.shop.store.all();
  counter.shop.topups.set(order?.ref ?? '', { status: { kind: 'fulfilled' }, code });
  await counter.work();
}

const reveals = async () =>
  (await counter.shop.store.auditTrail(null, 50)).rows.filter(({ what }) => what === 'reveal');
const show = (person = KARIM): Promise<PressAnswer> => counter.press('Show my code', person, group);

describe('the code of somebody who can be written to', () => {
  it('is in the private chat, and the group has no button for it', async () => {
    await delivered(true);
    expect(counter.text(KARIM)).toContain(`Card code: ${CODE}`);
    expect(counter.text(group)).toContain('The code is in the buyer’s private chat.');
    expect(counter.labels(group)).toEqual(['[Open the code in private]', '[Again]']);
  });
});

describe('the code of somebody who never opened the private chat', () => {
  beforeEach(() => delivered(false));

  it('waits under the group’s card, with a way to open the private chat', async () => {
    expect(counter.text(group)).toContain('Order no. 1042: recharged.');
    expect(counter.text(group)).toContain('The code waits for its buyer');
    expect(counter.last(group).text).not.toContain('1111');
    expect(counter.labels(group)).toEqual(['[Show my code]', '[Open the code in private]', '[Again]']);
    expect(counter.last(group).keyboard[1]?.[0]?.url).toContain('?start=order-1042');
    expect(await counter.shop.store.active()).toEqual([]);
  });

  it('is shown in an alert to the buyer, and written down each time', async () => {
    const answer = await show();
    expect(answer.alert).toBe(true);
    expect(answer.text).toBe(`Order no. 1042\nCard code: ${CODE}\nTransaction number: AT-1`);
    await show();
    expect(await reveals()).toMatchObject([
      { by: String(KARIM), about: '1042' },
      { by: String(KARIM), about: '1042' },
    ]);
    expect(JSON.stringify(await reveals())).not.toContain(CODE);
  });

  it('is shown to nobody else: neither a member, nor an owner, nor a stranger', async () => {
    for (const person of [OWNER, COLLEAGUE, STRANGER]) {
      const answer = await show(person);
      expect(answer.alert).not.toBe(true);
      expect(answer.text).toMatch(/^⛔/u);
    }
    const forged = `d:${OWNER.toString(36)}:gcode:1042`;
    const pressing = counter.telegram.pressStale(OWNER, group, counter.last(group).id, forged);
    await counter.handle();
    expect((await pressing).text).toMatch(/^⛔/u);
    expect(await reveals()).toEqual([]);
  });

  it('is not shown when that can’t be written down, and can be asked for again', async () => {
    const whole = { ...counter.shop.store };
    const full = () => Promise.reject(new StoreFault('disk-full', undefined));
    Object.assign(counter.shop.store, { change: full });
    expect((await show()).text).toBe(
      '⚠️ The code can’t be shown right now. Nothing is lost. Try again in a few minutes.',
    );
    Object.assign(counter.shop.store, whole);
    expect((await show()).text).toContain(CODE);
  });

  it('is its buyer’s, whatever has become of the group and the role', async () => {
    await counter.cases.groups.revoke(OWNER, group);
    await counter.cases.members.remove(OWNER, KARIM);
    expect((await show()).text).toContain(CODE);
  });

  it('is in the private chat as soon as the buyer opens it by the link', async () => {
    counter.telegram.start(KARIM, 'order-1042');
    await counter.handle();
    expect(counter.text(KARIM)).toContain(`Card code: ${CODE}`);
  });
});

it('a code too long for an alert is shown in private only, as are senseless buttons', async () => {
  await delivered(false, '9'.repeat(190));
  expect((await show()).text).toContain('too long to be shown here');
  for (const no of ['9999', 'x', '1042.5']) {
    const data = `d:${KARIM.toString(36)}:gcode:${no}`;
    const pressing = counter.telegram.pressStale(KARIM, group, counter.last(group).id, data);
    await counter.handle();
    expect((await pressing).text).toContain('There is no code to show here');
  }
});

it.each(LANGUAGES)('the alert fits in %s', (language) => {
  const text = groupsSentences(language).code(123_456_789, '1'.repeat(20), 'AT-2026-1234567890');
  expect(text.length).toBeLessThanOrEqual(LONGEST_ALERT);
});
