// `/today`, `/pause`, `/resume` and `/threshold` as an owner uses them.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { found } from '../domain/an-order.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { admitBoth, NADIA } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, '').replace(/\u00A0/g, ' ');

describe('/today', () => {
  it('says what was sold, for how much, what is left, by whom, and what is held', async () => {
    await admitBoth(counter);
    const price = dinars(1_000);
    const order = await counter.shop.buy({ buyer: NADIA, role: 'customer', price });
    await counter.shop.advance(order);
    await counter.shop.record(order.ref, found('fulfilled'));
    await counter.shop.buy();
    await counter.say('/today');
    expect(counter.text().split('\n')).toEqual([
      'Today, 21 Nov 2026',
      'Recharged: 1 · 1 000 DA',
      'Revenue: 1 000 DA',
      'Cost: 980 DA',
      'Margin: +20 DA',
      'Customers: 1 · 1 000 DA · margin +20 DA',
      'Money given back: 0',
      'Open orders: 1, holding 980 DA',
    ]);
  });
});

describe('/pause and /resume', () => {
  it('buyers hear the owner’s words, an owner still buys, and sales go on afterwards', async () => {
    await admitBoth(counter);
    const nadia = { id: NADIA, name: 'Nadia', role: 'customer' } as const;
    const owner = { id: OWNER, name: 'Owner', role: 'owner' } as const;
    await counter.say('/pause Back at two');
    expect(counter.text()).toContain('Sales are paused.');
    expect(counter.text()).toContain('Buyers read: Back at two');
    const quote = (who: typeof nadia | typeof owner) =>
      counter.shop.counter.quote(who, 'ADSL', dinars(1_000));
    expect(await quote(nadia)).toEqual({ kind: 'paused', words: 'Back at two' });
    expect(await quote(owner)).toMatchObject({ kind: 'quote' });
    await counter.say('/today');
    expect(counter.text()).toContain('⚠️ Sales are paused since 21 Nov 2026, 19:42');
    await counter.say('/resume');
    expect(counter.text()).toBe('Sales go on.');
    expect(await quote(nadia)).toMatchObject({ kind: 'quote' });
    await counter.say('/resume');
    expect(counter.text()).toBe('Sales were not paused.');
  });

  it('the other owners hear who did it, once, in their language', async () => {
    counter.telegram.start(COLLEAGUE);
    await counter.handle();
    const before = counter.messages(COLLEAGUE).length;
    await counter.say('/pause Back at two');
    await counter.say('/pause Back at two');
    const told = (): string[] =>
      counter
        .messages(COLLEAGUE)
        .slice(before)
        .map(({ text }) => plain(text));
    expect(told()).toEqual([
      '⚠️ Owner a suspendu les ventes.\nLes acheteurs lisent : Back at two\nReprendre : /resume',
    ]);
    expect(counter.messages().filter(({ text }) => text.includes('paused'))).toHaveLength(2);
    await counter.say('/pause Back at three');
    await counter.say('/resume');
    await counter.say('/resume');
    expect(told().slice(1)).toEqual([
      expect.stringContaining('Back at three'),
      '✅ Owner a repris les ventes.',
    ]);
  });

  it('buyers hear it before they have named a line, and before they pay; open orders go on', async () => {
    await admitBoth(counter);
    await counter.say('/topup 036362608 1000', NADIA);
    await counter.press('Pay 1 000 DA', NADIA);
    await counter.say('/topup 036362608 500', NADIA);
    await counter.say('/pause Back at two');
    const sentence = 'The shop has paused its sales. Nothing was taken.\nThe shop says: Back at two';
    await counter.press('Pay 500 DA', NADIA);
    expect(counter.text(NADIA)).toContain(sentence);
    await counter.say('/topup', NADIA);
    expect(counter.text(NADIA)).toContain(sentence);
    await counter.say('/topup 036362608 1000', NADIA);
    expect(counter.text(NADIA)).toContain(sentence);
    const [order] = counter.shop.store.all();
    expect(counter.shop.store.all()).toHaveLength(1);
    await counter.work();
    if (order !== undefined) await counter.shop.record(order.ref, found('fulfilled'));
    await counter.show();
    expect(counter.messages(NADIA).map(({ text }) => text)).toContainEqual(
      expect.stringContaining('recharged'),
    );
    counter.shop.store.audit();
  });

  it('whoever is frozen hears so at once as well', async () => {
    await admitBoth(counter);
    await counter.cases.members.setFrozen(OWNER, NADIA, true);
    await counter.say('/topup', NADIA);
    expect(counter.text(NADIA)).toContain('Your access to this counter is closed for now.');
  });

  it('words that are too long change nothing', async () => {
    await counter.say(`/pause ${'x'.repeat(400)}`);
    expect(counter.text()).toContain('At most 250 characters');
    expect((await counter.cases.house.now()).paused).toBeNull();
  });
});

describe('/threshold', () => {
  const threshold = async () => (await counter.cases.house.now()).threshold;

  it('is set, shown and taken back', async () => {
    await counter.say('/threshold');
    expect(counter.text()).toContain('You hear nothing about the shop’s credit.');
    await counter.say('/threshold ٥٠٠٠');
    expect(await threshold()).toBe(dinars(5_000));
    expect(counter.text()).toContain('falls below 5 000 DA');
    await counter.say('/threshold 0');
    expect(await threshold()).toBeNull();
  });

  it.each([
    ['-5', 'can’t be below zero'],
    ['12.5', 'Whole dinars only'],
    ['many', 'That is no amount'],
    ['99999999999', 'more than any shop has'],
  ])('%s changes nothing and says why', async (text, why) => {
    await counter.say(`/threshold ${text}`);
    expect(counter.text()).toContain(why);
    expect(counter.text()).toContain('/threshold 5000');
    expect(await threshold()).toBeNull();
  });
});
