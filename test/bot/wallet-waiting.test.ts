// A purchase that lacks money waits for it: what is missing can be asked for, and the purchase comes back when it is there.

import { beforeEach, describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { AGENT, CUSTOMER, fill, openWallets, textsIn } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const MINUTE = 60_000;
const texts = (chatId: number): string[] => textsIn(counter, chatId);

describe('short of money', () => {
  const begin = (person = CUSTOMER) => counter.say('/topup 036362608 1000', person);

  it('asks for exactly what is missing; with the approval the confirmation is back and can be paid', async () => {
    await fill(counter, CUSTOMER, 400);
    await begin();
    expect(counter.text(CUSTOMER)).toContain(
      'You are 600 DA short: your balance is 400 DA, the price 1 000 DA.\nThe purchase is kept for 30 minutes.',
    );
    expect(counter.labels(CUSTOMER)[0]).toBe('[Ask the shop for 600 DA]');
    await counter.press('Ask the shop for 600 DA', CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('Your purchase is kept until 20:12 and comes back by itself.');
    expect(counter.text()).toContain('asks for 600 DA');
    await counter.cases.house.setRule(OWNER, 'customer', { kind: 'fixed', amount: dinars(-10) });
    await counter.press('Put 600 DA');
    const [news, prompt] = texts(CUSTOMER).slice(-2);
    expect(news).toContain('The shop put 600 DA on your wallet');
    expect(prompt).toContain('You pay: 990 DA');
    expect(prompt).toContain('Balance: 1 000 DA, then 10 DA');
    await counter.press('Pay 990 DA', CUSTOMER);
    await counter.work();
    const [order] = await counter.shop.store.history(CUSTOMER, 1);
    expect(order).toMatchObject({ price: dinars(990), value: dinars(1000), buyer: CUSTOMER });
    expect(counter.failures).toEqual([]);
  });

  it('asked for twice by an impatient thumb, the shop is asked once', async () => {
    await begin();
    const { id, keyboard } = counter.last(CUSTOMER);
    const data = keyboard[0]?.[0]?.callback_data ?? '';
    await counter.press('Ask the shop for 1 000 DA', CUSTOMER);
    void counter.telegram.pressStale(CUSTOMER, CUSTOMER, id, data);
    await counter.handle();
    expect(await counter.shop.store.records('request')).toHaveLength(1);
  });

  it('comes back without being asked for when an owner or an agent puts money', async () => {
    await begin();
    await fill(counter, AGENT, 5000);
    await counter.say('/transfer @nadia 1000', AGENT);
    await counter.press('Donner 1 000 DA', AGENT);
    const [news, prompt] = texts(CUSTOMER).slice(-2);
    expect(news).toContain('Karim put 1 000 DA on your wallet');
    expect(prompt).toContain('You pay: 1 000 DA');
  });

  it('comes back when an owner grants an agent more credit', async () => {
    await begin(AGENT);
    await counter.cases.members.setCeiling(OWNER, AGENT, dinars(5000));
    await counter.handle();
    expect(counter.labels(AGENT)[0]).toBe('[✅ Payer 1 000 DA]');
  });

  it('still short: says what is missing now', async () => {
    await begin();
    await fill(counter, CUSTOMER, 300);
    await counter.handle();
    expect(counter.text(CUSTOMER)).toContain('You are 700 DA short');
    await fill(counter, CUSTOMER, 700);
    await counter.handle();
    expect(counter.labels(CUSTOMER)[0]).toBe('[✅ Pay 1 000 DA]');
  });

  it('does not come back after half an hour', async () => {
    await begin();
    counter.shop.clock.pass(30 * MINUTE);
    const before = counter.messages(CUSTOMER).length;
    await fill(counter, CUSTOMER, 2000);
    await counter.handle();
    expect(counter.messages(CUSTOMER)).toHaveLength(before);
  });

  it('says so when the amount has run out meanwhile', async () => {
    await begin();
    counter.shop.topups.offersInStock = counter.shop.topups.offersInStock.filter(
      ({ value }) => value !== dinars(1000),
    );
    counter.shop.clock.pass(5 * MINUTE);
    await fill(counter, CUSTOMER, 2000);
    await counter.handle();
    expect(counter.text(CUSTOMER)).toContain('This amount is not in stock. Choose another.');
    expect(counter.labels(CUSTOMER).join()).toContain('500 DA');
  });

  it.each(['Cancel', '/cancel'])('given up with %s, it does not come back', async (how) => {
    await begin();
    await (how === 'Cancel' ? counter.press(how, CUSTOMER) : counter.say(how, CUSTOMER));
    expect(counter.text(CUSTOMER)).toContain('Cancelled');
    const before = counter.messages(CUSTOMER).length;
    await fill(counter, CUSTOMER, 2000);
    await counter.handle();
    expect(counter.messages(CUSTOMER)).toHaveLength(before);
  });

  it('dropped while the shop thinks about it, it does not come back', async () => {
    await begin();
    await counter.press('Ask the shop', CUSTOMER);
    await counter.press('Drop the purchase', CUSTOMER);
    expect(counter.text(CUSTOMER)).toBe('Cancelled. Nothing was moved.');
    await counter.press('Put 1 000 DA');
    expect(counter.text(CUSTOMER)).toContain('The shop put 1 000 DA');
  });

  it('never takes another purchase away: it offers to go on', async () => {
    await fill(counter, AGENT, 600);
    await begin(AGENT);
    await counter.press('Demander', AGENT);
    await counter.say('/topup 036362609 500', AGENT);
    expect(counter.labels(AGENT)[0]).toBe('[✅ Payer 500 DA]');
    await counter.press('Put 400 DA');
    expect(counter.text(AGENT)).toContain('l’un de vos achats attend encore');
    await counter.press('Reprendre l’achat', AGENT);
    expect(counter.text(AGENT)).toContain('036 36 26 08');
    expect(counter.labels(AGENT)[0]).toBe('[✅ Payer 1 000 DA]');
  });

  it('what fits can be bought instead, and then nothing waits', async () => {
    await fill(counter, CUSTOMER, 600);
    await begin();
    await counter.press('500 DA', CUSTOMER);
    await counter.press('Pay 500 DA', CUSTOMER);
    await counter.work();
    await fill(counter, CUSTOMER, 2000);
    const before = counter.messages(CUSTOMER).length;
    await counter.handle();
    expect(counter.messages(CUSTOMER)).toHaveLength(before);
  });

  it('comes back in the group where it was begun, without a price or a balance', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, AGENT] });
    await fill(counter, AGENT, 380);
    await counter.say('/topup 036362608 1000', AGENT, group);
    expect(counter.text(group)).not.toMatch(/manque|solde est/);
    const asking = counter.last(group).keyboard[0]?.[0];
    expect(asking?.text).toBe('Demander du crédit à la boutique');
    expect(asking?.callback_data).toMatch(/^d:[0-9a-z]+:wask:[0-9a-z]+$/);
    await counter.press('Demander du crédit à la boutique', AGENT, group);
    expect(counter.text(group)).not.toMatch(/620|380/);
    expect(counter.text()).toContain('asks for 620 DA');
    await counter.press('Put 620 DA');
    expect(counter.labels(group)[0]).toBe('[✅ Recharger 1 000 DA]');
    expect(counter.text(group)).toContain('036 •• •• 08');
    expect(counter.text(group)).not.toMatch(/Vous payez|solde/i);
    expect(counter.text(AGENT)).toContain('La boutique a mis 620 DA');
  });

  const called = (group: number) =>
    counter
      .last(group)
      .entities.map(({ type, user }) => (type === 'text_mention' ? user?.id : undefined))
      .filter((id) => id !== undefined);

  it('calls in a group the one it belongs to, when it comes back and when it is offered', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, AGENT, CUSTOMER] });
    await counter.say('/topup 036362608 1000', AGENT, group);
    expect(called(group)).toEqual([]);
    await fill(counter, AGENT, 400);
    await counter.handle();
    expect(counter.text(group)).toMatch(/^Pour Karim\n/);
    expect(called(group)).toEqual([AGENT]);
    await fill(counter, AGENT, 600);
    await counter.handle();
    expect(counter.text(group)).toMatch(/^Pour Karim\n/);
    expect(counter.labels(group)[0]).toBe('[✅ Recharger 1 000 DA]');
    expect(called(group)).toEqual([AGENT]);
    await counter.press('Autre montant', AGENT, group);
    expect(counter.text(group)).not.toContain('Karim');

    await counter.say('/topup 036362608 1000', CUSTOMER, group);
    await counter.say('/topup', CUSTOMER, group);
    await fill(counter, CUSTOMER, 1000);
    await counter.handle();
    expect(counter.text(group)).toBe(
      'For Nadia\n✅ There is new credit, and a purchase of yours still waits. Finish this one, or go on with that one.',
    );
    expect(called(group)).toEqual([CUSTOMER]);
  });

  it('a button for what is missing works for that purchase alone', async () => {
    await begin();
    const { id, keyboard } = counter.last(CUSTOMER);
    const data = keyboard[0]?.[0]?.callback_data ?? '';
    await counter.press('Cancel', CUSTOMER);
    const answer = counter.telegram.pressStale(CUSTOMER, CUSTOMER, id, data);
    await counter.handle();
    expect((await answer).text).toContain('no longer kept');
    expect(await counter.shop.store.records('request')).toEqual([]);
  });

  it('asked for and refused, it is not asked for again by the same button', async () => {
    await begin();
    const { id, keyboard } = counter.last(CUSTOMER);
    const data = keyboard[0]?.[0]?.callback_data ?? '';
    await counter.press('Ask the shop', CUSTOMER);
    await counter.press('Refuse');
    void counter.telegram.pressStale(CUSTOMER, CUSTOMER, id, data);
    await counter.handle();
    expect(await counter.shop.store.records('request')).toEqual([]);
  });

  it('an owner is not asked for credit: he buys on the shop’s', async () => {
    counter.shop.topups.balanceNow = dinars(100);
    await begin(OWNER);
    expect(counter.text()).toContain('880 DA short');
    expect(counter.text()).not.toContain('kept');
    expect(counter.labels().join()).not.toContain('Ask the shop');
  });

  it('frozen meanwhile, the person hears that', async () => {
    await begin();
    await counter.cases.members.setFrozen(OWNER, CUSTOMER, true);
    await fill(counter, CUSTOMER, 2000);
    await counter.handle();
    expect(counter.text(CUSTOMER)).toContain('closed for now');
  });
});
