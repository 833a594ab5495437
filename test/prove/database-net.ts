// The way between the program and its database: what it asks takes its time, gets lost on the way there or the answer on the
// way back, and what it left under way when it died still arrives. The server is a real one, and knows the world's time.

import type { Chance } from './chance.ts';
import {
  clockFor,
  GONE_WITH_KEEPALIVE_MS,
  newSession,
  refusedBy,
  type Arriving,
  type Session,
  type Statement,
  type StatementFault,
} from './database-session.ts';
import { openDoings } from './doings.ts';
import type { Death, Gate } from './memory-disk.ts';
import type { RealDatabase } from './real-database.ts';
import type { Reply } from './real-line.ts';
import { WorldSocket, type Peer } from './sockets.ts';
import { nameOf, writtenIn } from './statements.ts';
import { askedFor, fatal, frameCutter, question, sqlIn } from './wire.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface DatabaseNetOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly gate: Gate;
  readonly real: RealDatabase;
  /** How many times slower than a good one. */
  readonly pace: number;
  /** What the server's clock is ahead of the machine's, ms: when that one is set, so is this. */
  readonly skewMs: number;
  readonly faultOf: (name: string) => StatementFault | undefined;
  /** Nobody can reach the server. */
  readonly isAway: () => boolean;
  /** A transaction that wrote into these tables is committed; looked at before anybody hears of it. */
  readonly committed: (tables: ReadonlySet<string>) => Promise<void>;
}

export interface DatabaseNet {
  /** The program opens a connection. */
  socket(): WorldSocket;
  /** Resolves once nothing goes on by itself at the server. */
  still(): Promise<void>;
  /** The instance has died, or ended. */
  crash(death: Death): void;
  /** The server is gone for everybody who was connected to it. */
  cutAll(): void;
  /** Ends everything; of no use afterwards. */
  close(): Promise<void>;
}

const reset = (code = 'ECONNRESET'): Error => Object.assign(new Error(`${code}: simulated`), { code });

export function databaseNet(options: DatabaseNetOptions): DatabaseNet {
  const { time, chance, gate, real, pace, skewMs, faultOf, isAway, committed } = options;
  const doings = openDoings(real.blocked);
  const sessions = new Set<Session>();
  const wayMs = (): number => (0.05 + chance.next()) * pace;
  const isHeard = (session: Session): boolean =>
    !session.isMute && gate.isAlive() && gate.life() === session.life;

  /** Says something to the program, behind what was said to it before. */
  function tell(session: Session, say: () => void, ms = wayMs()): void {
    session.heardAt = Math.max(session.heardAt, time.now() + ms);
    time.after(session.heardAt - time.now(), () => (isHeard(session) ? say() : undefined), 'life');
  }

  /** Sends something to the server, behind what was sent to it before. */
  function send(session: Session, what: Arriving, ms = wayMs()): void {
    if (session.isMute) return;
    session.arrivesAt = Math.max(session.arrivesAt, time.now() + ms);
    time.after(session.arrivesAt - time.now(), () => arrive(session, what), 'world');
  }

  function arrive(session: Session, what: Arriving): void {
    if (session.isEnded) return;
    if (session.isBusy) session.waiting.push(what);
    else if (what.do === 'ask') carryOut(session, what);
    else if (what.do === 'begin') welcome(session);
    else endAtServer(session);
  }

  function welcome(session: Session): void {
    session.isBusy = true;
    doings.begin(real.borrow(), (line) => {
      session.line = line;
      line.onNotice((whole) => void session.heard.push(whole));
      if (isHeard(session) && gate.meet('database connect', 'after')) gate.die();
      else tell(session, () => session.socket.hear(line.welcome));
      goOn(session);
    });
  }

  function goOn(session: Session): void {
    session.isBusy = false;
    const next = session.waiting.shift();
    if (next !== undefined) arrive(session, next);
  }

  /** By the server, or because the client is gone: what it had begun is undone. */
  function endAtServer(session: Session): void {
    if (session.isEnded) return;
    session.isEnded = true;
    sessions.delete(session);
    stopIdling(session);
    const { line } = session;
    if (line === undefined) return;
    line.onNotice(() => undefined);
    doings.begin(real.giveBack(line), () => undefined);
  }

  function stopIdling(session: Session): void {
    if (session.idle !== undefined) session.idle.run = undefined;
    session.idle = undefined;
  }

  function sitIdle(session: Session): void {
    if (session.status === 'I' || session.idleMs === 0) return;
    session.idle = time.after(
      session.idleMs,
      () => {
        hangUp(session, fatal('25P03', 'terminating connection due to idle-in-transaction timeout'));
      },
      'world',
    );
  }

  /** The server ends a session. */
  function hangUp(session: Session, words?: Buffer): void {
    if (session.isBusy) session.waiting.unshift({ do: 'end' });
    else endAtServer(session);
    tell(session, () => {
      if (words !== undefined) session.socket.hear(words);
      session.socket.close(words === undefined ? reset() : undefined);
    });
  }

  function carryOut(session: Session, statement: Statement): void {
    const { line } = session;
    if (line === undefined) return;
    stopIdling(session);
    session.isBusy = true;
    const { sql, fault } = statement;
    const words = fault?.how === 'refused' ? refusedBy(fault.code) : statement.bytes;
    const said = [...clockFor(session, time.wall() + skewMs), words];
    const table = writtenIn(sql);
    if (table !== undefined) session.written.add(table);
    session.speaks ||= /\bnotify\b|pg_notify/i.test(sql);
    session.listens ||= /^\s*LISTEN\b/i.test(sql);
    doings.begin(
      line.ask(Buffer.concat(said), said.length),
      (reply) => answered(session, statement, reply),
      line.pid,
    );
  }

  async function answered(session: Session, { name, fault }: Statement, reply: Reply): Promise<void> {
    session.status = reply.status;
    const { written, speaks } = session;
    if (reply.status === 'I') {
      session.written = new Set();
      session.speaks = false;
      const isDone = reply.frames.every(({ type }) => type !== 'E');
      if (written.size > 0 && isDone) await committed(written);
      if (speaks && isDone) letHear();
    }
    const isLost = fault?.how === 'cut-unheard' || fault?.how === 'hang-unheard';
    if (fault?.how === 'hang-unheard') mute(session);
    else if (isHeard(session) && gate.meet(`database ${name}`, 'after')) gate.die();
    else if (!isLost) {
      const words = Buffer.concat(reply.frames.map(({ whole }) => whole));
      tell(session, () => session.socket.hear(words), wayMs() + (fault?.how === 'slow' ? fault.ms / 2 : 0));
    }
    sitIdle(session);
    if (fault?.how === 'cut-unheard') hangUp(session);
    goOn(session);
  }

  /** Whoever listens is told at the latest with the next answer: the real machine's pace decides nothing. */
  function letHear(): void {
    for (const session of sessions) {
      const { line, isBusy, listens } = session;
      if (line === undefined || isBusy || !listens) continue;
      session.isBusy = true;
      doings.begin(line.ask(question('')), () => {
        const words = Buffer.concat(session.heard);
        session.heard = [];
        if (words.length > 0) tell(session, () => session.socket.hear(words));
        goOn(session);
      });
    }
  }

  function mute(session: Session): void {
    session.isMute = true;
    time.after(session.goneMs, () => arrive(session, { do: 'end' }), 'world');
  }

  function ask(session: Session, bytes: Buffer, sql: string): void {
    const name = nameOf(sql, session.written);
    if (gate.meet(`database ${name}`, 'before')) {
      gate.die();
      return;
    }
    gate.written(`the statement ${name}`, bytes);
    const fault = faultOf(name);
    if (fault?.how === 'hang-lost') mute(session);
    else if (fault?.how === 'cut-lost') {
      send(session, { do: 'end' });
      tell(session, () => session.socket.close(reset()));
    } else
      send(
        session,
        { do: 'ask', bytes, sql, name, fault },
        wayMs() + (fault?.how === 'slow' ? fault.ms / 2 : 0),
      );
  }

  function begin(session: Session, first: Buffer): void {
    const settings = askedFor(first)?.get('options') ?? '';
    session.idleMs = Number(/idle_in_transaction_session_timeout=(\d+)/.exec(settings)?.[1] ?? 0);
    if (settings.includes('tcp_keepalives_idle')) session.goneMs = GONE_WITH_KEEPALIVE_MS;
    send(session, { do: 'begin' });
  }

  function peerOf(session: Session): Peer {
    let isBegun = false;
    let parts: Buffer[] = [];
    let said: string[] = [];
    const cut = frameCutter((frame) => {
      parts.push(frame.whole);
      const sql = sqlIn(frame);
      if (sql !== undefined) said.push(sql);
      if (frame.type !== 'Q' && frame.type !== 'S') return;
      const [bytes, words] = [Buffer.concat(parts), said.join('; ')];
      parts = [];
      said = [];
      ask(session, bytes, words);
    });
    const isMine = (): boolean => gate.isAlive() && gate.life() === session.life;
    return {
      called() {
        if (!isMine()) return;
        if (gate.meet('database connect', 'before')) gate.die();
        else if (isAway()) tell(session, () => session.socket.close(reset('ECONNREFUSED')));
        else {
          sessions.add(session);
          tell(session, () => session.socket.emit('connect'), wayMs() + wayMs());
        }
      },
      wrote(bytes) {
        if (!isMine()) return;
        if (isBegun) cut(bytes);
        else begin(session, bytes);
        isBegun = true;
      },
      ended() {
        if (!isMine()) return;
        send(session, { do: 'end' });
        tell(session, () => session.socket.close(), wayMs() + wayMs());
      },
      dropped: () => send(session, { do: 'end' }),
    };
  }

  return {
    socket: () => new WorldSocket((socket) => peerOf(newSession(socket, gate.life()))),
    still: doings.still,
    crash(death) {
      for (const session of sessions) {
        // Whoever loses power says nothing more; of one that was killed the machine takes leave.
        if (death === 'power') mute(session);
        else send(session, { do: 'end' });
      }
    },
    cutAll() {
      for (const session of sessions) hangUp(session);
    },
    async close() {
      while (sessions.size > 0) {
        for (const session of sessions) {
          session.waiting.length = 0;
          // What waits for a lock gets it from those that end first.
          if (!session.isBusy) endAtServer(session);
        }
        await doings.still();
      }
    },
  };
}
