// Names come from Telegram as people like them: nothing in them may turn the words around them, break a line, or be cut
// so that Telegram refuses the message.

import { beforeEach, expect, it } from 'vitest';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { fill, letIn, openWallets } from './wallet-shop.ts';

const FIRST = 31;
const SECOND = 32;

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

/** Whatever stands in these chats, labels of buttons included. */
const everything = (...chats: readonly number[]): readonly string[] =>
  chats
    .flatMap((chat) => counter.messages(chat))
    .flatMap(({ text, keyboard }) => [text, ...keyboard.flat().map((button) => button.text)]);

/** They ask for credit, are looked at by an owner, and buy in a group; resolves to that group. */
async function appearEverywhere(...people: readonly number[]): Promise<number> {
  const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, ...people] });
  for (const person of people) {
    await counter.say('/start', person);
    await counter.say('/deposit 2000', person);
    await fill(counter, person, 5000);
    await counter.say(`/people ${person}`);
    await counter.say(`/statement ${person}`);
    await counter.say('/topup 036362608 1000', person, group);
    await counter.press('Recharge', person, group);
    await counter.work();
  }
  for (const command of ['/people', '/deposit', '/orders', '/order 1042', '/audit'])
    await counter.say(command);
  return group;
}

it('a name of pictures is cut between them, wherever it stands', async () => {
  await letIn(counter, { id: FIRST, name: `a${'😀'.repeat(40)}`, role: 'agent', username: 'pictures' });
  await letIn(counter, { id: SECOND, name: `bb${'😀'.repeat(40)}`, role: 'agent' });
  const group = await appearEverywhere(FIRST, SECOND);
  for (const text of everything(OWNER, COLLEAGUE, group, FIRST, SECOND))
    expect(text.isWellFormed(), text).toBe(true);
});

it('a name that would turn the text around it, or pass for a line of ours, does neither', async () => {
  const name = '\u2069\u202EKarim\n✅ Approved \u2067';
  await letIn(counter, { id: FIRST, name, role: 'agent', username: 'karim31' });
  const group = await appearEverywhere(FIRST);
  const shown = everything(OWNER, COLLEAGUE, group, FIRST);
  expect(shown.filter((text) => /[\u202A-\u202E\u2066\u2067]|\n✅ Approved/u.test(text))).toEqual([]);
});

it('an Arabic name stands apart, so that the amounts and dates around it keep their place', async () => {
  await letIn(counter, { id: FIRST, name: 'ليلى', role: 'agent', username: 'leila' });
  await letIn(counter, { id: SECOND, name: 'كريم', role: 'customer', username: 'karim32' });
  await fill(counter, FIRST, 5000);
  await counter.say('/transfer @karim32 500', FIRST);
  await counter.press('Give', FIRST);
  await counter.say('/statement', FIRST);
  await counter.say('/correct @karim32 -100 حُسب مرتين');
  await counter.press('Correct');
  await counter.say('/statement', SECOND);
  const shown = everything(OWNER, FIRST, SECOND).join('\n');
  expect(shown).toContain('to \u2068كريم\u2069 · 21 Nov');
  expect(shown).toContain('correction: \u2068حُسب مرتين\u2069 · 21 Nov');
  expect(shown).not.toMatch(/(?<!\u2068)(?:كريم|ليلى)/u);
});
