// What stands between a tap and a purchase: stock, price, balance, the twin and the double tap.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { booksAddUp } from './closing.ts';
import { buy, CARD, quote } from './purchase.ts';
import { MINUTE, openDay, type ShopDay } from './shop-day.ts';

const VALUES = [500, 1000, 2000, 5000];
const stock = (costs: Readonly<Record<number, number>> = {}, out: readonly number[] = []) =>
  VALUES.map((value) => ({ value, cost: costs[value] ?? value * 0.98, available: !out.includes(value) }));

let day: ShopDay;
beforeAll(async () => {
  day = await openDay();
});
beforeEach(async () => {
  day.provider.setProducts('ADSL', stock());
  day.provider.setProducts('4G', stock());
  day.provider.setBalance(100_000);
  // Longer than a menu's copy of the price list lives, and than a twin is remembered.
  await day.leap(11 * MINUTE);
});
afterAll(() => day.close());

describe('stock', () => {
  it('nothing in stock says so and offers to look again', async () => {
    day.provider.setProducts('4G', stock({}, VALUES));
    day.owner.say('0472731602');
    const empty = await day.owner.sees(
      'No 4G LTE amount is in stock right now. Check again in a few minutes.',
    );
    expect(day.owner.buttons(empty)).toEqual([['Check again'], ['Other number', 'Cancel']]);
    day.provider.setProducts('4G', stock({}, [5000]));
    await day.owner.press('Check again', empty);
    const values = await day.owner.sees('Choose the amount.');
    expect(day.owner.buttons(values).flat()).toContain('500 DA (490 DA)');
  });

  it.each([
    ['1000', 'Recharge: 1 000 DA'],
    ['1 000', 'Recharge: 1 000 DA'],
    ['٥٠٠', 'Recharge: 500 DA'],
    ['700', 'This amount is not in stock. Choose another.'],
    ['a thousand', 'This amount is not in stock. Choose another.'],
  ])('an amount typed as "%s" is understood', async (text, answer) => {
    day.owner.say('036362608');
    await day.owner.sees('Choose the amount.');
    day.owner.say(text);
    await day.owner.sees(answer);
  });

  it('a value that ran out since the menu was drawn is not sold', async () => {
    day.owner.say('036362608');
    const values = await day.owner.sees('Choose the amount.');
    day.provider.setProducts('ADSL', stock({}, [1000]));
    await day.owner.press('1 000 DA', values);
    const again = await day.owner.sees('This amount is not in stock. Choose another.');
    expect(day.owner.buttons(again).flat()).not.toContain('1 000 DA (980 DA)');
  });

  it('a value that ran out since the card was drawn is not sold', async () => {
    const card = await quote(day.owner, '029000000', 1000);
    day.provider.setProducts('ADSL', stock({}, [1000]));
    await day.owner.press('Pay', card);
    const gone = await day.owner.sees('This amount has just run out. Nothing was taken. Choose another.');
    expect(day.owner.buttons(gone).flat()).toContain('500 DA (490 DA)');
    expect(day.owner.buttons(gone).flat()).not.toContain('1 000 DA (980 DA)');
    expect(day.sends('029000000')).toBe(0);
  });
});

it('a price that changed between the card and the payment is asked about again', async () => {
  const card = await quote(day.owner, '029000000', 1000);
  day.provider.setProducts('ADSL', stock({ 1000: 990.5 }));
  await day.owner.press('Pay 980 DA', card);
  const again = await day.owner.sees('The price is now 990.50 DA. Nothing was taken.');
  expect(again.text).toMatch(CARD);
  expect(day.owner.buttons(again)[0]).toEqual(['✅ Pay 990.50 DA']);
  expect(day.sends('029000000')).toBe(0);
  await day.owner.press('Pay 990.50 DA', again);
  await day.owner.sees(': recharged.');
  expect(day.accepted('029000000')).toMatchObject([{ debited: 990.5 }]);
});

describe('balance', () => {
  it('too little says how much is missing and shows what fits', async () => {
    day.provider.setBalance(700);
    day.owner.say('/topup 021123456 1000');
    const short = await day.owner.sees('You are 280 DA short: your balance is 700 DA, the price 980 DA.');
    expect(short.text).toContain('These amounts fit:');
    expect(day.owner.buttons(short)).toEqual([['500 DA (490 DA)'], ['Other number', 'Cancel']]);
    await day.owner.press('500 DA', short);
    await day.owner.sees('Balance: 700 DA, then 210 DA');
  });

  it('money that went between the card and the payment is noticed before anything is sent', async () => {
    const card = await quote(day.owner, '021123456', 1000);
    day.provider.setBalance(500);
    await day.owner.press('Pay', card);
    await day.owner.sees('You are 480 DA short: your balance is 500 DA, the price 980 DA.');
    expect(day.sends('021123456')).toBe(0);
  });

  it('nothing fits at all: says what is missing and nothing more', async () => {
    day.provider.setBalance(100);
    day.owner.say('/topup 021123456 500');
    const short = await day.owner.sees('You are 390 DA short: your balance is 100 DA, the price 490 DA.');
    expect(short.text).not.toContain('These amounts fit');
  });

  it('two owners who confirm at the same moment cannot both spend the last dinar', async () => {
    day.provider.setBalance(600);
    const [mine, hers] = await Promise.all([
      quote(day.owner, '021123456', 500),
      quote(day.patronne, '0472731602', 500),
    ]);
    await Promise.all([day.owner.press('✅', mine), day.patronne.press('✅', hers)]);
    await day.telegram.until(() => day.owner.saw('short') || day.patronne.saw('manque'));
    const winner = day.owner.saw('short') ? day.patronne : day.owner;
    await winner.sees(/^✅/u);
    expect(day.accepted('021123456').length + day.accepted('213472731602').length).toBe(1);
  });
});

describe('the same line and amount within ten minutes', () => {
  it('needs a second yes, from a colleague too', async () => {
    const no = await buy(day.owner, '031417237', 500);
    await day.owner.sees(': recharged.');
    const card = await quote(day.owner, '031417237', 500);
    await day.owner.press('✅', card);
    const twin = await day.owner.sees(
      new RegExp(
        `⚠️ Order no\\. ${no} \\(.+\\) recharges the same line with the same amount\\. Pay once more\\?`,
        'u',
      ),
    );
    expect(day.owner.buttons(twin)[0]).toEqual(['Yes, pay 490 DA once more']);
    expect(day.accepted('031417237')).toHaveLength(1);

    await day.patronne.press('✅', await quote(day.patronne, '031417237', 500));
    await day.patronne.sees(`La commande n° ${no}`);
    await day.patronne.press('Annuler');

    await day.owner.press('Yes, pay', twin);
    await day.owner.sees(': recharged.');
    expect(day.accepted('031417237')).toHaveLength(2);
  });

  it('is not asked about another amount, after ten minutes, or when the first gave the money back', async () => {
    for (const value of [500, 1000]) {
      await buy(day.owner, '031562900', value);
      await day.owner.sees(': recharged.');
    }
    await day.leap(11 * MINUTE);
    await buy(day.owner, '031562900', 500);
    await day.owner.sees(': recharged.');
    for (const times of [1, 2]) {
      await buy(day.owner, '036000003', 500);
      await day.owner.sees('490 DA is back in your balance');
      expect(day.accepted('036000003')).toHaveLength(times);
    }
  });
});

describe('one confirmation buys once', () => {
  it('when "pay" is tapped twice', async () => {
    const card = await quote(day.owner, '036362608', 2000);
    const answers = await Promise.all([1, 2, 3].map(() => day.owner.press('✅', card)));
    await day.owner.sees(': recharged.');
    expect(answers.every(({ answered, text }) => answered && text === undefined)).toBe(true);
    expect(day.sends('036362608')).toBe(1);
  });

  it('when the app sends the press again long after the order is done', async () => {
    const card = await quote(day.owner, '036362608', 1000);
    const pay = card.keyboard[0]?.[0]?.callback_data ?? '';
    await day.owner.press('✅', card);
    await day.owner.sees(': recharged.');
    const before = day.provider.orders().length;
    const answer = await day.telegram.pressStale(day.owner.id, day.owner.chatId, card.id, pay);
    expect(answer.answered).toBe(true);
    expect(day.provider.orders()).toHaveLength(before);
  });

  it('two owners at once each get their own recharge', async () => {
    const [mine, hers] = await Promise.all([
      quote(day.owner, '213470000001', 1000),
      quote(day.patronne, '036000001', 1000),
    ]);
    await Promise.all([day.owner.press('✅', mine), day.patronne.press('✅', hers)]);
    await Promise.all([day.owner.sees('4G · 213 470 00 00 01'), day.patronne.sees('ADSL · 036 00 00 01')]);
    await Promise.all([day.owner.sees(': recharged.'), day.patronne.sees(' : ligne rechargée.')]);
    expect([day.accepted('213470000001').length, day.accepted('036000001').length]).toEqual([1, 1]);
  });
});

booksAddUp(() => day);
