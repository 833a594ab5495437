// Several people order in one group at once, each with their own money, and nobody learns from it what is nobody's business.

import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../../src/domain/ledger.ts';
import { dinars } from '../../src/domain/money.ts';
import type { Order } from '../../src/domain/order.ts';
import type { ChatMessage, PressAnswer } from '../../src/playground/telegram/server.ts';
import { letIn } from './group-people.ts';
import { counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';

const [KARIM, LINA, SALIM] = [501, 502, 503];

let counter: Counter;
counterForEach((opened) => (counter = opened));
let group: number;

beforeEach(async () => {
  await letIn(counter, { id: KARIM, name: 'Karim', role: 'agent', money: 5_000 });
  await letIn(counter, { id: LINA, name: 'Lina', role: 'agent', money: 3_000, languageCode: 'fr' });
  await letIn(counter, { id: SALIM, name: 'سليم', role: 'customer', money: 700, languageCode: 'ar' });
  const memberIds = [OWNER, KARIM, LINA, SALIM, STRANGER];
  group = counter.addGroup({ title: 'Counter', isForum: true, memberIds });
  await counter.handle();
});

const plain = (text: string): string =>
  text.replace(/[\u00A0\u202F]/g, ' ').replace(/[\u2068\u2069\u200E]/g, '');

/** The bot's last message whose buttons are this person's. */
function promptOf(person: number, threadId?: number): ChatMessage {
  const isTheirs = ({ keyboard }: ChatMessage): boolean =>
    keyboard.flat().some(({ callback_data: data }) => data?.split(':')[1] === person.toString(36));
  const prompt = counter
    .messages(group)
    .findLast((message) => isTheirs(message) && message.threadId === threadId);
  if (prompt === undefined) throw new Error(`nothing is asked of ${person}`);
  return prompt;
}

async function press(person: number, label: string, threadId?: number): Promise<PressAnswer> {
  const { id, keyboard } = promptOf(person, threadId);
  const shown = keyboard.flat().find(({ text }) => plain(text).includes(label));
  const answer = counter.telegram.press(person, group, id, shown?.text ?? label);
  await counter.handle();
  return answer;
}

async function say(person: number, text: string, options: { replyTo?: number; threadId?: number } = {}) {
  counter.telegram.say(person, group, text, options);
  await counter.handle();
}

const orders = (): readonly Order[] => counter.shop.store.all();
const orderOf = (person: number): Order | undefined => orders().find(({ buyer }) => buyer === person);

/** Everything that ever stood in the group, buttons included. */
const everSaid = (): string =>
  counter
    .messages(group)
    .flatMap(({ original, edits, keyboard }) => [
      ...[original, ...edits].flatMap((one) => [one.text, ...one.keyboard.flat().map(({ text }) => text)]),
      ...keyboard.flat().map(({ text }) => text),
    ])
    .map(plain)
    .join('\n');

async function deliver(): Promise<void> {
  await counter.work();
  for (const { ref } of orders()) counter.shop.topups.set(ref, { status: { kind: 'fulfilled' } });
  await counter.work();
}

describe('a one-line order', () => {
  it('is two actions from sent: the line and one press', async () => {
    await say(KARIM, '/topup 036362608 1000');
    await press(KARIM, 'Recharge 1 000 DA');
    await counter.work();
    expect(counter.shop.topups.accepted).toHaveLength(1);
    expect(orderOf(KARIM)).toMatchObject({ role: 'agent', account: 'wallet:501', price: dinars(1_000) });
  });

  it('of an owner spends the shop’s balance at cost, of the others their own wallets', async () => {
    await say(OWNER, '/topup 036362608 1000');
    await say(LINA, '/topup 036362609 1000');
    await press(LINA, 'Recharger 1 000 DA');
    await press(OWNER, 'Recharge 1 000 DA');
    await deliver();
    expect(orderOf(OWNER)).toMatchObject({ account: 'shop', price: dinars(980) });
    expect(balanceOf(await counter.shop.store.wallet(LINA))).toBe(dinars(2_000));
    counter.shop.store.audit();
  });

  it('press answers at once that the message will tell', async () => {
    await say(KARIM, '/topup 036362608 1000');
    expect(await press(KARIM, 'Recharge')).toMatchObject({
      text: '⏳ One moment: this message will tell how it goes.',
    });
  });
});

describe('two agents and an owner', () => {
  it('are in the middle of their own purchases at once, each by their own prompts', async () => {
    for (const person of [KARIM, LINA, OWNER]) await say(person, '/topup');
    await press(LINA, 'ADSL / Fibre');
    await press(KARIM, 'ADSL / Fibre');
    await press(OWNER, '4G LTE');
    await say(OWNER, '0472731602', { replyTo: promptOf(OWNER).id });
    await say(KARIM, '036362601', { replyTo: promptOf(KARIM).id });
    await say(LINA, '036362602', { replyTo: promptOf(LINA).id });
    await press(KARIM, '500 DA');
    await press(OWNER, '2 000 DA');
    await press(LINA, '1 000 DA');
    await press(LINA, 'Recharger');
    await press(OWNER, 'Recharge');
    await press(KARIM, 'Recharge');
    expect(orders().map(({ buyer, line, value }) => [buyer, line, value])).toEqual([
      [LINA, '036362602', dinars(1_000)],
      [OWNER, '213472731602', dinars(2_000)],
      [KARIM, '036362601', dinars(500)],
    ]);
  });

  it('each prompt answers the message that began it, opens a reply field, and can be cancelled', async () => {
    const begun = counter.telegram.say(KARIM, group, '/topup');
    await counter.handle();
    expect(promptOf(KARIM).replyTo).toBe(begun.id);
    await press(KARIM, 'ADSL / Fibre');
    expect(promptOf(KARIM)).toMatchObject({ forceReply: true, replyTo: begun.id });
    await press(KARIM, 'Cancel');
    expect(plain(promptOf(KARIM).text)).toBe('Cancelled. Nothing was taken.');
    expect(counter.dialogues.kept.size).toBe(0);
  });

  it('one person has a purchase of their own in each topic', async () => {
    const [oran, bejaia] = ['Oran', 'Béjaïa'].map((name) => counter.telegram.addTopic(group, name));
    await say(KARIM, '/topup 036362601 500', { threadId: oran ?? 0 });
    await say(KARIM, '/topup 036362602 1000', { threadId: bejaia ?? 0 });
    await press(KARIM, 'Recharge 500 DA', oran);
    await press(KARIM, 'Recharge 1 000 DA', bejaia);
    expect(orders().map(({ line, message }) => [line, message.threadId])).toEqual([
      ['036362601', oran],
      ['036362602', bejaia],
    ]);
  });

  it('nobody presses for somebody else', async () => {
    await say(KARIM, '/topup 036362601 500');
    const { id } = promptOf(KARIM);
    for (const person of [LINA, OWNER, STRANGER]) {
      const pressing = counter.telegram.press(person, group, id, 'Recharge');
      await counter.handle();
      expect((await pressing).text).toMatch(/^⛔/u);
    }
    expect(orders()).toEqual([]);
  });
});

describe('what the group sees', () => {
  it('has no whole number behind a button either, where a line is of the other service', async () => {
    await say(KARIM, '/topup');
    await press(KARIM, '4G LTE');
    await say(KARIM, '036362601', { replyTo: promptOf(KARIM).id });
    expect(JSON.stringify(promptOf(KARIM).keyboard)).not.toContain('036362601');
    await press(KARIM, 'ADSL / Fibre · 036');
    await press(KARIM, '500 DA');
    await press(KARIM, 'Recharge');
    expect(orders().map(({ service, line }) => [service, line])).toEqual([['ADSL', '036362601']]);
  });

  it('is service, masked number, value, who ordered and state: never a price, a balance, a code or a whole number', async () => {
    counter.shop.topups.line = { kind: 'found', offer: 'FTTc 10M' };
    const people: readonly [number, string][] = [
      [OWNER, 'Recharge'],
      [KARIM, 'Recharge'],
      [LINA, 'Recharger'],
    ];
    for (const [person, label] of people) {
      await say(person, `/topup 03636260${person % 10} 1000`);
      await press(person, label);
    }
    await deliver();
    expect(plain(promptOf(KARIM).text)).toContain('ADSL · 036 •• •• 01 · 1 000 DA · Karim');
    expect(everSaid()).not.toMatch(/980|5 000|3 000|100 000|1111|AT-1|FTTc|36 26|Balance|Solde|Pay|Payer/u);
    const inPrivate = counter.messages(KARIM).map(({ text }) => text);
    expect(inPrivate.at(-1)).toContain('Card code: 1111222233334444');
  });

  it('keeps a typed number of unclear service masked', async () => {
    await say(KARIM, '/topup 472731602');
    expect(plain(promptOf(KARIM).text)).toBe('472 •• •• 02: which service is this line?');
    await say(KARIM, '/topup');
    await press(KARIM, 'ADSL / Fibre');
    await say(KARIM, '0472731602', { replyTo: promptOf(KARIM).id });
    expect(plain(promptOf(KARIM).text)).toContain('213 472 •• •• 02 looks like a 4G LTE line');
    expect(everSaid()).not.toMatch(/47 ?27 ?3|2731602/u);
  });

  it('somebody short of money hears no figure, and cannot be sounded out by what fits', async () => {
    await say(SALIM, '/topup 036362608 1000');
    expect(counter.text(group)).toContain('الرصيد لا يكفي لهذا المبلغ');
    const amounts = counter.labels(group).join(' ');
    for (const value of ['500', '1 000', '2 000']) expect(amounts).toContain(`[${value} دج]`);
    expect(everSaid()).not.toMatch(/700|300/u);
    await press(SALIM, '500');
    await press(SALIM, '500');
    expect(orderOf(SALIM)).toMatchObject({ value: dinars(500), role: 'customer' });
  });

  it('of a refusal for want of the shop’s credit is nothing', async () => {
    counter.shop.topups.sendings.push({ kind: 'refused', refusal: { reason: 'shop-balance' } });
    await say(OWNER, '/topup 036362608 1000');
    await press(OWNER, 'Recharge');
    await counter.work();
    expect(counter.text(group)).toContain('not recharged; the money is back');
    expect(everSaid()).not.toContain('credit');
  });
});

describe('what belongs in private', () => {
  it.each(['/balance', '/groups'])('%s says so in the group', async (text) => {
    await say(OWNER, text);
    expect(counter.text(group)).toMatch(/private chat/u);
    expect(everSaid()).not.toMatch(/100 000|Counter/u);
  });

  it('an anonymous admin is told to speak as themselves', async () => {
    counter.telegram.anonymousAdminSays(group, '/topup');
    await counter.handle();
    expect(counter.text(group)).toContain('Turn off anonymity');
    expect(counter.dialogues.kept.size).toBe(0);
  });

  it('whoever answers the question for the number as an anonymous admin is told so too', async () => {
    await say(KARIM, '/topup');
    await press(KARIM, 'ADSL');
    const question = counter.last(group);
    counter.telegram.anonymousAdminSays(group, 'here it is', { replyTo: question.id });
    await counter.handle();
    expect(counter.text(group)).toContain('Turn off anonymity');
  });
});

it('a role taken away in the middle of a purchase in a group buys nothing', async () => {
  await say(KARIM, '/topup 036362608 1000');
  await counter.cases.members.remove(OWNER, KARIM);
  const answer = await press(KARIM, 'Recharge');
  expect(answer.text).toMatch(/^⛔/u);
  expect(orders()).toEqual([]);
});
