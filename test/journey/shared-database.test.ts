// The real bot on PostgreSQL: alone, then two copies of it on one database, of which one is killed.

import { expect, it } from 'vitest';
import pg from 'pg';
import { UNEVEN } from '../store/postgres/uneven.ts';
import { describeOnPostgres } from '../store/postgres/with-postgres.ts';
import { startProcess } from '../process/bot-process.ts';
import { buy, quote } from './purchase.ts';
import { openDay, type ShopDay } from './shop-day.ts';

const CARD_KEY = 'ab'.repeat(32);
/** What a process that is gone has is anybody's from now on. */
const LAPSE = `
  UPDATE orders SET held_until = '-infinity' WHERE NOT closed;
  UPDATE lanes SET held_until = '-infinity'`;
const MOST_MS = 30_000;

describeOnPostgres('the bot on PostgreSQL', ({ server, ask }) => {
  let databases = 0;

  /** A day on an empty database; no bot is started yet. */
  async function day(): Promise<{ shop: ShopDay; rows: (sql: string) => Promise<readonly unknown[]> }> {
    const name = `shop_${(databases += 1)}`;
    await ask('public', `CREATE DATABASE ${name}`);
    const url = new URL(server().url);
    url.pathname = name;
    // Not much faster than the world: the bot's patience with the database runs as fast.
    const shop = await openDay({ speed: 3, closed: true, env: { DATABASE_URL: url.href, CARD_KEY } });
    const rows = async (sql: string): Promise<readonly unknown[]> => {
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      const answer = await client.query<Record<string, unknown>>(sql);
      await client.end();
      return answer.rows;
    };
    return { shop, rows };
  }

  it('sells, restarts in the middle of a purchase, and stops with its books even', async () => {
    const { shop, rows } = await day();
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
      expect(shop.bot().output()).not.toContain(CARD_KEY);
      const stranger = startProcess({ ...shop.env, CARD_KEY: 'cd'.repeat(32) });
      expect(await stranger.ended).toBe(1);
      expect(stranger.output().trim().split('\n')).toEqual([
        'CARD_KEY is not the key that sealed the card codes in the database. Put the old key back.',
      ]);
    } finally {
      await shop.close();
    }
  });

  it('serves two buyers by two copies, and when one of them is killed the other finishes what it had', async () => {
    const { shop, rows } = await day();
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
      await rows(LAPSE);
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
});
