// Two copies of the bot on one database behind a balancer, to which Telegram brings the updates.

import { createServer } from 'node:http';
import { createServer as createProbe, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { buy } from './purchase.ts';
import { openSharedDay } from './shared-day.ts';

const MOST_MS = 30_000;

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port was given');
  return address.port;
}

async function freePort(): Promise<number> {
  const probe = createProbe();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Hands each call to the next of them; one that is gone is Telegram's to notice. */
async function balance(ports: readonly number[]): Promise<string> {
  let turn = 0;
  const balancer = createServer((request, response) => {
    void text(request).then(async (body) => {
      const secret = String(request.headers['x-telegram-bot-api-secret-token']);
      const port = ports[(turn += 1) % ports.length] ?? 0;
      const status = await fetch(`http://127.0.0.1:${port}${request.url ?? ''}`, {
        ...{ method: 'POST', body },
        headers: { 'x-telegram-bot-api-secret-token': secret },
      }).then(
        (answer) => answer.status,
        () => 502,
      );
      response.writeHead(status).end();
    });
  });
  onTestFinished(() => void balancer.close());
  return `http://127.0.0.1:${await listen(balancer)}`;
}

it('two copies behind a balancer sell to two buyers, each update once, also when one copy is killed', async () => {
  const ports = [await freePort(), await freePort()];
  const WEBHOOK_URL = await balance(ports);
  const { shop: day } = await openSharedDay({ WEBHOOK_URL });
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
