// What other processes say through the database: a connection of its own that listens, and listens again after it broke.
// What was said meanwhile is not repeated, so whoever listens is told that something may have been missed.

import pg from 'pg';

export interface Listener {
  /** Calls `heard` with what is said on a channel; without it when something may have been missed. Before `start`. */
  on(channel: string, heard: (payload: string | undefined) => void): void;
  /** Never rejects; resolves once it listens, or has to try again. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly url: string;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly log?: (fact: string, details: object) => void;
}

const AGAIN_MS = 1_000;

/** Channel names go into the statement as they are. */
const CHANNEL = /^[a-z_]+$/;

export function createListener({ url, sleep, log = () => undefined }: ListenerOptions): Listener {
  const channels = new Map<string, (payload: string | undefined) => void>();
  let client: pg.Client | undefined;
  let closed = false;
  const isClosed = (): boolean => closed;

  async function listen(): Promise<pg.Client> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    next.on('notification', ({ channel, payload }) => channels.get(channel)?.(payload));
    next.on('error', (error) => log('the line between the processes broke', { err: error }));
    await next.connect();
    for (const channel of channels.keys()) await next.query(`LISTEN ${channel}`);
    next.on('end', () => void again());
    for (const heard of channels.values()) heard(undefined);
    return next;
  }

  async function again(): Promise<void> {
    if (isClosed()) return;
    try {
      client = await listen();
    } catch (error) {
      log('the line between the processes is not there', { err: error });
      await sleep(AGAIN_MS);
      return again();
    }
    // Closed while it was being made.
    if (isClosed()) await client.end();
  }

  return {
    on(channel, heard) {
      if (!CHANNEL.test(channel)) throw new TypeError(`${channel} can't be the name of a channel`);
      channels.set(channel, heard);
    },
    start: () => again(),
    close: async () => {
      closed = true;
      await client?.end();
    },
  };
}
