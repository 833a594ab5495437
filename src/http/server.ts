// The one port: a few fixed paths, each answered by whoever knows. Bodies are read with a limit; everything else is 404.

import { createServer, type IncomingMessage } from 'node:http';

/** The port can't be had. The message is one line for the person who started the bot. */
export class UnusablePort extends Error {
  override readonly name = 'UnusablePort';
}

export interface Asked {
  /** By lower-case name; the first of a repeated one. */
  header(name: string): string | undefined;
  /** The body as text, read to its end; undefined when it is longer than `most` bytes, of which no more is kept. */
  body(most: number): Promise<string | undefined>;
}

export interface Answered {
  readonly status: number;
  readonly type?: string;
  readonly text?: string;
}

/** By method and path, `GET /healthz`. A handler that throws is answered with 500 and told to `failed`. */
export type Routes = Readonly<Record<string, (asked: Asked) => Answered | Promise<Answered>>>;

export interface HttpServer {
  readonly port: number;
  /** Takes no more requests, waits for those in hand for `graceMs` at most, and cuts off the rest. */
  close(options: { graceMs: number }): Promise<void>;
}

/** A request that takes longer than this to arrive is cut, ms. */
const ARRIVAL_MS = 10_000;
/** A connection in no use is kept longer than a proxy in front of us keeps it, or a call would run into its end. */
const KEPT_MS = 150_000;

interface Place {
  readonly host: string;
  readonly port: number;
}

function unusable({ host, port }: Place, error: unknown): UnusablePort {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRNOTAVAIL')
    return new UnusablePort(
      `LISTEN_HOST is ${host}, which is no address of this machine. Example: 127.0.0.1`,
      { cause: error },
    );
  const why =
    code === 'EADDRINUSE'
      ? `is ${port}, which another program uses`
      : code === 'EACCES'
        ? `is ${port}, which this user may not open`
        : `is ${port}, which can't be opened`;
  const other = port < 1024 ? 8080 : port === 65_535 ? port - 1 : port + 1;
  return new UnusablePort(`PORT ${why}. Example: ${other}`, { cause: error });
}

async function bodyOf(request: IncomingMessage, most: number): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const bytes of request) {
    if (!Buffer.isBuffer(bytes)) throw new TypeError('a body came as something else than bytes');
    size += bytes.length;
    // Read on all the same: whoever is still sending hears an end of the line instead of the answer.
    if (size <= most) pieces.push(bytes);
    else pieces.length = 0;
  }
  return size > most ? undefined : Buffer.concat(pieces).toString('utf8');
}

/** Serves the routes at one address, `0.0.0.0` or `::` for all of this machine's. Throws UnusablePort. */
export async function serveHttp(
  deps: Place & { routes: Routes; failed: (error: unknown) => void },
): Promise<HttpServer> {
  const { host, port, routes, failed } = deps;

  async function answer(request: IncomingMessage): Promise<Answered> {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const name = `${request.method ?? ''} ${path}`;
    const handler = Object.hasOwn(routes, name) ? routes[name] : undefined;
    if (handler === undefined) return { status: 404 };
    const asked: Asked = {
      header: (one) => [request.headers[one]].flat()[0],
      body: (most) => bodyOf(request, most),
    };
    try {
      return await handler(asked);
    } catch (error) {
      failed(error);
      return { status: 500 };
    }
  }

  const server = createServer((request, response) => {
    void answer(request).then(({ status, type, text }) => {
      // What is left of a body that nobody wants is not waited for, nor is another call of whoever was served last.
      const rest = request.complete && server.listening ? {} : { connection: 'close' };
      response.writeHead(status, { ...(type === undefined ? {} : { 'content-type': type }), ...rest });
      response.end(text);
    });
  });
  server.requestTimeout = ARRIVAL_MS;
  server.headersTimeout = ARRIVAL_MS;
  server.keepAliveTimeout = KEPT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(unusable({ host, port }, error)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async ({ graceMs }) => {
      const { promise: closed, resolve } = Promise.withResolvers<undefined>();
      // From here on Node itself looks no more after those who never end what they ask.
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      server.close(() => resolve(undefined));
      server.closeIdleConnections();
      await closed;
      clearTimeout(cut);
    },
  };
}

export const json = (status: number, value: unknown): Answered => ({
  status,
  type: 'application/json',
  text: JSON.stringify(value),
});
