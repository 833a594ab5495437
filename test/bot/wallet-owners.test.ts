// `/deposit` of an owner: money on somebody’s wallet, once, and the person hears it.

import { beforeEach, describe, expect, it } from 'vitest';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { CUSTOMER, fill, letIn, openWallets, balanceOf } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const balance = (person: number): Promise<number> => balanceOf(counter, person);

describe('/deposit of an owner', () => {
  it('shows what it comes to, moves the money once confirmed, and tells the person', async () => {
    await fill(counter, CUSTOMER, 500);
    await counter.say('/deposit @nadia 2000');
    expect(counter.text()).toBe(
      'Put 2 000 DA on the wallet of Nadia (@nadia)?\nBalance: 500 DA, then 2 500 DA',
    );
    expect(counter.labels()).toEqual(['[✅ Put 2 000 DA]', '[Cancel]']);
    expect(await balance(CUSTOMER)).toBe(500);
    await counter.press('Put 2 000 DA');
    expect(counter.text()).toBe('✅ 2 000 DA is on the wallet of Nadia (@nadia).\nBalance: 2 500 DA');
    expect(counter.text(CUSTOMER)).toBe('✅ The shop put 2 000 DA on your wallet.\nBalance: 2 500 DA');
    expect(await balance(CUSTOMER)).toBe(2500);
  });

  it('asks whom, then how much, and takes Arabic digits', async () => {
    await counter.say('/deposit');
    expect(counter.text()).toContain('Whose wallet?');
    expect(counter.labels().join()).toContain('[Nadia]');
    await counter.press('Nadia');
    expect(counter.text()).toContain('How much do you put on the wallet of Nadia (@nadia)?');
    await counter.say('٢٠٠٠');
    expect(counter.text()).toContain('Put 2 000 DA');
    await counter.press('Put 2 000 DA');
    expect(await balance(CUSTOMER)).toBe(2000);
  });

  it('pressed twice moves once', async () => {
    await counter.say(`/deposit ${CUSTOMER} 2000`);
    const { id, keyboard } = counter.last();
    const data = keyboard[0]?.[0]?.callback_data ?? '';
    await counter.press('Put 2 000 DA');
    void counter.telegram.pressStale(OWNER, OWNER, id, data);
    await counter.handle();
    expect(await balance(CUSTOMER)).toBe(2000);
    expect(counter.text()).toContain('done already');
    expect(counter.text()).toContain('Balance: 2 000 DA');
  });

  it.each([
    ['-300', 'above zero'],
    ['0', 'above zero'],
    ['12,50', 'Whole dinars'],
    ['99999999999', 'more than a wallet takes'],
    ['mille', 'not an amount'],
    ['2.000', 'not an amount'],
  ])('%s is refused with what to do, and can be sent again', async (text, words) => {
    await counter.say(`/deposit @nadia ${text}`);
    expect(counter.text()).toContain(words);
    await counter.say('/deposit @nadia');
    await counter.say(text);
    expect(counter.text()).toContain(words);
    await counter.say('700');
    expect(counter.text()).toContain('Put 700 DA');
    expect(await balance(CUSTOMER)).toBe(0);
  });

  it.each(['/deposit 555 2000', '/deposit @ghost 2000', '/deposit Ghost 2000', '/deposit Ghost'])(
    '%s: nobody is called that',
    async (text) => {
      await counter.say(text);
      expect(counter.text()).toContain('Nobody at this shop has that number or name');
      expect(counter.text()).toContain('/deposit @nadia 2000');
    },
  );

  it.each([
    '/deposit Nadia 2000',
    '/deposit nadia 2 000 DA',
    '/deposit Nad ٢٠٠٠',
    '/deposit @nadia 2000',
    '/deposit @NADIA 2000.00',
    `/deposit ${CUSTOMER} 2000`,
    '/deposit ٢٢ 2000',
  ])('%s', async (text) => {
    await counter.say(text);
    expect(counter.text()).toContain('Put 2 000 DA on the wallet of Nadia (@nadia)?');
  });

  it('takes names of several words, accents and digits, and leaves out who was let go', async () => {
    await letIn(counter, { id: 31, name: 'Nadia Ben Salah', role: 'customer' });
    await letIn(counter, { id: 32, name: 'Kiosque 24', role: 'agent' });
    await letIn(counter, { id: 33, name: 'Hélène Meddah', role: 'customer' });
    await letIn(counter, { id: 34, name: 'Hélène Zidane', role: 'customer' });
    await counter.cases.members.remove(OWNER, 34);
    await counter.say('/deposit nadia ben salah 500');
    expect(counter.text()).toContain('on the wallet of Nadia Ben Salah (31)?');
    await counter.say('/deposit kiosque 24 500');
    expect(counter.text()).toContain('Put 500 DA on the wallet of Kiosque 24 (32)?');
    await counter.say('/deposit helene');
    expect(counter.text()).toContain('How much do you put on the wallet of Hélène Meddah (33)?');
  });

  it('asks which of several, with the amount that was said', async () => {
    await letIn(counter, { id: 31, name: 'Nadia Ben Salah', username: 'nbs', role: 'customer' });
    await counter.say('/deposit Nadia 2000');
    expect(counter.text()).toContain('Several people are called that. Whose wallet?');
    expect(counter.labels()).toEqual(['[Nadia (@nadia)]', '[Nadia Ben Salah (@nbs)]', '[Cancel]']);
    await counter.press('Nadia Ben Salah');
    expect(counter.text()).toContain('Put 2 000 DA on the wallet of Nadia Ben Salah (@nbs)?');
    await counter.press('Put 2 000 DA');
    expect(await balance(31)).toBe(2000);
    expect(await balance(CUSTOMER)).toBe(0);
    await counter.say('/deposit Nadia');
    await counter.press('Nadia (@nadia)');
    expect(counter.text()).toContain('How much do you put on the wallet of Nadia (@nadia)?');
    await counter.say('/deposit Nadia -5');
    expect(counter.text()).toContain('above zero');
    await counter.say('/correct Nadia -300 counted twice');
    await counter.press('Nadia (@nadia)');
    expect(counter.text()).toContain('Why is the wallet of Nadia (@nadia) corrected by -300 DA?');
    await counter.say('counted twice');
    expect(counter.text()).toContain('Reason: counted twice');
  });

  it('never takes a plain word for the @name of somebody else alone', async () => {
    await letIn(counter, { id: 31, name: 'Samia', username: 'karim', role: 'customer' });
    await counter.say('/deposit karim 2000');
    expect(counter.labels()).toEqual(['[Karim (21)]', '[Samia (@karim)]', '[Cancel]']);
    await counter.say('/deposit @karim 2000');
    expect(counter.text()).toContain('on the wallet of Samia (@karim)?');
  });

  it('shows no more people than fit, and how to name one', async () => {
    for (let id = 101; id <= 120; id += 1) await letIn(counter, { id, name: `Sami ${id}`, role: 'customer' });
    await counter.say('/deposit Sami 2000');
    expect(counter.labels()).toHaveLength(9);
    expect(counter.text()).toContain('/deposit @nadia 2000');
  });

  it('says that owners have no wallet', async () => {
    await counter.say(`/deposit ${COLLEAGUE} 2000`);
    expect(counter.text()).toContain('Owners have no wallet');
  });

  it('moves the money of somebody who blocked the bot, and says that nobody was told', async () => {
    counter.telegram.block(CUSTOMER);
    await counter.handle();
    await counter.say('/deposit @nadia 2000');
    await counter.press('Put 2 000 DA');
    expect(counter.text()).toContain('✅ 2 000 DA is on the wallet');
    expect(counter.text()).toContain('could not be told');
    expect(await balance(CUSTOMER)).toBe(2000);
  });

  it('can be cancelled, and the question too', async () => {
    await counter.say('/deposit @nadia 2000');
    await counter.press('Cancel');
    expect(counter.text()).toBe('Cancelled. Nothing was moved.');
    await counter.say('/deposit @nadia');
    await counter.press('Cancel');
    await counter.say('2000');
    expect(counter.text()).not.toContain('Put 2 000 DA');
    expect(await balance(CUSTOMER)).toBe(0);
  });

  it('is refused a day later', async () => {
    await counter.say('/deposit @nadia 2000');
    counter.shop.clock.pass(25 * 3_600_000);
    await counter.press('Put 2 000 DA');
    expect(counter.text()).toContain('too old');
    expect(await balance(CUSTOMER)).toBe(0);
  });

  it('does not exist for whoever forges its button', async () => {
    await counter.say('/balance', CUSTOMER);
    const data = `d:${CUSTOMER.toString(36)}:wput:${CUSTOMER}:100000:m1:${counter.shop.clock.now().toString(36)}`;
    void counter.telegram.pressStale(CUSTOMER, CUSTOMER, counter.last(CUSTOMER).id, data);
    await counter.handle();
    expect(await balance(CUSTOMER)).toBe(0);
  });
});
