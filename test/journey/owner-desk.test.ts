// An owner's day in each language: people, prices, credit and corrections; orders, their stories and a verdict on one that
// only a person can judge; the day's sums, and the trail of who did what.

import { describe, expect, it } from 'vitest';
import { centimes, dinars, subtract, ZERO, type Centimes } from '../../src/domain/money.ts';
import { money } from '../../src/i18n/format.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import type { Rich } from '../../src/i18n/rich.ts';
import { castOf, CODE, firstOf, said, STOCK, type Cast, type Guest } from './cast.ts';
import { booksAddUp } from './closing.ts';
import { orderNo, quote } from './purchase.ts';
import { nextSheet } from './sheet.ts';
import { dayForAll, HOUR, MINUTE, type ShopDay } from './shop-day.ts';
import { readable } from './visitor.ts';

const COST = centimes(97_361);

describe.each(LANGUAGES)('in %s', (language) => {
  let day: ShopDay;
  dayForAll((opened) => (day = opened), {
    morning: true,
    between: 15 * MINUTE,
    provider: { products: STOCK },
  });

  const cast = (): Cast => castOf(day, language);
  const da = (amount: Centimes): string => readable(money(language, amount));
  /** A line of an order's story without its moment. */
  const timeless = (line: Rich | string): string => said(line).replace(/^.*?\d\d:\d\d:\d\d:? /u, '');

  /** Buys 1 000 DA at that price; gives the order's number. */
  async function bought(guest: Guest, price: Centimes, number = '036000001'): Promise<string> {
    await guest.press(said(cast().t.buttons.pay(price)), await quote(guest, number, 1000));
    return orderNo(await guest.sees(/\d{4}/u));
  }

  it('/prices: a rule for a role, with cost, price and margin, and nothing sold below cost unasked', async () => {
    const { owner, t, desk, member } = cast();
    const karim = await member('agent', 'Karim', 3000);
    owner.say('/prices');
    const board = await owner.sees(said(desk.prices.title));
    expect(readable(board.text)).toContain(said(desk.prices.row(dinars(1000), COST, false)));
    await owner.press(desk.buttons.ruleOf('agent'), board);
    await owner.sees(said(desk.prices.askRole('agent')));
    owner.say('cheap');
    await owner.sees(said(desk.prices.wrong));
    owner.say('-1%');
    const priced = await owner.sees(said(desk.prices.title));
    const agent = { price: dinars(990), margin: subtract(dinars(990), COST), sold: true };
    const customer = { price: dinars(1000), margin: subtract(dinars(1000), COST), sold: true };
    expect(readable(priced.text)).toContain(said(desk.prices.roles(agent, customer)));
    await bought(karim, dinars(990));
    await karim.sees(CODE);

    await owner.press(desk.buttons.ruleOf('agent'), priced);
    await owner.sees(said(desk.prices.askRole('agent')));
    owner.say('-5%');
    await owner.sees(said(desk.prices.title));
    karim.say('/topup 036000001 1000');
    await karim.sees(said(t.nothingSold));
    owner.say('/prices');
    await owner.press(desk.buttons.ruleOf('agent'), await owner.sees(said(desk.prices.title)));
    await owner.sees(said(desk.prices.askRole('agent')));
    owner.say('0');
    await owner.sees(said(desk.prices.title));
  });

  it('/people: a credit ceiling, on which an agent buys below zero, and which is not below zero itself', async () => {
    const { owner, t, people, member } = cast();
    const karim = await member('agent', 'Karim', 400);
    await owner.press(people.buttons.ceiling, await cast().cardOf(karim));
    const named = { id: karim.id, name: karim.name, username: karim.username };
    await owner.sees(said(people.ceilingAsk(named, ZERO)));
    for (const [text, fault] of [
      ['-5', 'negative'],
      ['0,5', 'fraction'],
      ['99999999999', 'too-much'],
      ['much', 'not-an-amount'],
    ] as const) {
      owner.say(text);
      await owner.sees(said(people.amountFaults[fault]));
    }
    owner.say('١٠٠٠');
    await karim.sees(said(people.told.ceiling(dinars(1000))));
    await bought(karim, dinars(1000));
    await karim.sees(CODE);
    karim.say('/balance');
    await karim.sees(said(t.walletBalance(dinars(400), ZERO, dinars(1000))));
    const card = await cast().cardOf(karim);
    expect(readable(card.text)).toContain(da(dinars(-600)));
  });

  it('/correct: with a reason that the person reads; one that would hide a loss is refused', async () => {
    const { owner, wallets, member } = cast();
    const nadia = await member('customer', 'Nadia', 1500);
    await bought(nadia, dinars(1000), '036000020');
    await day.provider.until(() => day.accepted('036000020').at(-1)?.status === 'HANDLING');
    owner.say(`/correct ${nadia.id} -300`);
    await owner.sees(said(wallets.whyCorrect(nadia.named, dinars(-300))));
    owner.say('counted twice');
    const asked = await owner.sees(
      said(wallets.confirmCorrection(nadia.named, dinars(-300), dinars(500), 'counted twice')),
    );
    await owner.press(said(wallets.buttons.correct(dinars(-300))), asked);
    await nadia.sees(said(wallets.correctionTold(dinars(-300), dinars(200), 'counted twice')));

    owner.say(`/correct ${nadia.id} -201 the rest`);
    const hiding = await owner.sees(
      said(wallets.confirmCorrection(nadia.named, dinars(-201), dinars(200), 'the rest')),
    );
    await owner.press(said(wallets.buttons.correct(dinars(-201))), hiding);
    await owner.sees(said(wallets.correctionShort(nadia.named, dinars(200), dinars(1000))));
    await cast().has(nadia, 200, 1000);
    nadia.looksAway();
    day.provider.finish(day.accepted('036000020').at(-1)?.ref ?? '');
    await day.leapUntil(() => nadia.saw(CODE), MINUTE / 6);
  });

  it('/orders and /order tell everything of a sale to owners, and nothing to anybody else', async () => {
    const { owner, desk, people, t, member } = cast();
    const nadia = await member('customer', 'Nadia', 1000);
    const no = await bought(nadia, dinars(1000), '036362608');
    await nadia.sees(CODE);
    for (const list of ['/orders', '/orders today', '/orders 036362608', `/orders ${nadia.named.handle}`]) {
      owner.say(list);
      const listed = await owner.sees(no);
      expect(readable(listed.text)).toContain('036 36 26 08');
    }
    owner.say(`/order ${no}`);
    const story = readable((await owner.sees(no)).text);
    for (const line of [
      desk.story.entry(0, 'hold', dinars(1000)),
      desk.story.state(0, 'fulfilled', null, null),
      desk.story.entry(0, 'capture', dinars(1000)),
    ])
      expect(story).toContain(timeless(line));
    for (const amount of [dinars(1000), COST]) expect(story).toContain(da(amount));
    const [sold] = day.accepted('036362608');
    expect(story).toContain(sold?.ref);
    // The provider's own ids may hold as many digits as a code.
    expect(sold?.cardCode).toMatch(CODE);
    expect(story).not.toContain(sold?.cardCode);
    for (const command of [
      '/orders',
      `/order ${no}`,
      '/prices',
      '/today',
      '/people',
      '/audit',
      '/threshold',
    ]) {
      nadia.say(command);
      await nadia.sees(said(t.notUnderstood));
    }
    expect(nadia.texts().join()).not.toContain(said(people.notFound));
  });

  it('an order over its time: every owner hears of it, one settles it by hand with a reason', async () => {
    const { owner, colleagues, t, desk, member } = cast();
    const nadia = await member('customer', 'Nadia', 1000);
    const no = Number(await bought(nadia, dinars(1000), '036000020'));
    await day.provider.until(() => day.accepted('036000020').at(-1)?.status === 'HANDLING');
    for (const one of [owner, ...colleagues.map((colleague) => colleague.owner)]) one.looksAway();
    await day.leapUntil(() => owner.saw(`${no}`), HOUR, 12);
    const alert = await owner.sees(`${no}`);
    await Promise.all(colleagues.map((one) => one.owner.sees(`${no}`)));
    await owner.press(t.buttons.delivered, alert);
    await owner.sees(said(desk.verdict.why(t.alerts.sure.fulfilled(no))));
    owner.say('seen on the line');
    const sure = await owner.sees(said(desk.verdict.reason('seen on the line')));
    nadia.looksAway();
    await owner.press(t.buttons.sure, sure);
    await owner.sees(said(t.alerts.settled(no)));
    await nadia.sees('✅');
    owner.say(`/order ${no}`);
    await owner.sees('seen on the line');
    await cast().has(nadia, 0);
  });

  it('/today adds up what was sold, by role; /audit tells who did what and why, also as a file', async () => {
    const { owner, desk } = cast();
    owner.say('/today');
    const today = readable(
      (
        await owner.sees(
          firstOf(desk.today.sold({ count: 0, value: ZERO, revenue: ZERO, cost: ZERO, margin: ZERO })).split(
            /\d/u,
          )[0] ?? '',
        )
      ).text,
    );
    const sums = (count: number, revenue: Centimes) => {
      const cost = centimes(COST * count);
      return { count, value: dinars(1000 * count), revenue, cost, margin: subtract(revenue, cost) };
    };
    expect(today).toContain(said(desk.today.sold(sums(5, dinars(4990)))));
    expect(today).toContain(said(desk.today.money(sums(5, dinars(4990)))));
    expect(today).toContain(said(desk.today.byRole('agent', sums(2, dinars(1990)))));
    expect(today).toContain(said(desk.today.byRole('customer', sums(3, dinars(3000)))));

    owner.say('/audit');
    const trail = await owner.sees(said(desk.audit.title));
    const sheet = nextSheet(day.telegram, owner.id);
    await owner.press(desk.buttons.file, trail);
    const [columns, ...rows] = await sheet;
    expect(columns).toEqual(desk.sheet.columns);
    const deeds = rows.map((row) => ({ who: row[2], what: row[3], why: row[6] }));
    for (const what of [
      'invite',
      'joined',
      'deposit',
      'price',
      'ceiling',
      'correction',
      'settled-by-hand',
    ] as const)
      expect(deeds.map((deed) => deed.what)).toContain(desk.sheet.what(what));
    const by = String(owner.id);
    const byHand = deeds.find(({ what }) => what === desk.sheet.what('settled-by-hand'));
    expect(byHand?.who).toBe(by);
    expect(byHand?.why).toContain('seen on the line');
    expect(deeds.some(({ who, why }) => who === by && why?.includes('counted twice') === true)).toBe(true);
    expect(deeds.some(({ why }) => why?.includes('the rest') === true)).toBe(false);
  });

  booksAddUp(() => day);
});
