// People ask for credit, and owners answer once.

import { beforeEach, describe, expect, it } from 'vitest';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { AGENT, balanceOf, CUSTOMER, fill, openWallets, textsIn } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const balance = (person: number): Promise<number> => balanceOf(counter, person);
const texts = (chatId: number): string[] => textsIn(counter, chatId);

describe('asking for credit', () => {
  it('brings one card to every owner, and the first answer counts', async () => {
    await fill(counter, CUSTOMER, 500);
    await counter.say('/deposit 2000', CUSTOMER);
    expect(counter.text(CUSTOMER)).toBe('⏳ The shop is asked for 2 000 DA. You will be told here.');
    expect(counter.text()).toContain('⚠️ Nadia (@nadia) asks for 2 000 DA.\nBalance: 500 DA, then 2 500 DA');
    expect(counter.labels()).toEqual(['[✅ Put 2 000 DA]', '[Refuse]']);
    expect(counter.text(COLLEAGUE)).toContain('Nadia (@nadia) demande 2 000 DA');
    await counter.press('Put 2 000 DA');
    expect(await balance(CUSTOMER)).toBe(2500);
    expect(counter.text()).toContain('✅ 2 000 DA is on the wallet of Nadia (@nadia).\nBy Owner, 21 Nov');
    expect(counter.text(COLLEAGUE)).toContain('sont sur le portefeuille de Nadia (@nadia).\nPar Owner');
    expect(counter.labels(COLLEAGUE)).toEqual([]);
    expect(counter.text(CUSTOMER)).toBe('✅ The shop put 2 000 DA on your wallet.\nBalance: 2 500 DA');
  });

  it('two owners in the same second move the money once', async () => {
    await counter.say('/deposit 2000', CUSTOMER);
    void counter.telegram.press(OWNER, OWNER, counter.last().id, 'Put');
    void counter.telegram.press(COLLEAGUE, COLLEAGUE, counter.last(COLLEAGUE).id, 'Créditer');
    const updates = await counter.bot.api.getUpdates({ timeout: 0 });
    await Promise.all(updates.map((update) => counter.bot.handleUpdate(update)));
    expect(await balance(CUSTOMER)).toBe(2000);
    expect(texts(CUSTOMER).filter((text) => text.includes('put 2 000 DA'))).toHaveLength(1);
    expect(counter.labels()).toEqual([]);
    expect(counter.labels(COLLEAGUE)).toEqual([]);
  });

  it('refused: the person hears it, and what to do', async () => {
    await counter.say('/deposit 2000', CUSTOMER);
    await counter.press('Refuser', COLLEAGUE);
    expect(counter.text(CUSTOMER)).toContain('The shop did not put the 2 000 DA that you asked for');
    expect(counter.text()).toContain('was refused.\nBy Collègue');
    expect(await balance(CUSTOMER)).toBe(0);
  });

  it('an owner who presses late is told who was faster', async () => {
    await counter.say('/deposit 2000', CUSTOMER);
    const { id, keyboard } = counter.last();
    await counter.press('Refuser', COLLEAGUE);
    const data = keyboard[0]?.[0]?.callback_data ?? '';
    void counter.telegram.pressStale(OWNER, OWNER, id, data);
    await counter.handle();
    expect(counter.text()).toContain('was refused.\nBy Collègue');
    expect(await balance(CUSTOMER)).toBe(0);
  });

  it('asks the amount when it is missing, and takes a picture with the amount below it', async () => {
    await counter.say('/deposit', CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('How much credit do you need?');
    counter.telegram.sendPhoto(CUSTOMER, CUSTOMER, '2000');
    await counter.handle();
    expect(counter.text(CUSTOMER)).toContain('The shop is asked for 2 000 DA');
    expect(counter.last()).toMatchObject({ media: 'photo' });
    expect(counter.last(COLLEAGUE)).toMatchObject({ media: 'photo' });
    await counter.press('Put 2 000 DA');
    expect(counter.last()).toMatchObject({ media: 'photo' });
    expect(counter.text()).toContain('is on the wallet of Nadia');
    expect(counter.text(COLLEAGUE)).toContain('sont sur le portefeuille');
    expect(counter.labels(COLLEAGUE)).toEqual([]);
  });

  it('takes the picture first and the amount after it', async () => {
    await counter.say('/deposit', CUSTOMER);
    counter.telegram.sendPhoto(CUSTOMER, CUSTOMER);
    await counter.handle();
    expect(counter.text(CUSTOMER)).toContain('The picture is here');
    await counter.say('mille', CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('not an amount');
    await counter.say('1500', CUSTOMER);
    expect(counter.last()).toMatchObject({ media: 'photo' });
    expect(counter.text()).toContain('asks for 1 500 DA');
  });

  it.each(['/deposit 2000', '/deposit@recharge_counter_bot 2000', '/deposit@Recharge_Counter_bot\n٢٠٠٠'])(
    'takes a picture whose caption is the whole command: %j',
    async (caption) => {
      counter.telegram.sendPhoto(CUSTOMER, CUSTOMER, caption);
      await counter.handle();
      expect(counter.last()).toMatchObject({ media: 'photo' });
      expect(counter.text()).toContain('asks for 2 000 DA');
    },
  );

  it('a picture that Telegram does not give again is left out, the request is not', async () => {
    await counter.say('/deposit', CUSTOMER);
    counter.telegram.faultNext({
      method: 'sendPhoto',
      fault: { kind: 'status', code: 500, description: 'Internal Server Error' },
    });
    counter.telegram.sendPhoto(CUSTOMER, CUSTOMER, '2000');
    await counter.handle();
    expect(counter.text()).toContain('asks for 2 000 DA');
  });

  it.each([
    ['-300', 'above zero'],
    ['0', 'above zero'],
    ['12.50', 'Whole dinars'],
    ['99999999999', 'more than a wallet takes'],
    ['mille', 'not an amount'],
  ])('%s is asked for once more with what to do', async (text, words) => {
    await counter.say(`/deposit ${text}`, CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain(words);
    await counter.say('٢٠٠٠', CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('asked for 2 000 DA');
  });

  it('has at most three open requests, and none for somebody frozen', async () => {
    for (const amount of [100, 200, 300]) await counter.say(`/deposit ${amount}`, CUSTOMER);
    await counter.say('/deposit 400', CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('Three of your requests are still open');
    await counter.cases.members.setFrozen(OWNER, AGENT, true);
    await counter.say('/deposit 400', AGENT);
    expect(counter.text(AGENT)).toContain('fermé pour le moment');
  });

  it('a person who blocked the bot meanwhile has the money, and the owner knows', async () => {
    await counter.say('/deposit 2000', CUSTOMER);
    counter.telegram.block(CUSTOMER);
    await counter.press('Put 2 000 DA');
    expect(await balance(CUSTOMER)).toBe(2000);
    expect(counter.text()).toContain('could not be told');
  });

  it('is answered by owners alone', async () => {
    await counter.say('/deposit 2000', CUSTOMER);
    const id = (await counter.shop.store.records('request'))[0]?.id ?? '';
    const data = `d:${CUSTOMER.toString(36)}:wyes:${id}`;
    void counter.telegram.pressStale(CUSTOMER, CUSTOMER, counter.last(CUSTOMER).id, data);
    await counter.handle();
    expect(await balance(CUSTOMER)).toBe(0);
  });
});
