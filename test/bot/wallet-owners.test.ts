// Owners put money on wallets and correct them.

import { beforeEach, describe, expect, it } from 'vitest';
import { line, ref } from '../domain/an-order.ts';
import { dinars } from '../../src/domain/money.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { AGENT, CUSTOMER, fill, letIn, openWallets } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const balance = async (person: number): Promise<number> =>
  (await counter.cases.accounts.balance(person)).balance / 100;

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

describe('/correct of an owner', () => {
  it('needs a reason, shows it, and tells the person', async () => {
    await fill(counter, CUSTOMER, 1000);
    await counter.say('/correct @nadia -300');
    expect(counter.text()).toContain('Why is the wallet of Nadia (@nadia) corrected by -300 DA?');
    await counter.say('counted twice');
    expect(counter.text()).toBe(
      'Correct the wallet of Nadia (@nadia) by -300 DA?\nBalance: 1 000 DA, then 700 DA\nReason: counted twice',
    );
    await counter.press('Correct by -300 DA');
    expect(counter.text()).toContain('✅ The wallet of Nadia (@nadia) is corrected by -300 DA.');
    expect(counter.text(CUSTOMER)).toBe(
      '✅ The shop corrected your wallet by -300 DA.\nBalance: 700 DA\nReason: counted twice',
    );
    expect(await balance(CUSTOMER)).toBe(700);
  });

  it.each([
    ['/correct @nadia -300 counted twice', '-300 DA', 'counted twice'],
    ['/correct @nadia -2 000 DA counted twice', '-2 000 DA', 'counted twice'],
    ['/correct @nadia 300 2 cards too many', '+300 DA', '2 cards too many'],
    ['/correct @nadia −٣٠٠ خطأ', '-300 DA', 'خطأ'],
    ['/correct Nadia -300 counted twice', '-300 DA', 'counted twice'],
    ['/correct nadia -2 000 DA 2 cards', '-2 000 DA', '2 cards'],
  ])('%s', async (text, amount, reason) => {
    await counter.say(text);
    expect(counter.text()).toContain(`by ${amount}?`);
    expect(counter.text()).toContain(`Reason: ${reason}`);
  });

  it('takes no more than what is free, and says what is held', async () => {
    await fill(counter, AGENT, 1500);
    await counter.shop.buy({
      ...{ ref: ref('t7777777'), buyer: AGENT, role: 'agent', chatId: AGENT, price: dinars(1000) },
      line: line('036362609'),
    });
    await counter.say(`/correct ${AGENT} -800 a slip was forged`);
    await counter.press('Correct by -800 DA');
    expect(counter.text()).toContain('Nothing was moved: 500 DA at the most can be taken from Karim (21)');
    expect(counter.text()).toContain('1 000 DA is held for orders under way');
    expect(await balance(AGENT)).toBe(500);
  });

  it('asks again for what is missing', async () => {
    await counter.say('/correct @nadia');
    await counter.say('-300');
    expect(counter.text()).toContain('The reason is missing');
    await counter.say('-300 counted twice');
    expect(counter.text()).toContain('by -300 DA?');
  });

  it('knows nothing of a confirmation from before a restart', async () => {
    await counter.say('/start');
    const data = `d:${OWNER.toString(36)}:wfix:${CUSTOMER}:m999:${counter.shop.clock.now().toString(36)}`;
    void counter.telegram.pressStale(OWNER, OWNER, counter.last().id, data);
    await counter.handle();
    expect(counter.text()).toContain('no longer in use');
  });

  it('does not exist for others', async () => {
    await counter.say(`/correct ${CUSTOMER} 300 a gift`, CUSTOMER);
    expect(counter.text(CUSTOMER)).not.toContain('Correct');
    expect(await balance(CUSTOMER)).toBe(0);
  });
});
