// What other processes say through the database: a connection of its own that listens, and listens again after it broke.
// What was said meanwhile is not repeated, so whoever listens is told that something may have been missed. Locks that say
// that this process lives are held on the same connection.

import pg from 'pg';
import * as z from 'zod';

/** One life of the connection. */
export interface Session {
  /** Takes an advisory lock that lasts as long as the session; false while others have it. Rejects with what the database says. */
  tryLock(lock: number, how: 'alone' | 'together'): Promise<boolean>;
  unlock(lock: number): Promise<void>;
  /** Rejects when nobody answers. */
  ping(): Promise<void>;
  /** Aborts when the session is over, and with it all its locks. */
  readonly ended: AbortSignal;
  /** Ends it; another one follows. */
  end(): void;
}

export interface Listener {
  /** Calls `heard` with what is said on a channel; without it when something may have been missed. Before `start`. */
  on(channel: string, heard: (payload: string | undefined) => void): void;
  /** Never rejects; resolves once it listens. */
  start(): Promise<void>;
  /** Undefined while the line is broken. */
  session(): Session | undefined;
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly url: string;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Done at the beginning of each session, before anybody hears anything. */
  readonly begins?: (session: Session) => Promise<void>;
  readonly log?: (fact: string, details: object) => void;
}

const AGAIN_MS = 1_000;
/** An answer that takes longer than this is lost, ms. */
const ANSWER_MS = 10_000;
/** How soon a line that is cut without a word is noticed, ms. */
const ALIVE_MS = 10_000;

/** Channel names go into the statement as they are. */
const CHANNEL = /^[a-z_]+$/;

const TRY = { alone: 'pg_try_advisory_lock', together: 'pg_try_advisory_lock_shared' } as const;
const lockRows = z.tuple([z.object({ taken: z.boolean() })]);

function sessionOf(client: pg.Client): Session {
  const over = new AbortController();
  client.on('end', () => over.abort());
  return {
    ended: over.signal,
    tryLock: async (lock, how) => {
      const { rows } = await client.query(`SELECT ${TRY[how]}($1) AS taken`, [lock]);
      return lockRows.parse(rows)[0].taken;
    },
    unlock: async (lock) => {
      await client.query('SELECT pg_advisory_unlock($1)', [lock]);
    },
    ping: async () => {
      await client.query('SELECT 1');
    },
    end: () => {
      over.abort();
      client.end().catch(() => undefined);
    },
  };
}

/** Of a machine that is gone without a word the server lets go, with all its locks, within 20 s and not after two hours. */
const SERVER_KEEPALIVE = [
  '-c tcp_keepalives_idle=5',
  '-c tcp_keepalives_interval=5',
  '-c tcp_keepalives_count=3',
].join(' ');

export function createListener({
  url,
  sleep,
  begins = () => Promise.resolve(),
  log = () => undefined,
}: ListenerOptions): Listener {
  const channels = new Map<string, (payload: string | undefined) => void>();
  let client: pg.Client | undefined;
  let session: Session | undefined;
  let closed = false;
  const isClosed = (): boolean => closed;

  async function open(): Promise<pg.Client> {
    const next = new pg.Client({
      ...{ connectionString: url, query_timeout: ANSWER_MS, connectionTimeoutMillis: ANSWER_MS },
      ...{ keepAlive: true, keepAliveInitialDelayMillis: ALIVE_MS },
      options: SERVER_KEEPALIVE,
    });
    next.on('notification', ({ channel, payload }) => channels.get(channel)?.(payload));
    next.on('error', (error) => log('the line between the processes broke', { err: error }));
    await next.connect();
    return next;
  }

  async function listen(next: pg.Client): Promise<void> {
    const own = sessionOf(next);
    await begins(own);
    for (const channel of channels.keys()) await next.query(`LISTEN ${channel}`);
    own.ended.addEventListener('abort', () => {
      if (session === own) session = undefined;
      void again();
    });
    // Over before anybody waited for its end.
    own.ended.throwIfAborted();
    session = own;
    for (const heard of channels.values()) heard(undefined);
  }

  async function again(): Promise<void> {
    if (isClosed()) return;
    let next: pg.Client | undefined;
    try {
      next = await open();
      await listen(next);
      client = next;
    } catch (error) {
      log('the line between the processes is not there', { err: error });
      await next?.end().catch(() => undefined);
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
    session: () => session,
    close: async () => {
      closed = true;
      await client?.end();
    },
  };
}
