// A health check for containers: healthy while Telegram answers the polling loop.

import { createServer, type Server } from 'node:http';

/** Longer than one long poll plus a retry. */
const SILENT_FOR_MS = 120_000;

/** The port can't be had. The message is one line for the person who started the bot. */
export class UnusablePort extends Error {
  override readonly name = 'UnusablePort';
}

function unusable(port: number, error: unknown): UnusablePort {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const why =
    code === 'EADDRINUSE'
      ? `is ${port}, which another program uses`
      : code === 'EACCES'
        ? `is ${port}, which this user may not open`
        : `is ${port}, which can't be opened`;
  const other = port < 1024 ? 8080 : port === 65_535 ? port - 1 : port + 1;
  return new UnusablePort(`PORT ${why}. Example: ${other}`, { cause: error });
}

/** Serves `GET /health` on all interfaces: 200 while the last answer of Telegram is fresh, 503 otherwise. Throws UnusablePort. */
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
    server.once('error', (error) => reject(unusable(port, error)));
    server.listen(port, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
