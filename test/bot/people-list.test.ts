// The list of people as owners find them.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { line, ref } from '../domain/an-order.ts';
import { KARIM, lettingIn, NADIA } from './letting-in.ts';
import { counterForEach, type Counter } from './open-counter.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
const { invited, member } = lettingIn(() => counter);

describe('/people', () => {
  it('lists by role, eight a page', async () => {
    for (let n = 1; n <= 9; n += 1) await member('customer', 600 + n, `Customer${n}`);
    await member('agent', KARIM, 'Karim', 1500);
    await counter.say('/people');
    expect(counter.text()).toContain('Agents: 1');
    expect(counter.labels()[0]).toBe('[Karim · 1 500 DA]');
    await counter.press('Customers: 9');
    expect(counter.text()).toContain('Customers: 9\nPage 1 of 2');
    expect(counter.labels()).toHaveLength(11);
    await counter.press('Next');
    expect(counter.labels()[0]).toContain('Customer9');
    await counter.press('Customer9');
    await counter.press('Back');
    expect(counter.text()).toContain('Page 2 of 2');
  });

  it.each(['nadia', '501', '٥٠١', '@nadia', '@NADIA', 'NADIA', 'نادية', 'نَادِيَه'])(
    'finds %s',
    async (text) => {
      const name = { firstName: 'Nadia نادية', username: 'nadia' };
      counter.telegram.addPerson({ id: NADIA, languageCode: 'en', ...name });
      await invited('customer');
      await member('agent', KARIM, 'Karim');
      await counter.say(`/people ${text}`);
      expect(counter.text()).toContain('Telegram number: 501');
    },
  );

  it('says when it finds nobody, and how to go on', async () => {
    await counter.say('/people zohra');
    expect(counter.text()).toContain('Nobody has this name');
    await counter.press('Back');
    expect(counter.text()).toContain('Nobody has come in yet');
  });

  it('shows a person’s money, price and last orders on one card', async () => {
    await member('customer', NADIA, 'Nadia', 5000);
    const agreed = { buyer: NADIA, role: 'customer', price: dinars(1000) } as const;
    for (const no of ['1', '2', '3', '4'])
      await counter.shop.buy({ ...agreed, ref: ref(`t000000${no}`), line: line(`03636260${no}`) });
    await counter.say('/people nadia');
    expect(counter.text()).toContain('Balance: 1 000 DA\nHeld for orders under way: 4 000 DA');
    expect(counter.text()).toContain('Price: that of the role');
    expect(counter.text().match(/⏳ 10\d\d/g)).toEqual(['⏳ 1045', '⏳ 1044', '⏳ 1043']);
    expect(counter.labels()).toEqual([
      ...['[Deposit] [Correction]', '[Statement] [Price]', '[Make an agent]', '[Freeze] [Remove]', '[Back]'],
    ]);
  });

  it('says the same balance as the list, the statement and the person’s own /balance', async () => {
    await member('customer', NADIA, 'Nadia', 5000);
    await counter.shop.buy({ buyer: NADIA, role: 'customer', price: dinars(1000) });
    await counter.say('/balance', NADIA);
    expect(counter.text(NADIA)).toContain('Balance: 4 000 DA\nHeld for orders under way: 1 000 DA');
    await counter.say('/people');
    expect(counter.labels()[0]).toBe('[Nadia · 4 000 DA]');
    await counter.press('Nadia');
    expect(counter.text()).toContain('Balance: 4 000 DA\nHeld for orders under way: 1 000 DA');
    await counter.press('Remove');
    expect(counter.text()).toContain('Balance: 4 000 DA, which stays on the books.\nOrders under way: 1');
    await counter.press('Back');
    await counter.press('Statement');
    expect(counter.text()).toContain('Wallet of Nadia (@nadia)\nBalance: 4 000 DA');
    await counter.press('Open the card');
    expect(counter.text()).toContain('Telegram number: 501');
  });

  it('corrects the wallet from the card', async () => {
    await member('customer', NADIA, 'Nadia', 5000);
    await counter.say('/people nadia');
    await counter.press('Correction');
    await counter.say('-300 counted twice');
    await counter.press('Correct by -300 DA');
    expect((await counter.cases.accounts.balance(NADIA)).balance).toBe(dinars(4700));
  });

  it('does not exist for anybody but owners, and neither do its buttons', async () => {
    await member('agent');
    await counter.say('/people', NADIA);
    expect(counter.text(NADIA)).not.toContain('Agents');
    const { id } = counter.last(NADIA);
    for (const verb of [
      'pcard:501',
      'prole:501:a',
      'pfrz:501:0',
      'premy:501',
      'pans:501:a',
      'pinv:a',
      'plist',
    ]) {
      const pressing = counter.telegram.pressStale(NADIA, NADIA, id, `d:${NADIA.toString(36)}:${verb}`);
      await counter.handle();
      expect((await pressing).text).toContain('no longer in use');
    }
  });
});
