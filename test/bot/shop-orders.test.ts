// `/orders`: everybody's orders as owners find them.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { found, HOUR, line } from '../domain/an-order.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { admitBoth, inReview, KARIM } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const rows = (): string[] => counter.text().split('\n').slice(1);

describe('/orders', () => {
  it('lists the newest with a button for each, and turns its pages', async () => {
    for (let count = 0; count < 10; count += 1) await counter.shop.buy({ line: line(`03636260${count}`) });
    await counter.say('/orders');
    expect(counter.text()).toContain('All orders\n⏳ 1051 · 036 36 26 09 · 1 000 DA · Nadia · 19:42');
    expect(rows()).toHaveLength(8);
    expect(counter.labels().slice(0, 3)).toEqual([
      '[1051] [1050] [1049] [1048]',
      '[1047] [1046] [1045] [1044]',
      '[Older]',
    ]);
    await counter.press('Older');
    expect(rows()).toHaveLength(2);
    expect(counter.labels()[1]).toBe('[Newest]');
    await counter.press('Newest');
    expect(rows()).toHaveLength(8);
  });

  it('by state: open, today, in review', async () => {
    await inReview(counter);
    const done = await counter.shop.buy();
    await counter.shop.advance(done);
    await counter.shop.record(done.ref, found('fulfilled'));
    await counter.say('/orders');
    await counter.press('In review');
    expect(rows()).toEqual(['🔎 1042 · 036 36 26 08 · 1 000 DA · Nadia · 19:42']);
    await counter.press('Open');
    expect(rows()).toHaveLength(1);
    await counter.press('Today');
    expect(rows()).toHaveLength(2);
    counter.shop.clock.pass(24 * HOUR);
    await counter.say('/orders today');
    expect(rows()).toEqual(['There are none.']);
    await counter.say('/orders open');
    expect(rows()).toEqual(['🔎 1042 · 036 36 26 08 · 1 000 DA · Nadia · 21 Nov 2026, 19:42']);
  });

  it('by any state, pressed or typed in one’s language', async () => {
    await inReview(counter);
    const done = await counter.shop.buy();
    await counter.shop.advance(done);
    await counter.shop.record(done.ref, found('refunded'));
    await counter.shop.buy();
    await counter.say('/orders');
    await counter.press('By state');
    expect(counter.labels().join(' ')).toContain('[Being sent]');
    await counter.press('Given up, money back');
    expect(counter.text()).toBe(
      'Orders: given up, money back\n↩️ 1043 · 036 36 26 08 · 1 000 DA · Nadia · 19:42',
    );
    for (const [text, no] of [
      ['confirmed', '1044'],
      ['In review', '1042'],
      ['REFUNDED', '1043'],
    ] as const) {
      await counter.say(`/orders ${text}`);
      expect(rows()).toEqual([expect.stringContaining(no)]);
    }
    await counter.say('/orders à examiner', COLLEAGUE);
    expect(counter.text(COLLEAGUE)).toContain('Commandes : à examiner\n🔎 1042');
    for (const state of ['sending', 'unknown', 'handling', 'queued', 'fulfilled', 'rejected']) {
      await counter.say(`/orders ${state}`);
      expect(rows()).toEqual(['There are none.']);
    }
  });

  it('the pages of a list stay with it', async () => {
    for (let count = 0; count < 10; count += 1) await counter.shop.buy();
    const other = await counter.shop.buy();
    await counter.shop.advance(other);
    for (const wanted of ['open', 'today', 'confirmed', '036362608', '7']) {
      await counter.say(`/orders ${wanted}`);
      const title = counter.text().split('\n')[0];
      await counter.press('Older');
      expect(counter.text().split('\n')[0]).toBe(title);
      expect(rows().length).toBeLessThanOrEqual(3);
      expect(rows()).not.toEqual(['There are none.']);
    }
  });

  it('by line, however it is written', async () => {
    await counter.shop.buy();
    await counter.shop.buy({ line: line('036362609') });
    for (const text of ['036362608', '036 36 26 08', '٠٣٦٣٦٢٦٠٨']) {
      await counter.say(`/orders ${text}`);
      expect(counter.text()).toContain('Orders of 036 36 26 08');
      expect(rows()).toHaveLength(1);
    }
  });

  it('by person: @name, number or name; several are asked about', async () => {
    await admitBoth(counter);
    counter.telegram.addPerson({ id: 31, firstName: 'Nadir', languageCode: 'fr' });
    await counter.cases.members.ask({ id: 31, name: 'Nadir', username: null });
    await counter.cases.members.answer({ id: OWNER, name: 'Owner' }, 31, 'customer');
    await counter.shop.buy({ buyer: KARIM, role: 'agent', price: dinars(1000), buyerName: 'Karim' });
    for (const text of [String(KARIM), 'karim']) {
      await counter.say(`/orders ${text}`);
      expect(counter.text()).toContain('Orders of Karim');
      expect(rows()).toHaveLength(1);
    }
    await counter.say('/orders nad');
    expect(counter.text()).toBe('Which of them?');
    await counter.press('Nadia');
    expect(counter.text()).toBe('Orders of Nadia\nThere are none.');
  });

  it('what is neither says how to ask', async () => {
    await counter.say('/orders @nobody');
    expect(counter.text()).toContain('/orders 036362608');
  });
});
