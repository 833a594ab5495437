// `/correct`: an owner takes money off a wallet, or puts some on it, with a reason.

import { beforeEach, describe, expect, it } from 'vitest';
import { line, ref } from '../domain/an-order.ts';
import { dinars } from '../../src/domain/money.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { AGENT, CUSTOMER, fill, openWallets, balanceOf } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const balance = (person: number): Promise<number> => balanceOf(counter, person);

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
