// Agents and customers buy from their own wallets at their own price, in each language: guided, in one line, and with too
// little money, which is asked for while the purchase waits.

import { describe, expect, it } from 'vitest';
import { dinars, subtract, ZERO } from '../../src/domain/money.ts';
import type { GivenRole } from '../../src/domain/shop.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { line } from '../domain/an-order.ts';
import { castOf, CODE, firstOf, said, STOCK, wordsOf, type Cast } from './cast.ts';
import { booksAddUp } from './closing.ts';
import { orderNo } from './purchase.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';

/** What they pay for 500, 1 000 and 2 000 DA. In dinars. */
const PRICES: Readonly<Record<GivenRole, readonly [number, number, number]>> = {
  agent: [495, 990, 1980],
  customer: [520, 1020, 2020],
};
const ROLES: readonly GivenRole[] = ['agent', 'customer'];

let day: ShopDay;
dayForAll((opened) => (day = opened), {
  prepare: setPrices,
  between: 15 * MINUTE,
  provider: { products: STOCK },
});

async function setPrices({ owner }: ShopDay): Promise<void> {
  const { desk } = wordsOf('en');
  for (const [role, rule] of [
    ['agent', '-1%'],
    ['customer', '+20'],
  ] as const) {
    owner.say('/prices');
    await owner.press(desk.buttons.ruleOf(role), await owner.sees(said(desk.prices.title)));
    await owner.sees(said(desk.prices.askRole(role)));
    owner.say(rule);
    await owner.sees(said(desk.prices.title));
  }
}

describe.each(LANGUAGES.flatMap((language) => ROLES.map((role) => ({ language, role }))))(
  'in $language, as $role',
  ({ language, role }) => {
    const cast = (): Cast => castOf(day, language);
    const [small, middle, large] = PRICES[role].map(dinars);
    if (small === undefined || middle === undefined || large === undefined) throw new Error('three prices');

    it('guided, step by step, at the own price from the own wallet', async () => {
      const { t, member } = cast();
      const nadia = await member(role, 'Nadia', 5000);
      nadia.say('/topup');
      const asked = await nadia.sees(said(t.askService));
      await nadia.press(t.buttons.service('ADSL'), asked);
      await nadia.sees(said(t.askNumber('ADSL')));
      nadia.say('٠٣٦ ٣٦ ٢٦ ٠٨');
      const values = await nadia.sees(said(t.chooseAmountPriced));
      for (const [i, price] of [small, middle, large].entries())
        expect(nadia.buttons(values).flat()).toContain(
          said(t.buttons.amount(dinars([500, 1000, 2000][i] ?? 0), price)),
        );
      await nadia.press(said(t.buttons.amount(dinars(1000), middle)), values);
      const facts = { service: 'ADSL', line: line('036362608'), value: dinars(1000), masked: false } as const;
      const card = await nadia.sees(said(t.quote({ ...facts, price: middle, balance: dinars(5000) })));
      await nadia.press(said(t.buttons.pay(middle)), card);
      const done = await nadia.sees(CODE);
      expect(done.id).toBe(card.id);
      const sold = day.accepted('036362608').at(-1);
      expect(sold).toMatchObject({ value: 1000, status: 'FULFILLED' });
      expect(done.text).toContain(sold?.cardCode);
      nadia.say('/balance');
      await nadia.sees(said(t.walletBalance(subtract(dinars(5000), middle), ZERO, ZERO)));
    });

    it('in one line and one press', async () => {
      const { t, member } = cast();
      const nadia = await member(role, 'Nadia', 600);
      nadia.say('/topup 213470000001 ٥٠٠');
      const facts = {
        service: '4G',
        line: line('213470000001', '4G'),
        value: dinars(500),
        masked: false,
      } as const;
      const card = await nadia.sees(said(t.quote({ ...facts, price: small, balance: dinars(600) })));
      await nadia.press(said(t.buttons.pay(small)), card);
      const no = Number(orderNo(await nadia.sees(CODE)));
      nadia.say('/history');
      await nadia.sees(said(t.historyTitle));
      nadia.say(`/status ${no}`);
      await nadia.sees(day.accepted('213470000001').at(-1)?.cardCode ?? '-');
      nadia.say('/balance');
      await nadia.sees(said(t.walletBalance(subtract(dinars(600), small), ZERO, ZERO)));
    });

    it('too little money: kept, asked for with a slip, approved by two owners at once, bought', async () => {
      const { owner, colleagues, t, wallets, member } = cast();
      const [other] = colleagues;
      if (other === undefined) throw new Error('a second owner is needed');
      const nadia = await member(role, 'Nadia', 300);
      nadia.say('/topup 036000001 2000');
      const missing = subtract(large, dinars(300));
      const short = await nadia.sees(said(t.short(missing, dinars(300), large)));
      expect(short.text).toContain(wallets.kept);
      expect(nadia.buttons(short).flat()).toContain(said(wallets.buttons.askMissing(missing)));

      for (const one of [owner, other.owner, nadia]) one.looksAway();
      day.telegram.sendPhoto(nadia.id, nadia.id, '/deposit 2000');
      await nadia.sees(said(wallets.asked(dinars(2000))));
      const request = firstOf(wallets.request(nadia.named, dinars(2000), ZERO, 0));
      const card = await owner.sees(request);
      const theirs = await other.owner.sees(
        firstOf(other.words.wallets.request(nadia.named, dinars(2000), ZERO, 0)),
      );
      expect([card.media, theirs.media]).toEqual(['photo', 'photo']);

      nadia.looksAway();
      await Promise.all([
        owner.press(said(wallets.buttons.put(dinars(2000))), card),
        other.owner.press(said(other.words.wallets.buttons.put(dinars(2000))), theirs),
      ]);
      const granted = await owner.sees(firstOf(wallets.granted(nadia.named, dinars(2000), '', 0)));
      const seen = await other.owner.sees(
        firstOf(other.words.wallets.granted(nadia.named, dinars(2000), '', 0)),
      );
      await day.caughtUp();
      // Both cards name the one who was first, and neither can be pressed again.
      const names = ['Owner', 'Patronne', 'صاحب المحل'].filter((name) => granted.text.includes(name));
      expect(names).toHaveLength(1);
      expect(seen.text).toContain(names[0]);
      expect([granted.keyboard, seen.keyboard]).toEqual([[], []]);

      await nadia.sees(said(wallets.depositTold(dinars(2000), dinars(2300))));
      const facts = { service: 'ADSL', line: line('036000001'), value: dinars(2000), masked: false } as const;
      const back = await nadia.sees(said(t.quote({ ...facts, price: large, balance: dinars(2300) })));
      await nadia.press(said(t.buttons.pay(large)), back);
      await nadia.sees(CODE);
      nadia.say('/balance');
      await nadia.sees(said(t.walletBalance(subtract(dinars(2300), large), ZERO, ZERO)));
    });
  },
);

booksAddUp(() => day);
