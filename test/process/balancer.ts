// A balancer in front of several bots on this machine, as in .deploy: what Telegram brings goes to the next of them, and past
// one that is not there. One that dies with a call in hand may have taken it; that is Telegram's to bring again.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** One that does not answer for so long is given up, ms: it may sleep. */
const PATIENCE_MS = 5_000;

export interface Balancer {
  readonly url: string;
  close(): Promise<void>;
}

const isNotThere = (error: unknown): boolean =>
  error instanceof TypeError &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'ECONNREFUSED';

/** Hands each call to the next of them. */
export async function openBalancer(ports: readonly number[]): Promise<Balancer> {
  let turn = 0;

  async function bring(
    path: string,
    secret: string,
    body: string,
    triesLeft = ports.length,
  ): Promise<number> {
    const port = ports[(turn += 1) % ports.length] ?? 0;
    try {
      const headers = { 'x-telegram-bot-api-secret-token': secret };
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        body,
        headers,
        signal,
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch (error) {
      return isNotThere(error) && triesLeft > 1 ? bring(path, secret, body, triesLeft - 1) : 502;
    }
  }

  const server = createServer((request, response) => {
    const secret = String(request.headers['x-telegram-bot-api-secret-token']);
    void text(request)
      .then((body) => bring(request.url ?? '', secret, body))
      .then((status) => response.writeHead(status).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port was given');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
