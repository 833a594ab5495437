// A disk without a byte left: nothing is sent that could not be written down, open orders wait, and it heals.

import { expect, it } from 'vitest';
import { booksAddUp } from './closing.ts';
import { buy, quote } from './purchase.ts';
import { dayForAll, IN_A_DATABASE, MINUTE, type ShopDay } from './shop-day.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened));

it('the purchase is refused before anything is sent, and works again once there is room', async () => {
  const card = await quote(day.owner, '036362608', 1000);
  await day.caughtUp();
  await day.fillDisk(true);
  await day.owner.press('✅', card);
  await day.owner.sees('The order could not be written down, so nothing was sent and nothing was taken.');
  expect(day.sends('036362608')).toBe(0);
  await day.fillDisk(false);
  const no = await buy(day.owner, '036362608', 1000);
  await day.owner.sees(`✅ Order no. ${no}: recharged.`);
  expect(day.accepted('036362608')).toHaveLength(1);
});

it('people get an answer although nothing can be remembered', async () => {
  await day.fillDisk(true);
  day.owner.say('/help');
  await day.owner.sees('/topup 036362608 1000');
  day.owner.say('/topup 036362608 500');
  await day.owner.sees(/./u);
  await day.fillDisk(false);
  day.owner.say('/topup 0472731602 500');
  await day.owner.press('✅', await day.owner.sees('Check, then pay.'));
  await day.owner.sees(': recharged.');
  expect(day.accepted('213472731602')).toHaveLength(1);
});

it('an order that is accepted while the disk is full is kept, told to the owners once, and ends when there is room', async () => {
  let filled: Promise<void> | undefined;
  const stop = day.provider.onRequest(async ({ phase, path }) => {
    if (phase === 'after' && path.startsWith('/internet/send')) await (filled ??= day.fillDisk(true));
  });
  const no = await buy(day.owner, '036000001', 2000);
  await day.provider.until(() => filled);
  stop();
  const alert = `⚠️ ${IN_A_DATABASE ? 'قاعدة البيانات لا تقبل' : 'القرص لا يقبل'} سجل الطلبات`;
  for (let times = 0; times < 5; times += 1) await day.leap(MINUTE);
  await day.telegram.until(() => day.sahib.texts().some((text) => text.includes(alert)));
  await day.fillDisk(false);
  await day.leapUntil(() => day.owner.saw(`✅ Order no. ${no}: recharged.`), MINUTE);
  expect(day.sahib.texts().filter((text) => text.includes(alert))).toHaveLength(1);
  expect(day.sends('036000001')).toBe(1);
});

booksAddUp(() => day);
