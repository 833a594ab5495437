// The chat page: serves it on this machine, feeds every window with what happens, and does what people press.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { listen, shut } from '../loopback.ts';
import type { ProviderStandIn } from '../oneclickdz/server.ts';
import type { TelegramStandIn } from '../telegram/server.ts';
import { readAction } from './actions.ts';
import type { BotSwitch } from './bot-switch.ts';
import { openFeed } from './feed.ts';
import type { Feed } from './feed.ts';
import { refusalOf, SECURITY_HEADERS } from './guard.ts';
import { readPageFiles } from './page-files.ts';
import type { PageFile } from './page-files.ts';
import type { Backstage } from './picture.ts';
import { setScene } from './scene.ts';
import { openShopDesk } from './shop-desk.ts';

const PAGE = join(import.meta.dirname, '..', 'page');
const LARGEST_BODY = 64 * 1024;

/** The open page. */
export type PlaygroundPage = { readonly url: string; readonly close: () => Promise<void> };

type Desk = {
  readonly backstage: Backstage;
  readonly feed: Feed;
  readonly files: ReadonlyMap<string, PageFile>;
};

/** Serves the page on 127.0.0.1 until `close`; `port` 0 or absent lets the system choose. */
export async function startPlaygroundPage(parts: {
  readonly telegram: TelegramStandIn;
  readonly provider: ProviderStandIn;
  readonly bot: BotSwitch;
  readonly port?: number;
}): Promise<PlaygroundPage> {
  const { telegram, provider, bot } = parts;
  setScene(telegram);
  const files = await readPageFiles(PAGE);
  const shopDesk = openShopDesk(provider, (shop) => feed.tell({ kind: 'shop', shop }));
  const backstage = { telegram, provider, bot, desk: shopDesk };
  const feed = openFeed(backstage);
  const desk: Desk = { backstage, feed, files };
  let port = 0;
  const server = createServer((request, response) => {
    serve(desk, port, request, response).catch((error: unknown) => {
      if (!response.headersSent) answer(response, 500, { error: String(error) });
    });
  });
  port = await listen(server, parts.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      feed.close();
      shopDesk.close();
      await shut(server);
    },
  };
}

async function serve(
  desk: Desk,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const { method = 'GET', headers } = request;
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const refusal = refusalOf({ method, path, headers }, port);
  if (refusal !== undefined) {
    answer(response, 403, { error: `Refused: ${refusal}.` });
    return;
  }
  if (method === 'POST' && path === '/act') {
    await perform(desk, request, response);
    return;
  }
  if (method !== 'GET') {
    answer(response, 405, { error: 'No such thing to do here.' });
    return;
  }
  if (path === '/events') {
    desk.feed.join(response);
    return;
  }
  const file = desk.files.get(path);
  if (file === undefined) {
    answer(response, 404, { error: 'No such page.' });
    return;
  }
  response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache' }).end(file.bytes);
}

async function perform(
  { backstage, feed }: Desk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const doing = readAction(await readJson(request));
  if (doing === undefined) {
    answer(response, 400, { error: 'This is not something one can do here.' });
    return;
  }
  try {
    // What people do while a new bot meets its people waits, as with Telegram.
    await backstage.bot.settled();
    const result = await doing(backstage, feed.tellAll);
    answer(response, 200, { result: result ?? null });
  } catch (error) {
    answer(response, 409, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
