// What only one person of a group may read is shown to that person in place where Telegram can do that, and in another way
// where it can't.

import { beforeEach, describe, expect, it } from 'vitest';
import { publishMenus } from '../../src/bot/menus.ts';
import { MINUTE } from '../domain/an-order.ts';
import { counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';
import { FIGURES, KARIM, LINA, openSeenGroup, PRIVATE, SALIM, type SeenGroup } from './seen-group.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
let group: SeenGroup;

describe('where the bot is an administrator', () => {
  beforeEach(async () => {
    group = await openSeenGroup(counter, { botIsAdmin: true });
  });

  it('price and balance stand beside the confirmation, for its buyer alone', async () => {
    await group.say(KARIM, '/topup 036362608 1000');
    await group.shown(KARIM, FIGURES);
    expect(group.aloneTexts(LINA)).toEqual([]);
    expect(counter.text(group.id)).toBe('Check, then pay.\nADSL · 036 •• •• 08\nRecharge: 1 000 DA');
    expect(group.everRead()).not.toMatch(PRIVATE);
  });

  it('what is missing is told to the buyer alone', async () => {
    await group.say(SALIM, '/topup 036362608 1000');
    await group.shown(SALIM, '⚠️ You are 600 DA short: your balance is 400 DA, the price 1 000 DA.');
    expect(counter.text(group.id)).toContain('The balance does not cover this amount.');
    expect(group.everRead()).not.toMatch(PRIVATE);
  });

  it('a wrong number is told to the one who sent it, and the others only see the question again', async () => {
    await group.say(KARIM, '/topup');
    await group.press(KARIM, 'ADSL / Fibre');
    await group.say(KARIM, '0472731602', { replyTo: counter.last(group.id).id });
    expect(group.aloneTexts(KARIM)).toEqual([
      expect.stringMatching(/^⚠️ 213 472 73 16 02 looks like a 4G LTE line/u),
    ]);
    expect(counter.text(group.id)).toMatch(/^ADSL \/ Fibre\. Send the line number/u);
    expect(counter.labels(group.id)[0]).toContain('4G LTE');
  });

  it('/balance is answered in place, and nothing is said to the others', async () => {
    const before = counter.messages(group.id).length;
    await group.say(KARIM, '/balance');
    expect(group.aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
    expect(counter.messages(group.id)).toHaveLength(before);
  });

  it('a code is never shown so', async () => {
    await group.say(KARIM, '/topup 036362608 1000');
    await group.press(KARIM, 'Recharge');
    await counter.work();
    const [order] = counter.shop.store.all();
    counter.shop.topups.set(order?.ref ?? '', { status: { kind: 'fulfilled' } });
    await counter.work();
    expect(counter.text(KARIM)).toContain('Card code: 1111222233334444');
    expect(JSON.stringify(group.tries())).not.toContain('1111');
    expect(group.everRead()).not.toMatch(PRIVATE);
  });

  it('an anonymous administrator, who might be anybody, is shown nothing', async () => {
    counter.telegram.anonymousAdminSays(group.id, '/balance');
    await counter.handle();
    expect(group.tries()).toEqual([]);
  });
});

describe('where the bot is a plain member', () => {
  beforeEach(async () => {
    group = await openSeenGroup(counter);
  });

  it('nothing is tried unasked; a button shows the figures in an alert to the buyer alone', async () => {
    await group.say(KARIM, '/topup 036362608 1000');
    await group.until(() => counter.telegram.calls.some(({ method }) => method === 'getChatMember'));
    expect(await group.press(KARIM, 'My price and balance')).toMatchObject({ alert: true, text: FIGURES });
    await group.press(KARIM, 'Recharge');
    await group.say(KARIM, '/topup 036362608 500');
    expect(group.tries()).toEqual([]);
    expect(counter.telegram.calls.filter(({ method }) => method === 'getChatMember')).toHaveLength(1);
    expect(group.everRead()).not.toMatch(PRIVATE);
  });

  it('the answer to a press is shown in place', async () => {
    await group.say(KARIM, '/topup 036362608');
    await group.press(KARIM, '1 000 DA');
    await group.shown(KARIM, FIGURES);
    expect(JSON.stringify(group.tries())).toMatch(/"callback_query_id":"\d+"/u);
    expect(group.everRead()).not.toMatch(PRIVATE);
  });

  it('what is missing is behind the button', async () => {
    await group.say(SALIM, '/topup 036362608 1000');
    expect((await group.press(SALIM, 'My price and balance')).text).toBe(
      '⚠️ You are 600 DA short: your balance is 400 DA, the price 1 000 DA.',
    );
    expect(group.tries()).toEqual([]);
  });

  it('a wrong number is told in the group, masked', async () => {
    await group.say(KARIM, '/topup');
    await group.press(KARIM, 'ADSL / Fibre');
    await group.say(KARIM, '0472731602', { replyTo: counter.last(group.id).id });
    expect(counter.text(group.id)).toContain('213 472 •• •• 02 looks like a 4G LTE line');
    expect(group.alone(KARIM)).toEqual([]);
  });

  it('/balance is behind a button, which obeys its owner only', async () => {
    await group.say(KARIM, '/balance');
    expect(counter.text(group.id)).toBe(
      'Your balance is shown to you alone: by this button, or in the private chat.',
    );
    const { id } = counter.last(group.id);
    const foreign = counter.telegram.press(LINA, group.id, id, 'Show my balance');
    await counter.handle();
    expect((await foreign).text).toMatch(/^⛔/u);
    expect(await group.press(KARIM, 'Show my balance')).toMatchObject({
      alert: true,
      text: 'Balance: 5 000 DA',
    });
  });

  it('/balance from the menu is seen by nobody else, and answered in place', async () => {
    await publishMenus(counter.bot.api, 'en');
    const asked = counter.telegram.say(KARIM, group.id, '/balance');
    expect(asked.ephemeral).toBeDefined();
    await counter.handle();
    expect(group.aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
    expect(counter.telegram.messages(group.id, { viewer: STRANGER })).toEqual([]);
    expect(group.tries()).toMatchObject([
      { payload: { reply_parameters: { ephemeral_message_id: asked.ephemeral?.id } } },
    ]);
  });

  it('a hidden command whose answer Telegram refuses gets its button in the open, in answer to nothing', async () => {
    await publishMenus(counter.bot.api, 'en');
    const fault = { kind: 'status', code: 400, description: 'Bad Request: whatever' } as const;
    counter.telegram.faultNext({ method: 'sendMessage', fault });
    await group.say(KARIM, '/balance');
    expect(counter.last(group.id)).not.toHaveProperty('replyTo');
    expect((await group.press(KARIM, 'Show my balance')).text).toBe('Balance: 5 000 DA');
  });

  it('a purchase that comes back by itself answers no press that anybody made', async () => {
    await group.say(SALIM, '/topup 036362608 1000');
    await counter.say(`/deposit ${SALIM} 2000`, OWNER);
    await counter.press('Put 2 000 DA', OWNER);
    expect(counter.text(group.id)).toContain('Check, then pay.');
    expect(JSON.stringify(counter.telegram.calls)).not.toContain('"callback_query_id":"own"');
    expect(group.tries()).toEqual([]);
  });

  it('once it becomes an administrator it is noticed within minutes', async () => {
    await group.say(KARIM, '/balance');
    counter.telegram.addBot(group.id, 'administrator');
    await group.say(KARIM, '/balance');
    expect(group.alone(KARIM)).toEqual([]);
    counter.shop.clock.pass(10 * MINUTE);
    await group.say(KARIM, '/balance');
    expect(group.aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
  });
});
