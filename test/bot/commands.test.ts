// What the commands answer, in private and where others read along.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import type { Order } from '../../src/domain/order.ts';
import { found, line, ref, sealed } from '../domain/an-order.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { AGENT, CUSTOMER, openWallets } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const inGroup = (): number => counter.addGroup({ title: 'Counter', memberIds: [OWNER, COLLEAGUE] });

/** An order that was delivered. */
async function delivered(buyer = OWNER): Promise<Order> {
  const order = await counter.shop.buy({ buyer });
  await counter.shop.advance(order);
  const code = sealed('1111222233334444');
  const end = await counter.shop.record(order.ref, found('fulfilled', { code, transactionNo: 'AT-1' }));
  if (end === undefined) throw new Error('the order was not delivered');
  return end;
}

describe('/start and /help', () => {
  it('say what the counter is for, with a button to begin', async () => {
    await counter.say('/start');
    expect(counter.text()).toContain('recharges ADSL, fibre and 4G lines');
    expect(counter.labels()).toEqual(['[Recharge a line]']);
    await counter.say('/help');
    expect(counter.text()).toContain('/topup 036362608 1000');
  });

  it.each([
    [
      'owner',
      OWNER,
      ['/people', '/invite', '/prices', '/deposit', '/orders', '/today', '/audit', '/pause'],
      '/transfer',
    ],
    ['agent', AGENT, ['/deposit', '/statement', '/transfer', 'groupes'], '/people'],
    ['customer', CUSTOMER, ['/deposit', '/statement'], '/transfer'],
  ] as const)(
    '/help tells an %s what is theirs to do, on one screen of a phone',
    async (_role, id, said, not) => {
      await openWallets(counter);
      await counter.say('/help', id);
      for (const word of said) expect(counter.text(id)).toContain(word);
      expect(counter.text(id)).not.toContain(not);
      const onPhone = counter
        .text(id)
        .split('\n')
        .map((one) => Math.ceil(one.length / 42));
      expect(onPhone.reduce((all, one) => all + one, 0)).toBeLessThanOrEqual(16);
    },
  );

  it('/help in a group says nothing of who somebody is', async () => {
    const group = inGroup();
    await counter.say('/help', OWNER, group);
    expect(counter.text(group)).toContain('/topup 036362608 1000');
    expect(counter.text(group)).not.toContain('/people');
  });

  it('/start from a group’s delivery shows that order', async () => {
    await delivered();
    await counter.say('/start order-1042');
    expect(counter.text()).toContain('Card code: 1111222233334444');
  });
});

describe('/balance', () => {
  it('says what can be spent, and what is held', async () => {
    await counter.say('/balance');
    expect(counter.text()).toBe('Balance: 100 000 DA');
    await counter.shop.buy();
    await counter.say('/balance');
    expect(counter.text()).toBe('Balance: 99 020 DA\nHeld for orders under way: 980 DA');
  });

  it('is shown to nobody else in a group', async () => {
    const group = inGroup();
    await counter.say('/balance', OWNER, group);
    expect(counter.text(group)).toBe(
      'Your balance is shown to you alone: by this button, or in the private chat.',
    );
    expect((await counter.press('Show my balance', OWNER, group)).text).toBe('Balance: 100\u202F000\u00A0DA');
  });

  it('says so when the provider is away', async () => {
    counter.shop.topups.down = new Set(['balance']);
    await counter.say('/balance');
    expect(counter.text()).toContain('not available right now');
  });
});

describe('/history', () => {
  it('lists the last ten, newest first, each with its state', async () => {
    for (let count = 0; count < 12; count += 1) {
      await counter.shop.buy({ line: line(`0363626${String(count).padStart(2, '0')}`) });
      counter.shop.clock.pass(1_000);
    }
    await counter.say('/history');
    const lines = counter.text().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[1]).toBe('⏳ 1053 · 036 36 26 11 · 1 000 DA · 21 Nov 2026, 19:42');
  });

  it('masks the lines in a group, and shows everybody his own orders only', async () => {
    await counter.shop.buy();
    const group = inGroup();
    await counter.say('/history', OWNER, group);
    expect(counter.text(group)).toContain('036 •• •• 08');
    await counter.say('/history', COLLEAGUE, group);
    expect(counter.text(group)).toContain('Pas encore de commande');
  });
});

describe('/status', () => {
  it.each(['/status 1042', '/status #1042', '/status n°1042', '/status   1042 '])(
    '%s shows that order',
    async (text) => {
      await delivered();
      await counter.say(text);
      expect(counter.text()).toContain('Order no. 1042: recharged.');
      expect(counter.text()).toContain('Card code: 1111222233334444');
    },
  );

  it('without a number shows the order under way, if there is one', async () => {
    await counter.say('/status');
    expect(counter.text()).toContain('Add the order number');
    await counter.shop.buy();
    await counter.say('/status');
    expect(counter.text()).toContain('Order no. 1042: being sent.');
  });

  it.each(['/status 9999', '/status 0'])('%s: there is none', async (text) => {
    await counter.say(text);
    expect(counter.text()).toBe('There is no such order of yours.');
  });

  it.each(['/status abc', '/status 1042 x', '/status -1', '/status 12345678901'])(
    '%s: how to ask',
    async (text) => {
      await counter.say(text);
      expect(counter.text()).toContain('Add the order number');
    },
  );

  describe('of an order that only a person can judge', () => {
    const VERDICTS = ['[It was recharged]', '[Give the money back]'];
    const inReview = async (): Promise<Order> => {
      const order = await counter.shop.buy();
      counter.shop.topups.sendings.push('lost-not-accepted', 'lost-not-accepted');
      return counter.shop.follow(order.ref);
    };

    it.each(['/status 1042', '/status', '/start order-1042'])(
      '%s says what the alert said, with the same two verdicts',
      async (text) => {
        const order = await inReview();
        await counter.say(text);
        expect(counter.text()).toContain('⚠️ Order no. 1042: the provider does not know it');
        expect(counter.text()).toContain(`Our reference: ${order.ref}`);
        expect(counter.labels()).toEqual(VERDICTS);
      },
    );

    it('settles it from there, by any owner, in his language', async () => {
      const { ref: name } = await inReview();
      await counter.say('/status 1042', COLLEAGUE);
      await counter.press('Rendre le montant', COLLEAGUE);
      await counter.say('Vu dans le tableau de bord', COLLEAGUE);
      await counter.press('Oui, j’en suis sûr', COLLEAGUE);
      expect(counter.text(COLLEAGUE)).toBe('La commande n° 1042 est réglée.');
      expect((await counter.shop.order(name)).state.name).toBe('refunded');
    });

    it('offers nothing of it in a group', async () => {
      await inReview();
      const group = inGroup();
      await counter.say('/status 1042', OWNER, group);
      expect(counter.text(group)).toContain('takes unusually long');
      expect(counter.text(group)).not.toContain('036 36');
      expect(counter.labels(group)).toEqual([]);
    });
  });

  it('never shows a code in a group, nor to a colleague', async () => {
    await delivered();
    const group = inGroup();
    await counter.say('/status 1042', OWNER, group);
    expect(counter.last(group).text).not.toMatch(/1111|AT-1|036 36/);
    await counter.say('/status 1042', COLLEAGUE);
    expect(counter.last(COLLEAGUE).text).not.toContain('1111');
  });
});

describe('/language', () => {
  it('is chosen by a button, remembered, and changes the menu', async () => {
    await counter.say('/language');
    expect(counter.labels()).toEqual(['[العربية]', '[Français]', '[English]']);
    const answer = await counter.press('Français');
    expect(answer.answered).toBe(true);
    expect(counter.text()).toBe('Désormais en français.');
    expect(counter.messages()).toHaveLength(1);
    expect(counter.people.language(OWNER)).toBe('fr');
    await counter.say('/balance');
    expect(counter.text()).toBe('Solde : 100 000 DA');
    expect(counter.telegram.commandsFor(OWNER, OWNER)[0]?.description).toBe('Recharger une ligne');
  });

  it('of an order is the one it was bought in', async () => {
    await counter.shop.buy({ ref: ref('t7777777'), language: 'ar', price: dinars(980) });
    await counter.say('/status 1042');
    expect(counter.text()).toContain('الطلب رقم 1042');
  });
});
