// The network between a store and its database, which loses what it is told to: a commit on its way there, or the answer
// to it on its way back.

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export type Loss = 'the commit' | 'its answer';

export interface LosingProxy {
  readonly url: string;
  /** The next commit that passes meets this. */
  loseNext(what: Loss): void;
}

/** Stands before the server of a URL. */
export async function losingProxy(url: string): Promise<LosingProxy> {
  const behind = new URL(url);
  let next: Loss | undefined;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(Number(behind.port), behind.hostname);
    sockets.add(client).add(server);
    let deaf = false;
    client.on('data', (bytes) => {
      if (next !== undefined && bytes.includes('COMMIT')) {
        const lost = next;
        next = undefined;
        if (lost === 'the commit') return void client.destroy();
        deaf = true;
      }
      server.write(bytes);
    });
    server.on('data', (bytes) => (deaf ? client.destroy() : client.write(bytes)));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const)
      one.on('close', () => other.destroy()).on('error', () => other.destroy());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port was given');
  const here = new URL(url);
  here.port = String(address.port);
  return { url: here.href, loseNext: (what) => void (next = what) };
}
