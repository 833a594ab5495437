// A health check for containers: healthy while Telegram answers the polling loop.

import { createServer, type Server } from 'node:http';

/** Longer than one long poll plus a retry. */
const SILENT_FOR_MS = 120_000;

/** Serves `GET /health` on all interfaces: 200 while the last answer of Telegram is fresh, 503 otherwise. */
export async function serveHealth(deps: {
  port: number;
  lastAnswerAt: () => number | undefined;
  clock: () => number;
}): Promise<{ port: number; close: () => Promise<void> }> {
  const { port, lastAnswerAt, clock } = deps;
  const server: Server = createServer((request, response) => {
    if (request.url !== '/health') {
      response.writeHead(404).end();
      return;
    }
    const last = lastAnswerAt();
    const healthy = last !== undefined && clock() - last < SILENT_FOR_MS;
    response.writeHead(healthy ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ healthy }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
