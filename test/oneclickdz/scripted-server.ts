// A small HTTP server for these tests: it answers what the test says, request by request, and keeps what it was asked.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Asked {
  readonly method: string;
  /** As it came, percent-encoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly key: string | undefined;
  readonly body: string;
}

export interface Said {
  readonly status?: number;
  /** Sent as JSON unless it is a string. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Reply = Said | 'drop' | 'hang';

export type Script = (asked: Asked, count: number) => Reply | Promise<Reply>;

export const ok = (data: unknown, more: object = {}): Said => ({ body: { success: true, data, ...more } });

export const no = (status: number, code: string, message = '', more: object = {}): Said => ({
  status,
  body: { success: false, error: { code, message, ...more }, requestId: 'req-fpg' },
});

export const page = (status: number): Said => ({
  status,
  body: '<html><body>nginx</body></html>',
  headers: { 'content-type': 'text/html' },
});

export const account = ok({
  username: '+213658535537',
  apiKey: { type: 'PRODUCTION', isEnabled: true, scope: 'READ-WRITE' },
});

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly asked: Asked[];
  script: Script;
}

/** Listens on a free local port; disposing cuts every connection. */
export async function startScripted(script: Script): Promise<ScriptedServer> {
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const scripted: ScriptedServer = {
    url: `http://127.0.0.1:${port}/v3`,
    asked: [],
    script,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', scripted.url);
    const key = request.headers['x-access-token'];
    const asked: Asked = {
      method: request.method ?? '',
      path: url.pathname.replace('/v3/', ''),
      query: Object.fromEntries(url.searchParams),
      key: typeof key === 'string' ? key : undefined,
      body: await text(request),
    };
    scripted.asked.push(asked);
    answer(response, await scripted.script(asked, scripted.asked.length));
  }
  return scripted;
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  if (reply === 'drop') {
    response.socket?.destroy();
    return;
  }
  const { status = 200, body = '', headers = {} } = reply;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
