// A server that ends connections in the same breath in which it opens them, as one does that is being shut down: what is
// asked is a fault, and the process goes on.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { StoreFault } from '../../../src/app/ports.ts';
import { openDatabase, type Database } from '../../../src/store/postgres/database.ts';
import { fatal } from '../../prove/wire.ts';
import { describeOnPostgres } from './with-postgres.ts';

/** The end of what a server says when a connection is ready, no transaction open. */
const READY = Buffer.from('Z\0\0\0\u0005I', 'latin1');
const ENDED = fatal('57P01', 'terminating connection due to administrator command');

/** Stands before a server; `ending` connections are ended as soon as they are open. */
async function endingProxy(url: string, ending: number): Promise<string> {
  const behind = new URL(url);
  let left = ending;
  const proxy = createServer((client) => {
    const server = connect(Number(behind.port), behind.hostname);
    let isNew = true;
    client.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes: Buffer) => {
      const isOpen = isNew && bytes.subarray(-READY.length).equals(READY);
      if (isOpen) isNew = false;
      if (!isOpen || left === 0) return void client.write(bytes);
      left -= 1;
      client.end(Buffer.concat([bytes, ENDED]));
    });
    client.on('close', () => server.destroy()).on('error', () => undefined);
    server.on('close', () => client.end()).on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port was given');
  const here = new URL(url);
  here.port = String(address.port);
  return here.href;
}

describeOnPostgres('a connection that is ended the moment it is open', ({ server }) => {
  const shape = z.object({ one: z.int() });

  test.each([
    ['statement', (database: Database) => database.read(shape, 'SELECT 1 AS one')],
    ['transaction', (database: Database) => database.write((query) => query.rows(shape, 'SELECT 1 AS one'))],
  ])('is a fault of the %s that it was opened for, and of nothing else', async (_, ask) => {
    const url = await endingProxy(server().url, 1);
    const database = openDatabase({ url, sleep });
    onTestFinished(() => database.close());
    await expect(ask(database)).rejects.toBeInstanceOf(StoreFault);
    await expect(database.read(shape, 'SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });
});
