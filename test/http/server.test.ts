// The one port, over real HTTP: who lives, who is fit, and who may bring updates.

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { healthRoutes, type Part } from '../../src/http/health.ts';
import { serveHttp, UnusablePort, type HttpServer, type Routes } from '../../src/http/server.ts';
import { webhookAt, webhookRoutes, type IncomingUpdate } from '../../src/http/webhook.ts';

const SECRET = 'a-secret-of-this-test';
const HERE = { host: '127.0.0.1', port: 0 };
let server: HttpServer | undefined;
const failures: unknown[] = [];
afterEach(async () => {
  await server?.close({ graceMs: 0 });
  server = undefined;
  failures.length = 0;
});

async function serve(routes: Routes): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const opened = await serveHttp({ ...HERE, routes, failed: (error) => failures.push(error) });
  server = opened;
  return (path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('connection', 'close');
    return fetch(`http://127.0.0.1:${opened.port}${path}`, { ...init, headers });
  };
}

describe('the health of the bot', () => {
  const parts = (more: Readonly<Record<string, Part>>): Routes =>
    healthRoutes({ telegram: (): boolean => true, ...more });

  it('is alive while it answers, fit or not', async () => {
    const ask = await serve(parts({ store: () => false }));
    const answer = await ask('/healthz');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ alive: true });
  });

  it.each([
    ['everything is fit', (): boolean => true, 200, true],
    ['a part is not', (): boolean => false, 503, false],
    ['a part rejects', (): Promise<boolean> => Promise.reject(new Error('gone')), 503, false],
  ] as const)('is ready or not when %s', async (_when, store, status, fit) => {
    const answer = await (await serve(parts({ store })))('/readyz');
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ ready: fit, telegram: true, store: fit });
  });

  it('says nothing of a part that another process knows of', async () => {
    const answer = await (await serve(parts({ store: () => undefined })))('/readyz');
    expect([answer.status, await answer.json()]).toEqual([200, { ready: true, telegram: true }]);
  });

  it.each(['/', '/telegram', '/health', '/constructor', '/readyz/x'])(
    'answers nothing else: %s',
    async (path) => {
      expect((await (await serve(parts({})))(path)).status).toBe(404);
    },
  );

  it('answers a fault of ours with 500 and no word of it', async () => {
    const ask = await serve({
      'GET /metrics': () => {
        throw new Error('a secret');
      },
    });
    const answer = await ask('/metrics');
    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe('');
    expect(failures).toHaveLength(1);
  });

  it('says so at once, with another one as an example, when its port is taken', async () => {
    await serve({});
    const port = server?.port ?? 0;
    const again = serveHttp({ ...HERE, port, routes: {}, failed: () => undefined });
    await expect(again).rejects.toThrow(`PORT is ${port}, which another program uses. Example: ${port + 1}`);
    await expect(again).rejects.toBeInstanceOf(UnusablePort);
  });
});

describe('the port', () => {
  it('is open at the one address that it was given, and nowhere else', async () => {
    const ask = await serve({ 'GET /healthz': () => ({ status: 200 }) });
    expect((await ask('/healthz')).status).toBe(200);
    // This machine by another of its addresses.
    await expect(fetch(`http://127.0.0.2:${server?.port}/healthz`)).rejects.toThrow();
  });

  it('says so at once when the address is none of this machine', async () => {
    const elsewhere = serveHttp({ ...HERE, host: '192.0.2.1', routes: {}, failed: () => undefined });
    await expect(elsewhere).rejects.toThrow(
      'LISTEN_HOST is 192.0.2.1, which is no address of this machine. Example: 127.0.0.1',
    );
    await expect(elsewhere).rejects.toBeInstanceOf(UnusablePort);
  });

  it('is closed though somebody never ends what he asks, and whoever is being answered gets his answer', async () => {
    const { promise: asked, resolve: begin } = Promise.withResolvers<undefined>();
    const { promise: answer, resolve: end } = Promise.withResolvers<undefined>();
    const ask = await serve({
      'GET /readyz': async () => {
        begin(undefined);
        await answer;
        return { status: 200 };
      },
      'POST /telegram': async (half) => ({ status: (await half.body(9)) === undefined ? 500 : 200 }),
    });
    const halves = ['', 'GET /hea', 'POST /telegram HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf'];
    const cut = halves.map((half) => {
      const socket = connect(server?.port ?? 0, HERE.host).on('error', () => undefined);
      socket.write(half);
      return once(socket, 'close');
    });
    const served = ask('/readyz');
    await asked;
    const closed = server?.close({ graceMs: 100 });
    end(undefined);
    expect((await served).status).toBe(200);
    await closed;
    await Promise.all(cut);
  });
});

describe('the door for Telegram', () => {
  const received: IncomingUpdate[] = [];
  const dropped: string[] = [];
  let refuses = false;
  afterEach(() => {
    received.length = 0;
    dropped.length = 0;
    refuses = false;
  });

  async function post(body: string, secret: string | null = SECRET): Promise<number> {
    const ask = await serve(
      webhookRoutes({
        path: '/telegram',
        secret: SECRET,
        receive: (update) => {
          if (refuses) return Promise.reject(new Error('the disk is full'));
          received.push(update);
          return Promise.resolve();
        },
        failed: (error) => failures.push(error),
        dropped: (why) => dropped.push(why),
      }),
    );
    const headers = secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret };
    const { status } = await ask('/telegram', { method: 'POST', body, headers });
    return status;
  }

  it.each([
    ['https://bot.example.com', 'https://bot.example.com/telegram', '/telegram'],
    ['https://bot.example.com:8443/shop/hook', 'https://bot.example.com:8443/shop/hook', '/shop/hook'],
  ])('is where the address says, or at a path of its own: %s', (given, url, path) => {
    expect(webhookAt(given)).toEqual({ url, path });
  });

  it('takes an update from whoever knows the secret', async () => {
    expect(await post('{"update_id":7,"message":{"text":"hi"}}')).toBe(200);
    expect(received).toEqual([{ update_id: 7, message: { text: 'hi' } }]);
  });

  it.each([null, '', 'wrong', `${SECRET}x`])('takes nothing from anybody else (%j)', async (secret) => {
    for (const body of ['{"update_id":7}', '{']) expect(await post(body, secret)).toBe(401);
    expect([...received, ...dropped]).toEqual([]);
  });

  it.each(['', '{', '[]', 'null', '{"update_id":"7"}', '{"update_id":-1}', '{"update_id":1.5}'])(
    'has Telegram forget what is no update: %s',
    async (body) => {
      expect(await post(body)).toBe(200);
      expect(received).toEqual([]);
      expect(dropped).toEqual(['no update']);
    },
  );

  it('has it forget a body that is far too long, whose end it is given the time to send', async () => {
    expect(await post(`{"update_id":7,"text":"${'x'.repeat(5_000_000)}"}`)).toBe(200);
    expect(received).toEqual([]);
    expect(dropped).toEqual(['too long']);
  });

  it('has Telegram bring again what could not be written down', async () => {
    refuses = true;
    expect(await post('{"update_id":7}')).toBe(503);
    expect(failures).toHaveLength(1);
  });
});
