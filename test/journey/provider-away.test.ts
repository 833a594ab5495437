// The provider is away, slow, refuses the key, or is only a sandbox.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { booksAddUp } from './closing.ts';
import { buy, chooseLanguages, quote } from './purchase.ts';
import { MINUTE, openDay, type DayOptions, type ShopDay } from './shop-day.ts';
import { readable } from './visitor.ts';

const AWAY = '⚠️ Recharging is not available right now. Nothing was taken. Try again in a few minutes.';

describe('the provider is down', () => {
  let day: ShopDay;
  beforeAll(async () => {
    day = await openDay();
  });
  afterAll(() => day.close());

  it.each([true, 'drop'] as const)(
    'nobody gets as far as a price, and everybody is told so (outage: %s)',
    async (outage) => {
      day.provider.outage(outage);
      await day.leap(6 * MINUTE);
      const UNCHECKED = 'Lines can’t be checked right now; the number may well be right. Nothing was taken.';
      for (const text of ['036362608', '/topup 0472731602 500']) {
        day.owner.say(text);
        await day.owner.sees(UNCHECKED);
      }
      // The first screen doesn't wait for ever to hear that nobody answers; the number is told so at the latest.
      day.owner.say('/topup');
      const first = await day.owner.sees(/What would you like|Recharging is not available/u);
      if (first.text.startsWith('What')) {
        await day.owner.press('ADSL / Fibre', first);
        await day.owner.sees('Send the line number');
        day.owner.say('036362608');
        await day.owner.sees(UNCHECKED);
      } else expect(day.owner.buttons(first)).toEqual([['Check again'], ['Cancel']]);
      day.provider.outage(false);
      await day.owner.press('Check again');
      await day.owner.sees(/What would you like|Line found/u);
    },
  );

  it('a card drawn before the outage is not turned into an order', async () => {
    const card = await quote(day.owner, '036362608', 500);
    day.provider.outage(true);
    await day.owner.press('✅', card);
    const away = await day.owner.sees(AWAY);
    expect(day.provider.orders()).toEqual([]);
    day.provider.outage(false);
    await day.owner.press('Check again', away);
    await day.owner.press('✅', await day.owner.sees('Check, then pay.'));
    await day.owner.sees(': recharged.');
    expect(day.accepted('036362608')).toHaveLength(1);
  });

  it('open orders wait for it and end when it is back', async () => {
    const no = await buy(day.owner, '036000020', 1000);
    await day.owner.sees('in progress');
    day.provider.outage('drop');
    for (let times = 0; times < 10; times += 1) await day.leap(3 * MINUTE);
    day.provider.finish(day.accepted('036000020')[0]?.ref ?? '');
    await day.leap(3 * MINUTE);
    expect(day.owner.saw(': recharged.')).toBe(false);
    day.provider.outage(false);
    await day.leapUntil(() => day.owner.saw(`✅ Order no. ${no}: recharged.`), MINUTE);
  });

  it('an order confirmed just before a long 429 is given up, and nothing was taken', async () => {
    const before = day.provider.balance();
    const card = await quote(day.owner, '213472731602', 500);
    const fault = {
      kind: 'status',
      status: 429,
      code: 'RATE_LIMIT_EXCEEDED',
      retryAfterSeconds: 60,
    } as const;
    day.provider.faultNext({ path: '/internet/send', times: 100, fault });
    await day.owner.press('✅', card);
    await day.leapUntil(() => day.owner.saw('Why: the operator was too busy to take it.'), MINUTE);
    expect(day.owner.saw('490 DA is back in your balance')).toBe(true);
    expect(day.sends('213472731602')).toBeGreaterThan(5);
    expect(day.accepted('213472731602')).toEqual([]);
    expect(day.provider.balance()).toBe(before);
  });

  booksAddUp(() => day);
});

describe('access', () => {
  let day: ShopDay;
  afterEach(() => day.close());

  const refusedBy = async (options: DayOptions): Promise<void> => {
    day = await openDay({ ...options, closed: true });
    await day.start();
    for (const person of [day.owner, day.patronne, day.sahib]) person.say('/start');
    await Promise.all([day.owner, day.patronne, day.sahib].map((person) => person.sees('ADSL')));
  };

  it('a wrong key: two requests at most, one message to each owner, and purchases are refused kindly', async () => {
    await refusedBy({ env: { ONECLICK_API_KEY: 'pk-somebody-elses-key' } });
    day.owner.say('/topup');
    await day.owner.sees(AWAY);
    day.owner.say('036362608');
    await day.owner.sees(/⚠️/u);
    day.owner.say('/topup 036362608 500');
    await day.owner.sees(/⚠️/u);
    day.patronne.say('/balance');
    await day.patronne.sees('n’est pas disponible');
    for (let times = 0; times < 5; times += 1) await day.leap(20 * MINUTE);
    const told = (): number[] =>
      [day.owner, day.patronne, day.sahib].map(
        (one) => one.texts().filter((text) => text.includes('ONECLICK_API_KEY')).length,
      );
    await day.telegram.until(() => told().every((count) => count > 0));
    expect(told()).toEqual([1, 1, 1]);
    expect(day.provider.calls.length).toBeLessThanOrEqual(2);
    expect(day.bot().output()).not.toContain('pk-somebody-elses-key');
  });

  it.each([
    ['switched off', { keyEnabled: false }, '⚠️ عطّل المزوّد هذا المفتاح.'],
    ['only good for reading', { scope: 'READ-ONLY' }, '⚠️ مفتاح المزوّد للقراءة فقط.'],
    ['not allowed from this address', { allowedIps: ['192.0.2.1'] }, '⚠️ حجب المزوّد عنوان هذا الخادم.'],
  ] as const)('a key that is %s: the owners hear why, and nothing is sold', async (_, provider, alert) => {
    await refusedBy({ provider });
    await day.telegram.until(() => day.sahib.texts().some((text) => text.startsWith(alert)));
    day.owner.say('/topup 036362608 500');
    await day.owner.sees(/^⚠️ (Recharging is not available|Lines can’t be checked)/u);
    expect(day.provider.calls.length).toBeLessThanOrEqual(2);
  });

  it('a sandbox key: every message to an owner says so, and no line is sold without the mark', async () => {
    await refusedBy({ provider: { keyType: 'SANDBOX' } });
    const [welcome] = day.owner.texts();
    expect(welcome).toMatch(/^SANDBOX/);
    await chooseLanguages(day);
    const MARKS = [
      'SANDBOX · nothing is really recharged\n',
      'SANDBOX · rien n’est réellement rechargé\n',
      'وضع التجربة SANDBOX · لا يُشحن أي خط فعلا\n',
    ];
    const everyone = [day.owner, day.patronne, day.sahib];
    for (const [i, person] of everyone.entries()) {
      const no = await buy(person, '036000001', [500, 1000, 2000][i] ?? 0);
      const card = await person.sees(new RegExp(`✅ .*${no}`, 'u'));
      for (const version of [card.original, ...card.edits])
        expect(version.text.replaceAll(/[\u2066-\u2069]/gu, '')).toContain(MARKS[i]);
    }
    day.provider.outage('drop');
    await day.bot().stop();
    await day.start();
    day.patronne.say('/help');
    // After a restart the provider need not be there for its last word on this key to count.
    const help = await day.patronne.sees('Envoyez un numéro');
    expect(readable(help.text).startsWith(MARKS[1] ?? '-')).toBe(true);
    day.telegram.addPerson({ id: 700_201, firstName: 'Stranger', languageCode: 'en' });
    day.telegram.say(700_201, 700_201, '/start');
    const told = await day.telegram.until(() => day.telegram.lastBotMessage(700_201));
    expect(told.text).not.toContain('SANDBOX');
  });
});
