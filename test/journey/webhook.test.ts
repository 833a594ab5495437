// Telegram brings the updates instead of being asked: the same purchase, told in figures and in lines that can be joined;
// nothing lost when the bot is killed, nothing taken from a stranger, and what is over is left in order.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createProxy } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { startProcess } from '../process/bot-process.ts';
import { readExposition, type Family } from '../http/exposition.ts';
import { buy, CARD, quote } from './purchase.ts';
import { IN_A_DATABASE, openDay, type ShopDay } from './shop-day.ts';

const SECRET = 'a-secret-of-this-journey';

let day: ShopDay;
let port: number;

/** What becomes of Telegram's next call on its way: the bot is killed before it gets it, or before its answer is through. */
let fate: 'passed' | 'lost on its way' | 'answered in vain' = 'passed';

/** Stands between Telegram and the bot, as a proxy does. */
const proxy = createProxy((request, response) => {
  void text(request).then(async (body) => {
    const mine = fate;
    fate = 'passed';
    if (mine === 'lost on its way') await day.bot().kill();
    const secret = String(request.headers['x-telegram-bot-api-secret-token']);
    const status = await knock(body, secret).catch(() => 502);
    if (mine === 'answered in vain') await day.bot().kill();
    if (mine === 'passed') response.writeHead(status).end();
    else response.destroy();
  });
});
let called: string;

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port was given');
  return address.port;
}

beforeAll(async () => {
  const probe = createServer();
  port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  called = `http://127.0.0.1:${await listen(proxy)}/telegram`;
  day = await openDay({
    env: {
      ...{ WEBHOOK_URL: called, WEBHOOK_SECRET: SECRET, PORT: String(port) },
      LOG_LEVEL: 'debug',
    },
  });
});
afterAll(async () => {
  await day.close();
  proxy.close();
});

const at = (path: string): string => `http://127.0.0.1:${port}${path}`;

async function call(method: string): Promise<unknown> {
  const answer = await fetch(`${day.telegram.apiRoot}/bot${day.telegram.token}/${method}`);
  return answer.json();
}

const told = (): Readonly<Record<string, unknown>>[] =>
  day.telegram.calls.filter(({ method }) => method === 'setWebhook').map(({ payload }) => ({ ...payload }));

/** What somebody else says at the door. */
const knock = async (body: string, secret?: string): Promise<number> => {
  const headers = secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret };
  return (await fetch(at('/telegram'), { method: 'POST', body, headers })).status;
};

const scrape = async (): Promise<{ figures: string; families: ReadonlyMap<string, Family> }> => {
  const figures = await (await fetch(at('/metrics'))).text();
  return { figures, families: readExposition(figures) };
};

const sum = (family: Family | undefined, name: string, labels: Readonly<Record<string, string>>): number =>
  (family?.samples ?? [])
    .filter((one) => one.name === name)
    .filter((one) => Object.entries(labels).every(([key, value]) => one.labels[key] === value))
    .reduce((all, { value }) => all + value, 0);

/** What was answered before may still be on its way to the disk. */
const nothingInHand = (): Promise<void> =>
  vi.waitFor(async () => {
    const waiting = (await scrape()).families.get('recharge_updates_waiting');
    expect(waiting?.samples).toMatchObject([{ value: 0 }]);
  });

const lineSchema = z.looseObject({
  msg: z.string(),
  update: z.number().exactOptional(),
  ref: z.string().exactOptional(),
  endpoint: z.string().exactOptional(),
});

const lines = () =>
  day
    .bot()
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => lineSchema.parse(JSON.parse(line)));

describe('a shop to which Telegram brings the updates', () => {
  it('tells Telegram where, with which secret, and what it wants to hear of', () => {
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatchObject({
      url: called,
      secret_token: SECRET,
      allowed_updates: ['message', 'callback_query', 'my_chat_member'],
      max_connections: 40,
      drop_pending_updates: false,
    });
    expect(day.telegram.calls.some(({ method }) => method === 'getUpdates')).toBe(false);
  });

  it('sells', async () => {
    const no = await buy(day.owner, '036362608', 500);
    await day.owner.sees(`✅ Order no. ${no}: recharged.`);
    expect(day.sends('036362608')).toBe(1);
  });

  it('takes nothing from a stranger, and nothing that is no update', async () => {
    const update = JSON.stringify({ update_id: 1, message: { text: 'hello' } });
    expect(await knock(update)).toBe(401);
    expect(await knock(update, 'wrong-secret-of-somebody')).toBe(401);
    // Telegram would bring it for ever, and everything else behind it.
    expect(await knock('x'.repeat(1_048_577), SECRET)).toBe(200);
    expect(await knock('{"text":"a-word-of-somebody"}', SECRET)).toBe(200);
    await vi.waitFor(() => {
      const drops = lines().filter(({ msg }) => msg === 'what Telegram brought was dropped');
      expect(drops).toMatchObject([{ why: 'too long' }, { why: 'no update' }]);
    });
    expect(day.bot().output()).not.toContain('a-word-of-somebody');
    expect((await fetch(at('/telegram'))).status).toBe(404);
  });

  it('is ready when every part of it is, and says which is not', async () => {
    const fit = { serving: true, store: true, telegram: true, provider: true, worker: true };
    const answer = await fetch(at('/readyz'));
    expect(await answer.json()).toEqual({ ready: true, ...fit });
    expect(answer.status).toBe(200);
    expect(await (await fetch(at('/healthz'))).json()).toEqual({ alive: true });
  });

  it('gives figures of what was sold, and no secret, person, line or reference in them', async () => {
    const { figures, families } = await scrape();
    const send = { endpoint: 'POST internet/send', result: 'ok' };
    const provider = 'recharge_provider_requests_total';
    expect(sum(families.get(provider), provider, send)).toBe(1);
    const ends = families.get('recharge_order_duration_seconds');
    expect(sum(ends, 'recharge_order_duration_seconds_count', { end: 'fulfilled' })).toBe(1);
    const commits = families.get('recharge_store_commit_duration_seconds');
    const taken = { change: 'order', result: 'ok' };
    expect(sum(commits, 'recharge_store_commit_duration_seconds_count', taken)).toBeGreaterThan(3);
    const telegram = 'recharge_telegram_requests_total';
    expect(sum(families.get(telegram), telegram, { result: 'ok' })).toBeGreaterThan(3);
    const answers = families.get('recharge_http_request_duration_seconds');
    const door = { route: 'POST /telegram', status: '200' };
    expect(sum(answers, 'recharge_http_request_duration_seconds_count', door)).toBeGreaterThan(3);
    for (const name of ['recharge_orders', 'recharge_worker_lag_seconds', 'recharge_ends_unseen'])
      expect(families.get(name)?.samples.length).toBeGreaterThan(0);
    for (const name of ['recharge_updates_unhandled', 'recharge_updates_lag_seconds'])
      expect(families.get(name)?.samples).toHaveLength(IN_A_DATABASE ? 1 : 0);
    const refs = day.provider.orders().map(({ ref }) => ref);
    for (const secret of [day.telegram.token, day.provider.key, SECRET, '036362608', '500100', ...refs])
      expect(figures).not.toContain(secret);
  });

  it('logs by what can be joined: what was pressed, the order that came of it, and the calls made for it', async () => {
    const card = await quote(day.owner, '213472731602', 1000);
    const before = lines().length;
    await day.owner.press('✅', card);
    await day.owner.sees(': recharged.');
    const ref = day.accepted('213472731602')[0]?.ref ?? '';
    const since = lines().slice(before);
    const placed = since.find(({ msg }) => msg === 'an order was placed');
    expect(ref).toContain(placed?.ref);
    // The check of stock and credit, which the press itself asked for.
    const pressed = since.filter(({ update }) => update !== undefined && update === placed?.update);
    expect(pressed.map(({ endpoint }) => endpoint)).toContain('GET account/balance');
    const calls = since.filter((one) => one.ref === placed?.ref).map(({ endpoint, msg }) => endpoint ?? msg);
    expect(calls).toEqual(
      expect.arrayContaining(['an order was placed', 'POST internet/send', 'an order has ended']),
    );
  });

  it.each([
    ['lost on its way', '036000001'],
    ['answered in vain', '213470000001'],
  ] as const)('killed while a payment is brought, which is %s, it is paid once', async (how, number) => {
    const card = await quote(day.owner, number, 1000);
    await nothingInHand();
    const bot = day.bot();
    fate = how;
    void day.owner.press('✅', card);
    await bot.ended;
    await day.start();
    await day.owner.sees(': recharged.', 30_000);
    expect(day.sends(number)).toBe(1);
    expect(fate).toBe('passed');
  });

  it('waits for nothing that was said while it was away', async () => {
    await day.bot().kill();
    day.owner.say('/topup 036000001 500');
    await day.start();
    await day.owner.sees(CARD, 30_000);
  });

  it('ends a copy that asks Telegram itself, and goes on being brought what is new', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'other-'));
    const asks = Promise.withResolvers<undefined>();
    const stop = day.telegram.onRequest(({ method }) => {
      if (method === 'getUpdates') asks.resolve(undefined);
      return Promise.resolve(undefined);
    });
    const elsewhere = { DATABASE_URL: '', DATA_DIR: dataDir };
    const other = startProcess({ ...day.env, WEBHOOK_URL: '', PORT: '', ...elsewhere });
    await asks.promise;
    stop();
    // The first sees within a minute that its address is gone, and tells it again.
    await day.leap(61_000);
    expect(await other.ended).toBe(1);
    await rm(dataDir, { recursive: true, force: true });
    expect(other.output()).toContain('another copy of this bot is running');
    day.owner.say('/balance');
    await day.owner.sees('Balance:');
  });

  it('leaves no address behind when it stops in order, unless others may be there to use it', async () => {
    const restarts = told().length;
    await day.bot().stop();
    expect(await day.bot().ended).toBe(0);
    const left = IN_A_DATABASE ? called : '';
    expect(await call('getWebhookInfo')).toMatchObject({ result: { url: left } });
    await day.start();
    await day.telegram.until(() => told().length === restarts + 1);
  });

  it('adds up to the centime', async () => {
    const books = await day.count();
    expect(books).toMatchObject({ exit: 0, held: 0, openTotal: 0, duplicates: 0 });
    expect(books.taken).toBe(books.providerTook);
  });
});
