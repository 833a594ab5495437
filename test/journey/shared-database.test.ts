// The real bot on PostgreSQL: alone, then two copies of it on one database, of which one is killed.

import { expect, it } from 'vitest';
import { UNEVEN } from '../store/postgres/uneven.ts';
import { buy, quote } from './purchase.ts';
import { openSharedDay } from './shared-day.ts';
import { HOUR } from './shop-day.ts';

const MOST_MS = 30_000;

it('keeps the time that its bots keep, also when that leaps', async () => {
  const { shop, rows } = await openSharedDay();
  try {
    await shop.start();
    await shop.leap(HOUR);
    const from = shop.now();
    shop.owner.say('/start');
    await shop.owner.sees('ADSL');
    const sql = `SELECT max(received_at) BETWEEN to_timestamp(${from / 1_000}) AND to_timestamp(${shop.now() / 1_000}) AS kept FROM updates`;
    expect(await rows(sql)).toEqual([{ kept: true }]);
  } finally {
    await shop.close();
  }
});

it('sells, restarts in the middle of a purchase, and stops with its books even', async () => {
  const { shop, rows } = await openSharedDay();
  try {
    await shop.start();
    const { owner } = shop;
    owner.say('/start');
    await owner.sees('ADSL');
    const no = await buy(owner, '036362608', 500);
    await owner.sees(`✅ Order no. ${no}: recharged.`, MOST_MS);
    const card = await quote(owner, '036362608', 1000);
    await shop.bot().stop();
    expect(await shop.bot().ended).toBe(0);
    await shop.start();
    await owner.press('✅', card);
    await owner.sees(`✅ Order no. ${Number(no) + 1}: recharged.`, MOST_MS);
    await shop.bot().stop();
    expect(await shop.bot().ended).toBe(0);
    expect(shop.sends('036362608')).toBe(2);
    expect(await rows(UNEVEN)).toEqual([]);
    expect(await rows('SELECT update_id FROM updates WHERE NOT handled')).toEqual([]);
    expect(await rows('SELECT key FROM lanes WHERE held_until > now() OR state IS NOT NULL')).toEqual([]);
    expect(shop.bot().output()).not.toContain(shop.env['CARD_KEY']);
    const stranger = shop.launch({ env: { CARD_KEY: 'cd'.repeat(32) } });
    expect(await stranger.ended).toBe(1);
    expect(stranger.output().trim().split('\n')).toEqual([
      'CARD_KEY is not the key that sealed the card codes in the database. Put the old key back.',
    ]);
  } finally {
    await shop.close();
  }
}, 120_000);

it('serves two buyers by two copies, and when one of them is killed the other finishes what it had', async () => {
  const { shop, rows } = await openSharedDay();
  try {
    const first = await shop.start();
    const second = await shop.start();
    const { owner, patronne } = shop;
    owner.say('/start');
    patronne.say('/start');
    await Promise.all([owner.sees('ADSL'), patronne.sees('ADSL')]);
    const numbers = await Promise.all([buy(owner, '036362608', 500), buy(patronne, '036000001', 500)]);
    expect(new Set(numbers).size).toBe(2);
    const [own, hers] = numbers;
    await owner.sees(`✅ Order no. ${own}: recharged.`, MOST_MS);
    await patronne.sees(`✅ Commande n° ${hers}`, MOST_MS);
    const open = await buy(owner, '036000020', 1000);
    await owner.sees('in progress', MOST_MS);
    // Whichever of them asked Telegram and had the order, the other one does from now on.
    await first.kill();
    patronne.say('/history');
    await patronne.sees('Vos dernières commandes', MOST_MS);
    shop.provider.finish(shop.accepted('036000020')[0]?.ref ?? '');
    await owner.sees(`✅ Order no. ${open}: recharged.`, MOST_MS);
    expect(shop.sends('036000020')).toBe(1);
    await second.stop();
    expect(await second.ended).toBe(0);
    expect(await rows(UNEVEN)).toEqual([]);
  } finally {
    await shop.close();
  }
}, 180_000);
