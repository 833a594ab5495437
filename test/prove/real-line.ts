// One connection to the real server, spoken over by hand: nothing of it depends on what the simulator has replaced.

import nodeNet, { type Socket } from 'node:net';
import { faultIn, frameCutter, FAREWELL, greetingOf, type Frame, type Status } from './wire.ts';

export interface Reply {
  readonly frames: readonly Frame[];
  readonly status: Status;
}

export interface Line {
  readonly pid: number;
  /** What the server said to its client at the beginning. */
  readonly welcome: Buffer;
  /** Says something that is answered so many times; resolves to the last answer. One at a time. */
  ask(bytes: Buffer, answers?: number): Promise<Reply>;
  /** Calls `heard` with what is said on a channel from here on. */
  onNotice(heard: (whole: Buffer) => void): void;
  close(): Promise<void>;
  readonly isClosed: () => boolean;
}

/** Taken before the machine is. */
const connect = nodeNet.connect.bind(nodeNet);

const isStatus = (text: string): text is Status => text === 'I' || text === 'T' || text === 'E';

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** Calls a server. `options`: settings for the session, as `-c name=value`. */
export async function openLine(address: Address, options: string): Promise<Line> {
  const socket: Socket = connect({ host: address.host, port: address.port, noDelay: true });
  let frames: Frame[] = [];
  let left = 0;
  let waiting: PromiseWithResolvers<Reply> | undefined;
  let closed = false;
  let notified: (whole: Buffer) => void = () => undefined;
  const over = Promise.withResolvers<undefined>();

  function answered(status: Status): void {
    left -= 1;
    const reply = { frames, status };
    frames = [];
    if (left > 0) return;
    const asked = waiting;
    waiting = undefined;
    asked?.resolve(reply);
  }

  const heard = (frame: Frame): void => {
    if (frame.type === 'A') {
      notified(frame.whole);
      return;
    }
    frames.push(frame);
    const status = frame.type === 'Z' ? frame.body.toString('latin1') : '';
    if (isStatus(status)) answered(status);
  };

  socket.on('data', frameCutter(heard));
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    over.resolve(undefined);
    const fault = frames.find(({ type }) => type === 'E');
    waiting?.reject(new Error(fault === undefined ? 'the server hung up' : faultIn(fault).message));
  });

  function ask(bytes: Buffer, answers = 1): Promise<Reply> {
    if (closed) return Promise.reject(new Error('the server has hung up'));
    if (waiting !== undefined) throw new Error('the server is being asked already');
    waiting = Promise.withResolvers<Reply>();
    left = answers;
    socket.write(bytes);
    return waiting.promise;
  }

  const first = await ask(greetingOf(address.user, address.database, options));
  const key = first.frames.find(({ type }) => type === 'K');
  return {
    ask,
    pid: key?.body.readInt32BE(0) ?? 0,
    welcome: Buffer.concat(first.frames.map(({ whole }) => whole)),
    onNotice: (hears) => void (notified = hears),
    isClosed: () => closed,
    close: async () => {
      if (!closed) socket.end(FAREWELL);
      await over.promise;
    },
  };
}
