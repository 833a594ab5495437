// The page's server as a browser, and as somebody who should not be there, meets it.

import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arabic, english } from '../../src/playground/people.ts';
import {
  startProviderStandIn,
  type Outcome,
  type ProviderStandIn,
} from '../../src/playground/oneclickdz/server.ts';
import { startTelegramStandIn, type TelegramStandIn } from '../../src/playground/telegram/server.ts';
import type { BotSwitch } from '../../src/playground/web/bot-switch.ts';
import { NEXT_KINDS, outcomeOf } from '../../src/playground/web/outcomes.ts';
import { startPlaygroundPage, type PlaygroundPage } from '../../src/playground/web/server.ts';
import { openStream } from './web-stream.ts';

let telegram: TelegramStandIn;
let provider: ProviderStandIn;
let page: PlaygroundPage;
let done: string[];
beforeEach(async () => {
  [telegram, provider] = await Promise.all([startTelegramStandIn(), startProviderStandIn()]);
  done = [];
  const note = (what: string) => () => Promise.resolve(void done.push(what));
  const bot: BotSwitch = {
    state: () => 'running',
    restart: note('restart'),
    kill: note('kill'),
    startOver: (clear) => {
      clear();
      return note('start over')();
    },
    on: () => () => undefined,
  };
  page = await startPlaygroundPage({ telegram, provider, bot });
});
afterEach(async () => {
  await page.close();
  await Promise.all([telegram.close(), provider.close()]);
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A request with exactly these headers, which `fetch` would not let through. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const sent = request(new URL(page.url), { method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on('error', reject).end(body);
  });
}

const origin = (): string => new URL(page.url).origin;

function act(action: unknown, headers: Record<string, string> = { origin: origin() }): Promise<Answer> {
  const body = JSON.stringify(action);
  return ask('/act', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

describe('who may talk to the page', () => {
  it('serves it on the loopback address only', () => {
    expect(new URL(page.url).hostname).toBe('127.0.0.1');
  });

  it.each([
    ['another origin', { origin: 'https://shop.example' }],
    ['an origin that hides itself', { origin: 'null' }],
    ['no origin at all', {}],
    ['the right origin under another host name', { host: 'shop.example', origin: 'http://shop.example' }],
  ])('refuses an action from %s', async (_, headers) => {
    expect((await act({ do: 'kill-bot' }, headers)).status).toBe(403);
    expect(done).toEqual([]);
  });

  it('does an action that comes from the page', async () => {
    expect((await act({ do: 'kill-bot' })).status).toBe(200);
    expect(done).toEqual(['kill']);
  });

  it.each(['/', '/events', '/app/main.js'])(
    'keeps %s from a page of another origin or host',
    async (path) => {
      expect((await ask(path, { headers: { origin: 'https://shop.example' } })).status).toBe(403);
      expect((await ask(path, { headers: { host: 'shop.example' } })).status).toBe(403);
      expect(
        (await ask(path, { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } }))
          .status,
      ).toBe(403);
    },
  );

  it('opens from a link elsewhere, but only the page itself', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await ask('/', { headers })).status).toBe(200);
    expect((await ask('/app/main.js', { headers })).status).toBe(403);
  });

  it('lets no script run but its own files', async () => {
    const { headers, text } = await ask('/');
    expect(headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(text).not.toMatch(/<script(?![^>]*src=)|<style|style="|\son\w+=/u);
  });

  it('gives away nothing but the files of the page', async () => {
    for (const path of [
      '/../web/server.ts',
      '/%2e%2e/web/server.ts',
      '/app',
      '/.env',
      '/app/../../people.ts',
    ])
      expect((await ask(path)).status).toBe(404);
  });
});

describe('what a window sees', () => {
  it('is the whole picture first, then every change', async () => {
    telegram.start(english.id);
    const stream = await openStream(page.url);
    expect(stream.picture.people.map(({ role }) => role)).toEqual(['owner', 'agent', 'customer', 'stranger']);
    expect(stream.picture.chats.find(({ id }) => id === english.id)?.messages).toMatchObject([
      { text: '/start' },
    ]);
    telegram.say(english.id, english.id, 'hello');
    await stream.until((change) => change.kind === 'message' && change.message.text === 'hello');
    provider.setBalance(42);
    await stream.until((change) => change.kind === 'shop' && change.shop.balance === 42);
    stream.close();
  });

  it('opens a private chat for the page when the person first writes', async () => {
    const stream = await openStream(page.url);
    expect(stream.picture.chats.find(({ id }) => id === arabic.id)?.bot).toBe('not-started');
    await act({ do: 'start', as: arabic.id, payload: 'order-7' });
    await stream.until((change) => change.kind === 'chat' && change.chat.bot === 'member');
    await stream.until((change) => change.kind === 'message' && change.message.text === '/start order-7');
    stream.close();
  });

  it('never holds the key of the provider, nor the token of the bot', async () => {
    const stream = await openStream(page.url);
    await send('036000001');
    await stream.until((change) => change.kind === 'call' && change.call.status === 200);
    expect(stream.text()).toContain('/internet/send');
    expect(stream.text()).not.toContain(provider.key);
    expect(stream.text()).not.toContain(telegram.token);
    stream.close();
  });

  it('is the latest standing of an order that ends as it is accepted', async () => {
    const stream = await openStream(page.url);
    await send('036000001');
    await stream.until((change) => change.kind === 'call' && change.call.status === 200);
    expect(stream.changes().findLast(({ kind }) => kind === 'order')).toMatchObject({
      order: { status: 'FULFILLED' },
    });
    stream.close();
  });

  it('starts empty again after starting over', async () => {
    telegram.start(english.id);
    await act({ do: 'outage', mode: true });
    const stream = await openStream(page.url);
    await act({ do: 'start-over' });
    const fresh = await stream.until(
      (change) => change.kind === 'picture' && change.picture !== stream.picture,
    );
    expect(done).toEqual(['start over']);
    expect(fresh).toMatchObject({
      picture: { orders: [], shop: { outage: false, next: null, balance: 12_450 } },
    });
    expect(stream.changes().at(-1)).toMatchObject({ kind: 'picture' });
    expect(telegram.messages(english.id)).toEqual([]);
    stream.close();
  });
});

/** Buys as the bot would. */
async function send(number: string): Promise<unknown> {
  const response = await fetch(`${provider.url}/internet/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-access-token': provider.key },
    body: JSON.stringify({ type: 'ADSL', number, value: 500, ref: `ref-${number}` }),
  });
  return response.json();
}

describe('what a window can do', () => {
  it.each([
    ['not JSON', 'nonsense'],
    ['an unknown thing', JSON.stringify({ do: 'rob' })],
    ['an empty text', JSON.stringify({ do: 'say', as: english.id, chat: english.id, text: '' })],
    ['a negative balance', JSON.stringify({ do: 'balance', dinars: -1 })],
  ])('is not %s', async (_, body) => {
    const headers = { 'content-type': 'application/json', origin: origin() };
    expect((await ask('/act', { method: 'POST', headers, body })).status).toBe(400);
  });

  it('is told in a sentence when something is not possible now', async () => {
    const { status, text } = await act({ do: 'say', as: english.id, chat: arabic.id, text: 'hello' });
    expect(status).toBe(409);
    expect(text).toContain('cannot write in the private chat');
  });

  it('changes its mind about the next order until one arrives, and chooses for that one only', async () => {
    await act({ do: 'next', next: { kind: 'out-of-stock', afterSeconds: 0 } });
    await act({ do: 'next', next: { kind: 'refunded', afterSeconds: 0 } });
    await send('036000001');
    await send('036000002');
    expect(provider.orders().map(({ status }) => status)).toEqual(['REFUNDED', 'HANDLING']);
  });

  it('keeps the choice for the next order through an outage', async () => {
    await act({ do: 'next', next: { kind: 'stuck', afterSeconds: 0 } });
    await act({ do: 'outage', mode: true });
    expect(await send('036000001')).toMatchObject({ success: false });
    await act({ do: 'outage', mode: false });
    await send('036000001');
    expect(provider.orders().map(({ status }) => status)).toEqual(['HANDLING']);
  });

  it('changes prices and stock', async () => {
    await act({ do: 'products', service: 'ADSL', products: [{ value: 500, cost: 450, available: true }] });
    await send('036000001');
    expect(provider.balance()).toBe(12_000);
  });

  it('ends an open order by hand', async () => {
    await send('036000020');
    const [order] = provider.orders();
    await act({ do: 'queue', order: order?.id });
    expect(provider.orders()[0]?.status).toBe('QUEUED');
    await act({ do: 'refund', order: order?.id });
    expect(provider.orders()[0]?.status).toBe('REFUNDED');
    expect((await act({ do: 'finish', order: order?.id })).status).toBe(409);
  });
});

it('has a meaning of its own for every choice of the next order', () => {
  const meanings = NEXT_KINDS.map((kind): Outcome => outcomeOf({ kind, afterSeconds: 2 }));
  expect(new Set(meanings.map((meaning) => JSON.stringify(meaning))).size).toBe(NEXT_KINDS.length);
});
