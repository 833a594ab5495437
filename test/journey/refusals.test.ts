// Orders that the provider will not take, never finishes, or finishes late: the money, the words and who is told.

import { describe, expect, it } from 'vitest';
import { booksAddUp } from './closing.ts';
import { buy, chooseLanguages } from './purchase.ts';
import { dayForAll, HOUR, MINUTE, type ShopDay } from './shop-day.ts';
import type { Visitor } from './visitor.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened), { prepare: chooseLanguages });

const owners = (): Visitor[] => [day.owner, day.patronne, day.sahib];

describe('an order refused at send gives the money back and says why', () => {
  it.each([
    ['out of stock', { code: 'ERR_STOCK', status: 400 }, 'this amount has just run out'],
    [
      'a number the operator does not know',
      { code: 'ERR_PHONE', status: 400 },
      'the operator does not know this line',
    ],
    ['an argument it does not like', { code: 'ERR_VALIDATION', status: 400 }, 'the operator refused it'],
  ])('%s', async (_, answer, why) => {
    const before = day.provider.balance();
    day.provider.nextSend({ kind: 'refused', ...answer });
    const no = await buy(day.owner, '036362608', 1000);
    const card = await day.owner.sees(`↩️ Order no. ${no}: not recharged; 980 DA is back in your balance.`);
    expect(card.text).toContain(`Why: ${why}`);
    expect(day.provider.balance()).toBe(before);
    expect(day.accepted('036362608')).toEqual([]);
    day.owner.say('/balance');
    const balance = await day.owner.sees(/^Balance:/);
    expect(balance.text).not.toContain('Held');
  });

  it('too little credit at the provider, and every owner is told in his language', async () => {
    const no = await buy(day.owner, '036000016', 500);
    const card = await day.owner.sees(`↩️ Order no. ${no}: not recharged; 490 DA is back in your balance.`);
    expect(card.text).toContain('Why: the shop’s credit does not cover it.');
    const words = [
      `⚠️ Order no. ${no} was refused: the shop’s credit at the provider is too low.`,
      `⚠️ La commande n° ${no} a été refusée : le crédit de la boutique chez le fournisseur est trop bas.`,
      `⚠️ الطلب رقم ${no} رُفض: رصيد المحل لدى المزوّد غير كاف.`,
    ];
    const told = (): string[][] =>
      owners().map((one, i) => one.texts().filter((text) => text.includes(words[i] ?? '-')));
    await day.telegram.until(() => told().every((texts) => texts.length > 0));
    expect(told().map((texts) => texts.length)).toEqual([1, 1, 1]);
    expect(day.sends('036000016')).toBe(1);
  });
});

it('an order that takes more than a minute is also announced by a new message, a quick one is not', async () => {
  const no = await buy(day.owner, '213470000020', 500);
  const card = await day.owner.sees(/in progress/);
  const ago = card.entities.find(({ type }) => type === 'date_time');
  expect(ago).toMatchObject({ date_time_format: 'r' });
  await day.leap(2 * MINUTE);
  day.provider.finish(day.accepted('213470000020')[0]?.ref ?? '');
  const end = new RegExp(`^✅ Order no. ${no}: recharged\\.$`);
  await day.leapUntil(() => day.owner.saw(end), MINUTE / 2);
  const told = await day.owner.sees(end);
  expect(told.replyTo).toBe(card.id);

  const quick = await buy(day.owner, '213470000001', 500);
  const done = await day.owner.sees(`Order no. ${quick}: recharged`);
  await day.owner.press('Again', done);
  await day.owner.sees(/Check, then pay/);
  expect(day.telegram.messages(day.owner.id).filter(({ replyTo }) => replyTo === done.id)).toEqual([]);
  await day.owner.press('Cancel');
});

it('an order that never finishes stays open, its money held, and after six hours the owners look into it', async () => {
  const no = await buy(day.owner, '036000020', 2000);
  const card = await day.owner.sees(/in progress/);
  await day.leap(3 * HOUR);
  day.owner.say(`/status ${no}`);
  await day.owner.sees(`⏳ Order no. ${no}: in progress`);
  day.owner.say('/balance');
  await day.owner.sees('Held for orders under way: 1 960 DA');
  await day.leap(3 * HOUR + 11 * MINUTE);
  const review = `🔎 Order no. ${no} takes unusually long; the shop is looking into it.`;
  await day.telegram.until(() =>
    day.owner
      .texts()
      .includes(
        `${review}\nADSL · 036 00 00 20 · 2 000 DA\nYour money is held; do not order again; we will tell you here.`,
      ),
  );
  const alerts = [
    `⚠️ Order no. ${no} is over its time.`,
    `⚠️ La commande n° ${no} dépasse son délai.`,
    `⚠️ الطلب رقم ${no} تجاوز مدته.`,
  ];
  await day.telegram.until(() =>
    owners().every((one, i) => one.texts().some((text) => text.startsWith(alerts[i] ?? '-'))),
  );
  day.owner.looksAway();
  day.provider.finish(day.accepted('036000020')[0]?.ref ?? '');
  const end = `✅ Order no. ${no}: recharged.`;
  await day.leapUntil(() => day.owner.saw(end), HOUR / 2);
  const told = await day.owner.sees(end);
  expect(told.id === card.id || told.replyTo === card.id).toBe(true);
  expect(day.sends('036000020')).toBe(1);
});

it('an owner who knows how an overdue order ended settles it, after a second yes', async () => {
  const no = await buy(day.owner, '213470000020', 1000);
  await day.owner.sees(/in progress/);
  const order = day.accepted('213470000020').at(-1);
  day.patronne.looksAway();
  await day.leap(6 * HOUR + 11 * MINUTE);
  const alert = await day.patronne.sees(`La commande n° ${no} dépasse son délai`);
  expect(alert.text).toContain(order?.ref);
  day.provider.refund(order?.ref ?? '', 'by phone');
  await day.patronne.press('Rendre le montant', alert);
  await day.patronne.sees('comment vous le savez');
  day.patronne.say('Algérie Télécom, par téléphone');
  const sure = await day.patronne.sees('Vous confirmez ?');
  day.owner.looksAway();
  await day.patronne.press('Oui, j’en suis sûr', sure);
  await day.patronne.sees(`La commande n° ${no} est réglée.`);
  await day.owner.sees(`↩️ Order no. ${no}: not recharged; 980 DA is back in your balance.`);
});

booksAddUp(() => day);
