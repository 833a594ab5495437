// Money that no order moves, in each language: an agent gives a customer credit, both read their wallets, amounts that are
// none, and somebody who blocks the bot with money held.

import { describe, expect, it } from 'vitest';
import { dinars, subtract, ZERO } from '../../src/domain/money.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { castOf, firstOf, said, STOCK, type Cast, type Guest } from './cast.ts';
import { booksAddUp } from './closing.ts';
import { quote } from './purchase.ts';
import { centimesIn, nextSheet } from './sheet.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';
import { readable } from './visitor.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened), { between: 15 * MINUTE, provider: { products: STOCK } });

describe.each(LANGUAGES)('in %s', (language) => {
  const cast = (): Cast => castOf(day, language);

  async function give(agent: Guest, customer: Guest, amount: number): Promise<void> {
    const { wallets } = cast();
    agent.say(`/transfer ${customer.named.handle} ${amount}`);
    const card = await agent.sees(firstOf(wallets.confirmTransfer(customer.named, dinars(amount), ZERO)));
    await agent.press(said(wallets.buttons.give(dinars(amount))), card);
    await agent.sees(firstOf(wallets.given(customer.named, dinars(amount), ZERO)));
  }

  it('an agent gives a customer credit: both are told, and a button pressed again moves nothing', async () => {
    const { wallets, member } = cast();
    const [karim, nadia] = [await member('agent', 'Karim', 3000), await member('customer', 'Nadia')];
    karim.say(`/transfer ${nadia.id} ٥٠٠`);
    const card = await karim.sees(said(wallets.confirmTransfer(nadia.named, dinars(500), dinars(3000))));
    const data = card.keyboard[0]?.[0]?.callback_data ?? '';
    await karim.press(said(wallets.buttons.give(dinars(500))), card);
    await nadia.sees(said(wallets.givenTold(karim.named, dinars(500), dinars(500))));
    await karim.sees(said(wallets.given(nadia.named, dinars(500), dinars(2500))));
    karim.looksAway();
    await day.telegram.pressStale(karim.id, karim.id, card.id, data);
    await karim.sees(said(wallets.movedBefore(dinars(2500))));
    for (const [person, balance] of [
      [karim, 2500],
      [nadia, 500],
    ] as const) {
      await cast().has(person, balance);
    }
  });

  it('nobody else gives, nobody gives to anybody else, and nobody gives more than there is', async () => {
    const { owner, wallets, member } = cast();
    const [karim, samir] = [await member('agent', 'Karim', 300), await member('agent', 'Samir')];
    const nadia = await member('customer', 'Nadia', 400);
    for (const [person, command, answer] of [
      [nadia, `/transfer ${karim.id} 100`, wallets.no['agents-to-customers']],
      [karim, `/transfer ${samir.id} 100`, wallets.no['agents-to-customers']],
      [karim, `/transfer ${karim.id} 100`, wallets.no['to-oneself']],
      [karim, `/transfer ${owner.id} 100`, wallets.no['no-such-person']],
      [karim, `/transfer ${nadia.id} 301`, wallets.transferShort(dinars(300))],
    ] as const) {
      person.say(command);
      await person.sees(said(answer));
    }
    await cast().has(karim, 300);
  });

  it('amounts that are none move nothing, whoever names them', async () => {
    const { owner, wallets, member } = cast();
    const [karim, nadia] = [await member('agent', 'Karim', 600), await member('customer', 'Nadia', 700)];
    const faults = [
      ...[['-5', 'negative'] as const, ['٠', 'zero'] as const, ['2,5', 'fraction'] as const],
      ...[['99999999999', 'too-much'] as const, ['many', 'not-an-amount'] as const],
    ];
    for (const [amount, fault] of faults)
      for (const [person, command] of [
        [nadia, `/deposit ${amount}`],
        [karim, `/transfer ${nadia.id} ${amount}`],
        [owner, `/deposit ${nadia.id} ${amount}`],
      ] as const) {
        person.say(command);
        await person.sees(said(wallets.faults[fault]));
        person.say('/cancel');
        await person.sees(/./u);
      }
    for (const amount of ['0', '0,5', '99999999999']) {
      owner.say(`/correct ${nadia.id} ${amount} counted twice`);
      const fault = amount === '0' ? 'zero' : amount === '0,5' ? 'fraction' : 'too-much';
      await owner.sees(said(wallets.faults[fault]));
    }
    for (const [person, balance] of [
      [karim, 600],
      [nadia, 700],
    ] as const) {
      await cast().has(person, balance);
    }
  });

  it('/statement tells every movement, page by page, and as a file that adds up', async () => {
    const { wallets, member } = cast();
    const [karim, nadia] = [await member('agent', 'Karim', 5000), await member('customer', 'Nadia')];
    for (let n = 1; n <= 9; n += 1) await give(karim, nadia, 100 * n);
    const facts = { person: null, balance: dinars(4500), held: ZERO, ceiling: ZERO };
    nadia.say('/statement');
    const page = await nadia.sees(said(wallets.statement(facts)));
    expect(readable(page.text)).toContain(said(wallets.what.transferIn('Karim')));
    const before = page.text;
    await nadia.press(wallets.buttons.older, page);
    const older = await nadia.sees(said(wallets.statement(facts)));
    expect(older.text).not.toBe(before);
    const sheet = nextSheet(day.telegram, nadia.id);
    await nadia.press(wallets.buttons.file, older);
    const [heading, ...rows] = await sheet;
    expect(heading).toEqual(Object.values(wallets.file));
    expect(rows).toHaveLength(9);
    expect(rows.map(([, what]) => what)).toEqual(rows.map(() => wallets.fileKinds.transferIn));
    expect(rows.reduce((all, row) => all + centimesIn(row[3]), 0)).toBe(dinars(4500));
    expect(centimesIn(rows.at(-1)?.[4])).toBe(dinars(4500));
    await cast().has(karim, 500);
  });

  it('whoever blocks the bot with money held finds the order and the money when they come back', async () => {
    const { owner, t, wallets, member } = cast();
    const nadia = await member('customer', 'Nadia', 2500);
    const card = await quote(nadia, '036000020', 1000);
    await nadia.press(said(t.buttons.pay(dinars(1000))), card);
    await nadia.sees(/⏳/u);
    await day.provider.until(() => day.accepted('036000020').at(-1)?.status === 'HANDLING');
    await cast().has(nadia, 1500, 1000);
    day.telegram.block(nadia.id);
    owner.say(`/deposit ${nadia.id} 300`);
    const put = await owner.sees(said(wallets.confirmDeposit(nadia.named, dinars(300), dinars(1500))));
    await owner.press(said(wallets.buttons.put(dinars(300))), put);
    await owner.sees(said(wallets.notReached(nadia.named)));
    day.provider.finish(day.accepted('036000020').at(-1)?.ref ?? '');
    await day.leap(10 * MINUTE);
    day.telegram.unblock(nadia.id);
    nadia.say('/history');
    await nadia.sees(/✅/u);
    nadia.say('/balance');
    await nadia.sees(said(t.walletBalance(subtract(dinars(2800), dinars(1000)), ZERO, ZERO)));
  });
});

booksAddUp(() => day);
