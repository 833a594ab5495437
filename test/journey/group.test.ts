// Owners who sell in a group: several at a time, without prices, balances or codes where others read along.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../src/playground/telegram/stand-in.ts';
import { booksAddUp } from './closing.ts';
import { MINUTE, openDay, type ShopDay } from './shop-day.ts';
import { readable, visitor, type Visitor } from './visitor.ts';

const BYSTANDER = 700_300;

let day: ShopDay;
let groupId: number;
beforeAll(async () => {
  // Groups may be written to twenty times a minute at the most.
  day = await openDay({ speed: 20, env: { DEFAULT_LANGUAGE: 'en' } });
  day.telegram.addPerson({ id: BYSTANDER, firstName: 'Bystander', languageCode: 'en' });
  const memberIds = [day.owner.id, day.patronne.id, BYSTANDER];
  groupId = day.telegram.addGroup({ title: 'Counter', memberIds });
  await allow(groupId);
});
beforeEach(() => day.leap(15 * MINUTE));
afterAll(() => day.close());

/** An owner opens the group for orders. */
async function allow(id: number): Promise<void> {
  const owner = day.owner.in(id);
  owner.say('/allow');
  await owner.sees('This group is open for orders');
  owner.leave();
}

/** Replies with the number, as in a group one must, and gives the card. */
async function chooseLine(
  person: Visitor,
  said: { service: string; number: string; amount: string },
): Promise<ChatMessage> {
  const topup = person.say('/topup');
  const menu = await person.sees(/What would you like|Que souhaitez-vous/u);
  expect(menu.replyTo).toBe(topup.id);
  await person.press(said.service, menu);
  const asked = await person.sees(/Send the line number|Envoyez le numéro/u);
  expect(asked.forceReply).toBe(true);
  person.say(said.number, { replyTo: asked.id });
  const values = await person.sees(/Choose the amount|Choisissez le montant/u);
  await person.press(said.amount, values);
  return person.sees(/Check, then pay|Vérifiez, puis payez/u);
}

/** Nothing that only the buyer may see stands, or ever stood, in the chat for others to read. */
function expectNothingPrivate(chatId: number): void {
  const texts = day.telegram
    .messages(chatId, { viewer: BYSTANDER })
    .filter(({ from }) => from.isBot)
    .flatMap(({ original, edits, keyboard }) => [
      ...[original, ...edits].map(({ text }) => readable(text)),
      ...keyboard.flat().map(({ text, url = '' }) => `${readable(text)} ${url}`),
    ]);
  const all = texts.join('\n');
  expect(texts.length).toBeGreaterThan(0);
  expect(all).not.toMatch(/98\d? DA|490 DA|1 960 DA|Balance|Solde|999 \d{3}|1 000 000/u);
  expect(all).not.toMatch(/036 00 00 01|213 470 00 00 01|036000001|470000001|031 41|031417237/u);
  for (const { cardCode, numTrans } of day.provider.orders()) {
    expect(all).not.toContain(cardCode);
    expect(all).not.toContain(numTrans);
  }
}

it('sells in a group: the number by reply, masked; the code comes in private', async () => {
  const owner = day.owner.in(groupId);
  const card = await chooseLine(owner, { service: 'ADSL / Fibre', number: '036000001', amount: '1 000 DA' });
  expect(readable(card.text)).toBe('Check, then pay.\nADSL · 036 •• •• 01\nRecharge: 1 000 DA');
  expect(owner.buttons(card)[0]).toEqual(['✅ Recharge 1 000 DA']);
  const aside = await owner.sees('You pay: 980 DA');
  expect(aside.ephemeral?.receiverId).toBe(owner.id);
  day.owner.looksAway();
  await owner.press('✅', card);
  const done = await owner.sees(': recharged.');
  expect(done.id).toBe(card.id);
  expect(readable(done.text)).toContain('ADSL · 036 •• •• 01 · 1 000 DA');
  expect(done.text).toContain('The code is in the buyer’s private chat.');
  const code = day.accepted('036000001')[0]?.cardCode ?? '-';
  const inPrivate = await day.owner.sees('Card code:');
  expect(inPrivate.text).toContain(code);
  const link = done.keyboard.flat().find(({ url }) => url !== undefined)?.url;
  expect(link).toMatch(/^https:\/\/t\.me\/recharge_counter_bot\?start=order-\d+$/u);
  expectNothingPrivate(groupId);
  owner.leave();
});

it('a code that Telegram did not take in private is brought again', async () => {
  const owner = day.owner.in(groupId);
  owner.say('/topup 036000001 5000');
  const card = await owner.sees('Check, then pay.');
  const fault = { kind: 'status', code: 500, description: 'Internal Server Error' } as const;
  day.telegram.faultNext({ method: 'sendMessage', chatId: day.owner.id, fault });
  day.owner.looksAway();
  await owner.press('✅', card);
  await owner.sees('The code is in the buyer’s private chat.');
  await day.leapUntil(() => day.owner.saw('Card code:'), MINUTE);
  expect((await day.owner.sees('Card code:')).text).toContain(day.accepted('036000001').at(-1)?.cardCode);
  owner.leave();
});

it('two owners at once: each presses only his own buttons, each gets his own recharge', async () => {
  const [owner, patronne] = [day.owner.in(groupId), day.patronne.in(groupId)];
  const mine = await chooseLine(owner, { service: '4G LTE', number: '0470000001', amount: '500 DA' });
  const hers = await chooseLine(patronne, {
    service: 'ADSL / Fibre',
    number: '036000001',
    amount: '2 000 DA',
  });
  expect(hers.id).not.toBe(mine.id);
  expect((await patronne.press('✅', mine)).text).toBe(
    '⛔ Ce bouton est réservé à la personne qui commande.',
  );
  expect((await owner.press('✅', hers)).text).toBe('⛔ This button belongs to the person who is ordering.');
  const bystander = visitor(day.telegram, BYSTANDER, { chatId: groupId });
  expect((await bystander.press('✅', mine)).text).toBe(
    '⛔ This button belongs to the person who is ordering.',
  );
  expect(day.accepted('213470000001')).toEqual([]);
  await Promise.all([owner.press('✅', mine), patronne.press('✅', hers)]);
  await Promise.all([
    owner.sees(/4G.*500 DA.*\n[^]*private/u),
    patronne.sees(/ADSL.*2 000 DA.*\n[^]*privée/u),
  ]);
  expect(day.accepted('213470000001')).toMatchObject([{ value: 500 }]);
  expect(day.accepted('036000001').at(-1)).toMatchObject({ value: 2000 });
  await day.patronne.sees('Code de la carte :');
  expectNothingPrivate(groupId);
  for (const one of [owner, patronne, bystander]) one.leave();
});

it('what members say to each other is not for the bot, and a stranger’s command sends him to the private chat', async () => {
  const owner = day.owner.in(groupId);
  const bystander = visitor(day.telegram, BYSTANDER, { chatId: groupId });
  const before = bystander.texts().length;
  bystander.say('031417237 please');
  owner.say('031417237');
  owner.say('/balance');
  const told = await owner.sees('Balance: ');
  expect(told.ephemeral).toEqual({ id: told.ephemeral?.id, receiverId: owner.id });
  expect(bystander.texts()).toHaveLength(before);
  bystander.say('/topup');
  await bystander.sees('write to the bot in private first');
  day.telegram.anonymousAdminSays(groupId, '/topup');
  await owner.sees('Turn off anonymity to order here');
  for (const one of [owner, bystander]) one.leave();
});

it('/history and /status in a group mask the numbers and keep the code', async () => {
  const owner = day.owner.in(groupId);
  owner.say('/history');
  const list = await owner.sees('Your last orders');
  expect(readable(list.text)).toContain('036 •• •• 01');
  owner.say('/status 1001');
  await owner.sees('The code is in the buyer’s private chat.');
  expectNothingPrivate(groupId);
  owner.leave();
});

it('too little balance is said in a group without any figure', async () => {
  day.provider.setBalance(100);
  const owner = day.owner.in(groupId);
  const asked = owner.say('/topup 031417237 5000');
  const short = await owner.sees('The balance does not cover this amount.');
  expect(short.replyTo).toBe(asked.id);
  const told = await owner.press('My price and balance', short);
  expect(readable(told.text ?? '')).toBe(
    '⚠️ You are 4 800 DA short: your balance is 100 DA, the price 4 900 DA.',
  );
  day.provider.setBalance(1_000_000);
  expectNothingPrivate(groupId);
  owner.leave();
});

it('a forum topic: everything happens in the topic where it was asked', async () => {
  const memberIds = [day.owner.id, day.patronne.id];
  const forumId = day.telegram.addGroup({ title: 'Branches', isForum: true, memberIds });
  await allow(forumId);
  const [oran, bejaia] = [day.telegram.addTopic(forumId, 'Oran'), day.telegram.addTopic(forumId, 'Béjaïa')];
  const [here, there] = [day.owner.in(forumId, oran), day.owner.in(forumId, bejaia)];
  const mine = await chooseLine(here, { service: '4G LTE', number: '0470000001', amount: '1 000 DA' });
  const other = await chooseLine(there, { service: '4G LTE', number: '0470000001', amount: '2 000 DA' });
  expect([mine.threadId, other.threadId]).toEqual([oran, bejaia]);
  await here.press('✅', mine);
  await there.press('✅', other);
  expect((await here.sees('The code is in the buyer’s private chat.')).threadId).toBe(oran);
  expect((await there.sees('The code is in the buyer’s private chat.')).threadId).toBe(bejaia);
  expectNothingPrivate(forumId);
  for (const one of [here, there]) one.leave();
});

describe('the group becomes a supergroup', () => {
  it('while an order is open: its end is told in the new group', async () => {
    const owner = day.owner.in(groupId);
    owner.say('/topup 036000020 500');
    await owner.press('✅', await owner.sees('Check, then pay.'));
    await owner.sees('in progress');
    await day.caughtUp();
    const newId = day.telegram.migrate(groupId);
    const moved = day.owner.in(newId);
    day.owner.looksAway();
    day.provider.finish(day.accepted('036000020')[0]?.ref ?? '');
    await day.leapUntil(() => moved.saw(': recharged.'), MINUTE / 6);
    await day.owner.sees('Card code:');
    expectNothingPrivate(newId);
    const card = await chooseLine(moved, { service: 'ADSL / Fibre', number: '031417237', amount: '500 DA' });
    await moved.press('✅', card);
    await moved.sees('The code is in the buyer’s private chat.');
    for (const one of [owner, moved]) one.leave();
  });
});

booksAddUp(() => day);
