// `/prices`: what owners see and set, by role and by person.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { counterForEach, COLLEAGUE, OWNER, type Counter } from './open-counter.ts';
import { admitBoth, forge, KARIM } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const rules = async () => (await counter.cases.house.now()).rules;

describe('/prices', () => {
  it('shows cost, price and margin of every value, the rules, and what can be changed', async () => {
    await counter.cases.house.setRule(OWNER, 'agent', { kind: 'percent', hundredths: -100 });
    await counter.say('/prices');
    const text = counter.text();
    expect(text.split('\n').slice(0, 6)).toEqual([
      'Prices',
      'ADSL / Fibre',
      '500 DA: cost 490 DA',
      'Agents 495 DA (+5) · Customers 500 DA (+10)',
      '1 000 DA: cost 980 DA',
      'Agents 990 DA (+10) · Customers 1 000 DA (+20)',
    ]);
    expect(text).toContain('4G LTE');
    expect(text).toContain('Agents pay the amount -1%; customers pay the amount itself.');
    expect(counter.labels()).toEqual(['[Price of agents] [Price of customers]', '[Allow sales below cost]']);
  });

  it('warns where a rule would sell below cost, which is then not sold', async () => {
    await counter.cases.house.setRule(OWNER, 'customer', { kind: 'percent', hundredths: -300 });
    await counter.say('/prices');
    expect(counter.text()).toContain('⚠️ 1 000 DA: cost 980 DA');
    expect(counter.text()).toContain('Customers 970 DA (-10, not sold)');
    expect(counter.text()).toContain('What would go below cost is not sold.');
  });

  it('sets the price of a role from what is typed', async () => {
    await counter.say('/prices');
    await counter.press('Price of customers');
    expect(counter.text()).toContain('Send the price of customers.');
    await counter.say('+١.٥%');
    expect((await rules()).customer).toEqual({ kind: 'percent', hundredths: 150 });
    expect(counter.text()).toContain('Customers 1 015 DA (+35)');
    await counter.press('Price of agents');
    await counter.say('-20');
    expect((await rules()).agent).toEqual({ kind: 'fixed', amount: dinars(-20) });
  });

  it.each(['abc', '2.345%', '-60%', '', '1e3', '5%%'])(
    '%j is no price: it says what one looks like',
    async (text) => {
      await counter.say('/prices');
      await counter.press('Price of agents');
      await counter.say(text === '' ? '.' : text);
      expect(counter.text()).toContain('That is no price. Send for example -2%, +1.5%, -20, 30 or 0');
      await counter.say('-2%');
      expect((await rules()).agent).toEqual({ kind: 'percent', hundredths: -200 });
    },
  );

  it('going back leaves the question: what is typed next is no price', async () => {
    await counter.say('/prices');
    await counter.press('Price of agents');
    await counter.press('Back');
    await counter.say('30');
    expect((await rules()).agent).toMatchObject({ amount: 0 });
  });

  it('sales below cost are allowed after a second yes, and forbidden at once', async () => {
    await counter.say('/prices');
    await counter.press('Allow sales below cost');
    expect((await counter.cases.house.now()).belowCost).toBe(false);
    await counter.press('Yes, also below cost');
    expect((await counter.cases.house.now()).belowCost).toBe(true);
    await counter.press('Never sell below cost');
    expect((await counter.cases.house.now()).belowCost).toBe(false);
  });

  it('says so when the provider or the shelves give nothing, and still shows the rules', async () => {
    counter.shop.topups.offersInStock = [];
    await counter.say('/prices');
    expect(counter.text()).toContain('Nothing is in stock right now.');
    counter.shop.topups.down = new Set(['offers']);
    await counter.say('/prices', COLLEAGUE);
    expect(counter.text(COLLEAGUE)).toContain('Le fournisseur ne dit pas');
    expect(counter.text(COLLEAGUE)).toContain('Les agents paient le montant même');
  });
});

describe('the price of one person', () => {
  const own = async () => (await counter.shop.store.record('member', KARIM))?.rule;

  it('is set, shown with its margins, and taken back', async () => {
    await admitBoth(counter);
    await forge(counter, OWNER, 'hprice', String(KARIM));
    expect(counter.text()).toContain('Karim · agent\nPays the price of the role: the amount itself');
    await counter.press('Set a price');
    await counter.say('-1%');
    expect(await own()).toEqual({ kind: 'percent', hundredths: -100 });
    expect(counter.text()).toContain('Own price: the amount -1%');
    expect(counter.text()).toContain('1 000 DA: 990 DA (+10)');
    await counter.press('Back to the price of the role');
    expect(await own()).toBeNull();
  });

  it('goes back to the card that it was opened from', async () => {
    await admitBoth(counter);
    await counter.say('/people karim');
    await counter.press('Price');
    expect(counter.text()).toContain('Karim · agent\nPays the price of the role');
    await counter.press('Back', OWNER);
    expect(counter.text()).toContain('Telegram number: 20');
  });

  it('below cost is for this person alone, after a second yes', async () => {
    await admitBoth(counter);
    await counter.cases.members.setPrice(OWNER, KARIM, { rule: { kind: 'percent', hundredths: -300 } });
    await forge(counter, OWNER, 'hprice', String(KARIM));
    expect(counter.text()).toContain('⚠️ 1 000 DA: 970 DA (-10, not sold)');
    await counter.press('Allow sales below cost');
    await counter.press('Yes, also below cost');
    expect(await counter.shop.store.record('member', KARIM)).toMatchObject({
      ...{ belowCost: true, rule: { hundredths: -300 } },
    });
    expect((await counter.cases.house.now()).belowCost).toBe(false);
  });

  it.each(['99', 'x', String(OWNER)])('%s is nobody with a price', async (id) => {
    await forge(counter, OWNER, 'hprice', id);
    expect(counter.text()).toBe('There is no such agent or customer.');
  });
});
