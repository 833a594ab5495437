// The network between a store and its database, which loses what it is told to: a commit on its way there, or the answer
// to it on its way back. It can also be gone altogether, and bring a commit late, when nobody expects it any more.

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The end of a transaction, and not how it reads (`READ COMMITTED`). */
const isCommit = (bytes: Buffer): boolean => /COMMIT\b/.test(bytes.toString('latin1'));

export type Loss = 'the commit' | 'its answer';

export interface LosingProxy {
  readonly url: string;
  /** The next commit that passes meets this. */
  loseNext(what: Loss): void;
  /** The same; resolves once it has happened. Nobody gets through after that, until `mend`. */
  loseNextAndAll(what: Loss): Promise<void>;
  mend(): void;
  /** The next commit is lost for who sent it; `deliver` brings it to the server, and resolves when that has answered. */
  delayNext(): { readonly deliver: () => Promise<void> };
}

/** Stands before the server of a URL. */
export async function losingProxy(url: string): Promise<LosingProxy> {
  const behind = new URL(url);
  let next: Loss | undefined;
  let met: (() => void) | undefined;
  let isGone = false;
  let late: ((commit: Buffer, server: Socket) => void) | undefined;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(Number(behind.port), behind.hostname);
    sockets.add(client).add(server);
    let deaf = false;
    let isLate = false;
    if (isGone) client.destroy();
    client.on('data', (bytes: Buffer) => {
      if (late !== undefined && isCommit(bytes)) {
        isLate = true;
        late(bytes, server);
        late = undefined;
        return void client.destroy();
      }
      if (next !== undefined && isCommit(bytes)) {
        const lost = next;
        next = undefined;
        isGone = met !== undefined;
        met?.();
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
      one.on('close', () => isLate || other.destroy()).on('error', () => isLate || other.destroy());
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
  return {
    url: here.href,
    loseNext: (what) => void (next = what),
    loseNextAndAll: (what) => {
      next = what;
      return new Promise((resolve) => (met = resolve));
    },
    mend: () => {
      isGone = false;
      met = undefined;
    },
    delayNext: () => {
      const held = Promise.withResolvers<readonly [Buffer, Socket]>();
      late = (commit, server) => held.resolve([commit, server]);
      return {
        deliver: async () => {
          const [commit, server] = await held.promise;
          server.write(commit);
          await once(server, 'data');
        },
      };
    },
  };
}
