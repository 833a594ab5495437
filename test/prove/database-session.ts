// A connection between the program and its database, as both of its ends know it.

import type { Line } from './real-line.ts';
import type { WorldSocket } from './sockets.ts';
import type { Waiting } from './virtual-time.ts';
import { question, type Status } from './wire.ts';

/**
 * What goes wrong with one statement. `cut`: the line breaks; `hang`: nobody hears anything more on it, and nobody is told;
 * `lost`: before it was carried out; `unheard`: after that; `refused`: the server says no, by this code.
 */
export type StatementFault =
  | { readonly how: 'cut-lost' | 'cut-unheard' | 'hang-lost' | 'hang-unheard' }
  | { readonly how: 'refused'; readonly code: string }
  | { readonly how: 'slow'; readonly ms: number };

export interface Statement {
  readonly bytes: Buffer;
  readonly sql: string;
  readonly name: string;
  readonly fault: StatementFault | undefined;
}

export type Arriving =
  { readonly do: 'begin' } | { readonly do: 'end' } | ({ readonly do: 'ask' } & Statement);

export interface Session {
  readonly socket: WorldSocket;
  readonly life: number;
  /** Nothing passes any more, either way. */
  isMute: boolean;
  /** The server's end; undefined before its beginning and after its end. */
  line: Line | undefined;
  isEnded: boolean;
  isBusy: boolean;
  readonly waiting: Arriving[];
  arrivesAt: number;
  heardAt: number;
  status: Status;
  /** What the running transaction has written to, and whether it says something on a channel. */
  written: Set<string>;
  speaks: boolean;
  listens: boolean;
  /** What it has heard on its channels and was not told yet. */
  heard: Buffer[];
  /** The server ends it when it sits in a transaction without a word for so long, ms. */
  idleMs: number;
  /** How long the server takes to see that nobody is at the other end, ms. */
  goneMs: number;
  idle: Waiting | undefined;
}

/** How long a server takes to see that nobody is there any more, and one that was told to look. */
const GONE_MS = 2 * 3_600_000;
export const GONE_WITH_KEEPALIVE_MS = 20_000;

/** That nobody has called for yet. */
export function newSession(socket: WorldSocket, life: number): Session {
  return {
    ...{ socket, life, isMute: false, line: undefined, isEnded: false, isBusy: false },
    ...{ waiting: [], arrivesAt: 0, heardAt: 0, status: 'I', written: new Set(), speaks: false },
    ...{ listens: false, heard: [], idleMs: 0, goneMs: GONE_MS, idle: undefined },
  };
}

/** The server's clock stands still within a transaction, but for who asks for the time of day. `at`: epoch ms. */
export function clockFor({ status }: Session, at: number): Buffer[] {
  if (status === 'E') return [];
  const now = new Date(at).toISOString();
  return [question(`${status === 'I' ? `SET sim.now = '${now}'; ` : ''}SET sim.clock = '${now}'`)];
}

/** Said in place of a statement that the server is to refuse by this code. */
export const refusedBy = (code: string): Buffer =>
  question(`DO $$ BEGIN RAISE EXCEPTION 'simulated' USING ERRCODE = '${code}'; END $$`);
