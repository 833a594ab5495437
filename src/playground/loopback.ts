// Opening and closing a server that only this machine can reach: both stand-ins and the page are one.
import type { Server } from 'node:http';

/** Listens on 127.0.0.1 and gives the port, which the system chooses for 0; rejects when it is taken. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('A server that listens has no address'));
    });
  });
}

/** Stops listening and ends every connection at once. */
export function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
