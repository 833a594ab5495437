// Where access is open, whoever writes is a customer at once, in each language: with an empty wallet, and no more rights
// than that.

import { expect, it } from 'vitest';
import { dinars, ZERO } from '../../src/domain/money.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { castOf, said } from './cast.ts';
import { booksAddUp } from './closing.ts';
import { dayForAll, type ShopDay } from './shop-day.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened), { env: { ACCESS: 'open' } });

it.each(LANGUAGES)(
  'a newcomer in %s buys as soon as there is money, and does nothing else',
  async (language) => {
    const { t, wallets, newcomer } = castOf(day, language);
    const nadia = newcomer('Nadia');
    nadia.say('/start');
    await nadia.sees(said(t.welcome));
    nadia.say('/balance');
    await nadia.sees(said(t.walletBalance(ZERO, ZERO, ZERO)));
    nadia.say('/topup 036000001 500');
    const short = await nadia.sees(said(t.short(dinars(500), ZERO, dinars(500))));
    expect(short.text).toContain(wallets.kept);
    nadia.say(`/transfer ${nadia.id} 100`);
    await nadia.sees(said(wallets.no['agents-to-customers']));
    for (const command of ['/prices', '/people', '/orders', '/invite agent', '/pause']) {
      nadia.say(command);
      await nadia.sees(said(t.notUnderstood));
    }
  },
);

it.each(LANGUAGES)(
  'a newcomer in %s who follows a link comes in as what it says, and only once',
  async (language) => {
    const { people, t, wallets, link, newcomer } = castOf(day, language);
    const token = await link('agent');
    const [karim, omar] = [newcomer('Karim'), newcomer('Omar')];
    karim.say(`/start i-${token}`);
    await karim.sees(said(people.told.letIn.agent));
    karim.say(`/transfer ${karim.id} 100`);
    await karim.sees(said(wallets.no['to-oneself']));
    omar.say(`/start i-${token}`);
    const late = await omar.sees(said(people.join.used));
    expect(omar.buttons(late)).toEqual([[t.buttons.recharge]]);
    omar.say('/balance');
    await omar.sees(said(t.walletBalance(ZERO, ZERO, ZERO)));
  },
);

booksAddUp(() => day);
