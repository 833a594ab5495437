// The commands around the purchase, and what can still be done with an order, in private.

import { beforeAll, describe, expect, it } from 'vitest';
import { booksAddUp } from './closing.ts';
import { buy } from './purchase.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';
import { readable } from './visitor.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened));

const menu = (person: number): string[] =>
  day.telegram.commandsFor(person, person).map(({ command, description }) => `${command}: ${description}`);

it('/start and /help say what can be done, with a button that does it', async () => {
  day.owner.say('/start');
  const welcome = await day.owner.sees('This counter recharges ADSL, fibre and 4G lines.');
  expect(day.owner.buttons(welcome)).toEqual([['Recharge a line']]);
  await day.owner.press('Recharge a line', welcome);
  await day.owner.sees('What would you like to recharge?');
  day.owner.say('/help');
  const help = await day.owner.sees('/topup 036362608 1000');
  expect(day.owner.buttons(help)).toEqual([['Recharge a line']]);
});

it('with no orders yet, /history and /status say how to begin', async () => {
  day.owner.say('/history');
  await day.owner.sees('No orders yet. /topup starts the first.');
  day.owner.say('/status');
  await day.owner.sees('Add the order number: /status 1042');
});

describe('with orders', () => {
  let no: string;
  beforeAll(async () => {
    no = await buy(day.owner, '036362608', 1000);
    await day.owner.sees(': recharged.');
  });

  it.each(['/status %', '/status #%', '/status n°%', '/status  %  '])(
    '"%s" shows the order with its code',
    async (text) => {
      day.owner.say(text.replace('%', no));
      const card = await day.owner.sees(`✅ Order no. ${no}: recharged.`);
      expect(card.text).toContain(day.accepted('036362608')[0]?.cardCode);
      expect(day.owner.buttons(card)).toEqual([['Copy the code'], ['Again']]);
    },
  );

  it('/status without a number shows the order under way', async () => {
    const open = await buy(day.owner, '036000020', 500);
    await day.owner.sees('in progress');
    day.owner.say('/status');
    await day.owner.sees(`⏳ Order no. ${open}: in progress`);
    day.owner.say('/balance');
    await day.owner.sees('Balance: 998 530 DA\nHeld for orders under way: 490 DA');
    day.provider.finish(day.accepted('036000020')[0]?.ref ?? '');
    await day.leapUntil(() => day.owner.saw(`Order no. ${open}: recharged.`), MINUTE / 6);
  });

  it.each([
    ['/status 999999', 'There is no such order of yours.'],
    ['/status 0', 'There is no such order of yours.'],
    ['/status soon', 'Add the order number'],
    ['/status -1', 'Add the order number'],
    ['/status 99999999999999999999', 'Add the order number'],
  ])('"%s" is answered kindly', async (text, answer) => {
    day.owner.say(text);
    await day.owner.sees(answer);
  });

  it('the code of a colleague is nobody else’s', async () => {
    const code = day.accepted('036362608')[0]?.cardCode ?? '-';
    day.patronne.say(`/status ${no}`);
    const card = await day.patronne.sees(no);
    expect(card.text).not.toContain(code);
    day.patronne.say('/history');
    await day.patronne.sees('Pas encore de commande.');
    expect(JSON.stringify(day.telegram.messages(day.patronne.id))).not.toContain(code);
  });

  it('a colleague’s order shows no button that its reader may not press', async () => {
    day.patronne.say(`/status ${no}`);
    const card = await day.patronne.sees(no);
    for (const { text } of card.keyboard.flat()) {
      const answer = await day.patronne.press(text, card);
      expect(answer.text ?? '').not.toContain('⛔');
    }
  });

  it('/history lists the last orders, the newest first', async () => {
    day.owner.say('/history');
    const list = readable((await day.owner.sees('Your last orders')).text).split('\n');
    expect(list[1]).toMatch(/^✅ \d+ · 036 00 00 20 · 500 DA · \d{1,2} \w+ \d{4}, \d\d:\d\d$/u);
    expect(list[2]).toMatch(new RegExp(`^✅ ${no} · 036 36 26 08 · 1 000 DA · `, 'u'));
  });

  it('a deep link from a group opens the order in private', async () => {
    day.owner.looksAway();
    day.telegram.start(day.owner.id, `order-${no}`);
    const card = await day.owner.sees(`✅ Order no. ${no}: recharged.`);
    expect(card.text).toContain('Card code:');
  });
});

it('once paid, /cancel explains why it cannot stop the order', async () => {
  const no = await buy(day.owner, '213470000020', 500);
  day.owner.say('/cancel');
  await day.owner.sees(`Order no. ${no} was already sent to the operator and can’t be cancelled.`);
  await day.provider.until(() => day.accepted('213470000020').length === 1);
  day.provider.finish(day.accepted('213470000020')[0]?.ref ?? '');
  await day.owner.sees(`Order no. ${no}: recharged.`);
});

it('"again" goes straight to the confirmation of the same recharge', async () => {
  const no = await buy(day.owner, '036000001', 500);
  const done = await day.owner.sees(`Order no. ${no}: recharged.`);
  await day.leap(11 * MINUTE);
  await day.owner.press('Again', done);
  const card = await day.owner.sees('ADSL · 036 00 00 01\nRecharge: 500 DA');
  expect(card.id).toBeGreaterThan(done.id);
  await day.owner.press('Pay', card);
  await day.owner.sees(': recharged.');
  expect(day.accepted('036000001')).toHaveLength(2);
});

it('/balance while the provider is away says so', async () => {
  day.provider.outage('drop');
  day.owner.say('/balance');
  await day.owner.sees('Recharging is not available right now.');
  day.provider.outage(false);
});

it('speaks the language of the person’s app, and publishes the menu in it', async () => {
  await day.telegram.until(() => menu(day.sahib.id).length > 0);
  expect(menu(day.owner.id)[0]).toBe('topup: Recharge a line');
  expect(menu(day.patronne.id)[0]).toBe('topup: Recharger une ligne');
  expect(menu(day.sahib.id)[0]).toBe('topup: شحن خط');
  day.patronne.say('/help');
  await day.patronne.sees('Envoyez un numéro de ligne');
  day.sahib.say('/help');
  await day.sahib.sees('أرسل رقم الخط');
});

it('/language changes the language for good, with the menu', async () => {
  day.owner.say('/language');
  const asked = await day.owner.sees('العربية · Français · English');
  expect(day.owner.buttons(asked)).toEqual([['العربية'], ['Français'], ['English']]);
  await day.owner.press('Français', asked);
  expect((await day.owner.sees('Désormais en français.')).id).toBe(asked.id);
  await day.telegram.until(() => menu(day.owner.id)[0] === 'topup: Recharger une ligne');
  await day.caughtUp();
  await day.bot().kill();
  await day.start();
  day.owner.say('/help');
  await day.owner.sees('Envoyez un numéro de ligne');
});

it('what the bot writes unasked is in the language of the owner’s app, too', async () => {
  day.sahib.looksAway();
  day.patronne.looksAway();
  day.provider.nextSend({ kind: 'refused', code: 'NO_BALANCE', status: 403 });
  const no = await buy(day.owner, '213472731602', 500);
  await day.sahib.sees(`الطلب رقم ${no} رُفض`);
  await day.patronne.sees(`La commande n° ${no} a été refusée`);
});

booksAddUp(() => day);
