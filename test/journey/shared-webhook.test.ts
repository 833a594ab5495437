// Two copies of the bot on one database behind a balancer, to which Telegram brings the updates.

import { expect, it, onTestFinished } from 'vitest';
import { freePort, openBalancer } from '../process/balancer.ts';
import { describeOnPostgres } from '../store/postgres/with-postgres.ts';
import { buy } from './purchase.ts';
import { openDay } from './shop-day.ts';

const CARD_KEY = 'ab'.repeat(32);
const MOST_MS = 30_000;

describeOnPostgres('two copies behind a balancer', ({ server, ask }) => {
  it('sell to two buyers, each update once, also when one copy is killed', async () => {
    await ask('public', 'CREATE DATABASE balanced');
    const url = new URL(server().url);
    url.pathname = 'balanced';
    const ports = [await freePort(), await freePort()];
    const balancer = await openBalancer(ports);
    onTestFinished(() => balancer.close());
    const env = { DATABASE_URL: url.href, CARD_KEY, WEBHOOK_URL: balancer.url };
    const day = await openDay({ speed: 3, closed: true, env });
    try {
      const { owner, patronne } = day;
      const first = await day.start({ env: { PORT: String(ports[0]) } });
      const second = await day.start({ env: { PORT: String(ports[1]) } });
      owner.say('/start');
      patronne.say('/start');
      await Promise.all([owner.sees('ADSL', MOST_MS), patronne.sees('ADSL', MOST_MS)]);
      const [own, hers] = await Promise.all([buy(owner, '036362608', 500), buy(patronne, '036000001', 500)]);
      await owner.sees(`✅ Order no. ${own}: recharged.`, MOST_MS);
      await patronne.sees(`✅ Commande n° ${hers}`, MOST_MS);
      await first.kill();
      const next = await buy(owner, '036000001', 1000);
      await owner.sees(`✅ Order no. ${next}: recharged.`, MOST_MS);
      expect([day.sends('036362608'), day.sends('036000001')]).toEqual([1, 2]);
      await second.stop();
      expect(await second.ended).toBe(0);
    } finally {
      await day.close();
    }
  }, 120_000);
});
